"""One prompt between its queuing and its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .clock import Moment
from .labels import Label
from .running import Running


@dataclass
class OpenPrompt:
    """What is known of a prompt that has not ended. `waits_since` is when its max wait began to count: when it was
    queued, or, behind other prompts of its run, when none of them is before it any more."""

    prompt_id: str
    label: Label
    attempt: int
    queued: Moment
    environment: dict[str, Any]
    waits_since: float | None
    running: Running | None = None
    cold: bool | None = None

    def identity(self) -> dict[str, Any]:
        """The fields that say which attempt of which scene a message is about."""
        fields: dict[str, Any] = {
            "type": "update",
            "sceneId": self.label.scene_id,
            "runId": self.label.run_id,
            "promptId": self.prompt_id,
            "attempt": self.attempt,
            **self.label.told,
        }
        if self.label.attempt_given not in (None, self.attempt):
            fields["attemptGiven"] = self.label.attempt_given
        return fields

    def queue_wait(self, at: Moment) -> dict[str, int]:
        """How long it waited, once it executes or ends; nothing while it still waits."""
        until = self.running.started if self.running else at
        waited = round(until.mono - self.queued.mono)
        return {"queueWait": max(0, waited)} if self.running or waited > 0 else {}

    def figures(self, at: Moment) -> dict[str, Any]:
        """What is measured of the execution when it ends; empty for a prompt that never executed."""
        if self.running is None:
            return {}
        self.running.end_nodes(at.mono)
        fields: dict[str, Any] = {"duration": round(at.mono - self.running.started.mono)}
        times = self.running.node_times()
        if times:
            fields["nodeTimes"] = times
        if self.running.cached() is not None:
            fields["cached"] = self.running.cached()
        if self.cold is not None:
            fields["cold"] = self.cold
        return fields

    def limit(self) -> float | None:
        """When its max wait is over, on the monotonic clock; None if the node does not keep one."""
        if self.label.max_wait_ms is None or self.waits_since is None:
            return None
        return self.waits_since + self.label.max_wait_ms

    def is_overdue(self, mono: float) -> bool:
        """Whether its max wait is over."""
        limit = self.limit()
        return limit is not None and mono >= limit
