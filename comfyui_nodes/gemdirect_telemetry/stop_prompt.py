"""How the node itself ends a prompt that is over its max wait."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any


def make_stop_prompt(prompt_server: Any, interrupt: Callable[[], None]) -> Callable[[str], bool]:
    """A function that interrupts a prompt if it executes and deletes it if it is queued; else it does nothing.

    True: it executed, so whether it stops is to be seen. ComfyUI clears the flag of an interrupt that comes between
    taking a prompt from the queue and beginning it, and a node may go on for long or swallow it.
    """

    def stop_prompt(prompt_id: str) -> bool:
        queue = prompt_server.prompt_queue
        # Under the queue's lock a prompt can't end and the next begin, which the interrupt would then hit: ComfyUI
        # clears the flag when a prompt begins, and a prompt counts as running until its `task_done` has the lock.
        with getattr(queue, "mutex", None) or contextlib.nullcontext():
            if any(item[1] == prompt_id for item in queue.currently_running.values()):
                interrupt()
                return True
            queue.delete_queue_item(lambda item: item[1] == prompt_id)
            return False

    return stop_prompt
