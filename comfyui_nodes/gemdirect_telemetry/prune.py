"""How the journal stays small: whole ended prompts go, oldest first."""

from __future__ import annotations

from .journal import Journal

MAX_AGE_MS = 30 * 24 * 60 * 60 * 1000
MAX_MESSAGES = 100_000
EVERY_MS = 60 * 60 * 1000


class Pruner:
    """Looks once an hour, and whenever the journal has grown 1 % beyond its limit. Open prompts always stay."""

    def __init__(self, journal: Journal, max_messages: int = MAX_MESSAGES, max_age_ms: int = MAX_AGE_MS) -> None:
        self._journal = journal
        self._max_messages = max_messages
        self._max_age_ms = max_age_ms
        self._looked_at: int | None = None

    def prune_when_due(self, now: int) -> None:
        """Prune if it is time."""
        is_due = self._looked_at is None or not 0 <= now - self._looked_at < EVERY_MS
        if is_due or self._journal.count > self._max_messages * 1.01:
            self._looked_at = now
            self.prune(now)

    def prune(self, now: int) -> None:
        """Drop what is older than 30 days or beyond 100,000 messages, and commit."""
        while prompts := self._journal.ended_before(now - self._max_age_ms, _AT_ONCE):
            self._journal.forget(prompts, [])
            self._journal.commit()
        self._journal.forget_runs_told(now - self._max_age_ms)
        self._journal.commit()
        while (excess := self._journal.count - self._max_messages) > 0:
            entries = self._journal.oldest_entries(min(excess, _AT_ONCE))
            if not entries:
                return
            self._journal.forget({prompt for _, prompt in entries if prompt}, [seq for seq, p in entries if not p])
            self._journal.commit()


_AT_ONCE = 200
