"""GPU figures: what fails is left out and tried again, nothing poisons the rest, and every attempt has its trace."""

from __future__ import annotations

import sys
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from comfyui_nodes.gemdirect_telemetry.gpu_reader import NoGpu
from comfyui_nodes.gemdirect_telemetry.nvml_reader import NvmlReader
from comfyui_nodes.gemdirect_telemetry.probe_gpus import probe_gpus
from comfyui_nodes.gemdirect_telemetry.gpu_trace import MAX_POINTS, GpuTraceRecording
from conftest import StartStage
from stage import START


class FakeNvml:
    """A driver of two GPUs; what `failing` names raises."""

    def __init__(self) -> None:
        self.failing: set[str] = set()
        self.threads: set[str] = set()

    def _answer(self, call: str, value: Any) -> Any:
        self.threads.add(threading.current_thread().name)
        if call in self.failing:
            raise RuntimeError(f"{call} is not supported")
        return value

    def nvmlInit(self) -> None:
        self._answer("init", None)

    def nvmlDeviceGetCount(self) -> int:
        return 2

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:
        return index

    def nvmlDeviceGetName(self, handle: int) -> bytes:
        return b"Card %d" % handle

    def nvmlDeviceGetUUID(self, handle: int) -> str:
        return f"GPU-{handle}"

    def nvmlSystemGetDriverVersion(self) -> str:
        return "570.86"

    def nvmlDeviceGetMemoryInfo(self, handle: int) -> Any:
        return self._answer("memory", SimpleNamespace(free=8_000 + handle, total=24_000))

    def nvmlDeviceGetUtilizationRates(self, handle: int) -> Any:
        return self._answer("utilization", SimpleNamespace(gpu=97))

    def nvmlDeviceGetTemperature(self, handle: int, kind: int) -> Any:
        return self._answer("temperature", 71)

    def nvmlDeviceGetPowerUsage(self, handle: int) -> Any:
        return self._answer("power", 320_500)


@pytest.fixture
def nvml(monkeypatch: pytest.MonkeyPatch) -> FakeNvml:
    fake = FakeNvml()
    monkeypatch.setitem(sys.modules, "pynvml", fake)  # type: ignore[arg-type]
    cuda = SimpleNamespace(
        is_initialized=lambda: True,
        current_device=lambda: 1,
        get_device_properties=lambda device: SimpleNamespace(uuid=str(device)),
    )
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda))  # type: ignore[arg-type]
    return fake


def test_every_figure_is_read_in_the_units_of_the_protocol(nvml: FakeNvml) -> None:
    reader = probe_gpus()

    assert reader.read()[0] == {
        "index": 0,
        "name": "Card 0",
        "vramFree": 8_000,
        "vramTotal": 24_000,
        "utilization": 97,
        "temperature": 71,
        "power": 320.5,
    }
    assert (reader.main_index(), reader.driver()) == (1, "570.86")


def test_a_failing_figure_is_left_out_and_comes_back(nvml: FakeNvml) -> None:
    reader = probe_gpus()
    nvml.failing = {"utilization", "power"}
    without = reader.read()[1]
    nvml.failing = set()

    assert "utilization" not in without and "power" not in without
    assert (without["vramFree"], without["temperature"]) == (8_001, 71)
    assert reader.read()[1]["utilization"] == 97


@pytest.mark.parametrize("value", [-1, 101, float("nan"), True, None, "97"])
def test_a_figure_that_cannot_be_is_left_out(nvml: FakeNvml, value: Any) -> None:
    nvml.nvmlDeviceGetUtilizationRates = lambda handle: SimpleNamespace(gpu=value)  # type: ignore[method-assign]

    assert "utilization" not in probe_gpus().read()[0]


def test_no_package_and_no_driver_mean_no_figures(nvml: FakeNvml, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch")
    nvml.failing = {"init"}
    assert isinstance(probe_gpus(), NoGpu)
    monkeypatch.setitem(sys.modules, "pynvml", None)  # type: ignore[arg-type]
    assert probe_gpus().read() == []


async def test_an_attempt_that_nobody_watched_has_its_summary_and_its_trace(nvml: FakeNvml, start: StartStage) -> None:
    stage = await start(probe_gpus=lambda: NvmlReader(nvml))
    stage.comfy.post("p1")
    item = stage.comfy.begin()
    await stage.settle()
    for _ in range(5):
        stage.clock.advance(500)
        stage.telemetry.sampler._read(NvmlReader(nvml))
    stage.comfy.end(item)

    summary = (await stage.last_event())["gpu"]
    status, trace = await stage.get("/telemetry/trace?promptId=p1")

    assert summary["samples"] >= 5
    assert (summary["vramFreeMean"], summary["vramFreeMin"], summary["utilizationMax"]) == (8_001, 8_001, 97)
    assert status == 200 and trace["promptId"] == "p1"
    assert trace["points"][-1] == {
        "at": START + 2_500,
        "gpus": [
            {"index": 0, "vramFree": 8_000, "utilization": 97, "temperature": 71, "power": 320.5},
            {"index": 1, "vramFree": 8_001, "utilization": 97, "temperature": 71, "power": 320.5},
        ],
    }


async def test_the_driver_is_never_asked_on_the_event_loop(nvml: FakeNvml, start: StartStage) -> None:
    stage = await start(probe_gpus=probe_gpus)
    stream = await stage.connect()
    await stream.until(lambda each: each["type"] == "gpu")

    assert nvml.threads == {"gemdirect-telemetry-gpu"}


def test_a_trace_stays_at_a_thousand_points_and_its_summary_counts_every_sample() -> None:
    recording = GpuTraceRecording()
    for at in range(0, 5_000):
        recording.add(at * 1_000, [{"index": 0, "vramFree": at, "name": "x"}], 0)
    trace = recording.trace()

    assert trace is not None and 500 <= len(trace["points"]) <= MAX_POINTS
    assert trace["points"][0]["at"] == 0 and "name" not in trace["points"][0]["gpus"][0]
    assert recording.summary() == {"samples": 5_000, "vramFreeMean": 2_499.5, "vramFreeMin": 0}


def test_a_time_without_a_reading_is_a_gap_of_the_trace() -> None:
    recording = GpuTraceRecording()
    for at in (0, 1_000, 9_000):
        recording.add(at, [{"index": 0, "vramFree": 1}], 0)
    recording.add(9_500, [], 0)

    trace = recording.trace()
    assert trace is not None and trace["gaps"] == [{"from": 1_000, "to": 9_000}]
