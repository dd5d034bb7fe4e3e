"""Two small pictures guard how a sheet looks. A changed look is meant: copy the picture the failure names."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from layers.text import same
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Areas, LegendGroup, LegendItem, Sheet
from puc_tool.maps.style import Fill, Hatch

GOLDEN = Path(__file__).parents[2] / "golden"
DPI = 50
MOST_CHANGED = 0.004
VISIBLE = 40


def assert_looks_as_it_did(sheet: Sheet, name: str, tmp_path: Path) -> None:
    made = render(sheet, ("png",), DPI).files["png"]
    (tmp_path / name).write_bytes(made)
    with Image.open(io.BytesIO(made)) as now, Image.open(GOLDEN / name) as before:
        difference = np.abs(np.asarray(now.convert("RGB"), int) - np.asarray(before.convert("RGB"), int))
    changed = (difference.max(axis=2) > VISIBLE).mean()
    assert changed < MOST_CHANGED, f"{changed:.2%} of the pixels changed: {tmp_path / name}"


def test_that_a_soil_sheet_looks_as_it_did(sheet, tmp_path):
    assert_looks_as_it_did(sheet, "sheet_soil.png", tmp_path)


@pytest.fixture
def zones(sheet, halves) -> Sheet:
    """The same town in English, by polygons, one of them hatched; not a demonstration."""
    built, planned = Fill("#e36b6b"), Fill("#f7c59f", hatch=Hatch("#6b1f00", 1.5))
    items = (LegendItem(same("Built"), built, same("600 ha")), LegendItem(same("Planned"), planned, same("600 ha")))
    layers = (Areas(halves[:1], built), Areas(halves[1:], planned))
    return replace(
        sheet, lang="en", is_demonstration=False, map=replace(sheet.map, layers=layers), legend=(LegendGroup(items),)
    )


def test_that_a_zoning_sheet_looks_as_it_did(zones, tmp_path):
    assert_looks_as_it_did(zones, "sheet_zones.png", tmp_path)
