"""The streets of the made-up city make one network, but for the one behind the Arsenal's walls."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from puc_tool.demo.streets import ARSENAL_NETWORK, WIDTH_M


@pytest.fixture(scope="module")
def streets(city):
    return city.tables["streets", None]


def nodes(lines):
    """The number of the node at both ends of each line; ends are one node only where they are equal to the bit."""
    ends = [shapely.get_coordinates(shapely.get_point(lines.geometry.to_numpy(), end)) for end in (0, -1)]
    return np.unique(np.concatenate(ends), axis=0, return_inverse=True)[1].reshape(2, -1).T


def pieces(lines):
    """How many pieces the lines fall into. Not the city's own way: walked breadth first."""
    at = nodes(lines)
    beside = {}
    for one, other in at.tolist():
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    left, count = set(beside), 0
    while left:
        count, edge = count + 1, [left.pop()]
        while edge:
            found = [node for node in beside[edge.pop()] if node in left]
            left.difference_update(found)
            edge.extend(found)
    return count


def test_that_all_streets_hang_together_but_those_of_the_arsenal(streets):
    inside = streets["name"] == ARSENAL_NETWORK
    assert pieces(streets[~inside]) == 1
    assert pieces(streets[inside]) == 1
    assert pieces(streets) == 2


def test_that_walkers_reach_everything_that_is_walkable(streets):
    assert pieces(streets[streets["walkable"] == "yes"]) == 1
    closed = streets[streets["walkable"] == "no"]
    assert set(closed["kind"]) == {"motorway", "motorway_link", "service"}


def test_that_streets_cross_only_where_they_meet_but_for_the_motorway(streets):
    level = streets[~streets["kind"].str.startswith("motorway")].geometry.to_numpy()
    one, other = shapely.STRtree(level).query(level, predicate="crosses")
    assert one.size == 0
    one, other = shapely.STRtree(level).query(level, predicate="intersects")
    meet = shapely.intersection(level[one[one < other]], level[other[one < other]])
    assert shapely.length(meet).max() == 0


def test_that_the_network_is_of_the_size_of_a_city(streets):
    assert 4000 < len(streets) < 12_000
    assert set(streets["kind"]) <= set(WIDTH_M)
    assert not shapely.is_empty(streets.geometry.to_numpy()).any()


def test_that_stairs_are_the_steps_and_climb_more_than_streets(city, streets):
    assert ((streets["stairs"] == "yes") == (streets["kind"] == "steps")).all()
    assert (streets["kind"] == "steps").sum() > 300
    raster = city.rasters["elevation", None]
    ends = [shapely.get_coordinates(shapely.get_point(streets.geometry.to_numpy(), end)) for end in (0, -1)]
    first, last = (heights(raster, *end.T) for end in ends)
    long = streets.length.to_numpy() > 25
    climb = np.abs(first - last) / streets.length.to_numpy()
    medians = [np.nanmedian(climb[long & (streets["kind"] == kind).to_numpy()]) for kind in ("steps", "residential")]
    assert medians[0] > 0.12 > 0.05 > medians[1]


def heights(raster, x, y):
    col, row = (np.floor(way).astype(int) for way in ~raster.grid.transform @ (x, y))
    within = (row >= 0) & (col >= 0) & (row < raster.grid.height) & (col < raster.grid.width)
    found = np.full(x.shape, np.nan)
    found[within] = raster.cells[row[within], col[within]].filled(np.nan)
    return found


def test_that_no_street_runs_through_the_sea(city, streets):
    land = gpd.GeoSeries([*city.tables["boundary", None].geometry, *city.tables["reference", None].geometry])
    dry = shapely.union_all(land.buffer(30).to_numpy())
    shapely.prepare(dry)
    assert shapely.contains(dry, streets.geometry.to_numpy()).all()
