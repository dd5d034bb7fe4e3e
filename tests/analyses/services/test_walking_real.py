"""Walking on real streets from OpenStreetMap to real services, and to the stops of a real timetable."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame

from analyses.services.catchments import Bands
from analyses.services.service_kinds import services_of
from analyses.services.walking_network import network
from analyses.services.walking_pace import PROFILES
from analyses.services.walking_places import Streets
from analyses.services.walking_reach import OnStreets
from layers.formats.vector import read
from layers.source import locate

UTM = "EPSG:32632"


@pytest.mark.parametrize(("name", "crs"), [("monaco.osm.gz", UTM), ("helsinki.osm.pbf", "EPSG:32635")])
def test_that_a_real_city_is_mostly_one_network_and_its_corners_reach_a_service(real_data, name, crs):
    there = locate(real_data / "osm_network" / name)
    streets, services = (read(there, table)[0].to_crs(crs) for table in ("streets", "services"))
    # Taking a layer in repairs it; here it is as the file has it.
    services = services.set_geometry(services.make_valid())
    net = network(streets, None, PROFILES["adult"])
    assert net.ways.joined == 0
    assert net.edge_length_m[net.island == 0].sum() > 0.5 * net.edge_length_m.sum()
    corners = shapely.points(net.segments.ends[net.island[net.segments.edge] == 0][::50, :2])
    found = OnStreets.of(Streets.of(net), corners, PROFILES["adult"], 200.0)
    minutes = found.nearest(services.geometry.to_numpy(), np.inf)
    straight = shapely.STRtree(services.geometry.to_numpy()).query_nearest(
        corners, return_distance=True, all_matches=False
    )[1]
    assert np.isfinite(minutes).all()
    _assert_catchment_agrees(found, services.geometry.to_numpy(), corners, minutes)
    # No walk is shorter than the straight line.
    assert (minutes >= straight / PROFILES["adult"].speed_m_min - 1e-6).all()


def _assert_catchment_agrees(found, services, corners, minutes, limit=6.0, band=50.0):
    """The catchment is whole, and holds every corner that is well within the threshold."""
    ground = Bands(found, band).within(found.toward(services), np.arange(len(services)), limit)
    held, band_min = shapely.intersects(ground, corners), band / PROFILES["adult"].speed_m_min
    assert ground.is_valid
    assert held[minutes <= limit - band_min - 1e-6].all()


def test_that_stops_of_a_timetable_are_services_with_the_trips_of_a_day(real_data):
    stops = read(locate(real_data / "services/prato_gtfs_2016.zip"), None)[0]
    found = services_of(GeoDataFrame(stops).rename(columns={"trips_per_day": "capacity"}).to_crs(UTM), None, 0.5)
    assert [kind.id for kind in found.kinds] == ["tpl"]
    assert found.frame["capacity"].max() > 10
