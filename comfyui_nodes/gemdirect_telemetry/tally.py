"""What happened to prompts since the server started, counted."""

from __future__ import annotations

import threading
from bisect import bisect_left
from typing import Any

from .metric_family import PREFIX, Family, Sample, by_label
from .told import TOLD_REASONS

EXIT_REASONS = ("success", "error", "outOfMemory", "interrupted", "deleted", "serverRestart", *TOLD_REASONS, "unknown")
SECONDS = (0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200)


class Tally:
    """Counts that only grow. Written by the recorder's thread, read whole by any other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended = dict.fromkeys(EXIT_REASONS, 0)
        self._superseded = dict.fromkeys(TOLD_REASONS, 0)
        self._executed = {"completed": _Histogram(), "failed": _Histogram()}
        self._waited = _Histogram()
        self._cached: list[float] = [0, 0]

    def started(self, message: dict[str, Any]) -> None:
        """A prompt's first `executing` message."""
        with self._lock:
            self._waited.add(message.get("queueWait", 0) / 1000)

    def ended(self, message: dict[str, Any]) -> None:
        """A prompt's first terminal message."""
        with self._lock:
            reason = message["exitReason"]
            self._ended[reason] += 1
            # How long a prompt executed that its server did not outlive, nobody knows.
            if "duration" in message and reason != "serverRestart":
                self._executed[message["status"]].add(message["duration"] / 1000)
            if "cached" in message:
                self._cached = [self._cached[0] + message["cached"], self._cached[1] + 1]

    def superseded(self, reason: str) -> None:
        """The queuing side told another end of a prompt that had ended."""
        with self._lock:
            self._superseded[reason] += 1

    def families(self) -> list[Family]:
        """All of it, as of one instant."""
        with self._lock:
            cached = [Sample("_count", {}, self._cached[1]), Sample("_sum", {}, self._cached[0])]
            executed = [each for status, one in self._executed.items() for each in one.samples(status=status)]
            return [
                by_label("prompts_ended_total", "counter", _ENDED, "exit_reason", dict(self._ended)),
                by_label("prompts_superseded_total", "counter", _SUPERSEDED, "exit_reason", dict(self._superseded)),
                Family(f"{PREFIX}prompt_execution_seconds", "histogram", _EXECUTED, executed),
                Family(f"{PREFIX}prompt_queue_wait_seconds", "histogram", _WAITED, self._waited.samples()),
                Family(f"{PREFIX}prompt_cached_ratio", "summary", _CACHED, cached),
            ]


class _Histogram:
    def __init__(self) -> None:
        self._counts = [0] * (len(SECONDS) + 1)
        self._sum = 0.0

    def add(self, seconds: float) -> None:
        self._counts[bisect_left(SECONDS, seconds)] += 1
        self._sum += seconds

    def samples(self, **labels: str) -> list[Sample]:
        buckets, below = [], 0
        for bound, count in zip((*map(float, SECONDS), "+Inf"), self._counts):
            below += count
            buckets.append(Sample("_bucket", {**labels, "le": str(bound)}, below))
        return [*buckets, Sample("_count", labels, below), Sample("_sum", labels, self._sum)]


_ENDED = "Prompts that ended, by how they ended first."
_SUPERSEDED = "Ended prompts of which the queuing side told another end later, by that end."
_EXECUTED = "How long prompts executed, without their time in the queue."
_WAITED = "How long prompts waited in the queue before they executed."
_CACHED = "Share of a prompt's nodes that was served from cache."
