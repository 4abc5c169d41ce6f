"""`GET /telemetry` as a WebSocket."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from .checks import read_number
from .client import DEFAULT_INTERVAL_MS, Client, clamp_interval
from .client_queue import pack_frames
from .fit import to_json
from .hub import Joined
from .info import hello_message
from .observations import OutcomeTold, RunTold
from .resume import ResumePlan, plan_resume
from .telemetry import Telemetry
from .told import read_outcome, read_run

MAX_CLIENT_FRAME = 64 * 1024
PAGE = 500
PING_SECONDS = 30.0


async def serve_stream(request: web.Request, telemetry: Telemetry) -> web.StreamResponse:
    """Serve one client until it goes. Whatever it sends, the worst that happens is that its own socket closes."""
    query = request.query
    # Not compressed: the same text goes to every client, and a context for each would cost more than it saves.
    socket = web.WebSocketResponse(max_msg_size=MAX_CLIENT_FRAME + 1, heartbeat=PING_SECONDS, compress=False)
    try:
        await socket.prepare(request)
    except ConnectionError:
        return web.Response()  # the client went before it was answered: nobody reads this
    asked = _read_interval(query.get("intervalMs"))
    client = Client(asked, telemetry.world.pace, telemetry.hub.heartbeat)
    joined = telemetry.hub.join(client)
    opening = _opening(telemetry, client, joined, query.get("epoch"), query.get("since"))
    sender = asyncio.create_task(_send(socket, client, opening))
    aborter = asyncio.create_task(_abort_when_stalled(request, client, sender))
    try:
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                _hear(telemetry, client, message.data)
    finally:
        telemetry.hub.leave(client)
        sender.cancel()
        aborter.cancel()
        await asyncio.gather(sender, aborter, return_exceptions=True)
    return socket


async def _send(socket: web.WebSocketResponse, client: Client, opening: AsyncIterator[str]) -> None:
    with contextlib.suppress(ConnectionError, RuntimeError):  # the client is gone; its reader notices too
        await client.run(socket.send_str, opening)
        message = b"Too slow for the stream: resume from the last seq"
        await socket.close(code=WSCloseCode.TRY_AGAIN_LATER, message=message)


async def _abort_when_stalled(request: web.Request, client: Client, sender: asyncio.Task[None]) -> None:
    """Give an overflowed client a while to read what was written and the close after it, then drop it.

    The sender is waited for and not cancelled: aiohttp shares one future among all who wait for a full buffer, and
    cancelling it would cancel the close as well.
    """
    await client.overflowed.wait()
    await asyncio.wait([sender], timeout=client.pace.close_ms / 1000)
    if not sender.done() and request.transport is not None:
        request.transport.abort()


async def _opening(
    telemetry: Telemetry, client: Client, joined: Joined, epoch: str | None, since: str | None
) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    journal = telemetry.journal
    plan: ResumePlan = await loop.run_in_executor(None, plan_resume, journal, epoch, since, joined.seq)
    hello = hello_message(telemetry, client.interval_ms, joined.seq, plan)
    # `state` is one message however much is queued: a client takes what it does not name as ended.
    for frame in pack_frames([to_json(hello), to_json({"type": "state", "prompts": joined.state})]):
        yield frame
    after = plan.replay_after
    while after is not None:
        rows = await loop.run_in_executor(None, journal.read, after, joined.seq, PAGE)
        for frame in pack_frames([text for _, text in rows]):
            yield frame
        after = rows[-1][0] if len(rows) == PAGE else None


def _hear(telemetry: Telemetry, client: Client, text: str) -> None:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return
    kind = given.get("type") if isinstance(given, dict) else None
    if kind == "configure":
        interval = read_number(given.get("intervalMs"))
        if interval is not None:
            telemetry.hub.configure(client, clamp_interval(interval))
    elif kind in ("outcome", "run"):
        hear_told(telemetry, kind, given)


def hear_told(telemetry: Telemetry, kind: str, given: Any) -> bool:
    """Record an outcome or a run that a client tells; False if it is not what the protocol says."""
    at = telemetry.world.clock.moment()
    if kind == "outcome":
        outcome = read_outcome(given)
        if outcome is not None:
            telemetry.recorder.observe(OutcomeTold(outcome, at))
        return outcome is not None
    run = read_run(given)
    if run is not None:
        telemetry.recorder.observe(RunTold(run, at))
    return run is not None


def _read_interval(text: str | None) -> float:
    try:
        return clamp_interval(read_number(float(text)) or DEFAULT_INTERVAL_MS) if text else DEFAULT_INTERVAL_MS
    except ValueError:
        return DEFAULT_INTERVAL_MS
