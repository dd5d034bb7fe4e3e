import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from puc_tool.demo.field import Field, Lattice, distance, lattice_over

SMALL = Lattice(100.0, 500.0, 10.0, 6, 4)


def test_that_a_lattice_snaps_outwards_to_whole_cells():
    assert lattice_over((101, 455, 149, 492), 10.0) == Lattice(100.0, 500.0, 10.0, 5, 5)


@given(x=st.floats(105, 155), y=st.floats(465, 495))
def test_that_a_plane_is_read_exactly_between_the_centres(x, y):
    east, north = SMALL.centres()
    plane = Field(2 * east - 3 * north, SMALL)
    assert plane.at(np.array([x]), np.array([y]))[0] == pytest.approx(2 * x - 3 * y, abs=1e-3)


def test_that_beyond_the_edge_the_edge_is_read():
    field = Field(np.arange(24.0).reshape(4, 6), SMALL)
    corner = field.at(np.array([0.0]), np.array([9999.0]))
    assert corner[0] == 0.0


def test_that_distance_is_to_the_nearest_piece():
    # The cell centred on (105, 495) is 5 m from x = 100 and 45 m from the point (150, 495).
    lines = [shapely.LineString([(100, 400), (100, 600)]), shapely.Point(150, 495)]
    metres = distance(lines, SMALL).values
    assert metres[0, 0] == pytest.approx(5.0)
    assert metres[0, 4] == pytest.approx(5.0)
