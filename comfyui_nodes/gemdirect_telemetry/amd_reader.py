"""AMD GPUs through ROCm's `amdsmi`."""

from __future__ import annotations

from typing import Any

from .gpu_reader import Reading, attempt, figure, reading, text
from .torch_reader import torch_properties


class AmdReader:
    """Asks the driver for each figure by itself: one that fails is left out this time and tried again the next."""

    def __init__(self, amdsmi: Any) -> None:
        self._amdsmi = amdsmi
        self._handles = list(amdsmi.amdsmi_get_processor_handles())
        self._names = [attempt(lambda: text(amdsmi.amdsmi_get_gpu_asic_info(each)["market_name"])) for each in self._handles]
        drivers = [attempt(lambda: amdsmi.amdsmi_get_gpu_driver_info(each)["driver_version"]) for each in self._handles]
        self._driver = next((version for version in map(text, drivers) if version), None)

    def read(self) -> list[Reading]:
        """See GpuReader."""
        return [self._read_one(index) for index in range(len(self._handles))]

    def main_index(self) -> int | None:
        """The only GPU, or the one at the PCI address of torch's current device."""
        if len(self._handles) == 1:
            return 0
        wanted = attempt(lambda: _pci_address(torch_properties()))
        for index, handle in enumerate(self._handles if wanted else ()):
            address = attempt(lambda: text(self._amdsmi.amdsmi_get_gpu_device_bdf(handle)))
            if address and address.lower().partition(".")[0] == wanted:
                return index
        return None

    def driver(self) -> str | None:
        """See GpuReader."""
        return self._driver

    def _read_one(self, index: int) -> Reading:
        amdsmi, handle = self._amdsmi, self._handles[index]
        total = figure(attempt(lambda: amdsmi.amdsmi_get_gpu_memory_total(handle, amdsmi.AmdSmiMemoryType.VRAM)))
        used = figure(attempt(lambda: amdsmi.amdsmi_get_gpu_memory_usage(handle, amdsmi.AmdSmiMemoryType.VRAM)))
        return reading(
            index,
            name=self._names[index],
            vramFree=figure(total - used) if total is not None and used is not None else None,
            vramTotal=total or None,
            utilization=figure(attempt(lambda: amdsmi.amdsmi_get_gpu_activity(handle)["gfx_activity"]), 100),
            temperature=self._temperature(handle),
            power=self._power(handle),
        )

    def _temperature(self, handle: Any) -> int | float | None:
        # Cards without a sensor at the edge have one at the hottest place.
        kinds, current = self._amdsmi.AmdSmiTemperatureType, self._amdsmi.AmdSmiTemperatureMetric.CURRENT
        for kind in (kinds.EDGE, kinds.HOTSPOT):
            value = figure(attempt(lambda: self._amdsmi.amdsmi_get_temp_metric(handle, kind, current)), 200)
            if value:
                return value
        return None

    def _power(self, handle: Any) -> int | float | None:
        # Which of them a card fills differs by its generation; the others are 0, 65535 or "N/A".
        info = attempt(lambda: self._amdsmi.amdsmi_get_power_info(handle)) or {}
        watts = (figure(info.get(name), 10_000) for name in ("current_socket_power", "average_socket_power"))
        return next((value for value in watts if value), None)


def _pci_address(properties: Any) -> str:
    return f"{properties.pci_domain_id:04x}:{properties.pci_bus_id:02x}:{properties.pci_device_id:02x}"
