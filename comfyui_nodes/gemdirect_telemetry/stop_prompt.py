"""How the node itself ends a prompt that is over its max wait."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any


def make_stop_prompt(prompt_server: Any, interrupt: Callable[[], None]) -> Callable[[str], None]:
    """A function that interrupts a prompt if it executes and deletes it if it is queued; else it does nothing."""

    def stop_prompt(prompt_id: str) -> None:
        queue = prompt_server.prompt_queue
        # Under the queue's lock a prompt can't end and the next begin, which the interrupt would then hit: ComfyUI
        # clears the flag when a prompt begins, and a prompt counts as running until its `task_done` has the lock.
        with getattr(queue, "mutex", None) or contextlib.nullcontext():
            if any(item[1] == prompt_id for item in queue.currently_running.values()):
                interrupt()
            else:
                queue.delete_queue_item(lambda item: item[1] == prompt_id)

    return stop_prompt
