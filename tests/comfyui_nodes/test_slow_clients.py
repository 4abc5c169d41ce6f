"""What a client that can't keep up loses, and that nobody else does."""

from __future__ import annotations

import asyncio
import json
import socket

import pytest
from aiohttp import ClientConnectionResetError, WSCloseCode, web

from comfyui_nodes.gemdirect_telemetry import client_queue, hub
from comfyui_nodes.gemdirect_telemetry.client import Pace
from comfyui_nodes.gemdirect_telemetry.client_queue import ClientQueue, pack_frames
from comfyui_nodes.gemdirect_telemetry.journal import Journaled
from conftest import StartStage
from stage import PATIENCE_SECONDS, Stage


def long_message(seq: int) -> Journaled:
    message = {"type": "run", "seq": seq, "runId": "r" * 100_000, "event": "begin"}
    return Journaled(seq, json.dumps(message), message)


async def stalled(stage: Stage) -> socket.socket:
    """A client that opens the stream and never reads from it."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(raw, ("127.0.0.1", stage.client.port))
    request = (
        "GET /telemetry HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    await loop.sock_sendall(raw, request.encode())
    return raw


async def listeners(stage: Stage, count: int) -> None:
    async def reached() -> None:
        while len(stage.telemetry.hub._clients) != count:
            await asyncio.sleep(0)

    await asyncio.wait_for(reached(), PATIENCE_SECONDS)


async def test_a_stalled_client_makes_nobody_else_lose_a_lifecycle_message(start: StartStage) -> None:
    stage = await start(pace=Pace(frame_ms=0, close_ms=50))
    healthy = await stage.connect()
    raw = await stalled(stage)
    await listeners(stage, 2)
    received: list[int] = []

    for chunk in range(20):
        stage.telemetry.hub.publish([long_message(chunk * 10 + each) for each in range(1, 11)])
        received += [each["seq"] for each in await healthy.lifecycle(10)]

    assert received == list(range(1, 201))
    await listeners(stage, 1)
    raw.close()


async def test_a_client_too_far_behind_is_closed_and_resumes_without_loss(stage: Stage) -> None:
    stream = await stage.connect()
    await stream.next()
    for number in range(4):
        stage.comfy.run(f"p{number}")
    await stage.settle()

    stage.telemetry.hub.publish([long_message(number) for number in range(13, 113)])

    assert await stream.closed() == WSCloseCode.TRY_AGAIN_LATER
    again = await stage.connect(resume=True, since=0)
    assert [each["seq"] for each in await again.lifecycle(12)] == list(range(1, 13))


def test_of_waiting_samples_the_newest_of_each_prompt_is_sent_and_the_gap_is_told() -> None:
    queue = ClientQueue()
    queue.put_lifecycle('"a"')
    for at in (100, 200, 300):
        queue.put_sample("p1", f'"p1 at {at}"', at)
    queue.put_sample("p2", '"p2"', 300)

    gap = {"type": "gap", "from": 100, "to": 300, "samplesDropped": 2}
    assert json.loads(queue.take_frame()) == ["a", gap, "p1 at 300", "p2"]
    assert queue.take_frame() == ""


def test_samples_of_an_ended_prompt_are_not_sent_after_its_end() -> None:
    queue = ClientQueue()
    queue.put_sample("p1", '"sample"', 1)
    queue.put_lifecycle('"end"')
    queue.drop_samples("p1")

    assert queue.take_frame() == '"end"'


def test_a_frame_holds_at_most_500_messages_and_256_kib() -> None:
    queue = ClientQueue()
    for _ in range(1200):
        queue.put_lifecycle('"x"')
    lengths = [len(json.loads(queue.take_frame())) for _ in range(3)]
    for _ in range(5):
        queue.put_lifecycle(json.dumps("y" * 100_000))
    long_frames = [queue.take_frame() for _ in range(3)]

    assert lengths == [500, 500, 200]
    assert all(len(frame) <= 256 * 1024 for frame in long_frames)
    assert not queue
    assert [len(each) for each in pack_frames(["1"] * 501)] == [1001, 1]


def test_lifecycle_messages_are_never_dropped_one_by_one() -> None:
    queue = ClientQueue()
    for number in range(client_queue.MAX_WAITING_MESSAGES):
        queue.put_lifecycle(str(number))
    assert not queue.overflowed

    queue.put_lifecycle("one too many")

    assert queue.overflowed
    assert queue.take_frame() == ""


async def test_the_257th_client_is_told_that_the_server_is_full(stage: Stage) -> None:
    streams = [await stage.connect() for _ in range(hub.MAX_CLIENTS)]

    status, body = await stage.get("/telemetry", headers={"Upgrade": "websocket", "Connection": "Upgrade"})
    assert (status, "256 clients" in body["error"]) == (503, True)

    await streams[0].socket.close()
    await listeners(stage, hub.MAX_CLIENTS - 1)
    assert (await (await stage.connect()).next())["type"] == "hello"


async def test_a_frame_of_64_kib_is_read_and_a_longer_one_closes_the_socket(stage: Stage) -> None:
    run = {"type": "run", "runId": "r", "event": "begin", "padding": ""}
    room = 64 * 1024 - len(json.dumps(run))
    stream = await stage.connect()
    await stream.socket.send_str(json.dumps({**run, "padding": "x" * room}))
    await stream.lifecycle(1)

    await stream.socket.send_str(json.dumps({**run, "padding": "x" * (room + 1)}))

    assert await stream.closed() == WSCloseCode.MESSAGE_TOO_BIG


async def test_a_client_that_goes_before_it_is_answered_is_no_error_in_the_log(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def closed(*_: object) -> None:
        raise ClientConnectionResetError("Cannot write to closing transport")

    monkeypatch.setattr(web.WebSocketResponse, "prepare", closed)
    raw = await stalled(stage)
    await asyncio.wait_for(asyncio.get_running_loop().sock_recv(raw, 1), PATIENCE_SECONDS)
    raw.close()

    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def test_two_clients_have_their_own_intervals(stage: Stage) -> None:
    slow, quick = await stage.connect(intervalMs=5000), await stage.connect(intervalMs=5000)
    await quick.next()
    await quick.socket.send_json({"type": "configure", "intervalMs": 1})
    stage.comfy.post("p1")
    stage.comfy.begin()
    await slow.lifecycle(2)
    await quick.lifecycle(2)

    quick_durations = []
    for _ in range(50):
        stage.clock.advance(100)
        quick_durations.append((await quick.sample())["duration"])
    slow_duration = (await slow.sample())["duration"]

    assert quick_durations == sorted(set(quick_durations))
    assert slow_duration <= 5000
    assert {client.interval_ms for client in stage.telemetry.hub._clients} == {5000, 100}
