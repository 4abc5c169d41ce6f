"""`/telemetry/metrics`: what a keeper of GPUs can watch and alert on."""

from __future__ import annotations

import importlib
import importlib.util
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from comfyui_nodes.gemdirect_telemetry import metrics
from comfyui_nodes.gemdirect_telemetry.gpu_reader import Reading
from comfyui_nodes.gemdirect_telemetry.tally import EXIT_REASONS, SECONDS
from comfyui_nodes.gemdirect_telemetry.told import TOLD_REASONS
from conftest import StartStage
from fake_comfyui import label
from stage import Stage
from test_outcome import outcome

HAS_LIBRARY = importlib.util.find_spec("prometheus_client") is not None
PREFIX = "gemdirect_telemetry_"
LINE = re.compile(r'[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [-+.0-9eInfNa]+')


def parse_by_hand(text: str) -> dict[str, int]:
    """How many samples each family has; `_total` is no part of a counter's name."""
    blocks = re.findall(r"^# HELP .*\n# TYPE (\S+) .*\n((?:[^#].*\n)+)", text, re.M)
    return {name.removeprefix(PREFIX).removesuffix("_total"): block.count("\n") for name, block in blocks}


def parse_with_library(text: str) -> dict[str, int]:
    parser: Any = importlib.import_module("prometheus_client.parser")
    return {each.name.removeprefix(PREFIX): len(each.samples) for each in parser.text_string_to_metric_families(text)}


PARSERS: list[Callable[[str], dict[str, int]]] = [parse_by_hand, *([parse_with_library] if HAS_LIBRARY else [])]


class TwoGpus:
    """One that tells all, one that tells only its name."""

    def read(self) -> list[Reading]:
        known = {"vramFree": 8_500_000_000, "vramTotal": 24 * 10**9, "utilization": 97, "temperature": 71, "power": 320.5}
        return [{"index": 0, "name": "Card \\ \"0\"", **known}, {"index": 1, "name": "Card 1"}]

    def main_index(self) -> int | None:
        return 0

    def driver(self) -> str | None:
        return "570.86"


async def scraped(stage: Stage) -> dict[str, float]:
    """Every sample by its name and labels."""
    await stage.settle()
    status, text = await stage.get("/telemetry/metrics")
    assert status == 200
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name.removeprefix(PREFIX): float(value) for name, _, value in lines}


async def test_prompts_are_counted_by_how_they_ended(stage: Stage) -> None:
    stage.comfy.run("p1", label("s1"))
    stage.comfy.run("p2", label("s2"), event="execution_error", data={"exception_type": "torch.OutOfMemoryError"})
    stage.comfy.post("p3", label("s3"))
    stage.comfy.prompt_queue.wipe_queue()
    await stage.post("/telemetry/outcome", json=outcome("never queued", "rejected"))
    await stage.post("/telemetry/outcome", json=outcome("p1", "postExecution"))
    stage.comfy.post("p4")
    stage.comfy.post("p5")
    stage.comfy.post("p6")
    stage.comfy.begin()

    samples = await scraped(stage)

    ended = {reason: samples[f'prompts_ended_total{{exit_reason="{reason}"}}'] for reason in EXIT_REASONS}
    assert ended == {**dict.fromkeys(EXIT_REASONS, 0), "success": 1, "outOfMemory": 1, "deleted": 1, "rejected": 1}
    later = {reason: samples[f'prompts_superseded_total{{exit_reason="{reason}"}}'] for reason in TOLD_REASONS}
    assert later == {**dict.fromkeys(TOLD_REASONS, 0), "postExecution": 1}
    assert samples['prompts_open{status="executing"}'] == 1
    assert samples['prompts_open{status="queued"}'] == 2
    assert samples["messages_journaled_total"] == samples["journal_messages"] == (await stage.last_event())["seq"]
    assert samples["journal_size_bytes"] > 4096


async def test_execution_and_queue_wait_are_histograms_in_seconds(stage: Stage) -> None:
    for prompt_id, ms in (("p1", 400), ("p2", 500), ("p3", 45_000)):
        stage.comfy.post(prompt_id)
        stage.clock.advance(2_000)
        item = stage.comfy.begin()
        stage.comfy.send_sync("execution_cached", {"prompt_id": prompt_id, "nodes": ["1"]}, None)
        stage.clock.advance(ms)
        stage.comfy.end(item)

    samples = await scraped(stage)

    bucket = 'prompt_execution_seconds_bucket{{le="{}",status="completed"}}'
    below = {bound: samples[bucket.format(bound)] for bound in ("0.1", "0.5", "30.0", "60.0", "+Inf")}
    assert below == {"0.1": 0, "0.5": 2, "30.0": 2, "60.0": 3, "+Inf": 3}
    assert samples['prompt_execution_seconds_sum{status="completed"}'] == pytest.approx(45.9)
    assert samples['prompt_execution_seconds_count{status="failed"}'] == 0
    assert (samples["prompt_queue_wait_seconds_count"], samples["prompt_queue_wait_seconds_sum"]) == (3, 6)
    assert samples["prompt_cached_ratio_sum"] / samples["prompt_cached_ratio_count"] == pytest.approx(1 / 3)


async def test_prompts_that_the_server_did_not_outlive_have_no_execution_time(start: StartStage) -> None:
    first = await start()
    first.comfy.post("p1")
    first.comfy.begin()
    await first.settle()
    await first.stop()

    samples = await scraped(await start())

    assert samples['prompts_ended_total{exit_reason="serverRestart"}'] == 1
    assert samples['prompt_execution_seconds_count{status="failed"}'] == 0


async def test_gpus_are_read_for_the_scrape_and_what_is_unknown_is_absent(start: StartStage) -> None:
    samples = await scraped(await start(probe_gpus=TwoGpus))

    assert {name: value for name, value in samples.items() if name.startswith("gpu_")} == {
        'gpu_info{gpu="0",name="Card \\\\ \\"0\\""}': 1,
        'gpu_info{gpu="1",name="Card 1"}': 1,
        'gpu_memory_free_bytes{gpu="0"}': 8.5e9,
        'gpu_memory_total_bytes{gpu="0"}': 24e9,
        'gpu_utilization_ratio{gpu="0"}': 0.97,
        'gpu_temperature_celsius{gpu="0"}': 71,
        'gpu_power_watts{gpu="0"}': 320.5,
    }


async def test_every_scrape_reads_anew_though_nobody_listens(start: StartStage) -> None:
    class Counting(TwoGpus):
        reads = 0

        def read(self) -> list[Reading]:
            self.reads += 1
            return [{"index": 0, "temperature": self.reads}]

    stage = await start(probe_gpus=Counting)
    seen = [(await scraped(stage))['gpu_temperature_celsius{gpu="0"}'] for _ in range(4)]

    assert seen == sorted(set(seen))


async def test_a_driver_that_hangs_leaves_its_figures_out_and_the_rest_in(
    start: StartStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()

    class Hanging(TwoGpus):
        def read(self) -> list[Reading]:
            goes_on.wait()
            return super().read()

    monkeypatch.setattr(metrics, "GPU_PATIENCE_S", 0.01)
    stage = await start(probe_gpus=Hanging)
    hung = await scraped(stage)
    goes_on.set()
    monkeypatch.setattr(metrics, "GPU_PATIENCE_S", 10)

    assert not [name for name in hung if name.startswith("gpu_")] and hung["clients"] == 0
    assert 'gpu_power_watts{gpu="0"}' in await scraped(stage)


async def test_clients_and_what_they_were_too_slow_for_are_counted_also_when_they_left(stage: Stage) -> None:
    stream = await stage.connect()
    await stream.next()
    (client,) = stage.telemetry.hub._clients
    for at in range(3):
        client._queue.put_sample("p1", '"sample"', at)
    listening = await scraped(stage)
    stage.telemetry.hub.leave(client)
    stage.telemetry.hub.leave(client)
    left = await scraped(stage)

    assert (listening["clients"], listening["samples_dropped_total"]) == (1, 2)
    assert (left["clients"], left["samples_dropped_total"]) == (0, 2)


async def test_errors_of_a_wrapper_are_counted(stage: Stage) -> None:
    stage.comfy.post("p1")
    stage.comfy.begin()
    for _ in range(3):
        stage.comfy.send_sync("execution_cached", {"prompt_id": "p1", "nodes": 3}, None)

    samples = await scraped(stage)

    assert samples['wrapper_errors_total{wrapper="send_sync"}'] == 3
    assert samples['wrapper_errors_total{wrapper="put"}'] == 0


async def test_nothing_of_a_run_a_scene_or_a_prompt_is_told(start: StartStage) -> None:
    stage = await start(probe_gpus=TwoGpus)
    stage.comfy.run("secret-prompt", label("secret-scene", run="secret-run", runName="secret", tags=["secret"]))
    stage.comfy.post("secret-2", label("secret-scene-2", run="secret-run"))
    await stage.settle()

    status, text = await stage.get("/telemetry/metrics")

    labels = {name for line in text.splitlines() if not line.startswith("#") for name in re.findall(r'([a-z_]+)="', line)}
    assert status == 200 and "secret" not in text
    assert labels == {"version", "comfyui_version", "torch_version", "exit_reason", "status", "le", "gpu", "name", "wrapper"}


async def test_names_follow_prometheus_rules(start: StartStage) -> None:
    stage = await start(probe_gpus=TwoGpus)
    stage.comfy.run("p1")
    _, text = await stage.get("/telemetry/metrics")

    described = re.findall(r"^# HELP (\S+) (.+\.)$", text, re.M)
    kinds = dict(re.findall(r"^# TYPE (\S+) (counter|gauge|histogram|summary)$", text, re.M))
    assert [name for name, _ in described] == list(kinds)
    assert all(re.fullmatch(f"{PREFIX}[a-z]+(_[a-z]+)*", name) for name in kinds)
    assert all(name.endswith("_total") == (kind == "counter") for name, kind in kinds.items())
    assert not [name for name in kinds if re.search("_(ms|milliseconds|percent|mb|gb|megabytes)(_|$)", name)]
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    matches = [LINE.fullmatch(line.replace('\\"', "'")) for line in samples]
    assert all(matches) and len(samples) == len(set(line.rpartition(" ")[0] for line in samples))


async def test_the_answer_has_the_text_formats_content_type_and_is_not_cached(stage: Stage) -> None:
    async with stage.client.get("/telemetry/metrics") as response:
        assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-store"
        assert (await response.text()).endswith("\n")


@pytest.mark.parametrize("parse", PARSERS)
async def test_parsers_read_every_sample_under_its_family(
    start: StartStage, parse: Callable[[str], dict[str, int]]
) -> None:
    stage = await start(probe_gpus=TwoGpus)
    stage.comfy.run("p1")
    await stage.settle()
    _, text = await stage.get("/telemetry/metrics")

    parsed = parse(text)

    assert len(parsed) == len(re.findall("^# TYPE", text, re.M)) == 19
    assert parsed["prompts_ended"] == len(EXIT_REASONS)
    assert parsed["prompt_queue_wait_seconds"] == len(SECONDS) + 3
    assert sum(parsed.values()) == len([line for line in text.splitlines() if not line.startswith("#")])
