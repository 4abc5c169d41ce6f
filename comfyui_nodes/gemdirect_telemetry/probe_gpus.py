"""Which reader this machine's GPUs have."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

from .amd_reader import AmdReader
from .gpu_reader import GpuReader, NoGpu
from .nvml_reader import NvmlReader
from .torch_reader import TorchReader


def probe_gpus() -> GpuReader:
    """The first of NVIDIA's driver, AMD's and ComfyUI's own torch that knows a GPU; asked once, as a driver does not
    come while the server runs."""
    for probe in (_probe_nvml, _probe_amd):
        reader = _probed(probe)
        if reader is not None:
            return reader
    torch = sys.modules.get("torch")
    return NoGpu() if torch is None else TorchReader(torch)


def _probed(probe: Callable[[], GpuReader]) -> GpuReader | None:
    try:
        reader = probe()
    except Exception:  # not installed, no driver, no permission: each means that it has no figures
        return None
    return reader if reader.read() else None


def _probe_nvml() -> GpuReader:
    nvml: Any = importlib.import_module("pynvml")
    nvml.nvmlInit()
    return NvmlReader(nvml)


def _probe_amd() -> GpuReader:
    amdsmi: Any = importlib.import_module("amdsmi")
    amdsmi.amdsmi_init()
    return AmdReader(amdsmi)
