from __future__ import annotations

import io

import numpy as np
import pytest
from affine import Affine
from PIL import Image
from pyproj import CRS, Transformer

from layers.grid import Grid
from puc_tool.maps.base import colours_of, indexed_picture
from puc_tool.maps.frame import Frame, frame_round, paper
from puc_tool.maps.sheet import RasterClasses
from puc_tool.maps.style import Fill

RED, GOLD, GREEN = Fill("#be0019"), Fill("#ffb805"), Fill("#cce59e")
# 25.4 mm at 1:1 000 000: at 100 dpi a hundred pixels of 254 m.
SQUARE = Frame(CRS(7791), 0.0, 25_400.0, 25.4, 25.4, 1_000_000)


def four_cells(cells: list[list[int]], styles: tuple[Fill, ...] = (RED, GOLD)) -> RasterClasses:
    grid = Grid(CRS(7791), Affine(12_700, 0, 0, 0, -12_700, 25_400), 2, 2)
    return RasterClasses(np.array(cells, np.uint8), grid, styles)


def rgba(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGBA"))


def test_that_each_quarter_of_the_picture_has_the_colour_of_its_cell():
    picture, _ = indexed_picture([four_cells([[1, 2], [0, 1]])], SQUARE, dpi=100)
    pixels = rgba(picture)
    assert pixels.shape == (100, 100, 4)
    assert (pixels[:50, :50] == (190, 0, 25, 255)).all()
    assert (pixels[:50, 50:] == (255, 184, 5, 255)).all()
    assert (pixels[50:, :50, 3] == 0).all()


def test_that_a_picture_holds_the_class_colours_and_no_other(soil, boundary):
    frame = frame_round(boundary.bounds, CRS(7791), paper())
    picture, _ = indexed_picture([soil], frame)
    assert colours_of(picture) == {"#be0019", "#ffb805"}


def test_that_only_styles_that_cover_a_pixel_count_as_drawn():
    _, drawn = indexed_picture([four_cells([[2, 2], [0, 0]])], SQUARE, dpi=20)
    assert drawn == (GOLD,)


def test_that_a_later_layer_lies_on_top_and_its_zero_lets_through():
    below, above = four_cells([[1, 1], [1, 1]]), four_cells([[0, 1], [0, 0]], (GREEN,))
    picture, drawn = indexed_picture([below, above], SQUARE, dpi=20)
    assert drawn == (RED, GREEN)
    assert rgba(picture)[2, 2].tolist() == [190, 0, 25, 255]
    assert rgba(picture)[2, 18].tolist() == [204, 229, 158, 255]


def test_that_cells_of_another_crs_lie_where_each_pixel_on_its_own_would_put_them(soil, boundary):
    frame = frame_round(boundary.bounds, CRS(7791), paper())
    picture, _ = indexed_picture([soil], frame, dpi=72)
    height, width = rgba(picture).shape[:2]
    rows, cols = np.mgrid[:height, :width]
    ground = frame.to_metres(
        np.column_stack(
            [(cols.ravel() + 0.5) / width * frame.width_mm, (rows.ravel() + 0.5) / height * frame.height_mm]
        )
    )
    x, y = Transformer.from_crs(7791, 3035, always_xy=True).transform(*ground.T)
    transform = soil.grid.transform
    col, row = np.floor((x - transform.c) / 50).astype(int), np.floor((transform.f - y) / 50).astype(int)
    inside = (col >= 0) & (col < 120) & (row >= 0) & (row < 120)
    expected = np.where(inside, soil.cells[row.clip(0, 119), col.clip(0, 119)], 0).reshape(height, width)
    index = np.asarray(Image.open(io.BytesIO(picture)))
    assert np.mean(index != expected) < 1e-5


def test_that_more_classes_than_a_palette_holds_are_a_bug_of_the_caller():
    styles = tuple(Fill(f"#0000{number:02x}") for number in range(256))
    with pytest.raises(ValueError, match="256 classes"):
        indexed_picture([four_cells([[1, 1], [1, 1]], styles)], SQUARE)
