// Tries `hotseat serve` in a real browser: `node run.mjs HOTSEAT [--screenshots FOLDER]`.
//
// It needs Chromium, and `playwright-core` and `axe-core` where Node finds them; `.ci/run` puts them
// there. With UPDATE=1 the golden files of what a screen reader is told are written.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const require = createRequire(join(process.env.NODE_MODULES ?? process.cwd(), "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const here = import.meta.dirname;
const [given, ...options] = process.argv.slice(2);
const program = resolve(given);
const screenshots = options[0] === "--screenshots" ? options[1] : null;
const folder = mkdtempSync(join(tmpdir(), "hotseat-browser-"));
const executablePath = ["chromium", "chromium-browser", "google-chrome"]
  .map((name) => join("/usr/bin", name))
  .find((path) => existsSync(path));

// Starts a server on a copy of the guides, and returns its address.
async function serve(content, ...more) {
  const args = ["serve", "--port", "0", "--content", content, "--index", join(folder, "index-" + servers.length)];
  const env = { ...process.env, XDG_CONFIG_HOME: folder };
  const server = spawn(program, [...args, ...more], { stdio: ["ignore", "pipe", "inherit"], env, cwd: folder });
  servers.push(server);
  const line = await new Promise((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (data) => (text += data).includes("\n") && resolve(text));
    server.on("exit", (status) => reject(new Error("the server ended with " + status)));
  });
  return line.trim();
}

const servers = [];
const content = join(folder, "content");
cpSync(join(here, "content"), content, { recursive: true });
const url = await serve(content, "--watch");
const port = new URL(url).port;

const browser = await chromium.launch({
  executablePath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP evil.example 127.0.0.1",
  ],
});

const tests = [];
const test = (name, run, settings = {}) => tests.push({ name, run, settings });

// The text of the results once they are those of the box.
const results = (page, text) => page.locator("#found", { hasText: text });

test("a search as typed, and back", async (page) => {
  await page.goto(url);
  await page.getByText("6 questions in 3 guides").waitFor();
  await page.locator("#q").pressSequentially("gyo");
  await page.locator(".hit h2 mark", { hasText: "gyokuro" }).waitFor();
  assert.equal(new URL(page.url()).search, "?q=gyo");
  await page.locator("#q").pressSequentially("kuro", { delay: 20 });
  await results(page, "gyokuro").waitFor();
  await page.locator("#status", { hasText: "1 result" }).waitFor({ state: "attached" });
  assert.equal(await page.title(), "gyokuro · hotseat");
  await page.goBack();
  await page.getByText("6 questions in 3 guides").waitFor();
  assert.equal(await page.locator("#q").inputValue(), "");
  await page.goForward();
  await results(page, "gyokuro").waitFor();
  assert.equal(await page.locator("#q").inputValue(), "gyokuro");
});

test("a misspelt word is corrected once it is sent", async (page) => {
  await page.goto(url);
  await page.locator("#q").fill("oxidasion");
  await page.locator("#q").press("Enter");
  await page.locator(".notes", { hasText: "oxidation" }).waitFor();
});

test("facets narrow and widen", async (page) => {
  await page.goto(url + "search?q=tea");
  const before = Number(await page.locator("#found").getAttribute("data-total"));
  const value = page.locator("nav.facets section", { hasText: "Levels" }).locator("a", { hasText: "junior" });
  const count = Number(await value.locator("span").textContent());
  await value.click();
  await page.locator(".chips a").waitFor();
  assert.equal(Number(await page.locator("#found").getAttribute("data-total")), count);
  assert.match(page.url(), /level=junior/);
  // The filter stays while one types on.
  await page.locator("#q").fill("matcha");
  await results(page, "matcha").waitFor();
  assert.match(page.url(), /level=junior/);
  await page.locator(".chips a").click();
  await page.locator(".chips").waitFor({ state: "detached" });
  assert.ok(before >= count);
});

test("keys lead from the box to the hits, into one and back", async (page) => {
  await page.goto(url + "search?q=tea");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.press("ArrowDown");
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  const first = await focused();
  assert.equal(first, await page.locator(".hit h2 a").first().textContent());
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await focused(), first);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.locator("article h1").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".hits").waitFor();
  // A letter on a hit goes on typing.
  await page.locator(".hit h2 a").first().focus();
  await page.keyboard.type("x");
  await page.waitForURL(/q=teax/);
  // The single key can be switched off.
  await page.getByRole("button", { name: "Switch off /" }).click();
  await page.keyboard.press("/");
  assert.notEqual(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.press("Control+k");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
});

test("what matched is marked in the whole answer", async (page) => {
  await page.goto(url + "search?q=whisk+foams");
  await page.locator(".hit h2 a").first().click();
  await page.locator(".answer mark", { hasText: "Whisk" }).first().waitFor();
  assert.ok(await page.locator("pre mark").count());
  assert.ok(await page.locator("pre .k").count());
  const passage = page.locator("#passage");
  const box = await passage.boundingBox();
  const height = page.viewportSize().height;
  assert.ok(box.y > 0 && box.y < height, "the passage is on the screen");
});

test("all works without the script", async (page) => {
  await page.goto(url);
  await page.locator("#q").fill("oxidation");
  await page.locator("#q").press("Enter");
  await results(page, "oxidation").waitFor();
  await page.locator(".hit h2 a").first().click();
  await page.locator("article h1", { hasText: "What makes tea black?" }).waitFor();
  await page.locator(".about .place a").click();
  await page.locator(".outline").waitFor();
  await page.goto(url + "search?q=tea");
  await page.locator("nav.facets a", { hasText: "junior" }).click();
  await page.locator(".chips a").waitFor();
}, { javaScriptEnabled: false });

test("another name for this machine gets nothing", async (page) => {
  const answer = await page.goto(`http://evil.example:${port}/search?q=tea`);
  assert.equal(answer.status(), 403);
  const read = await page.evaluate(async (api) => {
    try {
      return await (await fetch(api)).text();
    } catch {
      return "refused";
    }
  }, url + "api/v1/search?q=tea");
  assert.equal(read, "refused");
}, { hasErrors: true });

test("nothing of a hostile guide runs", async (page) => {
  for (const path of ["", "search?q=alert", "search?level=senior", "g/hostile.md", "search?q=%3Cscript%3Ealert(1)%3C/script%3E"]) {
    await page.goto(url + path);
  }
  await page.goto(url + "search?q=guide&level=senior");
  await page.locator(".hit h2 a").first().click();
  await page.locator("article h1").waitFor();
  assert.equal(await page.locator("article script, article img, article style").count(), 0);
  assert.equal(await page.locator("a[href^='javascript']").count(), 0);
});

test("a change of the guides is told, and shown when asked for", async (page) => {
  await page.goto(url + "search?q=hojicha");
  await page.getByText("Nothing found").waitFor();
  writeFileSync(join(content, "more.md"), "## What is hojicha?\n\nRoasted tea.\n");
  await page.locator("#news a").waitFor();
  assert.ok(await page.getByText("Nothing found").isVisible());
  await page.locator("#news a").click();
  await page.locator(".hit", { hasText: "hojicha" }).waitFor();
  assert.equal(await page.locator("#news").textContent(), "");
  rmSync(join(content, "more.md"));
  await page.locator("#news a").waitFor();
});

test("a page is small, and loads nothing from elsewhere", async (page) => {
  let bytes = 0;
  const hosts = new Set();
  page.on("response", async (response) => {
    hosts.add(new URL(response.url()).host);
    if (!response.url().endsWith("/events")) bytes += (await response.body()).length;
  });
  await page.goto(url + "search?q=tea");
  await page.waitForLoadState("load");
  await page.waitForTimeout(300);
  assert.deepEqual([...hosts], [new URL(url).host]);
  assert.ok(bytes <= 30 * 1024, `${bytes} bytes`);
});

// Pages, as those with other abilities and other screens get them.
const pages = {
  start: "",
  results: "search?q=tea&level=junior",
  nothing: "search?q=xyzzy&tag=te",
  answer: "search?q=whisk+foams",
  guide: "g/tea.md",
  facet: "facets/tag",
};

async function open(page, name) {
  await page.goto(url + pages[name]);
  if (name === "answer") await page.locator(".hit h2 a").first().click();
  await page.locator("main h1").first().waitFor();
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    test(`nothing is out of reach: ${colorScheme}, ${width} px`, async (page) => {
      for (const name of Object.keys(pages)) {
        await open(page, name);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${name} is ${wide} px wide`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run());
        const found = violations.map((v) => `${name}: ${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`);
        assert.deepEqual(found, []);
      }
    }, { colorScheme, viewport: { width, height: 800 } });
  }
}

test("a screen reader is told what the golden files say", async (page) => {
  for (const name of Object.keys(pages)) {
    await open(page, name);
    // The folder of this run is in the place of a document.
    const snapshot = (await page.locator("body").ariaSnapshot()).replaceAll(folder + "/", "") + "\n";
    const file = join(here, `${name}.aria.yaml`);
    if (process.env.UPDATE) writeFileSync(file, snapshot);
    assert.equal(snapshot, readFileSync(file, "utf8"), `${name}; UPDATE=1 writes it`);
  }
});

let failed = 0;
for (const { name, run, settings } of tests) {
  const { hasErrors, ...context } = settings;
  const window = await browser.newContext(context);
  const page = await window.newPage();
  page.setDefaultTimeout(20_000);
  const errors = [];
  page.on("dialog", (dialog) => (errors.push("a dialog: " + dialog.message()), dialog.dismiss()));
  page.on("pageerror", (error) => errors.push(String(error)));
  // The policy of the pages makes an error of each thing that it keeps from loading.
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  try {
    await run(page);
    if (!hasErrors) assert.deepEqual(errors.filter((error) => !error.includes("status of 404")), []);
    console.log("ok      " + name);
  } catch (error) {
    failed += 1;
    console.log("FAILED  " + name + "\n" + (error.stack ?? error));
  }
  await window.close();
}

if (screenshots) await takeScreenshots();

// Pictures of the pages with the guides of this repository.
async function takeScreenshots() {
  mkdirSync(screenshots, { recursive: true });
  const home = await serve(join(here, "../../content"));
  const shots = [
    ["start", "", {}],
    ["results", "search?q=gil+multiprocessing", {}],
    ["filtered", "search?q=cache&level=senior", {}],
    ["guide", "g/python/python-developer.md", {}],
    ["facet", "facets/tag", {}],
    ["nothing", "search?q=kubernets+xyzzy&tag=dockr", {}],
    ["phone", "search?q=closure", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }],
    ["dark", "search?q=deadlock", { colorScheme: "dark" }],
    ["dark-start", "", { colorScheme: "dark" }],
  ];
  const answers = [
    ["answer", "gil multiprocessing", {}],
    ["answer-dark", "promise all", { colorScheme: "dark" }],
    ["answer-phone", "git rebase", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }],
    ["answer-table", "tcp udp differ", {}],
  ];
  const all = [...shots, ...answers.map(([name, text, settings]) => [name, "search?q=" + text, settings, true])];
  for (const [name, path, settings, enters] of all) {
    const window = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...settings });
    const page = await window.newPage();
    await page.goto(home + path);
    if (enters) await page.locator(".hit h2 a").first().click();
    await page.waitForTimeout(700);
    await page.screenshot({ path: join(screenshots, name + ".png") });
    await window.close();
  }
}

await browser.close();
for (const server of servers) server.kill("SIGTERM");
rmSync(folder, { recursive: true, force: true });
console.log(failed ? `${failed} of ${tests.length} failed` : `all ${tests.length} passed`);
process.exit(failed ? 1 : 0);
