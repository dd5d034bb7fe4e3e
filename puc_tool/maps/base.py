"""The raster part of a map: one indexed picture whose colours are exactly those of the classes."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor
from pyproj import Transformer

from analyses.kernels.regridding import lay_cells
from puc_tool.maps.frame import Frame
from puc_tool.maps.sheet import RasterClasses
from puc_tool.maps.style import Fill

BASE_DPI, WALL_DPI = 300, 200
"""Pixels an inch on paper to hold in the hand, and on paper for the wall (A2 and larger)."""
_IN_THE_HAND_MM2 = 420.0 * 297.0
_NODE_PX = 32
_MOST_COLOURS = 255


def indexed_picture(layers: Sequence[RasterClasses], frame: Frame, dpi: int = 0) -> tuple[bytes, tuple[Fill, ...]]:
    """Return the frame as an indexed PNG, later layers on top, and the styles that cover a pixel or more.

    Method: nearest neighbour, for each pixel of the frame the cell under its centre. Between nodes 32 pixels
    apart the way to the grid's CRS is linear (off by less than a hundredth of a pixel at sheet scales).
    """
    width, height = _printed_mm(frame)
    dpi = dpi or (BASE_DPI if width * height <= _IN_THE_HAND_MM2 else WALL_DPI)
    pixels = _blank(frame, dpi)
    styles = _palette(layers)
    for layer in layers:
        places = np.array([0, *(styles.index(style) + 1 for style in layer.styles)], np.uint8)
        _paint(pixels, layer, frame, places)
    image = Image.fromarray(pixels)
    used = image.histogram()[1 : len(styles) + 1]
    return _png(image, styles, dpi), tuple(style for style, count in zip(styles, used, strict=True) if count)


def colours_of(picture: bytes) -> frozenset[str]:
    """Return every colour of a PNG that is not transparent, as ``#rrggbb``; of an indexed one only those used."""
    with Image.open(io.BytesIO(picture)) as image:
        if image.mode != "P":
            seen = np.unique(np.asarray(image.convert("RGB")).reshape(-1, 3), axis=0)
        else:
            used = np.flatnonzero(image.histogram())
            seen = np.array(image.getpalette()).reshape(-1, 3)[used[used != image.info.get("transparency")]]
    return frozenset(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in seen.tolist())


def _palette(layers: Sequence[RasterClasses]) -> tuple[Fill, ...]:
    styles = tuple(dict.fromkeys(style for layer in layers for style in layer.styles))
    if len(styles) > _MOST_COLOURS:
        raise ValueError(f"{len(styles)} classes, an indexed picture holds {_MOST_COLOURS}")
    return styles


def _printed_mm(frame: Frame) -> tuple[float, float]:
    return frame.width_mm * frame.enlargement, frame.height_mm * frame.enlargement


def _blank(frame: Frame, dpi: int) -> NDArray[np.uint8]:
    width, height = (round(side / 25.4 * dpi) for side in _printed_mm(frame))
    return np.zeros((height, width), np.uint8)


def _paint(pixels: NDArray[np.uint8], layer: RasterClasses, frame: Frame, places: NDArray[np.uint8]) -> None:
    height, width = pixels.shape
    rows, cols = _nodes(height), _nodes(width)
    at = _cells_at_nodes(layer, frame, rows / height, cols / width)
    lay_cells(pixels, np.ascontiguousarray(layer.cells), places, (rows, cols), at)


def _nodes(length: int) -> NDArray[np.int64]:
    return np.unique(np.append(np.arange(0, length, _NODE_PX), length))


def _cells_at_nodes(
    layer: RasterClasses, frame: Frame, down: NDArray[np.float64], right: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return column and row in the grid, as fractions, at shares ``down`` and ``right`` of the frame (2 × n × m)."""
    x_mm, y_mm = np.meshgrid(right * frame.width_mm, down * frame.height_mm)
    ground = frame.to_metres(np.stack([x_mm, y_mm], axis=-1).reshape(-1, 2))
    to_grid = Transformer.from_crs(frame.crs, layer.grid.crs, always_xy=True)
    x, y = to_grid.transform(ground[:, 0], ground[:, 1])
    inverse = ~layer.grid.transform
    col, row = inverse.a * x + inverse.b * y + inverse.c, inverse.d * x + inverse.e * y + inverse.f
    return np.stack([col, row]).reshape(2, *x_mm.shape)


def _png(image: Image.Image, styles: Sequence[Fill], dpi: int) -> bytes:
    image.putpalette([0, 0, 0, *(part for style in styles for part in ImageColor.getrgb(style.colour)[:3])])
    written = io.BytesIO()
    image.save(written, "PNG", transparency=0, compress_level=6, dpi=(dpi, dpi))
    return written.getvalue()
