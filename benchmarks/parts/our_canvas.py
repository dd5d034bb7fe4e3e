"""The made-up layers painted by our canvas: looks, cameras, and the work of a redraw and of a first paint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from pyproj import CRS

from benchmarks.parts.drawn_layers import CLASSES, FRAME, HEIGHT_M, WIDTH_M
from layers import roles
from layers.formats import vector as vector_file
from layers.formats.in_view import strips
from layers.formats.raster import open_raster
from layers.reference import LayerRef
from layers.source import locate
from layers.text import Text
from puc_tool.maps.canvas import painter
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.file_cells import FileCells
from puc_tool.maps.canvas.glimpse import grown
from puc_tool.maps.canvas.looks import ClassLook, Look, Pen, argb
from puc_tool.maps.canvas.shapes import Shapes, shapes_of
from puc_tool.maps.themes import ClassStyle, Drawn, Theme

SIZE = (1600, 1000)

COLOURS = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in
           np.random.default_rng(7).integers(60, 240, (CLASSES, 3))]  # fmt: skip

AREAS = Look(tuple(ClassLook(argb(colour), pen=Pen(argb("#333333"), 0.3)) for colour in COLOURS))

LINES = Look(tuple(ClassLook(pen=Pen(argb(colour), 1.0)) for colour in COLOURS))

KINDS = Theme(Drawn.AREA, "code", tuple(ClassStyle(str(kind), Text("", "")) for kind in range(CLASSES)))


def camera_at(share: float) -> Camera:
    """Return the view of the middle of the frame, ``share`` of its sides."""
    width, height = WIDTH_M * share, HEIGHT_M * share
    left, top = FRAME[0] + (WIDTH_M - width) / 2, FRAME[3] - (HEIGHT_M - height) / 2
    return Camera(left, top, SIZE[0] / width, *SIZE)


def look_of(name: str) -> Look:
    return LINES if name == "200k streets" else AREAS


def read(path: Path) -> Shapes:
    """Return a layer as the window has it: read as every layer is, then made flat."""
    frame, _ = vector_file.read(locate(path), path.stem)
    return shapes_of(frame.geometry.to_numpy(), frame["kind"].to_numpy())


def redraw(parts: Sequence[Callable[[np.ndarray, Camera], None]], camera: Camera) -> Callable[[], object]:
    """Return the work of a redraw: each layer on a picture of its own, laid one on the other on white."""

    def work() -> object:
        made = painter.blank(camera, argb("#ffffff"))
        for paint in parts:
            picture = painter.blank(camera)
            paint(picture, camera)
            painter.lay(made, picture, 1.0)
        return made

    return work


def vector(shapes: Shapes, look: Look) -> Callable[[np.ndarray, Camera], None]:
    return lambda picture, camera: painter.paint_shapes(picture, shapes, look, camera, lambda: True) and None


def cells(path: Path) -> Callable[[np.ndarray, Camera], None]:
    table = np.arange(256, dtype=np.uint8)
    table[:CLASSES] = np.arange(1, CLASSES + 1)
    held = FileCells(open_raster(locate(path)), CRS(7791), table)
    palette = np.zeros(256, np.uint32)
    palette[1 : CLASSES + 1] = [argb(colour) for colour in COLOURS]

    def paint(picture: np.ndarray, camera: Camera) -> None:
        seen = held.seen(camera)
        if seen is not None:
            painter.paint_raster(picture, seen, palette, camera)

    return paint


def first_paint(path: Path, look: Look) -> object:
    seen = strips(locate(path), path.stem, "kind", CRS(7791), tuple(FRAME))
    kinds = LayerRef(roles.LAND_USE.id, str(path), fields={"code": "kind"})
    pictures = list(grown(seen, KINDS, roles.LAND_USE, kinds))
    return redraw([vector(pictures[-1].shapes, look)], camera_at(1.0))()
