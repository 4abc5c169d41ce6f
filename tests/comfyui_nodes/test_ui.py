"""The dashboard, served by the node."""

from __future__ import annotations

from pathlib import Path

import pytest

from stage import Stage


@pytest.fixture
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "ui"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<p>dashboard</p>", "utf-8")
    (folder / "assets" / "a-1.js").write_text("1", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    return folder


async def test_the_page_and_its_files_are_served_with_types_that_run(page: Path, stage: Stage) -> None:
    status, text = await stage.get("/telemetry/ui/")
    assert (status, text) == (200, "<p>dashboard</p>")
    async with stage.client.get("/telemetry/ui/assets/a-1.js") as response:
        assert response.headers["Content-Type"].startswith("text/javascript")
        assert "immutable" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["../secret.txt", "..%2Fsecret.txt", "%2e%2e/secret.txt", "assets/../../secret.txt", "..\\secret.txt", "%00"]
)
async def test_nothing_outside_the_folder_is_ever_read(page: Path, stage: Stage, path: str) -> None:
    status, text = await stage.get(f"/telemetry/ui/{path}")
    assert status in (400, 404) and "secret" not in str(text).replace("secret.txt", "")


@pytest.mark.parametrize(("path", "place"), [("/telemetry", "telemetry/ui/"), ("/telemetry/", "ui/"), ("/telemetry/ui", "ui/")])
async def test_redirects_are_relative_so_that_a_prefix_survives(stage: Stage, path: str, place: str) -> None:
    async with stage.client.get(path, allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (302, place)


async def test_without_a_build_the_page_says_what_to_do(stage: Stage) -> None:
    status, text = await stage.get("/telemetry/ui/")
    assert status == 404 and "dashboard is not installed" in text
