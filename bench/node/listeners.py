"""Clients of a stream, in a process of their own: `listeners.py PORT CLIENTS INTERVAL_MS WARM_UP_S SECONDS`.

Prints a line when the warm-up is over and, at the end, how many updates of the executing prompt all of them got since.
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import ClientSession, TCPConnector, WSMsgType


class Count:
    """How many updates came."""

    def __init__(self) -> None:
        self.updates = 0


async def listen(session: ClientSession, url: str, count: Count) -> None:
    async with session.ws_connect(url, compress=0) as socket:
        async for frame in socket:
            if frame.type == WSMsgType.TEXT:
                count.updates += frame.data.count('"type":"update"')


async def main() -> None:
    port, clients, interval_ms, warm_up, seconds = map(int, sys.argv[1:])
    url = f"http://127.0.0.1:{port}/telemetry?intervalMs={interval_ms}"
    count = Count()
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        listening = [asyncio.create_task(listen(session, url, count)) for _ in range(clients)]
        await asyncio.sleep(warm_up)
        before = count.updates
        print("listening", flush=True)
        await asyncio.sleep(seconds)
        print(count.updates - before, flush=True)
        for each in listening:
            each.cancel()
        await asyncio.gather(*listening, return_exceptions=True)


asyncio.run(main())
