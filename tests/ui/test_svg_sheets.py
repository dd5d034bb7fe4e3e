"""An exported SVG in Qt's viewer, which leaves a picture inside a picture blank."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from analyses.soil_consumption import SOIL_CONSUMPTION
from puc_tool import run
from puc_tool.printing.exporting import export
from puc_tool.printing.sheets import BY_ID
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

PERMANENT, PERMEABLE, ACCENT = "#be0019", "#cce59e", "#0a626b"


@pytest.fixture(scope="module")
def page(template, tmp_path_factory, qapp) -> QImage:
    """Return the soil sheet of the borough as Qt draws its SVG, a pixel a point."""
    borough = shutil.copytree(template, tmp_path_factory.mktemp("svg") / "borgo")
    shelf = Shelf(study_reading.read(borough))
    run.run(SOIL_CONSUMPTION, shelf, SOIL_CONSUMPTION.params())
    (path,) = export(shelf, (BY_ID["consumo-suolo"],), ("svg",)).files
    renderer = QSvgRenderer(str(path))
    picture = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    return picture


def colours(picture: QImage, left: int, right: int) -> set[str]:
    """Return the colours between two columns of pixels."""
    return {QColor(picture.pixel(x, y)).name() for x in range(left, right, 2) for y in range(0, picture.height(), 2)}


def test_that_the_map_is_drawn_with_its_cells_and_its_ground(page):
    assert {PERMANENT, PERMEABLE} <= colours(page, 100, 800)


def test_that_the_legend_is_drawn_beside_it(page):
    assert {PERMANENT, ACCENT} <= colours(page, 870, page.width())


def test_that_no_clip_is_taken_for_a_drawing(page):
    assert "#000000" not in {QColor(page.pixel(x, page.height() - 2)).name() for x in range(0, page.width(), 5)}
    assert QColor(page.pixel(page.width() - 3, page.height() // 2)).name() == "#ffffff"
