"""Coverage and catchments of real places, with what can be counted by hand in their files."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Edition
from analyses.service_coverage import service_coverage
from analyses.services.params import CoverageParams, Threshold
from layers.formats.vector import read
from layers.source import locate

MONACO, HELSINKI = ("monaco.osm.gz", "EPSG:32632"), ("helsinki.osm.pbf", "EPSG:32635")
PACE_M_MIN = 80.0
CATCHMENT = "catchments"


def ground_of(*places):
    west, south, east, north = shapely.total_bounds(np.concatenate(places))
    return shapely.box(west - 500, south - 500, east + 500, north + 500)


def study(crs, services, homes, **more):
    """Return a study of one commune with a resident at each of the ``homes``."""
    people = GeoDataFrame({"population": np.ones(len(homes))}, geometry=homes, crs=crs)
    around = GeoDataFrame(
        {"name": ["B"], "code": ["1"]}, geometry=[ground_of(services.geometry.to_numpy(), homes)], crs=crs
    )
    return {"boundary": around, "services": services, "census": (Edition(2021, people),), **more}


@pytest.fixture
def city(real_data):
    """Return a function that reads streets and services of a city as the file has them, in metres."""

    def of(name, crs):
        there = locate(real_data / "osm_network" / name)
        streets, services = (read(there, table)[0].to_crs(crs) for table in ("streets", "services"))
        return streets, services.set_geometry(services.make_valid())

    return of


def test_that_monaco_has_six_chemists_of_which_two_next_door_serve_the_same_people(city):
    # The file has six points tagged amenity=pharmacy. «Pharmacie Marsan» and «Pharmacie Ferry» stand 16 m apart.
    streets, services = city(*MONACO)
    chemists = services[services["kind"] == "farmacia"].reset_index(drop=True)
    assert len(chemists) == 6
    pair = chemists["name"].isin(["Pharmacie Marsan", "Pharmacie Ferry"])
    one, other = chemists.geometry[pair]
    assert one.distance(other) == pytest.approx(16, abs=1)
    homes = chemists.geometry.to_numpy()
    found = service_coverage(**study(MONACO[1], chemists, homes, streets=streets))
    assert found.figure("covered_farmacia_pct").value == 100.0
    in_reach = found.table("by_service").frame["people_in_reach"][pair.to_numpy()]
    assert in_reach.nunique() == 1
    assert in_reach.iloc[0] >= 2


def test_that_who_takes_no_stairs_in_monaco_reaches_no_more_than_who_walks_as_slowly(city):
    # 82 of its 860 streets are stairs (highway=steps): they are a way for one and none for the other.
    streets, services = city(*MONACO)
    assert (streets["kind"] == "steps").sum() == 82
    homes = shapely.points(shapely.get_coordinates(streets.geometry.to_numpy())[::40])
    told = study(MONACO[1], services, homes, streets=streets)
    slow, wheels = (service_coverage(**told, params=CoverageParams(profile=each)) for each in ("slow", "wheelchair"))
    for kind in ("farmacia", "posta", "primaria", "tpl"):
        figure = f"covered_{kind}_pct"
        assert wheels.figure(figure).value <= slow.figure(figure).value
    assert sum(wheels.figure(f"covered_{kind}_pct").value for kind in ("farmacia", "posta", "tpl")) < sum(
        slow.figure(f"covered_{kind}_pct").value for kind in ("farmacia", "posta", "tpl")
    )


def graph_of(streets):
    """Return the streets as a graph of their vertices, each a whole number of millimetres, with lengths in metres."""
    graph = networkx.Graph()
    for line in streets.geometry:
        for start, stop in zip(line.coords[:-1], line.coords[1:], strict=True):
            near, far = ((round(x, 3), round(y, 3)) for x, y in (start[:2], stop[:2]))
            length = float(np.hypot(near[0] - far[0], near[1] - far[1]))
            if not graph.has_edge(near, far) or length < graph[near][far]["weight"]:
                graph.add_edge(near, far, weight=length)
    return graph


@pytest.mark.parametrize(("name", "crs"), [MONACO, HELSINKI])
def test_that_who_is_served_in_a_real_city_are_those_networkx_finds(city, name, crs):
    streets, _ = city(name, crs)
    streets = streets[streets["walkable"] != "no"]
    graph = graph_of(streets)
    main = sorted(max(networkx.connected_components(graph), key=len))
    stand, homes = main[:: len(main) // 4][:4], main[::30]
    reached = networkx.multi_source_dijkstra_path_length(graph, stand, 600.0)
    services = GeoDataFrame({"kind": ["farmacia"] * 4}, geometry=shapely.points(stand), crs=crs)
    limit = CoverageParams(threshold=(Threshold("farmacia", 600.0 / PACE_M_MIN),))
    told = study(crs, services, shapely.points(homes), streets=streets)
    result = service_coverage(**told, params=limit)
    minutes = result.layers["homes"]["minutes_farmacia"].to_numpy(float)
    # Vertices are whole millimetres there. In Helsinki 22 ends lie on a street without a vertex there, in Monaco none:
    # here they are joined, which makes some walks shorter and none longer.
    walks = np.array([reached.get(home, np.inf) for home in homes]) / PACE_M_MIN
    near = np.isfinite(walks)
    assert (minutes[near] <= walks[near] + 0.01).all()
    same = np.isclose(minutes[near], walks[near], atol=0.01)
    assert same.all() if (name, crs) == MONACO else same.mean() > 0.95
    assert_catchment_is_where_walks_end(result.layers[CATCHMENT].geometry.iloc[0], (homes, minutes), graph, reached)


def assert_catchment_is_where_walks_end(ground, at_homes, graph, reached, limit_m=600.0, band_m=50.0):
    """Who is well within the threshold is in it, and nobody in it is farther than the band from a street that is."""
    homes, minutes = shapely.points(at_homes[0]), at_homes[1]
    held = shapely.intersects(ground, homes)
    assert held[minutes <= (limit_m - band_m) / PACE_M_MIN - 0.01].all()
    ways = [ends for ends in graph.edges if min(reached.get(end, np.inf) for end in ends) <= limit_m - band_m]
    streets = shapely.union_all(shapely.linestrings(ways))
    # Ends that are joined here reach some streets a little sooner: five metres more are allowed for them.
    assert (shapely.distance(streets, homes[held]) <= band_m + 5.0).all()


def test_that_a_lonely_stop_of_prato_serves_who_lives_within_its_threshold_in_a_straight_line(real_data):
    # «Cantagallo Sn» (stop 0214, 25 trips a day) has no other stop within 1,300 m. Without streets a stop counts within
    # 300 m, the straight line taken 1.3 times: 230 m (299 m) are near enough, 232 m (301.6 m) are not.
    crs = "EPSG:32632"
    stops = GeoDataFrame(read(locate(real_data / "services/prato_gtfs_2016.zip"), None)[0]).to_crs(crs)
    (place,) = stops.geometry[stops["stop_id"] == "0214"]
    assert stops["trips_per_day"][stops["stop_id"] == "0214"].item() == 25.0
    assert np.sort(stops.distance(place))[1] > 1300.0
    homes = shapely.points([(place.x + step, place.y) for step in (0.0, 100.0, 230.0, 232.0, 600.0)])
    services = stops.rename(columns={"trips_per_day": "capacity"})
    result = service_coverage(**study(crs, services, homes))
    assert result.figure("covered_tpl_pct").value == 60.0
    by_service = result.table("by_service").frame
    assert by_service["people_in_reach"].sum() == 3.0
    (ground,) = result.layers[CATCHMENT].geometry
    # Its catchment is a circle of 300 / 1.3 m, drawn with 32 corners: their number times r² / 2 · sin(360° / 32).
    (alone,) = [part for part in ground.geoms if part.intersects(place)]
    assert alone.area == pytest.approx(16.0 * (300.0 / 1.3) ** 2 * np.sin(np.pi / 16.0), rel=1e-6)
    assert shapely.intersects(ground, homes).tolist() == [True, True, True, False, False]
