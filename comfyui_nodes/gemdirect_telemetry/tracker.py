"""From what was observed to lifecycle messages. No thread, no socket, no clock: times come with the observations.

`apply` and the handlers of each observation, then how a prompt ends, then the open prompts' limits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .adhoc import AdhocRuns
from .checks import read_id
from .clock import Moment
from .environment import ServerFacts, read_environment
from .exit_reason import read_cached_nodes, read_end
from .journal import Journal, Journaled, Message
from .labels import Label, read_label
from .observations import Deleted, Ended, Freed, Observation, OutcomeTold, Queued, RunTold, Started
from .outputs import read_outputs
from .prompt import OpenPrompt
from .tally import Tally
from .told import OUTRANKED_BY_TOLD, TOLD_REASONS, Outcome


@dataclass(frozen=True)
class TraceOf:
    """Where an attempt's GPU figures come from; `finish` gives (summary, trace as JSON), each None without a GPU."""

    begin: Callable[[str], None]
    finish: Callable[[str], tuple[dict[str, Any] | None, str | None]]


class Tracker:
    """Every open prompt, and what each observation makes of it. Used by one thread only."""

    def __init__(self, journal: Journal, facts: ServerFacts, traces: TraceOf, tally: Tally) -> None:
        self._journal = journal
        self._tally = tally
        self._facts = facts
        self._traces = traces
        self._adhoc = AdhocRuns()
        self._models: tuple[str, ...] | None = None
        self.open: dict[str, OpenPrompt] = {}

    def end_left_open(self, at: Moment) -> list[Journaled]:
        """End every prompt that an earlier server left open: nobody will ever say how it went on."""
        ended = []
        for prompt_id, run_id, scene_id in self._journal.open_prompts():
            last = self._journal.last_message(prompt_id)
            lasting = last or {"type": "update", "sceneId": scene_id, "runId": run_id, "promptId": prompt_id}
            # How long it had executed when the server died nobody knows.
            dropped = ("seq", "tags", "policy", "environment", "queueRemaining", "duration")
            message = {name: value for name, value in lasting.items() if name not in dropped}
            message.update(timestamp=at.wall, status="failed", exitReason="serverRestart")
            ended.append(self._end(prompt_id, message, None))
        return ended

    def apply(self, observation: Observation) -> list[Journaled]:
        """The messages that follow from one observation, appended and not yet committed. One that repeats or
        contradicts what is known (an end after the end, a prompt id used again) changes nothing."""
        if isinstance(observation, Queued):
            return self._queued(observation.prompt_id, observation.graph, observation.extra_data, observation.at)
        if isinstance(observation, Started):
            return self._started(observation)
        if isinstance(observation, Ended):
            return self._ended(observation)
        if isinstance(observation, Deleted):
            return [each for prompt_id in observation.prompt_ids for each in self._deleted(prompt_id, observation.at)]
        if isinstance(observation, Freed):
            self._models = None
            return []
        if isinstance(observation, OutcomeTold):
            return self._told(observation.outcome, observation.at)
        return self._run_told(observation)

    def _queued(self, prompt_id: str, graph: Any, extra_data: Any, at: Moment) -> list[Journaled]:
        if read_id(prompt_id) is None or prompt_id in self.open or self._journal.last_message(prompt_id):
            return []
        label = read_label(extra_data) or self._adhoc_label(prompt_id, at)
        is_behind = any(other.label.run_id == label.run_id for other in self.open.values())
        attempt = self._journal.enter_prompt(prompt_id, label.run_id, label.scene_id, at.wall)
        environment = read_environment(graph, self._facts)
        prompt = OpenPrompt(prompt_id, label, attempt, at, environment, waits_since=None if is_behind else at.mono)
        self.open[prompt_id] = prompt
        message = {**self._message(prompt, "queued", at), **label.first_told}
        return [self._journal.append(message, prompt_id)]

    def _started(self, observation: Started) -> list[Journaled]:
        running, at = observation.running, observation.at
        messages = self._queued(running.prompt_id, running.graph, observation.extra_data, at)
        prompt = self.open.get(running.prompt_id)
        if prompt is None or prompt.running is not None:
            return messages
        prompt.running = running
        if prompt.waits_since is None:
            prompt.waits_since = at.mono
        models = tuple(prompt.environment.get("models", ()))
        prompt.cold = self._models != models
        self._models = models
        self._traces.begin(prompt.prompt_id)
        environment = {**prompt.environment, **self._facts.gpu()}
        message = {
            **self._message(prompt, "executing", at),
            "duration": 0,
            "cold": prompt.cold,
            "environment": environment,
        }
        self._tally.started(message)
        return [*messages, self._journal.append(message, prompt.prompt_id)]

    def _ended(self, observation: Ended) -> list[Journaled]:
        running, at = observation.running, observation.at
        prompt = self.open.get(running.prompt_id)
        if prompt is None or prompt.running is not running:
            return []
        cached = read_cached_nodes(observation.status)
        if running.cached() is None and cached is not None:
            running.note_cached(cached)
        reason, error = read_end(observation.status)
        return [self._end_open(prompt, reason, error, at, read_outputs(observation.history))]

    def _deleted(self, prompt_id: str, at: Moment) -> list[Journaled]:
        prompt = self.open.get(prompt_id)
        if prompt is None or prompt.running is not None:
            return []
        return [self._end_open(prompt, "deleted", None, at, [])]

    def _told(self, outcome: Outcome, at: Moment) -> list[Journaled]:
        prompt = self.open.get(outcome.prompt_id)
        if prompt is not None:
            return [self._end_open(prompt, outcome.exit_reason, outcome.error, at, [])]
        last = self._journal.last_message(outcome.prompt_id)
        if last is None:
            return [self._end_unknown(outcome, at)]
        if last.get("exitReason") not in OUTRANKED_BY_TOLD:
            return []
        message = {**last, "status": "failed", "exitReason": outcome.exit_reason}
        if outcome.error:
            message["error"] = outcome.error
        self._tally.superseded(outcome.exit_reason)
        return [self._journal.append(message, outcome.prompt_id)]

    def _run_told(self, observation: RunTold) -> list[Journaled]:
        message = {"type": "run", "timestamp": observation.at.wall, **observation.fields}
        return [self._journal.append(message)]

    def _end_open(
        self, prompt: OpenPrompt, reason: str, error: Message | None, at: Moment, outputs: list[dict[str, str]]
    ) -> Journaled:
        summary, trace = self._traces.finish(prompt.prompt_id) if prompt.running else (None, None)
        status = "completed" if reason == "success" else "failed"
        message = {**self._message(prompt, status, at), "exitReason": reason, **prompt.figures(at)}
        message.update({name: value for name, value in (("error", error), ("gpu", summary)) if value})
        if outputs:
            message["outputs"] = outputs
        journaled = self._end(prompt.prompt_id, message, trace)
        self._begin_next_wait(prompt.label.run_id, at)
        return journaled

    def _begin_next_wait(self, run_id: str, at: Moment) -> None:
        following = next((each for each in self.open.values() if each.label.run_id == run_id), None)
        if following is not None and following.waits_since is None:
            following.waits_since = at.mono

    def _end_unknown(self, outcome: Outcome, at: Moment) -> Journaled:
        label = Label(outcome.run_id, outcome.scene_id, {}, {})
        attempt = self._journal.enter_prompt(outcome.prompt_id, label.run_id, label.scene_id, at.wall)
        prompt = OpenPrompt(outcome.prompt_id, label, attempt, at, {}, waits_since=None)
        message = {**self._message(prompt, "failed", at), "exitReason": outcome.exit_reason}
        if outcome.error:
            message["error"] = outcome.error
        return self._end(outcome.prompt_id, message, None)

    def _end(self, prompt_id: str, message: Message, trace: str | None) -> Journaled:
        self.open.pop(prompt_id, None)
        self._tally.ended(message)
        if "queueRemaining" in message:
            message = {**message, "queueRemaining": len(self.open)}
        journaled = self._journal.append(message, prompt_id)
        self._journal.end_prompt(prompt_id, message["timestamp"], trace)
        return journaled

    def _message(self, prompt: OpenPrompt, status: str, at: Moment) -> Message:
        attempts = self._journal.attempts(prompt.label.run_id, prompt.label.scene_id)
        return {
            **prompt.identity(),
            "source": self._journal.source,
            "timestamp": at.wall,
            "status": status,
            "attempts": attempts,
            "queueRemaining": len(self.open),
            **prompt.queue_wait(at),
        }

    def _adhoc_label(self, prompt_id: str, at: Moment) -> Label:
        return Label(self._adhoc.run_of(prompt_id, not self.open, at.mono), prompt_id, {}, {})

    def overdue(self, mono: float) -> list[Outcome]:
        """The prompts whose own limit the node keeps and which are past it."""
        late = [prompt for prompt in self.open.values() if prompt.is_overdue(mono)]
        return [Outcome(each.prompt_id, each.label.run_id, each.label.scene_id, TOLD_REASONS[0]) for each in late]

    def next_limit(self) -> float | None:
        """When, on the monotonic clock, the next prompt is overdue; None while there is no limit to keep."""
        limits = [prompt.limit() for prompt in self.open.values()]
        return min((limit for limit in limits if limit is not None), default=None)
