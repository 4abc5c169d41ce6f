"""What a client that comes back still has to get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .journal import Journal

MAX_REPLAY = 5_000


@dataclass(frozen=True)
class ResumePlan:
    """`hello`'s fields about the resume, and after which `seq` the socket replays; None: it does not."""

    fields: dict[str, Any]
    replay_after: int | None


def plan_resume(journal: Journal, epoch: str | None, since: str | None, until: int) -> ResumePlan:
    """Plan what to replay up to `until`. Blocks while it reads the journal.

    Without an epoch nothing was asked for. With one that isn't this journal's, or a `since` beyond its newest, what
    was lost can't be known. What is no number counts as 0: everything twice does no harm, a hole does.
    """
    if epoch is None:
        return ResumePlan({}, None)
    after = int(since) if since and since.isascii() and since.isdecimal() and len(since) < _MAX_DIGITS else 0
    if epoch != journal.epoch or after > until:
        return ResumePlan({"resumed": {"from": after, "to": until, "lost": "unknown"}}, None)
    due = journal.count_between(after, until)
    # Who begins at 0 asks for whatever there is; what was pruned before is nothing it lost.
    resumed = {"from": after, "to": until, "lost": until - after - due if after else 0}
    if due > MAX_REPLAY:
        return ResumePlan({"resumed": resumed, "behind": due}, None)
    return ResumePlan({"resumed": resumed}, after)


_MAX_DIGITS = 16
