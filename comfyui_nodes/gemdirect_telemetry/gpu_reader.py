"""What reads GPUs, and how one figure that fails is kept from harming the others."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Protocol

Reading = dict[str, Any]


class GpuReader(Protocol):
    """Reads every GPU of this machine; called from one thread, may block for milliseconds, never raises."""

    def read(self) -> list[Reading]:
        """One GpuReading a GPU; a figure that can't be read now is absent from it."""

    def main_index(self) -> int | None:
        """The GPU that ComfyUI computes on; None when that can't be told."""

    def driver(self) -> str | None:
        """The driver's version."""


class NoGpu:
    """A machine without a GPU that can be read."""

    def read(self) -> list[Reading]:
        """Nothing: RAM of a CPU server is no GPU's memory."""
        return []

    def main_index(self) -> int | None:
        """None."""
        return None

    def driver(self) -> str | None:
        """None."""
        return None


def attempt(read: Callable[[], Any]) -> Any:
    """What `read` gives; None if it fails, which it may do this time and not the next."""
    try:
        return read()
    except Exception:  # the drivers' packages have no common base of their errors
        return None


def figure(value: Any, largest: float = 2**53) -> int | float | None:
    """A finite number from 0 to `largest`; None for anything else: drivers say "unknown" by -1, 65535 or "N/A"."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return value if 0 <= value <= largest else None


def reading(index: int, **figures: Any) -> Reading:
    """A GpuReading of what is known."""
    return {"index": index, **{name: value for name, value in figures.items() if value is not None}}


def text(value: Any) -> str | None:
    """A driver's text; old packages return bytes, some say "N/A"."""
    decoded = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return decoded if isinstance(decoded, str) and decoded not in ("", "N/A") else None
