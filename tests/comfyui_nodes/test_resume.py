"""Coming back: what is replayed, what is paged, what is lost."""

from __future__ import annotations

import pytest

from comfyui_nodes.gemdirect_telemetry import resume
from fake_comfyui import label
from stage import Stage


async def test_everything_after_the_clients_seq_is_replayed_before_anything_live(stage: Stage) -> None:
    for number in range(4):
        stage.comfy.run(f"p{number}")
    await stage.settle()

    stream = await stage.connect(resume=True, since=5)
    stage.comfy.post("live")
    hello = await stream.next()

    assert hello["resumed"] == {"from": 5, "to": 12, "lost": 0}
    assert [each["seq"] for each in await stream.lifecycle(8)] == [6, 7, 8, 9, 10, 11, 12, 13]


async def test_since_zero_replays_the_whole_journal(stage: Stage) -> None:
    stage.comfy.run("p1")
    await stage.settle()

    stream = await stage.connect(resume=True, since=0)

    assert [each["status"] for each in await stream.lifecycle(3)] == ["queued", "executing", "completed"]


async def test_a_replay_longer_than_a_page_is_whole_and_in_order(stage: Stage) -> None:
    for number in range(400):
        stage.comfy.run(f"p{number}")
    await stage.settle()

    stream = await stage.connect(resume=True, since=3)

    assert [each["seq"] for each in await stream.lifecycle(1197)] == list(range(4, 1201))
    assert all(len(frame) <= 256 * 1024 for frame in stream.frames)


async def test_what_is_replayed_is_what_was_sent(stage: Stage) -> None:
    live = await stage.connect()
    stage.comfy.run("p1", label("s1"))
    sent = await live.lifecycle(3)

    replayed = await (await stage.connect(resume=True)).lifecycle(3)

    assert replayed == sent


@pytest.mark.parametrize(("epoch", "since"), [("another", 1), (None, 99)])
async def test_an_unknown_epoch_or_a_seq_from_the_future_replays_nothing(
    stage: Stage, epoch: str | None, since: int
) -> None:
    stage.comfy.run("p1")
    await stage.settle()

    stream = await stage.connect(epoch=epoch or stage.telemetry.journal.epoch, since=since)
    hello, state = await stream.next(), await stream.next()
    stage.comfy.post("p2")

    assert hello["resumed"] == {"from": since, "to": 3, "lost": "unknown"}
    assert state["prompts"] == []
    assert [each["seq"] for each in await stream.lifecycle(1)] == [4]


@pytest.mark.parametrize("since", ["", "-1", "1.5", "NaN", "9" * 40, "x", "٣"])
async def test_a_seq_that_is_no_number_replays_everything(stage: Stage, since: str) -> None:
    stage.comfy.run("p1")
    await stage.settle()

    stream = await stage.connect(epoch=stage.telemetry.journal.epoch, since=since)

    assert [each["seq"] for each in await stream.lifecycle(3)] == [1, 2, 3]


async def test_too_much_to_replay_is_left_to_the_journals_pages(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resume, "MAX_REPLAY", 5)
    for number in range(3):
        stage.comfy.run(f"p{number}")
    await stage.settle()

    stream = await stage.connect(resume=True, since=1)
    hello, state = await stream.next(), await stream.next()
    stage.comfy.post("live")

    assert (hello["behind"], hello["resumed"]["lost"]) == (8, 0)
    assert state["type"] == "state"
    assert [each["seq"] for each in await stream.lifecycle(1)] == [10]


async def test_events_are_paged_until_there_is_no_next(stage: Stage) -> None:
    for number in range(3):
        stage.comfy.run(f"p{number}")
    await stage.settle()
    epoch = stage.telemetry.journal.epoch
    seen, since, pages = [], 0, 0

    while True:
        status, page = await stage.get("/telemetry/events", params={"epoch": epoch, "since": since, "limit": 4})
        assert (status, page["epoch"]) == (200, epoch)
        seen += [each["seq"] for each in page["events"]]
        pages += 1
        if "next" not in page:
            break
        since = page["next"]

    assert (seen, pages) == (list(range(1, 10)), 3)


async def test_events_of_another_epoch_are_a_conflict(stage: Stage) -> None:
    status, body = await stage.get("/telemetry/events", params={"epoch": "another", "since": 0})

    assert (status, "epoch" in body["error"]) == (409, True)


@pytest.mark.parametrize("query", [{"since": "-1"}, {"since": "x"}, {"limit": "0"}, {"limit": "1e3"}])
async def test_a_page_that_can_not_be_meant_is_refused_in_words(stage: Stage, query: dict[str, str]) -> None:
    status, body = await stage.get("/telemetry/events", params={"epoch": stage.telemetry.journal.epoch, **query})

    assert (status, "whole number" in body["error"]) == (400, True)


async def test_info_says_what_a_client_must_know_before_it_connects(stage: Stage) -> None:
    stage.comfy.run("p1")
    await stage.settle()

    status, info = await stage.get("/telemetry/info")

    assert status == 200
    assert info == {
        "protocols": [1],
        "server": {"name": "gemdirect_telemetry", "version": "0.1.0", "comfyVersion": "0.3.64"},
        "source": stage.telemetry.journal.source,
        "epoch": stage.telemetry.journal.epoch,
        "seq": 3,
        "oldest": 1,
        "intervalMs": {"min": 100, "max": 5000, "default": 250},
        "heartbeatMs": 5000,
        "gpus": [],
        "now": stage.clock.wall_ms,
    }
