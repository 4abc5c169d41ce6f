"""The node on a bare aiohttp server, with a clock that only the test moves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, TCPConnector, WSMsgType, web
from aiohttp.test_utils import TestClient, TestServer

from comfyui_nodes.gemdirect_telemetry.client import Pace
from comfyui_nodes.gemdirect_telemetry.clock import Clock
from comfyui_nodes.gemdirect_telemetry.environment import ServerFacts
from comfyui_nodes.gemdirect_telemetry.gpu_reader import NoGpu
from comfyui_nodes.gemdirect_telemetry.guard import make_front
from comfyui_nodes.gemdirect_telemetry.routes import add_routes
from comfyui_nodes.gemdirect_telemetry.security import AccessRules
from comfyui_nodes.gemdirect_telemetry.telemetry import World, start_telemetry
from fake_comfyui import FakePromptServer

PATIENCE_SECONDS = 10
START = 1_790_000_000_000


class FakeClock:
    def __init__(self) -> None:
        self.wall_ms = START
        self.mono_ms = 5_000_000.0
        self.clock = Clock(lambda: self.wall_ms, lambda: self.mono_ms)

    def advance(self, ms: int) -> None:
        self.wall_ms += ms
        self.mono_ms += ms


class Stream:
    """A client of the stream, message by message."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.frames: list[str] = []
        self._waiting: list[dict[str, Any]] = []

    async def next(self) -> dict[str, Any]:
        while not self._waiting:
            frame = await asyncio.wait_for(self.socket.receive(), PATIENCE_SECONDS)
            assert frame.type == WSMsgType.TEXT, f"the stream ended: {frame}"
            self.frames.append(frame.data)
            read = json.loads(frame.data)
            self._waiting = read if isinstance(read, list) else [read]
        return self._waiting.pop(0)

    async def until(self, matches: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            message = await self.next()
            if matches(message):
                return message

    async def lifecycle(self, count: int) -> list[dict[str, Any]]:
        """The next `count` messages with a seq."""
        return [await self.until(lambda each: each["type"] in ("update", "run") and "seq" in each) for _ in range(count)]

    async def sample(self) -> dict[str, Any]:
        return await self.until(lambda each: each["type"] == "update" and "seq" not in each)

    async def closed(self) -> int | None:
        """Read on until the server closes; its close code."""
        while not self.socket.closed:
            await asyncio.wait_for(self.socket.receive(), PATIENCE_SECONDS)
        return self.socket.close_code


class Stage:
    """One server's life. Starting another on the same folder is a restart."""

    def __init__(self, folder: Path, clock: FakeClock, **world: Any) -> None:
        self.clock = clock
        self.comfy = FakePromptServer(asyncio.get_running_loop())
        defaults = {
            "facts": ServerFacts("0.3.64", "2.5.1"),
            "clock": clock.clock,
            "probe_gpus": NoGpu,
            "rules": AccessRules(frozenset(), frozenset(), frozenset()),
            "pace": Pace(frame_ms=0, heartbeat_ms=5000),
            "ui_folder": folder / "ui",
        }
        self.world = replace(World(self.comfy, folder / "journal.sqlite3", self.comfy.interrupt), **{**defaults, **world})
        telemetry = start_telemetry(self.world, asyncio.get_running_loop())
        assert telemetry is not None
        self.telemetry = telemetry
        self.client: TestClient[Any, Any]

    async def serve(self) -> Stage:
        app = web.Application(middlewares=[make_front(self.world.rules)])
        routes = web.RouteTableDef()
        add_routes(routes, self.telemetry)
        app.add_routes(routes)
        # As ComfyUI does it.
        mirrored = [each for each in routes if isinstance(each, web.RouteDef)]
        app.add_routes([web.route(each.method, f"/api{each.path}", each.handler) for each in mirrored])
        self.client = TestClient(TestServer(app), connector=TCPConnector(limit=0))
        await self.client.start_server()
        return self

    async def connect(self, resume: bool = False, **query: Any) -> Stream:
        if resume:
            query = {"epoch": self.telemetry.journal.epoch, "since": 0, **query}
        socket = await self.client.ws_connect("/telemetry", params=query)
        return Stream(socket)

    async def settle(self) -> None:
        """Return when everything that happened is journaled and has reached the event loop."""
        await asyncio.get_running_loop().run_in_executor(None, self.telemetry.recorder.flush)
        await asyncio.sleep(0)

    async def events(self) -> list[dict[str, Any]]:
        await self.settle()
        journal = self.telemetry.journal
        return [json.loads(text) for _, text in journal.read(0, journal.newest(), 100_000)]

    async def last_event(self) -> dict[str, Any]:
        return (await self.events())[-1]

    async def get(self, path: str, **options: Any) -> tuple[int, Any]:
        async with self.client.get(path, **options) as response:
            text = await response.text()
            is_json = response.content_type == "application/json"
            return response.status, json.loads(text) if is_json else text

    async def post(self, path: str, **options: Any) -> int:
        async with self.client.post(path, **options) as response:
            await response.read()
            return response.status

    async def stop(self) -> None:
        if hasattr(self, "client"):
            await self.client.close()
        self.telemetry.dispose()


__all__ = ["ClientSession", "FakeClock", "Stage", "Stream", "START"]
