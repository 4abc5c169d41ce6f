"""Reads the GPUs on a thread of its own, only while something executes or somebody listens."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .clock import Clock
from .fit import to_json
from .gpu_reader import GpuReader, Reading
from .gpu_trace import GpuTraceRecording

IDLE_MS = 1000


@dataclass(frozen=True)
class GpuSnapshot:
    """The newest reading of all GPUs and when it was made."""

    at: int
    gpus: list[Reading]


class GpuSampler:
    """The newest reading for the stream, a trace for each executing prompt. `dispose` ends the thread."""

    def __init__(self, probe: Callable[[], GpuReader], source: str, clock: Clock) -> None:
        self._probe = probe
        self._source = source
        self._clock = clock
        self._wake = threading.Condition()
        self._recordings: dict[str, GpuTraceRecording] = {}
        self._interval_ms: float | None = None
        self._is_disposed = False
        self._is_asked = False
        self._readings = 0
        self._main: int | None = None
        self._facts: dict[str, str] = {}
        self.latest = GpuSnapshot(clock.wall(), [])
        self._thread = threading.Thread(target=self._run, name="gemdirect-telemetry-gpu", daemon=True)
        self._thread.start()

    def listen(self, interval_ms: float | None) -> None:
        """The shortest interval that a client asked for; None when nobody listens."""
        with self._wake:
            self._interval_ms = interval_ms
            self._wake.notify_all()

    def begin(self, prompt_id: str) -> None:
        """A prompt executes from now on."""
        with self._wake:
            self._recordings[prompt_id] = GpuTraceRecording()
            self._wake.notify_all()

    def finish(self, prompt_id: str) -> tuple[dict[str, Any] | None, str | None]:
        """A prompt's summary and its GpuTrace as JSON; its recording ends."""
        with self._wake:
            recording = self._recordings.pop(prompt_id, None)
            trace = recording.trace() if recording else None
            summary = recording.summary() if recording else None
        return summary, to_json({"source": self._source, "promptId": prompt_id, **trace}) if trace else None

    def refresh(self, patience_s: float) -> GpuSnapshot | None:
        """Read now, whoever listens; None if that took longer than `patience_s`. Blocks: not for the event loop."""
        with self._wake:
            before = self._readings
            self._is_asked = True
            self._wake.notify_all()
            self._wake.wait_for(lambda: self._is_disposed or self._readings != before, patience_s)
            return self.latest if self._readings != before else None

    def main_gpu(self) -> Reading | None:
        """The newest reading of the GPU that ComfyUI computes on."""
        return next((gpu for gpu in self.latest.gpus if gpu["index"] == self._main), None)

    def facts(self) -> dict[str, str]:
        """Name and driver of that GPU, for a prompt's environment."""
        return self._facts

    def dispose(self) -> None:
        """Stop reading; waits for the reading in progress."""
        with self._wake:
            self._is_disposed = True
            self._wake.notify_all()
        self._thread.join()

    def _run(self) -> None:
        reader = self._probe()
        while True:
            self._read(reader)
            with self._wake:
                self._wake.wait_for(lambda: self._is_disposed or self._is_asked, self._pause())
                self._wake.wait_for(self._has_work)
                if self._is_disposed:
                    return

    def _has_work(self) -> bool:
        return bool(self._is_disposed or self._is_asked or self._recordings or self._interval_ms is not None)

    def _pause(self) -> float:
        interval = self._interval_ms if self._recordings and self._interval_ms is not None else IDLE_MS
        return min(interval, IDLE_MS) / 1000

    def _read(self, reader: GpuReader) -> None:
        gpus = reader.read()
        main = reader.main_index() if gpus else None
        at = self._clock.wall()
        name = next((gpu.get("name") for gpu in gpus if gpu["index"] == main), None)
        facts = {"gpuName": name, "gpuDriver": reader.driver() if gpus else None}
        with self._wake:
            self._main = main
            self._facts = {field: value for field, value in facts.items() if value}
            self.latest = GpuSnapshot(at, gpus)
            self._readings += 1
            self._is_asked = False
            self._wake.notify_all()
            for recording in self._recordings.values():
                recording.add(at, gpus, main)
