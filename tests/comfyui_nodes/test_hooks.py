"""Wrapping ComfyUI's queue without ever being in its way."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from comfyui_nodes.gemdirect_telemetry.clock import Clock
from comfyui_nodes.gemdirect_telemetry.hooks import install_hooks
from comfyui_nodes.gemdirect_telemetry.observations import Ended, Observation, Queued, Started
from comfyui_nodes.gemdirect_telemetry.telemetry import start_telemetry
from fake_comfyui import FakePromptServer
from stage import Stage

CLOCK = Clock(lambda: 1, lambda: 1.0)


def fail(_: Observation) -> None:
    raise ValueError("a bug of ours")


def test_a_failing_wrapper_is_logged_once_and_the_queue_works_on(caplog: pytest.LogCaptureFixture) -> None:
    server = FakePromptServer()
    install_hooks(server, fail, CLOCK)

    with caplog.at_level(logging.ERROR):
        for number in range(5):
            server.run(f"p{number}")
        server.post("waiting")
        server.prompt_queue.wipe_queue()

    assert server.prompt_queue.queue == [] and server.prompt_queue.currently_running == {}
    assert len([each for each in caplog.records if "failed in put" in each.message]) == 1
    assert len(caplog.records) == 4


def test_each_original_is_called_once_with_everything_it_was_given() -> None:
    calls: list[tuple[Any, ...]] = []

    class Newer(FakePromptServer):
        def send_sync(self, event: Any, data: Any, sid: str | None = None, *more: Any, **named: Any) -> str:
            calls.append((event, data, sid, more, named))
            return "answer"

    server = Newer()
    install_hooks(server, lambda _: None, CLOCK)

    assert server.send_sync("progress", {"value": 1}, "me", "new", newer=True) == "answer"
    assert calls == [("progress", {"value": 1}, "me", ("new",), {"newer": True})]


def test_an_error_of_the_original_passes_through_and_is_not_observed() -> None:
    seen: list[Observation] = []
    server = FakePromptServer()
    install_hooks(server, seen.append, CLOCK)

    with pytest.raises(KeyError):
        server.prompt_queue.task_done(99, {}, status=None)
    with pytest.raises(TypeError):
        server.prompt_queue.put()  # type: ignore[call-arg]

    assert seen == []


def test_installing_twice_wraps_once() -> None:
    seen: list[Observation] = []
    server = FakePromptServer()
    install_hooks(server, seen.append, CLOCK)
    again = install_hooks(server, seen.append, CLOCK)
    server.run("p1")

    assert again is None
    assert [type(each) for each in seen] == [Queued, Started, Ended]


async def test_a_second_start_on_the_same_server_is_none(stage: Stage) -> None:
    assert start_telemetry(stage.world, asyncio.get_running_loop()) is None


def test_an_empty_get_is_no_prompt() -> None:
    seen: list[Observation] = []
    server = FakePromptServer()
    install_hooks(server, seen.append, CLOCK)

    assert server.prompt_queue.get(timeout=0) is None
    assert seen == []


def test_a_queue_that_lacks_a_method_is_left_as_it_is() -> None:
    server = FakePromptServer()
    server.prompt_queue = type("Bare", (), {"put": lambda self, item: None, "get": lambda self: None})()  # type: ignore[assignment]

    assert install_hooks(server, fail, CLOCK) is not None
    server.prompt_queue.put("whatever")


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("progress", {"prompt_id": "p1", "value": "x", "max": None, "node": 4}),
        ("progress", {"prompt_id": "p1", "value": float("nan"), "max": 2, "node": "1"}),
        ("progress", {"prompt_id": "p1"}),
        ("progress_state", {"prompt_id": "p1", "nodes": None}),
        ("progress_state", {"prompt_id": "p1", "nodes": {"1": None}}),
        ("executing", {"prompt_id": "p1", "node": {}}),
        ("execution_cached", {"prompt_id": "p1", "nodes": 3}),
        ("progress", {"prompt_id": ["p1"]}),
        ("progress", b"binary"),
        (1, b"preview"),
    ],
)
async def test_events_of_any_shape_leave_the_prompt_intact(stage: Stage, event: Any, data: Any) -> None:
    stage.comfy.post("p1")
    item = stage.comfy.begin()
    stage.comfy.send_sync(event, data, None)
    assert stage.telemetry.hooks.running["p1"].progress() is None
    stage.comfy.end(item)

    assert (await stage.last_event())["status"] == "completed"
