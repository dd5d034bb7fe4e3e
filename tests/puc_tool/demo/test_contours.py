import numpy as np
import pytest
import shapely

from puc_tool.demo.contours import contour
from puc_tool.demo.field import Field, Lattice

LATTICE = Lattice(0.0, 100.0, 10.0, 10, 10)


def test_that_a_contour_of_a_plane_is_straight_and_where_the_plane_has_that_height():
    east, _ = LATTICE.centres()
    lines = contour(Field(2 * east, LATTICE), 71.0)
    # 2x = 71 at x = 35.5, from the lowest centre (y = 5) to the highest (y = 95).
    assert len(lines) == 1
    assert np.unique(shapely.get_coordinates(lines)[:, 0]) == pytest.approx([35.5])
    assert lines[0].length == pytest.approx(90.0)


def test_that_a_contour_around_a_summit_is_closed():
    east, north = LATTICE.centres()
    lines = contour(Field(-np.hypot(east - 50, north - 50), LATTICE), -30.0)
    assert [line.is_ring for line in lines] == [True]
    # A circle of 30 m has 2,827 m²; read between centres 10 m apart it is a little smaller.
    assert shapely.Polygon(lines[0]).area == pytest.approx(2827, rel=0.03)


def test_that_a_level_nobody_reaches_has_no_contour():
    assert contour(Field(np.zeros(LATTICE.shape), LATTICE), 5.0).size == 0
