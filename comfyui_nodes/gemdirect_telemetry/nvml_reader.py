"""NVIDIA GPUs through nvidia-ml-py (`pynvml`)."""

from __future__ import annotations

from typing import Any

from .gpu_reader import Reading, attempt, figure, reading, text
from .torch_reader import torch_properties


class NvmlReader:
    """Asks the driver for each figure by itself: one that fails is left out this time and tried again the next."""

    def __init__(self, nvml: Any) -> None:
        self._nvml = nvml
        self._handles = [nvml.nvmlDeviceGetHandleByIndex(index) for index in range(nvml.nvmlDeviceGetCount())]
        self._names = [attempt(lambda: text(nvml.nvmlDeviceGetName(handle))) for handle in self._handles]
        self._driver: str | None = attempt(lambda: text(nvml.nvmlSystemGetDriverVersion()))

    def read(self) -> list[Reading]:
        """See GpuReader."""
        return [self._read_one(index) for index in range(len(self._handles))]

    def main_index(self) -> int | None:
        """The only GPU, or the one with the UUID of torch's current device."""
        if len(self._handles) == 1:
            return 0
        wanted = getattr(torch_properties(), "uuid", None)
        for index, handle in enumerate(self._handles if wanted else ()):
            uuid = attempt(lambda: text(self._nvml.nvmlDeviceGetUUID(handle)))
            if uuid and uuid.removeprefix("GPU-") == str(wanted):
                return index
        return None

    def driver(self) -> str | None:
        """See GpuReader."""
        return self._driver

    def _read_one(self, index: int) -> Reading:
        nvml, handle = self._nvml, self._handles[index]
        memory = attempt(lambda: nvml.nvmlDeviceGetMemoryInfo(handle))
        return reading(
            index,
            name=self._names[index],
            vramFree=figure(getattr(memory, "free", None)),
            vramTotal=figure(getattr(memory, "total", None)),
            utilization=figure(attempt(lambda: nvml.nvmlDeviceGetUtilizationRates(handle).gpu), 100),
            temperature=figure(attempt(lambda: nvml.nvmlDeviceGetTemperature(handle, 0))),
            power=figure(attempt(lambda: nvml.nvmlDeviceGetPowerUsage(handle) / 1000)),
        )
