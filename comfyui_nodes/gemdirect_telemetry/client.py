"""One client of the stream: its queue, its pace, its sender."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from .client_queue import ClientQueue

MIN_INTERVAL_MS = 100
MAX_INTERVAL_MS = 5000
DEFAULT_INTERVAL_MS = 250
HEARTBEAT_MS = 5000

Send = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class Pace:
    """How often a client may be written to, how long nothing may be written, how long an overflowed one is waited for."""

    frame_ms: float = 50
    heartbeat_ms: float = HEARTBEAT_MS
    close_ms: float = 10_000


class Client:
    """What is put in goes out at the client's own speed. Nobody who puts ever waits for it."""

    def __init__(self, interval_ms: float, pace: Pace, make_heartbeat: Callable[[], str]) -> None:
        self.interval_ms = clamp_interval(interval_ms)
        self.last_sampled = -1
        self.pace = pace
        self._make_heartbeat = make_heartbeat
        self._queue = ClientQueue()
        self._waiter: asyncio.Future[bool] | None = None
        self._ready_at = 0.0
        self.overflowed = asyncio.Event()

    def put_lifecycle(self, text: str) -> None:
        """Send a lifecycle message; if the client is too far behind for it, `overflowed` is set."""
        self._queue.put_lifecycle(text)
        if self._queue.overflowed:
            self.overflowed.set()
        self._wake()

    def put_sample(self, key: str, text: str, at: int) -> None:
        """Send a sample, unless a newer one of the same key comes before it can be."""
        self._queue.put_sample(key, text, at)
        self._wake()

    def drop_samples(self, key: str) -> None:
        """Don't send what waits of an ended prompt."""
        self._queue.drop_samples(key)

    def samples_dropped(self) -> int:
        """How many samples it was too slow for."""
        return self._queue.samples_dropped

    async def run(self, send: Send, opening: AsyncIterator[str]) -> None:
        """Send the opening's frames, then whatever is put, until the queue overflows or `send` raises."""
        iterator = opening.__aiter__()
        while not self.overflowed.is_set():
            frame = await self._with_heartbeats(send, iterator)
            if not frame:
                break
            await self._wait_for_turn()
            await self._send(send, frame)
        loop = asyncio.get_running_loop()
        due = loop.time() + self.pace.heartbeat_ms / 1000
        while not self.overflowed.is_set():
            # Due while samples flow too: they don't name the newest seq, and who lost it would not hear of it.
            left = due - loop.time()
            has_work = left > 0 and await self._wait_for_work(left)
            await self._wait_for_turn()
            frame = self._queue.take_frame() if has_work else self._make_heartbeat()
            if not has_work:
                due = loop.time() + self.pace.heartbeat_ms / 1000
            if frame:
                await self._send(send, frame)

    def _wake(self) -> None:
        if self._waiter is not None:
            _resolve(self._waiter, True)

    async def _wait_for_work(self, seconds: float) -> bool:
        # Not asyncio.wait_for: before Python 3.12 it makes a task each time, which cost more than the sending.
        if self._queue:
            return True
        loop = asyncio.get_running_loop()
        self._waiter = loop.create_future()
        timer = loop.call_later(seconds, _resolve, self._waiter, False)
        try:
            return await self._waiter
        finally:
            timer.cancel()
            self._waiter = None

    async def _wait_for_turn(self) -> None:
        early = self._ready_at - asyncio.get_running_loop().time()
        if early > 0:
            await asyncio.sleep(early)

    async def _with_heartbeats(self, send: Send, frames: AsyncIterator[str]) -> str:
        """The opening's next frame, "" at its end; heartbeats while a slow disk makes it wait."""
        reading = asyncio.ensure_future(_next_frame(frames))
        try:
            while True:
                done, _ = await asyncio.wait([reading], timeout=self.pace.heartbeat_ms / 1000)
                if done:
                    return reading.result()
                await self._wait_for_turn()
                await self._send(send, self._make_heartbeat())
        finally:
            reading.cancel()

    async def _send(self, send: Send, frame: str) -> None:
        await send(frame)
        self._ready_at = asyncio.get_running_loop().time() + self.pace.frame_ms / 1000


def clamp_interval(interval_ms: float) -> float:
    """The interval that a client gets for the one it asked for."""
    return min(max(interval_ms, MIN_INTERVAL_MS), MAX_INTERVAL_MS)


def _resolve(waiter: asyncio.Future[bool], has_work: bool) -> None:
    if not waiter.done():
        waiter.set_result(has_work)


async def _next_frame(frames: AsyncIterator[str]) -> str:
    async for frame in frames:
        return frame
    return ""
