"""GPUs of other makers: nobody is asked too much, nothing unknown becomes a figure."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from comfyui_nodes.gemdirect_telemetry.amd_reader import AmdReader
from comfyui_nodes.gemdirect_telemetry.gpu_reader import NoGpu
from comfyui_nodes.gemdirect_telemetry.probe_gpus import probe_gpus
from comfyui_nodes.gemdirect_telemetry.torch_reader import TorchReader
from fake_gpus import GB, FakeAmdSmi, FakeDevice, FakeMps, fake_torch


@pytest.fixture(autouse=True)
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pynvml", "amdsmi"):
        monkeypatch.setitem(sys.modules, name, None)  # type: ignore[arg-type]
    monkeypatch.delitem(sys.modules, "torch", raising=False)


@pytest.fixture
def amdsmi(monkeypatch: pytest.MonkeyPatch) -> FakeAmdSmi:
    fake = FakeAmdSmi()
    monkeypatch.setitem(sys.modules, "amdsmi", fake)  # type: ignore[arg-type]
    return fake


def test_amds_figures_are_in_the_units_of_the_protocol(amdsmi: FakeAmdSmi) -> None:
    reader = probe_gpus()

    assert isinstance(reader, AmdReader)
    assert reader.driver() == "6.12.12"
    assert reader.read()[1] == {
        "index": 1,
        "name": "Radeon 4",
        "vramFree": 20 * GB,
        "vramTotal": 24 * GB,
        "utilization": 88,
        "temperature": 61,
        "power": 250,
    }


@pytest.mark.parametrize(
    ("call", "lost"),
    [
        ("total", {"vramFree", "vramTotal"}),
        ("used", {"vramFree"}),
        ("activity", {"utilization"}),
        ("power", {"power"}),
    ],
)
def test_a_figure_amd_fails_at_is_left_out_and_comes_back(amdsmi: FakeAmdSmi, call: str, lost: set[str]) -> None:
    reader = probe_gpus()
    whole = reader.read()[0]
    amdsmi.failing = {call}
    without = reader.read()[0]
    amdsmi.failing = set()

    assert whole.keys() - without.keys() == lost
    assert reader.read()[0] == whole


@pytest.mark.parametrize(
    ("call", "answer", "name"),
    [
        ("activity", {"gfx_activity": "N/A"}, "utilization"),
        ("activity", {"gfx_activity": 65535}, "utilization"),
        ("power", {"current_socket_power": 0, "average_socket_power": 65535}, "power"),
        ("power", {}, "power"),
        ("power", None, "power"),
        ("used", 99 * GB, "vramFree"),
        ("total", 0, "vramTotal"),
    ],
)
def test_amds_words_for_unknown_are_no_figures(amdsmi: FakeAmdSmi, call: str, answer: Any, name: str) -> None:
    amdsmi.answers = {call: answer}

    assert name not in probe_gpus().read()[0]


def test_a_card_without_a_sensor_at_its_edge_gives_its_hottest_one(amdsmi: FakeAmdSmi) -> None:
    amdsmi.failing = {"edge"}

    assert probe_gpus().read()[0]["temperature"] == 79


@pytest.mark.parametrize(("bus", "index"), [(4, 1), (3, 0), (9, None)])
def test_of_two_amd_cards_the_one_at_torchs_pci_address_is_the_main_one(
    amdsmi: FakeAmdSmi, monkeypatch: pytest.MonkeyPatch, bus: int, index: int | None
) -> None:
    cuda = FakeDevice(pci_domain_id=0, pci_bus_id=bus, pci_device_id=0)
    monkeypatch.setitem(sys.modules, "torch", fake_torch(cuda=cuda))

    assert probe_gpus().main_index() == index


def test_an_amdsmi_that_finds_no_driver_leaves_memory_to_torch(amdsmi: FakeAmdSmi, monkeypatch: pytest.MonkeyPatch) -> None:
    amdsmi.failing = {"init"}
    monkeypatch.setitem(sys.modules, "torch", fake_torch(cuda=FakeDevice(name="Radeon 7900")))

    reader = probe_gpus()

    assert reader.read() == [{"index": 0, "name": "Radeon 7900", "vramFree": 18 * GB, "vramTotal": 24 * GB}]
    assert (reader.main_index(), reader.driver()) == (0, None)


def test_a_torch_that_nobody_imported_is_not_imported() -> None:
    assert isinstance(probe_gpus(), NoGpu)
    assert "torch" not in sys.modules


def test_a_gpu_that_comfyui_has_not_begun_to_use_is_left_alone() -> None:
    cuda, xpu = FakeDevice(is_initialized=False), FakeDevice(is_initialized=False)
    reader = TorchReader(fake_torch(cuda=cuda, xpu=xpu))

    assert reader.read() == [] and reader.main_index() is None and reader.driver() is None
    assert cuda.asked == xpu.asked == []


def test_an_intel_gpu_gives_its_memory_and_its_driver() -> None:
    reader = TorchReader(fake_torch(xpu=FakeDevice(name="Intel Arc B580", driver_version="1.6.33276")))

    assert reader.read() == [{"index": 0, "name": "Intel Arc B580", "vramFree": 18 * GB, "vramTotal": 24 * GB}]
    assert reader.driver() == "1.6.33276"


def test_an_old_torch_that_cannot_say_what_is_free_still_gives_the_total() -> None:
    xpu = FakeDevice(name="Intel Arc A770", total_memory=16 * GB)
    xpu.memory = RuntimeError("the device does not support querying its free memory")
    reader = TorchReader(fake_torch(xpu=xpu))

    without = reader.read()
    xpu.memory = (9 * GB, 16 * GB)

    assert without == [{"index": 0, "name": "Intel Arc A770", "vramTotal": 16 * GB}]
    assert reader.read()[0]["vramFree"] == 9 * GB


def test_a_mac_gives_what_metal_recommends_less_what_this_process_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    mps = FakeMps(monkeypatch)
    reader = TorchReader(fake_torch(mps=mps))

    assert reader.read() == [{"index": 0, "name": "Apple M4", "vramFree": 17 * GB, "vramTotal": 22 * GB}]
    mps.used = 23 * GB
    assert "vramFree" not in reader.read()[0]


def test_a_mac_on_which_comfyui_computes_with_the_cpu_gives_no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    assert TorchReader(fake_torch(mps=FakeMps(monkeypatch, device="cpu"))).read() == []


@pytest.mark.parametrize("torch", [SimpleNamespace(), SimpleNamespace(cuda=None), None])
def test_a_torch_of_any_shape_gives_no_figures_and_no_error(torch: Any) -> None:
    reader = TorchReader(torch)

    assert (reader.read(), reader.main_index(), reader.driver()) == ([], None, None)
