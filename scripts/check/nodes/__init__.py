"""Nodes that do on purpose what generations do by accident; only for check:comfyui."""

from __future__ import annotations

import time
from typing import Any

from comfy.utils import ProgressBar


_STEPS = 10


class _CheckNode:
    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "run"
    CATEGORY = "check"


class CheckSleep(_CheckNode):
    """Passes its image on after a while, telling its progress."""

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:
        return {"required": {"image": ("IMAGE",), "seconds": ("FLOAT", {"default": 1.0})}}

    def run(self, image: Any, seconds: float) -> tuple[Any]:
        progress = ProgressBar(_STEPS)
        for _ in range(_STEPS):
            time.sleep(seconds / _STEPS)
            progress.update(1)
        return (image,)


class CheckRaise(_CheckNode):
    """Fails."""

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:
        return {"required": {"image": ("IMAGE",)}}

    def run(self, image: Any) -> tuple[Any]:
        raise ValueError("the check node fails on purpose")


class CheckOutOfMemory(_CheckNode):
    """Fails as a GPU without room does."""

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:
        return {"required": {"image": ("IMAGE",)}}

    def run(self, image: Any) -> tuple[Any]:
        import torch

        raise torch.OutOfMemoryError("Allocation on device 0 would exceed allowed memory. (out of memory)")


NODE_CLASS_MAPPINGS = {each.__name__: each for each in (CheckSleep, CheckRaise, CheckOutOfMemory)}
