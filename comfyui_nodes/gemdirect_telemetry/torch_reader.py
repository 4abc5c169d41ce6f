"""GPU memory through the torch that ComfyUI computes with: AMD, Intel, Apple, and NVIDIA without its driver's package."""

from __future__ import annotations

import sys
from typing import Any

from .gpu_reader import Reading, attempt, figure, reading, text


class TorchReader:
    """Reads the one GPU that ComfyUI computes on, and only its memory: torch knows no more.

    torch is never imported from here, and a GPU that ComfyUI has not begun to use is not read: either would make a
    context, with memory of its own, on the wrong thread. What fails is left out this time and tried again the next.
    """

    def __init__(self, torch: Any) -> None:
        self._torch = torch
        self._latest: Reading | None = None

    def read(self) -> list[Reading]:
        """See GpuReader; empty while ComfyUI computes on no GPU."""
        readings = (attempt(lambda: read(self._torch)) for read in (_read_cuda, _read_xpu, _read_mps))
        self._latest = next((each for each in readings if each is not None), None)
        return [] if self._latest is None else [self._latest]

    def main_index(self) -> int | None:
        """The GPU that was read."""
        return None if self._latest is None else self._latest["index"]

    def driver(self) -> str | None:
        """Intel's; torch knows no other."""
        return text(attempt(lambda: _properties(self._torch.xpu).driver_version))


def torch_properties() -> Any:
    """torch's properties of the CUDA or ROCm device that ComfyUI computes on; None while there is none."""
    torch = sys.modules.get("torch")
    return attempt(lambda: _properties(torch.cuda)) if torch else None


def _properties(api: Any) -> Any:
    return api.get_device_properties(api.current_device()) if api.is_initialized() else None


def _read_cuda(torch: Any) -> Reading | None:
    return _read_device(torch.cuda)


def _read_xpu(torch: Any) -> Reading | None:
    return _read_device(torch.xpu)


def _read_device(api: Any) -> Reading | None:
    if not api.is_initialized():
        return None
    index = api.current_device()
    properties = attempt(lambda: _properties(api))
    free, total = attempt(lambda: api.mem_get_info(index)) or (None, None)
    return reading(
        index,
        name=text(getattr(properties, "name", None)),
        vramFree=figure(free),
        vramTotal=figure(total) or figure(getattr(properties, "total_memory", None)) or None,
    )


def _read_mps(torch: Any) -> Reading | None:
    """Memory is shared with the CPU on Apple's chips: what Metal recommends at most, less what this process has of it."""
    manager: Any = sys.modules.get("comfy.model_management")
    if not torch.backends.mps.is_available() or manager.get_torch_device().type != "mps":
        return None
    total = figure(attempt(torch.mps.recommended_max_memory)) or None
    used = figure(attempt(torch.mps.driver_allocated_memory))
    return reading(
        0,
        name=attempt(lambda: text(torch.backends.mps.get_name())),
        vramFree=figure(total - used) if total is not None and used is not None else None,
        vramTotal=total,
    )
