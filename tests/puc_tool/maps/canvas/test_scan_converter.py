"""The scan converter against slower ways: supersampling, GEOS, and the bare eye of a seam."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from puc_tool.maps.canvas import bands, painter
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.looks import ClassLook, Hatching, Look, Pen, argb
from puc_tool.maps.canvas.shapes import shapes_of

SIDE = 40
CAMERA = Camera(0.0, float(SIDE), 1.0, SIDE, SIDE)
WHITE, BLACK, RED = argb("#ffffff"), argb("#000000"), argb("#ff0000")


def painted(geometries, look: Look, camera: Camera = CAMERA, classes=None) -> np.ndarray:
    picture = painter.blank(camera)
    assert painter.paint_shapes(picture, shapes_of(np.array(geometries, object), classes), look, camera, lambda: True)
    return picture


def alpha(picture: np.ndarray) -> np.ndarray:
    return (picture >> 24).astype(int)


def filled(*colours: int) -> Look:
    return Look(tuple(ClassLook(colour) for colour in colours))


def supersampled(geometry: shapely.Geometry, times: int = 16) -> np.ndarray:
    """Return the share of each pixel by ``times``² points in it, from the top row down."""
    at = (np.arange(SIDE * times) + 0.5) / times
    x, y = np.meshgrid(at, SIDE - at)
    inside = shapely.contains_xy(geometry, x.ravel(), y.ravel()).reshape(SIDE, times, SIDE, times)
    return inside.mean(axis=(1, 3))


def blob(seed: int, corners: int = 30) -> shapely.Polygon:
    rng = np.random.default_rng(seed)
    turn, reach = np.linspace(0, 2 * np.pi, corners, endpoint=False), rng.uniform(6.0, 19.0, corners)
    middle = rng.uniform(15.0, 25.0, 2)
    return shapely.Polygon(middle + reach[:, None] * np.column_stack([np.cos(turn), np.sin(turn)]))


@pytest.mark.parametrize("seed", range(8))
def test_that_a_pixel_has_the_share_that_is_covered(seed):
    # 256 points a pixel miss the true share by some hundredths at most; a 256th is what the blending can tell apart.
    shape = blob(seed)
    assert np.abs(alpha(painted([shape], filled(BLACK))) / 255 - supersampled(shape)).max() < 0.05


@pytest.mark.parametrize("seed", range(4))
def test_that_a_hole_and_a_second_part_are_drawn_whichever_way_their_rings_turn(seed):
    hole = shapely.Point(20, 20).buffer(4.0)
    shape = blob(seed).union(shapely.Point(20, 20).buffer(9.0)).difference(hole).union(shapely.box(0.5, 0.5, 3.25, 2.5))
    turned = shapely.reverse(shape)
    assert np.array_equal(painted([shape], filled(BLACK)), painted([turned], filled(BLACK)))
    assert np.abs(alpha(painted([shape], filled(BLACK))) / 255 - supersampled(shape)).max() < 0.05


@given(st.floats(0.0, 30.0), st.floats(0.0, 30.0), st.floats(0.1, 9.0), st.floats(0.1, 9.0))
@settings(deadline=None)
def test_that_the_ink_of_a_box_is_its_area(left, bottom, width, height):
    made = painted([shapely.box(left, bottom, left + width, bottom + height)], filled(BLACK))
    # Each of the pixels at its edge is rounded to a 255th.
    edge = 2 * (width + height) + 8
    assert alpha(made).sum() / 255 == pytest.approx(width * height, abs=edge / 255)


def coverage_of(seed: int, count: int = 60) -> np.ndarray:
    """Return areas that cover the whole picture and beyond without a gap."""
    seeds = shapely.MultiPoint(np.random.default_rng(seed).uniform(-5, SIDE + 5, (count, 2)))
    return shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=shapely.box(-9, -9, SIDE + 9, SIDE + 9)))


@pytest.mark.parametrize("seed", range(6))
def test_that_no_ground_shines_through_between_neighbours(seed):
    areas = coverage_of(seed)
    made = painted(areas, filled(WHITE, RED, BLACK), classes=np.arange(len(areas)) % 3)
    # Shares of a pixel are rounded to 256ths: three neighbours can lack one 255th, which nobody sees.
    assert alpha(made).min() >= 254


@pytest.mark.parametrize("seed", range(3))
def test_that_neighbours_of_one_colour_are_one_area(seed):
    made = painted(coverage_of(seed), filled(RED))
    assert np.abs(made.view(np.uint8).reshape(SIDE, SIDE, 4).astype(int) - (0, 0, 255, 255)).max() <= 1


def test_that_pale_areas_lie_on_white_as_the_sum_says():
    # Half of a pixel red at 40 %: 255 − 0,5 · 0,4 · 255 = 204 of green and blue.
    layer = painted([shapely.box(0, 0, 10.5, 40)], filled(RED))
    ground = painter.blank(CAMERA, WHITE)
    painter.lay(ground, layer, 0.4)
    blue, green, red, _ = ground.view(np.uint8).reshape(SIDE, SIDE, 4)[20, 10].tolist()
    assert (blue, green, red) == (pytest.approx(204, abs=2), pytest.approx(204, abs=2), pytest.approx(255, abs=1))


@given(st.integers(0, 255), st.integers(0, 255), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
@settings(deadline=None)
def test_that_no_channel_runs_over_into_another(first, second, one, other):
    colours = [f"#{first:02x}ff{second:02x}", f"#ff{second:02x}ff"]
    made = painted([shapely.box(0, 0, 0.7, 40), shapely.box(0, 0, 0.9, 40)], filled(
        argb(colours[0], one), argb(colours[1], other)), classes=np.array([0, 1]))  # fmt: skip
    channels = made.view(np.uint8).reshape(SIDE, SIDE, 4).astype(int)
    assert (channels[..., :3] <= channels[..., 3:] + 1).all()


@pytest.mark.parametrize("width", [0.3, 0.8, 1.0, 1.7, 2.0, 3.0, 7.5])
@pytest.mark.parametrize("end", [(36.0, 20.0), (36.0, 36.0), (30.0, 4.0), (20.0, 36.0), (4.5, 20.0)])
def test_that_the_ink_of_a_line_is_its_length_times_its_width(width, end):
    line = shapely.LineString([(20.0, 20.0), end])
    made = painted([line], Look((ClassLook(pen=Pen(BLACK, width)),)))
    assert alpha(made).sum() / 255 == pytest.approx(width * line.length, rel=0.06, abs=0.3)


@pytest.mark.parametrize("seed", range(3))
def test_that_a_wide_outline_is_the_buffer_of_the_line(seed):
    line = blob(seed, 9).exterior
    made = painted([line], Look((ClassLook(pen=Pen(BLACK, 5.0)),)))
    truth = supersampled(line.buffer(2.5))
    # Only where the inner sides of two pieces cross within a pixel does it count for both.
    wrong = np.abs(alpha(made) / 255 - truth)
    assert np.sort(wrong.ravel())[-10] < 0.1
    assert alpha(made).sum() / 255 == pytest.approx(truth.sum(), rel=0.01)


def test_that_dashes_leave_their_gaps():
    # 36 px with 4 on and 2 off: six times four pixels of ink.
    line = shapely.LineString([(2.0, 20.5), (38.0, 20.5)])
    made = painted([line], Look((ClassLook(pen=Pen(BLACK, 1.0, 4.0, 2.0)),)))
    assert alpha(made)[19].tolist() == [0, 0, *([255] * 4 + [0] * 2) * 6, 0, 0]


def test_that_a_hatch_inks_its_share_of_the_ground_and_nothing_outside():
    look = Look((ClassLook(hatching=Hatching(BLACK, 5.0, 1.0)),))
    made = alpha(painted([shapely.box(5, 5, 35, 35)], look)) / 255
    assert made[5:35, 5:35].mean() == pytest.approx(1.0 / 5.0, rel=0.1)
    assert made.sum() == pytest.approx(made[5:35, 5:35].sum())


@pytest.mark.parametrize(("angle", "moves"), [(45.0, (1, -1)), (135.0, (1, 1))])
def test_that_the_lines_of_a_hatch_rise_by_their_angle(angle, moves):
    made = alpha(painted([shapely.box(0, 0, 40, 40)], Look((ClassLook(hatching=Hatching(BLACK, 7.0, 1.5, angle)),))))
    right, down = moves
    along = np.roll(made, (down, right), axis=(0, 1))[2:-2, 2:-2]
    assert np.abs(along - made[2:-2, 2:-2]).max() <= 2


def test_that_a_hatch_moves_with_the_ground():
    look = Look((ClassLook(hatching=Hatching(BLACK, 7.0)),))
    here = painted([shapely.box(-100, -100, 100, 100)], look)
    there = painted([shapely.box(-100, -100, 100, 100)], look, Camera(3.0, SIDE + 2.0, 1.0, SIDE, SIDE))
    assert np.array_equal(here[:-2, 3:], there[2:, :-3])


@pytest.mark.parametrize("sign", ["disc", "square", "triangle"])
def test_that_a_sign_stands_around_its_point_with_its_edge(sign):
    look = Look((ClassLook(sign=sign, sign_size=10.0, sign_fill=RED, sign_edge=WHITE, sign_edge_width=3.0),))
    made = painted([shapely.Point(20.0, 20.0)], look)
    assert made[20, 20] == RED
    assert (made == WHITE).any()
    assert alpha(made)[:6].sum() == alpha(made)[:, :6].sum() == 0
    rows, cols = np.nonzero(alpha(made))
    assert (cols.min() + cols.max() + 1) / 2 == pytest.approx(20.0, abs=0.6)
    assert rows.min() < 20 < rows.max()


def test_that_the_picture_does_not_depend_on_threads_or_bands(monkeypatch):
    areas = coverage_of(9, 300)
    camera = Camera(-3.0, 43.0, 9.0, 400, 400)
    look = Look(tuple(ClassLook(argb(colour), pen=Pen(BLACK, width)) for colour, width in (
        ("#cc3311", 0.4), ("#0077bb", 3.0), ("#ee7733", 1.5))))  # fmt: skip
    made = [painted(areas, look, camera, np.arange(len(areas)) % 3) for _ in range(3)]
    assert all(np.array_equal(made[0], again) for again in made[1:])
    monkeypatch.setattr(bands, "BAND_ROWS", 400)
    one = painted(areas, look, camera, np.arange(len(areas)) % 3)
    differ = np.abs(one.view(np.uint8).astype(int) - made[0].view(np.uint8).astype(int))
    assert differ.max() <= 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows a niceness for each thread")
def test_that_threads_that_paint_go_second_by_the_same_step_whoever_made_them():
    own = os.getpriority(os.PRIO_PROCESS, os.getpid())

    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    with ThreadPoolExecutor(1, initializer=bands.give_way) as outer:
        assert outer.submit(niceness).result() == min(own + 5, 19)
        inner = outer.submit(lambda: ThreadPoolExecutor(1, initializer=bands.give_way)).result()
        with inner:
            assert outer.submit(lambda: inner.submit(niceness).result()).result() == min(own + 5, 19)
    assert os.getpriority(os.PRIO_PROCESS, os.getpid()) == own


def test_that_one_layer_after_another_leaves_no_trace_in_the_scratch():
    look = Look((ClassLook(RED, pen=Pen(BLACK, 6.0)),))
    first = painted([blob(1)], look)
    painted([shapely.box(-1e6, -1e6, 1e6, 1e6), blob(3)], look)
    assert np.array_equal(painted([blob(1)], look), first)


def test_that_what_is_given_up_is_told():
    picture = painter.blank(CAMERA)
    shapes = shapes_of(np.array([blob(1)]))
    assert not painter.paint_shapes(picture, shapes, filled(RED), CAMERA, lambda: False)
    assert alpha(picture).sum() == 0


@pytest.mark.parametrize(
    "nothing", [[], [shapely.Polygon()], [shapely.GeometryCollection()], [shapely.Point()], [None]]
)
def test_that_nothing_is_drawn_of_nothing(nothing):
    look = Look((ClassLook(RED, pen=Pen(BLACK, 1.0), sign_size=5.0, sign_fill=RED, sign_edge=WHITE),))
    assert alpha(painted(nothing, look)).sum() == 0


def test_that_an_open_line_covers_no_ground():
    bent = shapely.LineString([(5, 5), (30, 8), (30, 30)])
    assert not painted([bent], filled(RED)).any()


def test_that_a_collection_is_drawn_with_all_its_parts():
    several = shapely.GeometryCollection(
        [shapely.box(1, 1, 5, 5), shapely.LineString([(10, 10), (20, 10)]), shapely.MultiPoint([(30, 30)])]
    )
    look = Look((ClassLook(RED, pen=Pen(BLACK, 1.0), sign_size=4.0, sign_fill=RED, sign_edge=WHITE),))
    made = alpha(painted([several], look))
    assert made[37, 2] == 255
    assert made[29:31, 12].max() > 0
    assert made[9, 30] == 255
