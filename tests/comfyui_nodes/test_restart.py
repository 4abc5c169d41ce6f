"""A server that ends and comes back on the same journal."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from conftest import StartStage
from fake_comfyui import label


async def test_open_prompts_are_ended_as_server_restart_and_a_client_resumes_without_loss(start: StartStage) -> None:
    first = await start()
    first.comfy.run("done", label("s0"))
    first.comfy.post("executing", label("s1"))
    first.comfy.post("queued", label("s2"))
    first.comfy.begin()
    epoch = first.telemetry.journal.epoch
    await first.events()
    await first.stop()

    first.clock.advance(5000)
    second = await start()
    stream = await second.connect(epoch=epoch, since=6)
    hello = await stream.next()
    ends = await stream.lifecycle(2)

    assert hello["resumed"] == {"from": 6, "to": 8, "lost": 0}
    assert [(each["promptId"], each["status"], each["exitReason"], each["sceneId"]) for each in ends] == [
        ("executing", "failed", "serverRestart", "s1"),
        ("queued", "failed", "serverRestart", "s2"),
    ]
    assert all("duration" not in each for each in ends)
    assert [each["timestamp"] for each in ends] == [second.clock.wall_ms] * 2
    assert second.telemetry.journal.open_prompts() == []


async def test_source_and_epoch_outlive_a_restart(start: StartStage) -> None:
    first = await start()
    before = (first.telemetry.journal.source, first.telemetry.journal.epoch)
    await first.stop()

    second = await start()

    assert (second.telemetry.journal.source, second.telemetry.journal.epoch) == before


async def test_attempts_are_counted_across_a_restart(start: StartStage) -> None:
    first = await start()
    first.comfy.run("p1", label("s1"))
    await first.settle()
    await first.stop()

    second = await start()
    second.comfy.run("p2", label("s1"))

    assert (await second.last_event())["attempt"] == 2


async def test_a_broken_journal_is_set_aside_and_a_new_epoch_begins(start: StartStage, tmp_path: Path) -> None:
    first = await start()
    epoch = first.telemetry.journal.epoch
    first.comfy.run("p1")
    await first.settle()
    await first.stop()
    (tmp_path / "journal.sqlite3").write_bytes(b"this is no database" * 500)

    second = await start()
    stream = await second.connect(epoch=epoch, since=3)

    assert second.telemetry.journal.epoch != epoch
    assert (await stream.next())["resumed"]["lost"] == "unknown"
    assert (tmp_path / "journal.sqlite3.broken").exists()


async def test_a_second_server_of_the_same_folder_has_a_journal_of_its_own(start: StartStage) -> None:
    first, second = await start(), await start()
    first.comfy.run("p1")
    second.comfy.post("p2")

    assert [each["promptId"] for each in await second.events()] == ["p2"]
    assert first.telemetry.journal.source != second.telemetry.journal.source


def test_what_was_committed_survives_a_process_that_is_killed(tmp_path: Path) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from comfyui_nodes.gemdirect_telemetry.journal import Journal
journal = Journal(Path(sys.argv[1]))
for number in range(50):
    journal.append({"type": "run", "timestamp": number, "runId": "r", "event": "begin"})
    journal.commit()
journal.append({"type": "run", "timestamp": 50, "runId": "never committed", "event": "begin"})
os.kill(os.getpid(), signal.SIGKILL)
"""
    path = tmp_path / "journal.sqlite3"
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)

    connection = sqlite3.connect(path)
    found = connection.execute("SELECT seq FROM events ORDER BY seq").fetchall()
    connection.close()

    assert found == [(number,) for number in range(1, 51)]
