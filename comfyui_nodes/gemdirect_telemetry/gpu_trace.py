"""The GPU figures of one execution: a trace of bounded length, and its summary over every sample."""

from __future__ import annotations

from typing import Any

from .gpu_reader import Reading

MAX_POINTS = 1000
GAP_MS = 3000


class GpuTraceRecording:
    """Takes readings while a prompt executes. Above 1,000 points every second one is dropped and the spacing doubles;
    the summary still counts every sample."""

    def __init__(self) -> None:
        self._points: list[dict[str, Any]] = []
        self._gaps: list[dict[str, int]] = []
        self._stride = 1
        self._taken = 0
        self._last: int | None = None
        self._samples = 0
        self._figures: dict[str, _Figure] = {name: _Figure() for name in ("vramFree", "utilization", "power")}

    def add(self, at: int, gpus: list[Reading], main_index: int | None) -> None:
        """One reading of all GPUs, and which of them ComfyUI computes on; an empty one is no reading, and a long time without one becomes a gap."""
        if not gpus:
            return
        if self._last is not None and at - self._last > GAP_MS:
            self._gaps = [*self._gaps, {"from": self._last, "to": at}][-MAX_POINTS:]
        self._last = at
        self._summarize(gpus, main_index)
        if self._taken % self._stride == 0:
            # Names and totals don't change; they are in the stream, and a thousand copies would only take room.
            moving = [{name: value for name, value in gpu.items() if name not in ("name", "vramTotal")} for gpu in gpus]
            self._points.append({"at": at, "gpus": moving})
        self._taken += 1
        if len(self._points) > MAX_POINTS:
            self._points = self._points[::2]
            self._stride *= 2
            self._taken = 0

    def trace(self) -> dict[str, Any] | None:
        """Points and gaps of a GpuTrace; None if nothing was read."""
        return {"points": self._points, "gaps": self._gaps} if self._points else None

    def summary(self) -> dict[str, Any] | None:
        """A GpuSummary of the GPU that ComfyUI computes on; None if nothing of it was read."""
        if self._samples == 0:
            return None
        vram, utilization, power = (self._figures[name] for name in ("vramFree", "utilization", "power"))
        figures = {
            "samples": self._samples,
            "vramFreeMean": vram.mean(),
            "vramFreeMin": vram.least,
            "utilizationMean": utilization.mean(),
            "utilizationMax": utilization.most,
            "powerMean": power.mean(),
        }
        return {name: value for name, value in figures.items() if value is not None}

    def _summarize(self, gpus: list[Reading], main_index: int | None) -> None:
        main = next((gpu for gpu in gpus if gpu.get("index") == main_index), None)
        if main is None:
            return
        self._samples += 1
        for name, figure in self._figures.items():
            figure.add(main.get(name))


class _Figure:
    def __init__(self) -> None:
        self.count = 0
        self.total: float = 0
        self.least: float | None = None
        self.most: float | None = None

    def add(self, value: float | None) -> None:
        if value is None:
            return
        self.count += 1
        self.total += value
        self.least = value if self.least is None else min(self.least, value)
        self.most = value if self.most is None else max(self.most, value)

    def mean(self) -> float | None:
        return round(self.total / self.count, 2) if self.count else None
