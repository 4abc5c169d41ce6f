"""What the hooks and the clients report to the recorder, each with its time; the recorder takes them in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Union

from .clock import Moment
from .running import Running
from .told import Outcome


@dataclass(frozen=True)
class Queued:
    """A prompt entered the queue."""

    prompt_id: str
    graph: Any
    extra_data: Any
    at: Moment


@dataclass(frozen=True)
class Started:
    """The worker took a prompt from the queue."""

    running: Running
    extra_data: Any
    at: Moment


@dataclass(frozen=True)
class Ended:
    """The worker is done with a prompt; `history` and `status` are `task_done`'s."""

    running: Running
    history: Any
    status: Any
    at: Moment


@dataclass(frozen=True)
class Deleted:
    """Prompts left the queue without being executed."""

    prompt_ids: tuple[str, ...]
    at: Moment


@dataclass(frozen=True)
class Freed:
    """Somebody asked the server to unload its models."""

    at: Moment


@dataclass(frozen=True)
class OutcomeTold:
    """The queuing side says how a prompt ended."""

    outcome: Outcome
    at: Moment


@dataclass(frozen=True)
class RunTold:
    """The queuing side says that a run begins, stops or ends."""

    fields: dict[str, Any]
    at: Moment


Observation = Union[Queued, Started, Ended, Deleted, Freed, OutcomeTold, RunTold]
