"""The thread that turns observations into journaled messages, in the order they were made."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Union

from .clock import Clock
from .journal import Journal, Journaled
from .observations import Observation, OutcomeTold
from .prune import Pruner
from .tracker import Tracker

Publish = Callable[[list[Journaled]], None]
StopPrompt = Callable[[str], bool]

log = logging.getLogger(__name__)


class Recorder:
    """Takes observations from any thread without waiting; publishes what is committed, never before.

    An observation that can't be handled is logged and passed over; what a failing disk does not take is lost and the
    log says so, while the server goes on.
    """

    def __init__(
        self, tracker: Tracker, journal: Journal, publish: Publish, stop_prompt: StopPrompt, clock: Clock
    ) -> None:
        self._tracker = tracker
        self._journal = journal
        self._publish = publish
        self._stop_prompt = stop_prompt
        self._clock = clock
        self._pruner = Pruner(journal)
        self._stopping: dict[str, float] = {}
        self._inbox: queue.SimpleQueue[Union[Observation, _Control]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="gemdirect-telemetry", daemon=True)
        self._thread.start()

    def observe(self, observation: Observation) -> None:
        """Hand over an observation; returns at once."""
        self._inbox.put(observation)

    def flush(self) -> None:
        """Return when everything handed over so far is committed and published. The max waits are looked at before, unless
        more was handed over meanwhile."""
        done = threading.Event()
        self._inbox.put(done.set)
        done.wait()

    def dispose(self) -> None:
        """Handle what was handed over, then end the thread; the journal is the caller's to close."""
        self._inbox.put(_STOP)
        self._thread.join()

    def _run(self) -> None:
        while True:
            batch = self._take_batch()
            self._record([each for each in batch if not callable(each)])
            if _STOP in batch:
                return
            self._keep_limits()
            for each in batch:
                if callable(each):
                    each()
            self._prune()

    def _take_batch(self) -> list[Union[Observation, _Control]]:
        batch: list[Union[Observation, _Control]] = []
        try:
            batch.append(self._inbox.get(timeout=self._pause()))
            while len(batch) < _LARGEST_BATCH and not callable(batch[-1]):
                batch.append(self._inbox.get_nowait())
        except queue.Empty:
            pass
        return batch

    def _pause(self) -> float:
        limit = self._tracker.next_limit()
        due = [*self._stopping.values(), *(() if limit is None else (limit,))]
        wait_ms = min(due) - self._clock.mono() if due else _LONGEST_PAUSE_MS
        return min(max(wait_ms, 0), _LONGEST_PAUSE_MS) / 1000

    def _record(self, observations: list[Observation]) -> None:
        messages: list[Journaled] = []
        for observation in observations:
            try:
                messages.extend(self._tracker.apply(observation))
            except Exception:
                log.exception("GemDirect telemetry could not record %s", type(observation).__name__)
        try:
            self._journal.commit()
        except Exception:
            log.exception("GemDirect telemetry could not write its journal: %d messages are lost", len(messages))
            self._journal.rollback()
            return
        if messages:
            self._publish(messages)

    def _keep_limits(self) -> None:
        now = self._clock.mono()
        # What waits may be the end, in time, of a prompt that would be over its limit only by now.
        if not self._inbox.empty():
            return
        for outcome in self._tracker.overdue(now):
            # The outcome first: once it is journaled, the interrupt's own end changes nothing.
            self._record([OutcomeTold(outcome, self._clock.moment())])
            self._stopping[outcome.prompt_id] = now
        for prompt_id in [each for each, due in self._stopping.items() if due <= now]:
            del self._stopping[prompt_id]
            if self._executes_on(prompt_id):
                self._stopping[prompt_id] = now + _STOP_AGAIN_MS

    def _executes_on(self, prompt_id: str) -> bool:
        try:
            return self._stop_prompt(prompt_id)
        except Exception:
            log.exception("GemDirect telemetry could not stop a prompt at its max wait")
            return False

    def _prune(self) -> None:
        try:
            self._pruner.prune_when_due(self._clock.wall())
        except Exception:
            log.exception("GemDirect telemetry could not prune its journal")


_Control = Callable[[], None]


def _STOP() -> None:
    """Ends the thread."""


_LARGEST_BATCH = 200
_LONGEST_PAUSE_MS = 60_000
_STOP_AGAIN_MS = 1_000
