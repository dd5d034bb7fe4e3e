"""Compiling what paints the map, before anybody waits for it: a picture of a few pixels asks for every kernel once.

``make setup`` does it (``python -m puc_tool.maps.canvas.warming``), so that the first window after an installation has
nothing to compile. Where the installation can't be written, the compiled code lies in the user's cache folder, and the
first window makes it beside its start page.
"""

from __future__ import annotations

import numpy as np
import shapely

from analyses.kernels import jit
from analyses.progress import Report, silent
from layers.text import Text
from puc_tool.maps.canvas import painter
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.cells import Cells
from puc_tool.maps.canvas.looks import OPAQUE, ClassLook, Hatching, Look, Pen
from puc_tool.maps.canvas.shapes import shapes_of

FIRST_TIME = Text(
    "Prima apertura dopo l'installazione: la mappa arriva tra qualche secondo, il resto si può già usare.",
    "First opening after the installation: the map comes in some seconds, the rest can be used already.",
)
_SIDE = 8


def is_warm() -> bool:
    """Tell whether the painter lies compiled in the cache."""
    return jit.is_compiled("painting.paint_areas")


def warm(report: Report = silent) -> None:
    """Compile every kernel that the map needs; between two of them it can be stopped."""
    camera = Camera(0.0, float(_SIDE), 1.0, _SIDE, _SIDE)
    report(0.0, FIRST_TIME)
    holed = shapely.box(0, 0, 6, 6).difference(shapely.box(2, 2, 3, 3))
    shapes = shapes_of(np.array([holed, shapely.LineString([(0, 0), (7, 7)]), shapely.Point(4, 4)], object))
    plain = shapes_of(np.array([shapely.box(0, 0, 6, 6)], object))
    picture = painter.blank(camera, OPAQUE)
    for share, look in ((0.2, _AREA), (0.5, _LINE)):
        report(share, FIRST_TIME)
        for each in (plain, shapes):
            painter.paint_shapes(picture, each, look, camera, lambda: True)
    report(0.8, FIRST_TIME)
    painter.paint_raster(picture, Cells(np.ones((2, 2), np.uint8), 0.0, 8.0, 4.0), np.zeros(256, np.uint32), camera)
    report(0.9, FIRST_TIME)
    painter.lay(picture, painter.blank(camera), 0.5)
    painter.lay(picture, painter.blank(camera), 0.5, painter.mask_of(plain, camera))


_AREA = Look((ClassLook(OPAQUE, Hatching(OPAQUE, 4.0)),))
_LINE = Look((ClassLook(pen=Pen(OPAQUE, 1.5, 2.0, 1.0), sign="disc", sign_size=3.0, sign_fill=OPAQUE),))

if __name__ == "__main__":
    warm()
