"""Ten thousand generated messages to the stream and the POST routes: nothing raises, hangs or grows."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import random
import tracemalloc
from typing import Any

import pytest
from aiohttp import ClientSession, WSMsgType

from fake_comfyui import POLICY
from stage import Stage, Stream
from test_hostile_input import NAMES, hostile
from test_slow_clients import listeners

SEEDS = 4
MOST_GROWTH = 256 * 1024
TEMPLATES: list[dict[str, Any]] = [
    {"type": "configure", "intervalMs": 250},
    {"type": "run", "runId": "run-1", "event": "begin", "runName": "Night", "sceneCount": 3, "policy": POLICY},
    {"type": "outcome", "promptId": "p", "runId": "r", "sceneId": "s", "exitReason": "maxWait", "error": {"message": "m"}},
]


def message(chance: random.Random) -> bytes:
    """Something like a message: one with wrong parts, one cut off or with a byte changed, or nothing like one."""
    template = dict(chance.choice(TEMPLATES)) if chance.random() < 0.7 else hostile(chance)
    if isinstance(template, dict):
        for name in chance.sample([*template, *NAMES], chance.randrange(4)):
            template[name] = hostile(chance, depth=2)
    text = bytearray(json.dumps(template, default=str).encode())
    kind = chance.random()
    if kind < 0.1:
        del text[chance.randrange(len(text)) :]
    elif kind < 0.2:
        text[chance.randrange(len(text))] = chance.randrange(256)
    elif kind < 0.25:
        text = bytearray(b"[" * chance.randrange(60_000))
    return bytes(text)


def allocated() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.fixture
async def watched(stage: Stage, caplog: pytest.LogCaptureFixture) -> Any:
    """A server of which every error that is logged or lost on the event loop fails the test."""
    lost: list[Any] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: lost.append(context))
    stage.comfy.post("p1")
    stage.comfy.begin()
    await stage.settle()
    yield stage
    await stage.settle()
    assert lost == []
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == []
    assert set(stage.telemetry.hub._open) <= {"p1"}
    await listeners(stage, 0)


async def send_all(stage: Stage, chance: random.Random, count: int) -> None:
    """Send to the stream, reading what comes; a message that no text frame may hold goes as a binary one."""
    stream = await stage.connect(intervalMs=5_000)
    reading = asyncio.create_task(drain(stream))
    for _ in range(count):
        given = message(chance)
        try:
            await stream.socket.send_str(given.decode())
        except UnicodeDecodeError:
            await stream.socket.send_bytes(given)
    await stream.socket.send_json({"type": "run", "runId": "the end", "event": "ended"})
    await reading
    await stream.socket.close()


async def drain(stream: Stream) -> None:
    await stream.until(lambda each: each.get("runId") == "the end")


async def post_all(stage: Stage, chance: random.Random, count: int) -> None:
    # Not the test client: it keeps every response.
    async with ClientSession(headers={"Content-Type": "application/json"}) as session:
        for _ in range(count):
            url = stage.client.make_url(chance.choice(("/telemetry/outcome", "/telemetry/run")))
            async with session.post(url, data=message(chance)) as response:
                assert response.status in (202, 400, 413)
                await response.read()


@pytest.mark.parametrize(("send", "count"), [(send_all, 2_000), (post_all, 500)])
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_whatever_clients_send_the_server_stays_as_it_was(
    watched: Stage, send: Any, count: int, seed: int
) -> None:
    chance = random.Random(seed)
    warm_up = count // 4
    await send(watched, chance, warm_up)
    await watched.settle()
    tracemalloc.start()
    try:
        before = allocated()
        await send(watched, chance, count - warm_up)
        await watched.settle()
        grown = allocated() - before
    finally:
        tracemalloc.stop()

    assert grown < MOST_GROWTH
    assert (await watched.get("/telemetry/info"))[0] == 200
    for event in await watched.events():
        json.dumps(event, allow_nan=False)
        assert len(event.get("runId", "")) <= 256


async def test_frames_that_break_the_protocol_close_only_their_own_socket(watched: Stage) -> None:
    healthy = await watched.connect(intervalMs=5_000)
    for frame, opcode in ((b"\xff\xfe", WSMsgType.TEXT), (b"x" * 200, WSMsgType.PING)):
        stream = await watched.connect(intervalMs=5_000)
        await stream.next()
        await stream.socket._writer.send_frame(frame, opcode)  # type: ignore[union-attr]
        assert await stream.closed() is not None
    await healthy.socket.send_json({"type": "run", "runId": "the end", "event": "ended"})

    await drain(healthy)
    await healthy.socket.close()
