import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.union import ground_of, outside, parted, rest_of, union_of_parts
from puc_tool.demo.parcels import parcels
from tests.area_by_slabs import area_together

FIELD = shapely.box(0, 0, 120, 80)


def field_parts(size, seed):
    return parcels(np.array([FIELD]), lambda x, y: np.full(x.shape, size), seed).areas


def test_that_parts_geos_loses_one_of_are_united_whole():
    # 62 parcels of a field of 120 m × 80 m, with cuts that meet a hair apart: GEOS 3.14.1 unites them to 9 320 m².
    assert union_of_parts(field_parts(162.0, 40510)).area == pytest.approx(9600.0, abs=1e-5)


@given(size=st.floats(150, 5000), seed=st.integers(0, 2**20))
def test_that_the_union_of_parts_has_the_sum_of_their_areas(size, seed):
    parts = field_parts(size, seed)
    assert union_of_parts(parts).area == pytest.approx(shapely.area(parts).sum(), abs=1e-5)


def test_that_ground_geos_loses_a_piece_of_is_found_whole():
    # The same field, its parts and one more that lies across them.
    parts = np.append(field_parts(162.0, 40510), shapely.box(10, 10, 40, 40))
    assert ground_of(parts).area == pytest.approx(9600.0, abs=1e-5)


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-90, 90)), min_size=1, max_size=5), st.floats(0, 179))
def test_that_the_ground_under_squares_that_overlap_is_that_of_all_of_them_once(middles, angle):
    squares = [
        shapely.affinity.rotate(shapely.box(x - 40, y - 40, x + 40, y + 40), angle, origin=(0, 0)) for x, y in middles
    ]
    ground = ground_of(squares)
    assert ground.area == pytest.approx(area_together(squares), abs=1e-4)


@given(size=st.floats(150, 5000), seed=st.integers(0, 2**20), count=st.integers(1, 5))
def test_that_what_is_left_and_what_was_taken_are_the_whole(size, seed, count):
    taken = union_of_parts(field_parts(size, seed)[:count])
    assert rest_of(FIELD, taken).area + taken.area == pytest.approx(9600.0, abs=1e-5)


def test_that_one_part_is_its_own_union():
    assert union_of_parts([FIELD]).equals(FIELD)


def test_that_nothing_is_left_of_what_is_taken_whole():
    assert rest_of(FIELD, FIELD).is_empty


@given(size=st.floats(150, 5000), seed=st.integers(0, 2**20), east=st.floats(1, 119))
def test_that_what_lies_outside_and_what_is_shared_are_the_whole(size, seed, east):
    ground, other = union_of_parts(field_parts(size, seed)[:5]), shapely.box(-50, 10, east, 200)
    shared = shapely.intersection(ground, other).area
    assert outside(ground, other).area + shared == pytest.approx(ground.area, abs=1e-5)


@given(st.floats(-90, 90), st.floats(-90, 90), st.floats(0, 179))
def test_that_what_lies_in_and_what_lies_outside_have_the_area_of_the_whole(x, y, angle):
    ground = shapely.affinity.rotate(shapely.box(0, 0, 100, 100), angle / 2)
    other = shapely.affinity.rotate(shapely.box(x - 40, y - 40, x + 40, y + 40), angle)
    inside, rest = parted(ground, other)
    assert inside.area + rest.area == pytest.approx(10_000.0, abs=1e-4)
    assert inside.area <= 6400.0 + 1e-4


def test_that_ground_lies_all_outside_what_is_elsewhere():
    assert outside(FIELD, shapely.box(500, 0, 600, 80)).equals(FIELD)


def test_that_ground_geos_cuts_as_if_it_were_apart_is_parted():
    # A square of 100 m × 100 m, turned, and a ground that lies over a third of it: with GEOS 3.14.1 their intersection
    # is empty and their difference the whole square, which adds up. Exactly they share 3 407.0659 m² (signed edges).
    square = shapely.affinity.rotate(shapely.box(0, 0, 100, 100), 71.625)
    ground = shapely.Polygon(
        [
            (26.696188286544327, 5.054573368178855), (26.696188286544327, 5.054573368178854),
            (-13.212431541799177, 18.311066622977798), (-7.539364146425778, 35.389813286283186),
            (-1.415497249969081, 53.82569004136662), (16.751361055116103, 40.259853515101156),
            (26.882831515183945, 53.82753789002689), (88.63934691400101, 7.711760562824368),
            (85.71419438512129, -1.0943994050629207), (77.66367236892313, -11.875355851580165),
            (-2.336327631076872, 14.698338376520491),
        ]
    )  # fmt: skip
    inside, rest = parted(square, ground)
    assert inside.area == pytest.approx(3407.0659, abs=1e-4)
    assert rest.area == pytest.approx(10_000 - 3407.0659, abs=1e-4)
