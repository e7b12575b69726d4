// Uses each part of `hotseat mcp` by the official client: node mcp_client.mjs HOTSEAT MODE
import assert from "node:assert/strict";

const [hotseat, mode] = process.argv.slice(2);
const isOld = mode === "sdk";
const { Client } = isOld
  ? await import("@modelcontextprotocol/sdk/client/index.js")
  : await import("@modelcontextprotocol/client");
const { StdioClientTransport } = isOld
  ? await import("@modelcontextprotocol/sdk/client/stdio.js")
  : await import("@modelcontextprotocol/client/stdio");

const pinned = mode.startsWith("20") ? { mode: { pin: mode } } : { mode };
const options = isOld ? {} : { versionNegotiation: pinned };
const client = new Client({ name: "test", version: "1" }, options);
await client.connect(new StdioClientTransport({ command: hotseat, args: ["mcp"], env: process.env }));

const call = async (name, args) => {
  const result = await client.callTool({ name, arguments: args });
  assert.equal(result.content[0].type, "text");
  return result;
};
const id = (text) => text.match(/^ {3}(\w{9}) · /m)[1];

const { tools } = await client.listTools();
assert.deepEqual(tools.map((tool) => tool.name), ["search", "get", "facets", "draw"]);
assert.ok(client.getInstructions().includes("questions with answers"));

const found = (await call("search", { query: "deadlock", limit: 3 })).content[0].text;
const answer = (await call("get", { ids: [id(found)] })).content[0].text;
assert.ok(answer.startsWith("# "), answer);
assert.ok((await call("facets", { name: "level" })).content[0].text.includes("senior"));
const drawn = (await call("draw", { minutes: 45, level: "mid", seed: 7 })).content[0].text;
assert.ok(drawn.includes("for 45 minutes"), drawn);
assert.equal((await call("draw", { minutes: 45, level: "mid", seed: 7 })).content[0].text, drawn);
assert.equal((await call("search", { query: "x", tag: ["pyhton"] })).isError, true);

const { prompts } = await client.listPrompts();
assert.equal(prompts.length, 2);
const prompt = await client.getPrompt({ name: "interview_me", arguments: { topic: "sql" } });
assert.ok(prompt.messages[0].content.text.includes("sql"));
const { resources } = await client.listResources();
const guide = await client.readResource({ uri: resources[0].uri });
assert.ok(guide.contents[0].text.startsWith("# "));
assert.equal((await client.listResourceTemplates()).resourceTemplates.length, 2);
const completed = await client.complete({
  ref: { type: "ref/prompt", name: "interview_me" },
  argument: { name: "level", value: "s" },
});
assert.deepEqual(completed.completion.values, ["senior"]);
await assert.rejects(client.readResource({ uri: "hotseat://guide/none" }));
await client.close();
console.log(`mcp_client.mjs ${mode}: ok`);
