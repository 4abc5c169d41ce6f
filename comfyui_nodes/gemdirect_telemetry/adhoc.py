"""Runs of prompts that nobody labelled."""

from __future__ import annotations

MAX_SCENES = 200
MAX_AGE_MS = 12 * 60 * 60 * 1000


class AdhocRuns:
    """Names one run for each time the queue is busy, and a new one after 200 scenes or 12 hours."""

    def __init__(self) -> None:
        self._run_id: str | None = None
        self._scenes = 0
        self._since = 0.0

    def run_of(self, prompt_id: str, is_queue_idle: bool, mono: float) -> str:
        """The run that a new unlabelled prompt belongs to; `is_queue_idle`: nothing else is queued or executes."""
        is_over = is_queue_idle or self._scenes >= MAX_SCENES or mono - self._since >= MAX_AGE_MS
        if self._run_id is None or is_over:
            # An id may be 256 units long and the run's must not be longer.
            self._run_id = f"adhoc-{prompt_id}"[:256]
            self._scenes = 0
            self._since = mono
        self._scenes += 1
        return self._run_id
