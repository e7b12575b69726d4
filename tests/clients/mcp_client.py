"""Uses each part of `hotseat mcp` by the official client: mcp_client.py HOTSEAT MODE"""

import os
import re
import sys

import anyio
from mcp import Client, StdioServerParameters


async def main(hotseat: str, mode: str) -> None:
    server = StdioServerParameters(command=hotseat, args=["mcp"], env=dict(os.environ))
    async with Client(server, mode=mode) as client:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == ["search", "get", "facets", "draw"]
        assert "questions with answers" in client.instructions

        async def call(name: str, arguments: dict) -> str:
            return (await client.call_tool(name, arguments)).content[0].text

        found = await call("search", {"query": "deadlock"})
        name = re.search(r"^ {3}(\w{9}) · ", found, re.M).group(1)
        assert (await call("get", {"ids": [name]})).startswith("# ")
        assert "senior" in await call("facets", {"name": "level"})
        assert "for 30 minutes" in await call("draw", {"minutes": 30})
        prompt = await client.get_prompt("interview_me", {"topic": "sql"})
        assert "sql" in prompt.messages[0].content.text
        resources = (await client.list_resources()).resources
        guide = await client.read_resource(resources[0].uri)
        assert guide.contents[0].text.startswith("# ")
        print(f"mcp_client.py {mode}: ok, {client.protocol_version}")


anyio.run(main, *sys.argv[1:])
