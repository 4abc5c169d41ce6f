"""The lifecycle messages, kept: written by the recorder's thread, read by any."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .fit import fit_message
from .journal_file import open_journal

Message = dict[str, Any]


@dataclass(frozen=True)
class Journaled:
    """A message with its place in the order and its text, made once for the journal and every client."""

    seq: int
    text: str
    message: Message


class Journal:
    """One database, one connection, one lock. What `append` returned is on disk only after `commit`."""

    def __init__(self, path: Path) -> None:
        opened = open_journal(path)
        self.source = opened.source
        self.epoch = opened.epoch
        self._connection = opened.connection
        self._files = (opened.path, Path(f"{opened.path}-wal"))
        self._lock = threading.Lock()
        self._seq = self._read_newest()
        self.count: int = self._one("SELECT COUNT(*) FROM events") or 0

    def append(self, message: Message, prompt_id: str | None = None) -> Journaled:
        """Give the message the next `seq`; of a message too long for a frame the least needed lists are cut."""
        with self._lock:
            seq = self._seq + 1
            text = fit_message({**message, "seq": seq})
            self._begin()
            self._connection.execute(
                "INSERT INTO events (seq, at, prompt_id, message) VALUES (?, ?, ?, ?)",
                (seq, message["timestamp"], prompt_id, text),
            )
            self._seq = seq
            self.count += 1
        return Journaled(seq, text, json.loads(text))

    def commit(self) -> None:
        """Put everything appended so far on disk; returns when it is there."""
        with self._lock:
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")

    def rollback(self) -> None:
        """Give up what was not committed, and its numbers."""
        with self._lock:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._seq = self._read_newest()
            self.count = self._one("SELECT COUNT(*) FROM events")

    def enter_prompt(self, prompt_id: str, run_id: str, scene_id: str, queued_at: int) -> int:
        """Note a new prompt; returns its attempt number: one more than the scene's latest in this run."""
        with self._lock:
            self._begin()
            attempt = 1 + self._attempts(run_id, scene_id)
            self._connection.execute(
                "INSERT OR REPLACE INTO prompts VALUES (?, ?, ?, ?, ?, NULL)",
                (prompt_id, run_id, scene_id, attempt, queued_at),
            )
        return attempt

    def end_prompt(self, prompt_id: str, ended_at: int, trace: str | None) -> None:
        """Note that a prompt ended; from now on it may be pruned."""
        with self._lock:
            self._begin()
            self._connection.execute("UPDATE prompts SET ended_at = ? WHERE prompt_id = ?", (ended_at, prompt_id))
            if trace is not None:
                self._connection.execute("INSERT OR REPLACE INTO traces VALUES (?, ?)", (prompt_id, trace))

    def attempts(self, run_id: str, scene_id: str) -> int:
        """Times this scene of this run was queued so far."""
        with self._lock:
            return self._attempts(run_id, scene_id)

    def last_message(self, prompt_id: str) -> Message | None:
        """The newest message of a prompt, or None for one that is not in the journal."""
        query = "SELECT message FROM events WHERE prompt_id = ? ORDER BY seq DESC LIMIT 1"
        text = self._one_locked(query, prompt_id)
        return json.loads(text) if text is not None else None

    def open_prompts(self) -> list[tuple[str, str, str]]:
        """(prompt, run, scene) of every prompt without an end, oldest first."""
        query = "SELECT prompt_id, run_id, scene_id FROM prompts WHERE ended_at IS NULL ORDER BY queued_at, attempt"
        with self._lock:
            return self._connection.execute(query).fetchall()

    def read(self, since: int, until: int, limit: int) -> list[tuple[int, str]]:
        """At most `limit` messages after `since`, up to and with `until`, oldest first, as they were sent."""
        query = "SELECT seq, message FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
        with self._lock:
            return self._connection.execute(query, (since, until, limit)).fetchall()

    def count_between(self, since: int, until: int) -> int:
        """How many messages after `since`, up to and with `until`, are still kept."""
        return self._one_locked("SELECT COUNT(*) FROM events WHERE seq > ? AND seq <= ?", since, until) or 0

    def oldest(self) -> int | None:
        """The oldest `seq` still kept; None for an empty journal."""
        oldest: int | None = self._one_locked("SELECT MIN(seq) FROM events")
        return oldest

    def newest(self) -> int:
        """The newest `seq` ever given; 0 before the first."""
        return self._seq

    def trace(self, prompt_id: str) -> str | None:
        """The GPU trace of an ended attempt, as JSON text."""
        trace: str | None = self._one_locked("SELECT trace FROM traces WHERE prompt_id = ?", prompt_id)
        return trace

    def ended_before(self, at: int, limit: int) -> list[str]:
        """The prompts that ended longest ago, before `at`."""
        query = "SELECT prompt_id FROM prompts WHERE ended_at < ? ORDER BY ended_at LIMIT ?"
        with self._lock:
            return [row[0] for row in self._connection.execute(query, (at, limit))]

    def oldest_entries(self, limit: int) -> list[tuple[int, str | None]]:
        """(seq, prompt) of the oldest messages that may go: those of ended prompts and of runs."""
        query = """
          SELECT seq, events.prompt_id FROM events LEFT JOIN prompts USING (prompt_id)
          WHERE events.prompt_id IS NULL OR ended_at IS NOT NULL ORDER BY seq LIMIT ?"""
        with self._lock:
            return self._connection.execute(query, (limit,)).fetchall()

    def forget(self, prompt_ids: Iterable[str], seqs: Iterable[int]) -> None:
        """Drop whole prompts, with their messages and traces, and single messages of runs."""
        prompts = [(each,) for each in prompt_ids]
        with self._lock:
            self._begin()
            for table in ("traces", "prompts"):
                self._connection.executemany(f"DELETE FROM {table} WHERE prompt_id = ?", prompts)
            self._delete_events("prompt_id = ?", prompts)
            self._delete_events("seq = ?", [(seq,) for seq in seqs])

    def forget_runs_told(self, before: int) -> None:
        """Drop the messages of runs that were told before a time."""
        with self._lock:
            self._begin()
            self._delete_events("prompt_id IS NULL AND at < ?", [(before,)])

    def size(self) -> int:
        """The bytes of its files; asks the disk."""
        return sum(file.stat().st_size for file in self._files if file.exists())

    def close(self) -> None:
        """Commit and close; calling it twice does no harm."""
        with self._lock:
            try:
                if self._connection.in_transaction:
                    self._connection.execute("COMMIT")
                self._connection.close()
            except sqlite3.ProgrammingError:
                return  # closed before

    def _delete_events(self, condition: str, rows: Sequence[tuple[object]]) -> None:
        deleted = self._connection.executemany(f"DELETE FROM events WHERE {condition}", rows).rowcount
        self.count -= max(0, deleted)

    def _begin(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def _attempts(self, run_id: str, scene_id: str) -> int:
        query = "SELECT MAX(attempt) FROM prompts WHERE run_id = ? AND scene_id = ?"
        return int(self._one(query, run_id, scene_id) or 0)

    def _read_newest(self) -> int:
        # Not MAX(seq): the newest message may have been pruned, and its number must not be given twice.
        return self._one("SELECT seq FROM sqlite_sequence WHERE name = 'events'") or 0

    def _one(self, query: str, *values: object) -> Any:
        row = self._connection.execute(query, values).fetchone()
        return row[0] if row else None

    def _one_locked(self, query: str, *values: object) -> Any:
        with self._lock:
            return self._one(query, *values)
