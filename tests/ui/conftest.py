"""A made-up borough of four hectares, opened in a window: two halves, soil at two dates on 10 m cells.

20 × 20 cells. 2012: the western half's 100 lowest cells are road (112). 2023: those, and 20 cells of building site
(122) in the eastern half. So 1,00 ha is consumed at first, 1,20 ha at last.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from analyses.soil_consumption import SOIL_CONSUMPTION
from puc_tool.studies import study_reading
from puc_tool.working.session import Session
from ui.look import Look
from ui.main_window import MainWindow

PATIENCE_MS = 300_000
"""How long a state is waited for: a machine with other things to do is no defect."""

WEST, SOUTH = 4_306_000.0, 2_336_000.0
FREE, ROAD, SITE = 202, 112, 122

STUDY = """\
version = 1

[study]
title = "Borgo di prova"
comuni = []
crs = "EPSG:3035"
date = 2026-03-31

[population]
istat = { 2012 = 1000, 2023 = 1100 }

[[layer]]
role = "boundary"
source = "borgo.gpkg"
layer = "confine"

[[layer]]
role = "neighbourhoods"
source = "borgo.gpkg"
layer = "quartieri"

[[layer]]
role = "soil_consumption"
source = "suolo_2012.tif"
year = 2012

[[layer]]
role = "soil_consumption"
source = "suolo_2023.tif"
year = 2023
"""


HERE = Path(__file__).parent
UNPLACED = "ignore::rasterio.errors.NotGeoreferencedWarning"
"""rasterio silences this itself at every warp, but by ``warnings.catch_warnings``, which before Python 3.14 is of the
whole process: where the map paints while a study is read, one thread takes back what the other has silenced."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.filterwarnings(UNPLACED))


class PatientBot(QtBot):
    """Waits for a state, never for a time that a machine of another day may need longer for."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=max(timeout, PATIENCE_MS), **how)

    def come_to_rest(self, find: Callable[[], list[str]]) -> list[str]:
        """Return what ``find`` finds wrong once the window has been laid out: what is mended in time is not wrong."""
        self.wait(50)  # for what is to be seen at all
        wrong = find()
        for _ in range(100):
            if not wrong:
                break
            self.wait(20)
            wrong = find()
        return wrong


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "borgo"
    folder.mkdir()
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    whole, west, east = (
        shapely.box(WEST + a, SOUTH, WEST + b, SOUTH + 200) for a, b in ((0, 200), (0, 100), (100, 200))
    )
    frame = geopandas.GeoDataFrame({"name": ["Borgo"], "code": ["999001"]}, geometry=[whole], crs=3035)
    frame.to_file(folder / "borgo.gpkg", layer="confine", driver="GPKG")
    frame = geopandas.GeoDataFrame(
        {"name": ["Ponente", "Levante"], "code": ["P", "L"]}, geometry=[west, east], crs=3035
    )
    frame.to_file(folder / "borgo.gpkg", layer="quartieri", driver="GPKG")
    cells = np.full((20, 20), FREE, np.uint8)
    cells[10:, :10] = ROAD
    _write(folder / "suolo_2012.tif", cells)
    cells[:2, 10:] = SITE
    _write(folder / "suolo_2023.tif", cells)
    return folder


def strip(left: float, right: float) -> shapely.Polygon:
    return shapely.box(WEST + left, SOUTH, WEST + right, SOUTH + 200)


def _write(path: Path, cells: np.ndarray) -> None:
    corner = Affine(10.0, 0, WEST, 0, -10.0, SOUTH + 200)
    with rasterio.open(
        path, "w", driver="GTiff", width=20, height=20, count=1, dtype="uint8", crs="EPSG:3035", transform=corner
    ) as dataset:
        dataset.write(cells, 1)


@pytest.fixture
def borough(template: Path, tmp_path: Path) -> Path:
    """Return the folder of a fresh copy of the study."""
    return Path(shutil.copytree(template, tmp_path / "borgo"))


@pytest.fixture
def session(borough: Path) -> Session:
    """Return an open study, its layers not yet read. The analysis is a copy, so that a test may change it."""
    return Session(study_reading.read(borough), replace(SOIL_CONSUMPTION))


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(qapp)


@pytest.fixture
def window(qtbot, session: Session, look: Look) -> Iterator[MainWindow]:
    """Return the window on the borough, once everything is read."""
    made = MainWindow(session, look, "it")
    qtbot.addWidget(made)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: made.desk.is_checked and not made.desk.jobs.running)
    yield made
    made.close()
