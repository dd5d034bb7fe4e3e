"""How long the window's map takes for a frame while it is dragged and zoomed and paints beside that."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import numpy as np
import shapely

from layers.communes import find
from layers.text import Text
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.maps.canvas.shapes import Shapes, shapes_of
from puc_tool.maps.result_themes import ResultTheme
from puc_tool.maps.themes import ClassStyle, Drawn, Theme
from puc_tool.studies import study_reading
from puc_tool.studies.study_making import make_study

SIZE = (1600, 1000)
_STEPS = 240


def frame_times_ms(shapes: Shapes, frame: np.ndarray) -> list[float]:
    """Return the time of each frame of a map with ``shapes`` in ``frame``, moved at each."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QPointF
    from PySide6.QtWidgets import QApplication

    from analyses import registry
    from puc_tool.working.session import Session
    from ui.look import Look
    from ui.map.ground import Ground
    from ui.map.renderer import CanvasRenderer
    from ui.map.scene import Scene
    from ui.map.view import MapView

    app = QApplication.instance() or QApplication([])
    with TemporaryDirectory(prefix="puc-frames-") as folder:
        make_study(Path(folder) / "study", [find("La Spezia")], None, date(2026, 3, 31))
        session = Session(study_reading.read(Path(folder) / "study"), registry.ALL[0])
    view = MapView(session, Look(app), "it", CanvasRenderer())
    view.resize(*SIZE)
    view.show()
    nothing, reach = shapes_of(np.array([], object)), shapely.box(*frame).buffer(5_000, join_style="mitre")
    commune = shapes_of(np.array([shapely.box(*frame)], object))
    view.show_scene(Scene(Ground(tuple(frame), reach.bounds, commune, nothing, nothing, nothing)))
    styles = tuple(ClassStyle(str(kind), Text("", ""), f"#{40 + 20 * kind:02x}8080") for kind in range(10))
    picture = Picture(Drawn.AREA, styles, (None,) * 10, shapes, opacity=1.0, is_clipped=False)
    view.show_results((ResultPicture(ResultTheme("parcels", Text("", ""), "", Theme(Drawn.AREA)), picture, 0),))
    times = []
    for step in range(_STEPS):
        app.processEvents()
        start = perf_counter()
        if step % 40 < 30:
            view.move_by(QPointF(7.0, -4.0) if step % 80 < 40 else QPointF(-7.0, 4.0))
        else:
            view.zoom(1.06 if step % 80 < 40 else 1 / 1.06)
        view.repaint()
        times.append(1000 * (perf_counter() - start))
        # A hand rests now and then, and the map then begins to paint anew: the next frames fall into that.
        until = perf_counter() + (0.05 if step % 10 == 0 else 0.016)
        while perf_counter() < until:
            app.processEvents()
            sleep(0.001)
    view.stop()
    view.close()
    return times
