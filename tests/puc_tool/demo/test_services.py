import numpy as np
import pytest

from layers.codelist import rows
from puc_tool.demo.services import Candidates, services

WHERE = ("homes", "parks", "green", "roads", "corners", "edges")


def on_a_grid(weight=None):
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(0.0, 6000, 100), np.arange(0.0, 6000, 100)))
    return Candidates(x, y, np.ones(x.size) if weight is None else weight(x), np.zeros(x.size))


@pytest.fixture(scope="module")
def found():
    return services(dict.fromkeys(WHERE, on_a_grid()), seed=4)


def nearest_m(points):
    x, y = points.x.to_numpy(), points.y.to_numpy()
    away = np.hypot(x[:, None] - x, y[:, None] - y)
    return away[~np.eye(len(points), dtype=bool)].min()


def test_that_services_of_a_kind_keep_their_distance(found):
    # As declared: schools 420 m, pharmacies 260 m, libraries 900 m apart at least.
    for kind, apart_m in (("primaria", 420), ("farmacia", 260), ("biblioteca", 900)):
        assert nearest_m(found[found["kind"] == kind].geometry) >= apart_m


def test_that_every_kind_of_the_catalogue_is_placed_in_its_order(found):
    assert list(dict.fromkeys(found["kind"])) == [row["id"] for row in rows("service_catalog")]


def test_that_services_go_where_people_are():
    east = services(dict.fromkeys(WHERE, on_a_grid(lambda x: np.where(x > 3000, 50.0, 0.0))), seed=4)
    chemists = east[east["kind"] == "farmacia"].geometry
    assert (chemists.x > 3000).mean() > 0.9


def test_that_a_car_park_takes_25_square_metres_a_car(found):
    parks = found[found["kind"] == "parcheggio"]
    assert (parks["area_m2"] == 25 * parks["capacity"]).all()
