"""NVIDIA GPUs through nvidia-ml-py (`pynvml`), if it is installed; without it there are no GPU figures."""

from __future__ import annotations

import importlib
import math
import sys
from collections.abc import Callable
from typing import Any, Protocol

Reading = dict[str, Any]


class GpuReader(Protocol):
    """Reads every GPU of this machine; called from one thread, may block for milliseconds, never raises."""

    def read(self) -> list[Reading]:
        """One GpuReading a GPU; a figure that can't be read now is absent from it."""

    def main_index(self) -> int | None:
        """The GPU that ComfyUI computes on; None when that can't be told."""

    def driver(self) -> str | None:
        """The driver's version."""


class NoGpu:
    """A machine without a GPU that can be read."""

    def read(self) -> list[Reading]:
        """Nothing: RAM of a CPU server is no GPU's memory."""
        return []

    def main_index(self) -> int | None:
        """None."""
        return None

    def driver(self) -> str | None:
        """None."""
        return None


class NvmlReader:
    """Asks the driver for each figure by itself: one that fails is left out this time and tried again the next."""

    def __init__(self, nvml: Any) -> None:
        self._nvml = nvml
        self._handles = [nvml.nvmlDeviceGetHandleByIndex(index) for index in range(nvml.nvmlDeviceGetCount())]
        self._names = [self._attempt(lambda: _text(nvml.nvmlDeviceGetName(handle))) for handle in self._handles]
        self._driver: str | None = self._attempt(lambda: _text(nvml.nvmlSystemGetDriverVersion()))

    def read(self) -> list[Reading]:
        """See GpuReader."""
        return [self._read_one(index) for index in range(len(self._handles))]

    def main_index(self) -> int | None:
        """The only GPU, or the one with the UUID of torch's current device."""
        if len(self._handles) == 1:
            return 0
        wanted = _torch_device_uuid()
        for index, handle in enumerate(self._handles if wanted else ()):
            uuid = self._attempt(lambda handle=handle: _text(self._nvml.nvmlDeviceGetUUID(handle)))  # type: ignore[misc]
            if uuid and uuid.removeprefix("GPU-") == wanted:
                return index
        return None

    def driver(self) -> str | None:
        """See GpuReader."""
        return self._driver

    def _read_one(self, index: int) -> Reading:
        nvml, handle = self._nvml, self._handles[index]
        memory = self._attempt(lambda: nvml.nvmlDeviceGetMemoryInfo(handle))
        figures = {
            "name": self._names[index],
            "vramFree": _figure(getattr(memory, "free", None)),
            "vramTotal": _figure(getattr(memory, "total", None)),
            "utilization": _figure(self._attempt(lambda: nvml.nvmlDeviceGetUtilizationRates(handle).gpu), 100),
            "temperature": _figure(self._attempt(lambda: nvml.nvmlDeviceGetTemperature(handle, 0))),
            "power": _figure(self._attempt(lambda: nvml.nvmlDeviceGetPowerUsage(handle) / 1000)),
        }
        return {"index": index, **{name: value for name, value in figures.items() if value is not None}}

    def _attempt(self, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except Exception:  # NVML's errors have no common base that every version of the package exports
            return None


def probe_gpus() -> GpuReader:
    """The reader this machine has; asked once, as a driver does not come while the server runs."""
    try:
        nvml = importlib.import_module("pynvml")
        nvml.nvmlInit()
        reader = NvmlReader(nvml)
    except Exception:  # not installed, no driver, no permission: each means that there are no figures
        return NoGpu()
    return reader if reader.read() else NoGpu()


def _torch_device_uuid() -> str | None:
    torch = sys.modules.get("torch")
    try:
        return str(torch.cuda.get_device_properties(torch.cuda.current_device()).uuid) if torch else None
    except Exception:  # a torch without CUDA, or too old to know the UUID
        return None


def _text(value: Any) -> str:
    # Old versions of the package return bytes.
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _figure(value: Any, largest: float = 2**53) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return value if 0 <= value <= largest else None
