"""Opening the journal's database: one server a file, a broken file set aside."""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class OpenJournal:
    """A database that this process alone holds. `source` outlives a broken file as long as it can be read."""

    connection: sqlite3.Connection
    source: str
    epoch: str
    path: Path


def open_journal(path: Path) -> OpenJournal:
    """Open or make the journal at `path`; the caller closes the connection.

    When another server of the same folder holds it, the next free `name-2`, `name-3`, … is taken. A file that is no
    sound database is kept beside under another name. Raises sqlite3.Error or OSError when no file can be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for number in range(1, _MOST_SERVERS + 1):
        candidate = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            return _open_sound(candidate)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
    raise sqlite3.OperationalError(f"{_MOST_SERVERS} other servers hold the journals beside {path.name}")


def _open_sound(path: Path) -> OpenJournal:
    source: str | None = None
    try:
        return _open(path, None)
    except _Broken as broken:
        source = broken.source
    for suffix in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{suffix}").replace(f"{path}.broken{suffix}")
    return _open(path, source)


def _open(path: Path, source: str | None) -> OpenJournal:
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        # The lock goes with the process, however it ends; no second server can write into the same order.
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN IMMEDIATE")
        found = dict(connection.execute("SELECT name, value FROM meta").fetchall())
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise _Broken(found.get("source"))
        # An epoch is given up only with its file: whatever was committed under synchronous=FULL survives kill -9 and
        # power loss, and nothing is sent before it is committed, so no client can be ahead of what is found here.
        found = {"source": source or uuid.uuid4().hex, "epoch": uuid.uuid4().hex, **found}
        connection.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", found.items())
        connection.execute("COMMIT")
        return OpenJournal(connection, found["source"], found["epoch"], path)
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _Broken(None) from error
    except _Broken:
        connection.close()
        raise


class _Broken(Exception):
    def __init__(self, source: str | None) -> None:
        super().__init__("the journal is no sound database")
        self.source = source


_MOST_SERVERS = 16
_SCHEMA = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, prompt_id TEXT, message TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS events_of_prompt ON events (prompt_id, seq);
CREATE TABLE IF NOT EXISTS prompts (
  prompt_id TEXT PRIMARY KEY, run_id TEXT NOT NULL, scene_id TEXT NOT NULL, attempt INTEGER NOT NULL,
  queued_at INTEGER NOT NULL, ended_at INTEGER) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS prompts_of_scene ON prompts (run_id, scene_id, attempt);
CREATE INDEX IF NOT EXISTS prompts_by_end ON prompts (ended_at);
CREATE TABLE IF NOT EXISTS traces (prompt_id TEXT PRIMARY KEY, trace TEXT NOT NULL) WITHOUT ROWID;
COMMIT;
"""
