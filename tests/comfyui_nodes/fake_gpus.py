"""GPUs of other makers, as amdsmi 7.0 and torch answer for them."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

GB = 10**9


class FakeAmdSmi:
    """Two cards; what `failing` names raises, what `answers` names is answered instead."""

    AmdSmiMemoryType = SimpleNamespace(VRAM="vram")
    AmdSmiTemperatureType = SimpleNamespace(EDGE="edge", HOTSPOT="hotspot")
    AmdSmiTemperatureMetric = SimpleNamespace(CURRENT="current")

    def __init__(self) -> None:
        self.failing: set[str] = set()
        self.answers: dict[str, Any] = {}

    def _answer(self, name: str, value: Any) -> Any:
        if name in self.failing:
            raise RuntimeError(f"AMDSMI_STATUS_NOT_SUPPORTED: {name}")
        return self.answers.get(name, value)

    def amdsmi_init(self) -> None:
        self._answer("init", None)

    def amdsmi_get_processor_handles(self) -> list[int]:
        return [3, 4]

    def amdsmi_get_gpu_asic_info(self, handle: int) -> Any:
        return self._answer("asic", {"market_name": f"Radeon {handle}", "vendor_id": 4098})

    def amdsmi_get_gpu_driver_info(self, handle: int) -> Any:
        return self._answer("driver", {"driver_name": "amdgpu", "driver_version": "6.12.12"})

    def amdsmi_get_gpu_device_bdf(self, handle: int) -> Any:
        return self._answer("bdf", f"0000:0{handle}:00.0")

    def amdsmi_get_gpu_memory_total(self, handle: int, kind: str) -> Any:
        return self._answer("total", 24 * GB)

    def amdsmi_get_gpu_memory_usage(self, handle: int, kind: str) -> Any:
        return self._answer("used", 4 * GB)

    def amdsmi_get_gpu_activity(self, handle: int) -> Any:
        return self._answer("activity", {"gfx_activity": 88, "umc_activity": 20, "mm_activity": "N/A"})

    def amdsmi_get_temp_metric(self, handle: int, kind: str, metric: str) -> Any:
        return self._answer(kind, {"edge": 61, "hotspot": 79}[kind])

    def amdsmi_get_power_info(self, handle: int) -> Any:
        power = {"socket_power": 250, "current_socket_power": "N/A", "average_socket_power": 250, "power_limit": 327000000}
        return self._answer("power", power)


class FakeDevice:
    """`torch.cuda` or `torch.xpu`, which counts what it is asked."""

    def __init__(self, is_initialized: bool = True, **properties: Any) -> None:
        self.asked: list[str] = []
        self._is_initialized = is_initialized
        self._properties = properties
        self.memory: Any = (18 * GB, 24 * GB)

    def is_initialized(self) -> bool:
        return self._is_initialized

    def current_device(self) -> int:
        self.asked.append("current_device")
        return 0

    def get_device_properties(self, index: int) -> Any:
        self.asked.append("properties")
        return SimpleNamespace(**self._properties)

    def mem_get_info(self, index: int) -> Any:
        self.asked.append("memory")
        if isinstance(self.memory, Exception):
            raise self.memory
        return self.memory


class FakeMps:
    """A Mac's `torch.mps` and what ComfyUI says that it computes on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, device: str = "mps") -> None:
        self.used = 5 * GB
        manager = SimpleNamespace(get_torch_device=lambda: SimpleNamespace(type=device))
        monkeypatch.setitem(sys.modules, "comfy.model_management", manager)  # type: ignore[arg-type]

    def recommended_max_memory(self) -> int:
        return 22 * GB

    def driver_allocated_memory(self) -> int:
        return self.used


def fake_torch(cuda: Any = None, xpu: Any = None, mps: Any = None) -> Any:
    off = FakeDevice(is_initialized=False)
    backends = SimpleNamespace(mps=SimpleNamespace(is_available=lambda: mps is not None, get_name=lambda: "Apple M4"))
    return SimpleNamespace(cuda=cuda or off, xpu=xpu or off, mps=mps, backends=backends)
