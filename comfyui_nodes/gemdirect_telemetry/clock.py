"""The two clocks: one to say when, one to say how long."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """One instant on both clocks, in milliseconds; `mono` never jumps and means nothing by itself."""

    wall: int
    mono: float


@dataclass(frozen=True)
class Clock:
    """Where time comes from; tests give their own."""

    wall: Callable[[], int]
    mono: Callable[[], float]

    def moment(self) -> Moment:
        """Now, on both clocks."""
        return Moment(self.wall(), self.mono())


def system_clock() -> Clock:
    """The machine's clocks."""
    return Clock(lambda: time.time_ns() // 1_000_000, lambda: time.monotonic_ns() / 1_000_000)
