"""Buildings stand on their parcels, on dry land, clear of the streets, and the soil map knows of them."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from layers.codelist import rows
from puc_tool.demo.fabric import BUILDING
from puc_tool.demo.military import military
from puc_tool.demo.setting import setting


@pytest.fixture(scope="module")
def commune(city):
    whole = shapely.union_all(city.tables["boundary", None].geometry.to_numpy())
    shapely.prepare(whole)
    return whole


@pytest.fixture(scope="module")
def buildings(city):
    return city.tables["buildings", None]


@pytest.fixture(scope="module")
def parcels(city):
    return city.tables["parcels", None]


def overlap_m2(frame):
    shapes = frame.geometry.to_numpy()
    return shapely.area(shapes).sum() - shapely.union_all(shapes).area


def test_that_buildings_are_as_many_as_in_a_city_and_simple(buildings):
    assert 8000 < len(buildings) < 20_000
    assert set(buildings.geom_type) == {"Polygon"}
    assert buildings.is_valid.all()
    assert shapely.get_num_interior_rings(buildings.geometry.to_numpy()).max() == 0


def test_that_no_building_stands_in_the_sea_or_on_another(buildings, commune):
    assert shapely.contains(commune.buffer(1e-6), buildings.geometry.to_numpy()).all()
    assert overlap_m2(buildings) == pytest.approx(0, abs=1e-3)


def test_that_no_street_runs_through_a_building(city, buildings):
    level = city.tables["streets", None].query("kind != 'motorway' and kind != 'motorway_link'")
    assert (
        shapely.STRtree(level.geometry.to_numpy()).query(buildings.geometry.to_numpy(), predicate="crosses").size == 0
    )


def test_that_every_building_has_its_parcel(buildings, parcels):
    areas = shapely.buffer(parcels.geometry.to_numpy(), 1e-6)
    building, _ = shapely.STRtree(areas).query(buildings.geometry.to_numpy(), predicate="within")
    assert np.unique(building).size == len(buildings)


def test_that_the_soil_map_has_a_building_where_one_stands(city, buildings):
    raster = city.rasters["soil_consumption", 2018]
    inner = gpd.GeoSeries(buildings.representative_point(), crs=7791).to_crs(raster.grid.crs)
    col, row = (np.floor(way).astype(int) for way in ~raster.grid.transform @ (inner.x.to_numpy(), inner.y.to_numpy()))
    assert (raster.cells[row, col] == BUILDING).all()


def test_that_buildings_of_the_soil_map_stand_where_one_is(city, buildings):
    raster = city.rasters["soil_consumption", 2018]
    row, col = np.nonzero(np.ma.filled(raster.cells, 0) == BUILDING)
    x, y = raster.grid.transform @ (col + 0.5, row + 0.5)
    middles = gpd.GeoSeries(gpd.points_from_xy(x, y), crs=raster.grid.crs).to_crs(7791).to_numpy()
    away = shapely.STRtree(buildings.geometry.to_numpy()).query_nearest(
        middles, return_distance=True, all_matches=False
    )
    # A cell either has its centre in the building, or is the one that holds the building's inner point: half of a
    # diagonal, 7.08 m, at most. The last house that the calibration cut may have left a few cells of its own.
    assert (away[1] > 7.1).sum() <= 10


def test_that_parcels_do_not_overlap_and_lie_in_the_commune(parcels, commune):
    assert 10_000 < len(parcels) < 25_000
    assert overlap_m2(parcels) == pytest.approx(0, abs=1e-3)
    assert shapely.area(shapely.difference(parcels.geometry.to_numpy(), commune)).sum() == pytest.approx(0, abs=1e-3)
    # The rest is streets, the railway, the motorway and the beds of streams.
    assert 0.88 < parcels.area.sum() / commune.area < 0.97


def test_that_a_parcel_has_one_code_and_about_its_declared_area(parcels):
    assert parcels["code"].is_unique
    assert parcels["code"].str.fullmatch(r"\d+/\d+").all()
    # Off by 3 % and the rounding to whole square metres.
    assert (np.abs(parcels["area_declared_m2"] - parcels.area) <= 0.03 * parcels.area + 1).all()


def test_that_public_land_is_the_parcels_that_are_not_private(city, parcels):
    public = city.tables["public_land", None]
    assert public.area.sum() == pytest.approx(parcels[parcels["owner"] != "privato"].area.sum(), abs=1e-3)
    assert {"Comune della Spezia", "Ministero della Difesa"} < set(public["owner"])


def test_that_candidate_sites_are_not_built_upon(city, buildings):
    sites = city.tables["candidate_sites", None]
    assert set(sites["kind"]) == {"orto", "servizio"}
    inside = shapely.STRtree(buildings.representative_point().to_numpy()).query(sites.geometry.to_numpy(), "contains")
    assert inside.size == 0


def test_that_districts_have_their_published_areas_and_do_not_overlap(city, commune):
    districts = city.tables["districts", None].set_index("code")
    known = {row["id"]: float(row["area_value"]) for row in rows("transformation_districts") if row["area_value"]}
    # WF 4.4 ha, IP 75 ha, ENEL 72 ha.
    assert {code: districts.area[code] / 10_000 for code in known} == pytest.approx(known, abs=1e-5)
    assert len(known) == 3
    assert set(districts.index) == {row["id"] for row in rows("transformation_districts")}
    assert overlap_m2(districts) == pytest.approx(0, abs=1e-3)
    assert shapely.contains(commune.buffer(1e-6), districts.geometry.to_numpy()).all()


def test_that_the_parameters_of_districts_are_plausible_and_say_they_are_made_up(city):
    districts = city.tables["districts", None]
    assert districts["norm"].str.contains("non verificati").all()
    parts = districts[["se_pct", "ve_pct", "ac_pct"]].sum(axis=1)
    floors = districts[["residential_pct", "commercial_pct", "industrial_pct"]].sum(axis=1)
    assert parts.max() <= 100
    assert floors.max() <= 100
    # What counts the existing floor area has some to count.
    assert ((districts["index_kind"] == "it") == (districts["floor_area_existing_m2"] > 0)).all()


def test_that_military_areas_lie_in_the_commune_and_apart(commune):
    areas = military(setting(11015))
    assert shapely.contains(commune.buffer(1e-6), areas.geometry.to_numpy()).all()
    assert overlap_m2(areas) == pytest.approx(0, abs=1e-3)
