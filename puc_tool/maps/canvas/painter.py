"""Pictures of layers: shapes and cells painted by the kernels, each layer on a clear picture of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.composing import compose, paint_cells
from analyses.kernels.painting import features_seen, paint_areas
from analyses.kernels.stroking import paint_lines
from puc_tool.maps.canvas.bands import IsWanted, Picture, in_bands, scratch_of
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.cells import Cells
from puc_tool.maps.canvas.looks import CLEAR, OPAQUE, ClassLook, Look
from puc_tool.maps.canvas.shapes import Shapes
from puc_tool.maps.canvas.signs import signs_of

Mask = NDArray[np.uint8]
NO_MASK: Mask = np.zeros((0, 0), np.uint8)


def blank(camera: Camera, colour: int = CLEAR) -> Picture:
    """Return a picture of one colour."""
    return np.full((camera.height, camera.width), colour, np.uint32)


def paint_shapes(picture: Picture, shapes: Shapes, look: Look, camera: Camera, is_wanted: IsWanted) -> bool:
    """Paint areas, then lines, then signs over what ``picture`` shows; False if it was given up on the way."""
    reach = look.widest / camera.scale
    left, bottom, right, top = camera.bounds
    seen = features_seen(shapes.bounds, left - reach, bottom - reach, right + reach, top + reach)
    areas, lines = _areas(shapes, look, camera), (look.inks(), look.pens())
    marks = signs_of(shapes, look, camera)

    def band(rows: Picture, first: int) -> None:
        scratch = scratch_of(rows)
        if look.has_areas:
            paint_areas(rows, first, camera.kernel, seen, shapes.flat, *areas, scratch)
        if look.has_lines:
            paint_lines(rows, first, camera.kernel, seen, shapes.flat, *lines, scratch)
        if marks is not None:
            paint_areas(rows, first, (0.0, 0.0, 1.0), marks.seen, marks.flat, *marks.colours, scratch)

    return in_bands(picture, band, is_wanted)


def _areas(shapes: Shapes, look: Look, camera: Camera) -> tuple[NDArray[np.uint32], NDArray[np.float64], Picture]:
    origin = (-camera.left * camera.scale, camera.top * camera.scale)
    return look.fills(), look.hatches(origin), look.hatch_inks()


def paint_raster(picture: Picture, cells: Cells, palette: NDArray[np.uint32], camera: Camera) -> None:
    """Paint, for each pixel, the colour of the cell under its middle; ``palette`` has one for each of 256 values."""
    place = (cells.left, cells.top, cells.size)

    def band(rows: Picture, first: int) -> None:
        paint_cells(rows, first, camera.kernel, cells.values, place, palette)

    in_bands(picture, band, lambda: True)


def mask_of(shapes: Shapes, camera: Camera) -> Mask:
    """Return how much of each pixel (0 to 255) the shapes, all of the first class, cover."""
    painted = blank(camera)
    paint_shapes(painted, shapes, Look((ClassLook(OPAQUE),)), camera, lambda: True)
    return (painted >> 24).astype(np.uint8)


def lay(picture: Picture, layer: Picture, opacity: float, mask: Mask = NO_MASK) -> None:
    """Lay a layer's picture on an opaque one, inside the mask if there is one."""
    # A millisecond or two, without Python in between: in bands the window's thread would wait for the lock more often.
    compose(picture, layer, mask, round(256 * opacity))
