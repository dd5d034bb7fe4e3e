"""Where the map looks, and what the picture shows there."""

from __future__ import annotations

import threading
from dataclasses import replace
from time import sleep

import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage

from layers import roles
from layers.communes import find
from layers.intake import Intake
from layers.reference import LayerRef
from puc_tool.maps.canvas.pictures import picture
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from ui.look import Look
from ui.map.ground import ground
from ui.map.looks import look_of
from ui.map.overlay import round_length
from ui.map.projection import View, fitted
from ui.map.renderer import CanvasRenderer, Content, Laid
from ui.map.scene import Scene, open_all
from ui.map.view import MapView
from ui.tokens import LIGHT

PIXELS = st.floats(0, 400)


@given(PIXELS, PIXELS, st.floats(0.2, 5.0))
def test_that_the_ground_under_the_pointer_stays_when_zooming(x, y, factor):
    view, at = View(1000.0, 2000.0, 3.0, 400, 300), QPointF(x, y)
    assert view.zoomed(factor, at).ground(at) == pytest.approx(view.ground(at))


@given(PIXELS, PIXELS)
def test_that_the_ground_of_a_pixel_comes_back_to_it(x, y):
    view = View(1000.0, 2000.0, 3.0, 400, 300)
    back = view.transform.map(QPointF(*view.ground(QPointF(x, y))))
    assert (back.x(), back.y()) == pytest.approx((x, y), abs=1e-6)


def test_that_dragging_moves_the_ground_with_the_hand():
    view = View(1000.0, 2000.0, 3.0, 400, 300)
    # 10 pixels right and 20 down: 30 m and 60 m, so the middle goes west and north.
    assert (view.moved(QPointF(10, 20)).x, view.moved(QPointF(10, 20)).y) == (970.0, 2060.0)


def test_that_the_whole_fits_with_its_margin():
    view = fitted((0.0, 0.0, 1000.0, 500.0), 220, 200, 10)
    # 1000 m on 200 px are 5 m a pixel; 500 m need 100 of 180 px.
    assert (view.x, view.y, view.metres) == (500.0, 250.0, 5.0)


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4), st.floats(0.001, 1000.0))
def test_that_the_view_never_leaves_what_is_known(x, y, metres):
    kept = View(x, y, metres, 400, 300).kept_in((0.0, 0.0, 1200.0, 1200.0))
    left, bottom, right, top = kept.bounds
    assert min(left, bottom) >= -1e-6
    assert max(right, top) <= 1200.0 + 1e-6


@pytest.mark.parametrize(("most", "length"), [(7.3, 5.0), (1.0, 1.0), (2999.0, 2000.0), (0.4, 0.2)])
def test_that_the_scale_bar_has_a_round_length(most, length):
    assert round_length(most) == pytest.approx(length)


@pytest.fixture
def scene(session, qapp):
    return open_all(session, lambda share, message: None).scene


def test_that_the_map_sees_a_layer_before_it_has_been_read(session, qapp):
    key = ("neighbourhoods", None)
    seen: list[tuple[bool, bool]] = []

    def show(scene: Scene) -> None:
        seen.append((key in scene.pictures, key in session.shelf._taken))

    open_all(session, lambda share, message: None, show)
    assert seen[0] == (False, False)
    assert (True, False) in seen
    assert seen[-1] == (True, True)


class Slow:
    """A renderer that paints only once it may, and keeps what it was asked to paint."""

    def __init__(self) -> None:
        self.asked: list[Content] = []
        self.may_paint = threading.Event()

    def render(self, content, view, tokens, ratio, is_wanted):
        self.asked.append(content)
        while not self.may_paint.wait(0.005):
            if not is_wanted():
                return None
        return QImage(8, 8, QImage.Format.Format_RGB32)


def test_that_glimpses_that_come_fast_do_not_put_off_the_first_picture(session, scene, qapp, qtbot):
    slow = Slow()
    canvas = MapView(session, Look(qapp), "it", slow)
    qtbot.addWidget(canvas)
    canvas.resize(300, 200)
    canvas.glimpse(replace(scene))
    sleep(0.005)
    left_ms = canvas._settling.remainingTime()
    canvas.glimpse(replace(scene))
    assert canvas._settling.remainingTime() <= left_ms, "the first is asked for when it would have been"
    qtbot.waitUntil(lambda: bool(slow.asked))
    for _ in range(3):
        canvas.glimpse(replace(scene))
        qtbot.wait(2 * canvas._settling.interval())
    assert len(slow.asked) == 1
    with qtbot.waitSignal(canvas._frames.ready):
        slow.may_paint.set()
    # What came meanwhile is painted next.
    qtbot.waitUntil(lambda: len(slow.asked) == 2)
    canvas.stop()


@pytest.mark.parametrize("role", ["hydrography", "coastline", "streets", "constraints"])
def test_that_lines_and_outlines_leave_their_ground_as_it_is(role):
    shapes = [shapely.LineString([(0, 0), (30, 5), (30, 30)]), shapely.box(0, 0, 30, 30), shapely.Point(5, 5)]
    made = picture(Intake(LayerRef(role, "x.gpkg"), roles.BY_ID[role], GeoDataFrame(geometry=shapes, crs=7791)),
                   CRS(7791))  # fmt: skip
    assert made is not None
    look = look_of(made, LIGHT, 1.0)
    assert not look.has_areas
    assert look.has_lines
    assert len(made.shapes.signs) == 1
    assert all(each.sign_fill for each in look.classes)


def colour_at(scene, keys, x: float, y: float, view: View) -> QColor:
    content = Content(scene.ground, tuple(Laid(key, scene.pictures[key]) for key in keys), borders=False)
    image = CanvasRenderer().render(content, view, LIGHT, 1.0, lambda: True)
    return image.pixelColor(view.transform.map(QPointF(x, y)).toPoint())


def laid_on(ground_colour: str, colour: str, opacity: float) -> list[float]:
    over, under = QColor(colour).getRgb()[:3], QColor(ground_colour).getRgb()[:3]
    return [top * opacity + bottom * (1 - opacity) for top, bottom in zip(over, under, strict=True)]


WEST, SOUTH = 4_306_000.0, 2_336_000.0
SOIL = ("soil_consumption", 2023)


def test_that_a_cell_has_the_official_colour_of_its_class_laid_on_the_ground(scene):
    view = fitted(scene.ground.bounds, 400, 400, 0)
    # 55 m east and 55 m north lies in the roads: permanent, #be0019. 155 m and 195 m in the building site: #ffb805.
    road = colour_at(scene, [SOIL], WEST + 55, SOUTH + 55, view)
    site = colour_at(scene, [SOIL], WEST + 155, SOUTH + 195, view)
    assert road.getRgb()[:3] == pytest.approx(laid_on(LIGHT.inland, "#be0019", LIGHT.cells_opacity), abs=2)
    assert site.getRgb()[:3] == pytest.approx(laid_on(LIGHT.inland, "#ffb805", LIGHT.cells_opacity), abs=2)


def test_that_a_hidden_layer_leaves_the_ground(scene):
    view = fitted(scene.ground.bounds, 400, 400, 0)
    assert colour_at(scene, [], WEST + 55, SOUTH + 55, view) == QColor(LIGHT.inland)
    beside = View(view.x - 100, view.y, view.metres, 400, 400)
    assert colour_at(scene, [], WEST - 50, SOUTH + 55, beside) == QColor(LIGHT.land)


def test_that_an_unwanted_picture_is_given_up(scene):
    content = Content(scene.ground, tuple(Laid(*each) for each in scene.pictures.items()))
    view = fitted(scene.ground.bounds, 50, 50, 0)
    assert CanvasRenderer().render(content, view, LIGHT, 1.0, lambda: False) is None


def test_that_a_sharp_screen_gets_more_pixels_of_the_same_ground(scene):
    view = fitted(scene.ground.bounds, 50, 40, 0)
    content = Content(scene.ground, (Laid(SOIL, scene.pictures[SOIL]),))
    image = CanvasRenderer().render(content, view, LIGHT, 2.0, lambda: True)
    assert (image.width(), image.height(), image.devicePixelRatio()) == (100, 80, 2.0)


def test_that_a_layer_that_could_not_be_read_has_no_picture(session, borough):
    (borough / "suolo_2012.tif").unlink()
    intakes = session.read_layers()
    assert [picture(intake, session.study.crs) is None for intake in intakes] == [False, False, False, True]


def test_that_a_unit_is_found_where_it_lies(scene):
    assert scene.unit_at("neighbourhood", WEST + 10, SOUTH + 10).unit.name == "Ponente"
    assert scene.unit_at("neighbourhood", WEST + 190, SOUTH + 10).unit.name == "Levante"
    assert scene.unit_at("neighbourhood", WEST + 300, SOUTH + 10) is None


def test_that_the_gulf_is_sea_and_the_next_commune_is_land(tmp_path, qapp):
    from datetime import date

    from puc_tool.studies.study_making import make_study

    make_study(tmp_path / "spezia", [find("La Spezia")], None, date(2026, 3, 31))
    around = ground(Shelf(study_reading.read(tmp_path / "spezia")))
    # Off the mouth of the gulf, and in the hills of Arcola, in EPSG:7791.
    view = fitted(around.reach, 400, 400, 0)
    image = CanvasRenderer().render(Content(around, ()), view, LIGHT, 1.0, lambda: True)
    gulf, hills = (view.transform.map(QPointF(*at)).toPoint() for at in ((568_500, 4_880_000), (574_500, 4_886_500)))
    assert (image.pixelColor(gulf), image.pixelColor(hills)) == (QColor(LIGHT.sea), QColor(LIGHT.land))
    assert "Lerici" in [name for name, _, _ in around.names]


def _drawn(role, **columns):
    layer = GeoDataFrame(columns, geometry=[shapely.box(0, 0, 9, 9), shapely.box(20, 0, 29, 9)], crs=7791)
    return picture(Intake(LayerRef(role.id, "data/x.gpkg"), role, layer), CRS(7791))


def test_that_the_sea_of_the_hydrography_is_left_to_the_ground():
    seen = _drawn(roles.HYDROGRAPHY, kind=["lake", "sea"])
    assert [style.code for style in seen.classes] == ["lake"]
    assert len(seen.shapes.bounds) == 1


def test_that_green_areas_are_one_class_with_a_colour_of_their_own():
    (style,) = _drawn(roles.GREEN, name=["Parco", "Giardino"]).classes
    assert (style.label.it, style.colour) == ("Verde", "#00a600")
