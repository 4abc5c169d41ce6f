"""How ComfyUI's queue is observed: wrappers on the server's own instance, each called once, none able to break it."""

from __future__ import annotations

import contextlib
import functools
import logging
from collections.abc import Callable
from typing import Any

from .clock import Clock
from .observations import Deleted, Ended, Freed, Observation, Queued, Started
from .running import Running

Observe = Callable[[Observation], None]

log = logging.getLogger(__name__)


def install_hooks(prompt_server: Any, observe: Observe, clock: Clock) -> Hooks | None:
    """Wrap the server's queue methods and `send_sync`; None if they are wrapped already.

    What the original returns or raises passes through untouched. An error of ours is logged once a method and
    changes nothing.
    """
    if getattr(prompt_server, _MARK, False):
        return None
    setattr(prompt_server, _MARK, True)
    return Hooks(prompt_server, observe, clock)


class Hooks:
    """The installed wrappers and what executes now. They run on the prompt worker's thread and only take notes.

    `errors` counts how often a wrapper failed at that.
    """

    def __init__(self, prompt_server: Any, observe: Observe, clock: Clock) -> None:
        self._queue = prompt_server.prompt_queue
        self._observe = observe
        self._clock = clock
        self._items: dict[Any, Running] = {}
        self.running: dict[str, Running] = {}
        self.errors = dict.fromkeys(("put", "get", "task_done", "delete", "set_flag", "send_sync"), 0)
        self._wrap(self._queue, "put", self._put)
        self._wrap(self._queue, "get", self._get)
        self._wrap(self._queue, "task_done", self._task_done)
        self._wrap(self._queue, "delete_queue_item", self._deleting)
        self._wrap(self._queue, "wipe_queue", self._deleting)
        self._wrap(self._queue, "set_flag", self._set_flag)
        self._wrap(prompt_server, "send_sync", self._send_sync)

    def _wrap(self, owner: Any, name: str, wrapper: Callable[..., Any]) -> None:
        original = getattr(owner, name, None)
        if callable(original):
            setattr(owner, name, functools.wraps(original)(functools.partial(wrapper, original)))

    def _put(self, original: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        # Under the queue's own lock the worker can't take the item before it is noted.
        with self._lock():
            result = original(*args, **kwargs)
            self._note("put", lambda: self._note_put(args[0] if args else kwargs["item"]))
            return result

    def _get(self, original: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        if result is not None:
            self._note("get", lambda: self._note_get(*result[:2]))
        return result

    def _task_done(self, original: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        at = self._clock.moment()
        result = original(*args, **kwargs)
        self._note("task_done", lambda: self._note_done(at, args, kwargs))
        return result

    def _deleting(self, original: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        with self._lock():
            before = self._queued_ids()
            result = original(*args, **kwargs)
            self._note("delete", lambda: self._note_deleted(before))
            return result

    def _set_flag(self, original: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        if args and args[0] in ("unload_models", "free_memory"):
            self._note("set_flag", lambda: self._observe(Freed(self._clock.moment())))
        return result

    def _send_sync(self, original: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        if self.running and len(args) > 1:
            self._note("send_sync", lambda: self._note_event(args[0], args[1]))
        return result

    def _note(self, name: str, take_note: Callable[[], None]) -> None:
        try:
            take_note()
        except Exception:
            self.errors[name] += 1
            if self.errors[name] == 1:
                log.exception("GemDirect telemetry failed in %s; the server goes on without it", name)

    def _note_put(self, item: Any) -> None:
        self._observe(Queued(item[1], item[2], item[3], self._clock.moment()))

    def _note_get(self, item: Any, item_id: Any) -> None:
        running = Running(item[1], item[2], self._clock.moment())
        self._items[item_id] = running
        self.running[running.prompt_id] = running
        self._observe(Started(running, item[3], running.started))

    def _note_done(self, at: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        running = self._items.pop(args[0] if args else kwargs["item_id"])
        self.running.pop(running.prompt_id, None)
        history = args[1] if len(args) > 1 else kwargs.get("history_result")
        status = kwargs["status"] if "status" in kwargs else (args[2] if len(args) > 2 else None)
        self._observe(Ended(running, history, status, at))

    def _note_deleted(self, before: set[Any]) -> None:
        gone = before - self._queued_ids()
        if gone:
            self._observe(Deleted(tuple(gone), self._clock.moment()))

    def _note_event(self, event: Any, data: Any) -> None:
        if not isinstance(data, dict):
            return
        running = self.running.get(data.get("prompt_id", ""))
        if running is None:
            return
        if event == "progress":
            running.note_progress(data.get("value"), data.get("max"), data.get("node"))
        elif event == "progress_state":
            running.note_states(data["nodes"], self._clock.mono())
        elif event == "executing":
            running.note_executing(data.get("node"), self._clock.mono())
        elif event == "execution_cached":
            running.note_cached(len(data["nodes"]))

    def _queued_ids(self) -> set[Any]:
        try:
            return {item[1] for item in self._queue.queue}
        except Exception:  # a queue of another make: its deletions are not seen
            return set()

    def _lock(self) -> Any:
        return getattr(self._queue, "mutex", None) or contextlib.nullcontext()


_MARK = "_gemdirect_telemetry_hooks"
