"""What waits to be sent to one client: bounded, lifecycle messages in order, samples only as their newest."""

from __future__ import annotations

from collections import deque

from .fit import to_json

MAX_FRAME_MESSAGES = 500
MAX_FRAME_BYTES = 256 * 1024
MAX_WAITING_MESSAGES = 20_000
MAX_WAITING_BYTES = 8 * 1024 * 1024


class ClientQueue:
    """A slow client loses samples first: of each prompt it gets the newest, and a `gap` that says how many it did not
    get. Lifecycle messages are never dropped: when they no longer fit, the queue is `overflowed` for good."""

    def __init__(self) -> None:
        self._lifecycle: deque[str] = deque()
        self._lifecycle_bytes = 0
        self._samples: dict[str, tuple[str, int]] = {}
        self._gap: tuple[int, int, int] | None = None
        self.samples_dropped = 0
        self.overflowed = False

    def __bool__(self) -> bool:
        return bool(self._lifecycle or self._samples)

    def put_lifecycle(self, text: str) -> None:
        """Add a message that must arrive."""
        if self.overflowed:
            return
        self._lifecycle.append(text)
        self._lifecycle_bytes += len(text)
        if len(self._lifecycle) > MAX_WAITING_MESSAGES or self._lifecycle_bytes > MAX_WAITING_BYTES:
            self.overflowed = True
            self._lifecycle.clear()
            self._samples.clear()

    def put_sample(self, key: str, text: str, at: int) -> None:
        """Add the newest sample of a prompt; one that still waits is replaced and counted as dropped."""
        if self.overflowed:
            return
        before = self._samples.get(key)
        if before is not None:
            begin, _, dropped = self._gap or (before[1], at, 0)
            self._gap = (begin, at, dropped + 1)
            self.samples_dropped += 1
        self._samples[key] = (text, at)

    def drop_samples(self, key: str) -> None:
        """Forget what waits of a prompt that has ended: its end says more."""
        self._samples.pop(key, None)

    def take_frame(self) -> str:
        """The next frame, at most 500 messages and 256 KiB (a longer message alone); empty when nothing waits."""
        messages: list[str] = []
        room = MAX_FRAME_BYTES - 2
        while self._lifecycle and _fits(messages, room, self._lifecycle[0]):
            text = self._lifecycle.popleft()
            self._lifecycle_bytes -= len(text)
            messages.append(text)
            room -= len(text) + 1
        if self._lifecycle or not self._samples:
            return join_frame(messages)
        gap = self._gap_message()
        if gap and _fits(messages, room, gap):
            messages.append(gap)
            room -= len(gap) + 1
            self._gap = None
        for key in list(self._samples):
            text = self._samples[key][0]
            if not _fits(messages, room, text):
                break
            del self._samples[key]
            messages.append(text)
            room -= len(text) + 1
        return join_frame(messages)

    def _gap_message(self) -> str | None:
        if self._gap is None:
            return None
        begin, end, dropped = self._gap
        return to_json({"type": "gap", "from": begin, "to": end, "samplesDropped": dropped})


def join_frame(messages: list[str]) -> str:
    """One frame's text: an object, an array of several, or nothing."""
    return messages[0] if len(messages) == 1 else f"[{','.join(messages)}]" if messages else ""


def pack_frames(messages: list[str]) -> list[str]:
    """Frames of at most 500 messages and 256 KiB, in order; a message longer than that has a frame to itself."""
    frames: list[str] = []
    batch: list[str] = []
    room = MAX_FRAME_BYTES - 2
    for text in messages:
        if not _fits(batch, room, text):
            frames.append(join_frame(batch))
            batch, room = [], MAX_FRAME_BYTES - 2
        batch.append(text)
        room -= len(text) + 1
    return [*frames, join_frame(batch)] if batch else frames


def _fits(messages: list[str], room: int, text: str) -> bool:
    return not messages or (len(messages) < MAX_FRAME_MESSAGES and len(text) <= room)
