"""Stages that are taken down again, whatever the test did."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from stage import FakeClock, Stage

StartStage = Callable[..., Awaitable[Stage]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def start(tmp_path: Path, clock: FakeClock) -> AsyncIterator[StartStage]:
    stages: list[Stage] = []

    async def start_stage(**world: Any) -> Stage:
        stage = Stage(tmp_path, clock, **world)
        stages.append(stage)
        return await stage.serve()

    yield start_stage
    for stage in stages:
        await stage.stop()


@pytest.fixture
async def stage(start: StartStage) -> Stage:
    return await start()
