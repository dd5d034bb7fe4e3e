"""What is compiled at installation is all that the first map asks for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from analyses.progress import Cancelled
from puc_tool.maps.canvas import warming

_FIRST_MAP = """
import numpy as np, shapely
from numba.core.dispatcher import Dispatcher
from analyses.kernels import composing, painting, scanline, stroking, wkb
from puc_tool.maps.canvas import painter, warming
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.cells import Cells
from puc_tool.maps.canvas.looks import OPAQUE, ClassLook, Hatching, Look, Pen
from puc_tool.maps.canvas.shapes import shapes_of

def known():
    parts = [vars(each).items() for each in (composing, painting, scanline, stroking, wkb)]
    kernels = {name: kernel for part in parts for name, kernel in part if isinstance(kernel, Dispatcher)}
    return {(name, str(signature)) for name, kernel in kernels.items() for signature in kernel.signatures}

warming.warm()
before = known()
camera = Camera(0.0, 40.0, 1.5, 60, 60)
boxes = shapely.box(np.arange(9) * 4.0, 0.0, np.arange(9) * 4.0 + 3.0, 20.0)
mixed = np.array([shapely.union_all(boxes), shapely.Point(3, 3), shapely.LineString([(0, 0), (9, 9)])], object)
picture = painter.blank(camera, OPAQUE)
pen = Pen(OPAQUE, 2.0)
looks = (ClassLook(OPAQUE), ClassLook(OPAQUE, Hatching(OPAQUE, 4.0, 1.0, 135.0, True), pen), ClassLook(pen=pen))
for look in looks:
    for shapes in (shapes_of(boxes), shapes_of(mixed)):
        painter.paint_shapes(picture, shapes, Look((look,)), camera, lambda: True)
painter.paint_raster(picture, Cells(np.ones((9, 9), np.uint8), 0.0, 9.0, 1.0), np.zeros(256, np.uint32), camera)
painter.lay(picture, painter.blank(camera), 1.0, painter.mask_of(shapes_of(boxes), camera))
print(sorted(known() - before))
"""


def test_that_nothing_is_left_to_compile_for_the_first_map():
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_MAP], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "[]"


def test_that_warming_can_be_stopped_between_two_kernels():
    def report(share, message):
        if share > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        warming.warm(report)


def test_that_a_cache_without_the_painter_is_cold(tmp_path, monkeypatch):
    from analyses.kernels import jit

    warming.warm()
    assert warming.is_warm()
    monkeypatch.setattr(jit.settings, "CACHE_DIR", str(tmp_path))
    assert not warming.is_warm()
    monkeypatch.setattr(jit.settings, "CACHE_DIR", "")
    assert not warming.is_warm()
