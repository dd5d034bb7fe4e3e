"""The made-up city is plausible: it tiles the real commune, houses its people and hits the published figures."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from rasterio.features import shapes

from analyses.progress import Cancelled
from layers.codelist import rows
from puc_tool.demo.city import make_city
from puc_tool.demo.ground import ground
from puc_tool.demo.neighbourhoods import shared_out
from puc_tool.demo.soil import consumed
from puc_tool.demo.terrain import relief

TILINGS = ("neighbourhoods", "zoning", "land_use")


def codes(city, year):
    return np.ma.filled(city.soil[year].cells, 0)


def measured_ha(city, cells):
    """The exact area of some cells in the commune: as polygons, densified, reprojected, cut. Not the city's own way."""
    grid = city.soil[2018].grid
    found = shapes(cells.astype(np.uint8), mask=cells, transform=grid.transform)
    outlines = shapely.segmentize([shapely.geometry.shape(outline) for outline, _ in found], 50.0)
    turned = gpd.GeoSeries(outlines, crs=grid.crs).to_crs(city.boundary.crs)
    commune = shapely.union_all(city.boundary.geometry.to_numpy())
    return shapely.area(shapely.intersection(turned.to_numpy(), commune)).sum() / 10_000


def test_that_2018_has_the_consumed_soil_that_was_published(city):
    # published_soil_figures.csv: La Spezia, 2018, 1,478 ha, of the 5,111 ha of the generalised boundary.
    assert measured_ha(city, consumed(codes(city, 2018))) == pytest.approx(1478.0, abs=0.5)


def test_that_a_year_adds_what_was_published_net(city):
    before, now = (consumed(codes(city, year)) for year in (2017, 2018))
    gross, restored = measured_ha(city, now & ~before), measured_ha(city, before & ~now)
    assert gross == pytest.approx(2.6, abs=0.02)
    assert restored == pytest.approx(0.8, abs=0.02)
    assert gross - restored == pytest.approx(1.8, abs=0.03)


def test_that_soil_codes_are_those_of_ispra_at_the_third_level(city):
    known = {int(row["code"]) for row in rows("ispra_soil_consumption") if row["level"] == "3"} | {2}
    for year in (2017, 2018):
        assert set(np.unique(city.soil[year].cells.compressed())) <= known
    kinds = set(np.unique(codes(city, 2018)))
    assert kinds >= {2, 111, 112, 113, 115, 116, 117, 118, 121, 122, 123, 125, 126, 201, 202, 203, 204, 205}


def test_that_the_soil_grid_lies_on_whole_tens_of_metres(city):
    first, second = (city.soil[year].grid for year in (2017, 2018))
    assert first.matches(second)
    assert first.crs.to_epsg() == 3035
    assert [edge % 10 for edge in first.bounds] == [0, 0, 0, 0]
    assert first.cell_size == 10


def test_that_the_whole_commune_has_a_soil_code(city):
    assert measured_ha(city, codes(city, 2018) == 0) == pytest.approx(0, abs=1e-9)


def test_that_nothing_lies_in_the_sea_or_beyond_the_margin(city):
    grid = city.soil[2018].grid
    row, col = np.nonzero(codes(city, 2018))
    x, y = grid.transform @ (col + 0.5, row + 0.5)
    land = gpd.GeoSeries([*city.boundary.geometry, *city.neighbours.geometry], crs=city.boundary.crs).to_crs(3035)
    centres = gpd.GeoSeries(gpd.points_from_xy(x, y))
    # A cell that touches the land has its centre within half a diagonal of it: 7.08 m.
    near = centres.sindex.query(land.to_numpy(), predicate="dwithin", distance=7.08)[1]
    assert np.unique(near).size == row.size
    commune = city.boundary.to_crs(3035).geometry.iloc[0]
    # Here 1,000 m of EPSG:7791 are up to 1,002.8 m of EPSG:3035; half a diagonal more makes 1,009.9 m.
    assert shapely.distance(commune, centres.to_numpy()).max() < 1010


def test_that_soil_is_a_city_and_not_confetti(city):
    built = consumed(codes(city, 2018))
    alike = (built[:, 1:] == built[:, :-1])[built[:, 1:]].mean()
    # Were the same cells strewn at random (18 % of the dry ones), fewer than 30 of 100 would have a built neighbour.
    assert alike > 0.7


@pytest.mark.parametrize("name", TILINGS)
def test_that_a_layer_tiles_the_commune_exactly(city, name):
    frame = getattr(city, name)
    assert frame.area.sum() == pytest.approx(city.boundary.area.sum(), abs=1e-6)
    assert shapely.coverage_is_valid(frame.geometry.to_numpy())
    assert frame.is_valid.all()
    assert frame.crs.to_epsg() == 7791


def test_that_the_residents_are_those_of_istat(city):
    assert city.neighbourhoods["population"].sum() == city.population.total == 92_119
    assert (city.neighbourhoods["population"] > 0).all()


def test_that_neighbourhoods_hold_the_points_they_are_named_after(city):
    named = [row for row in rows("la_spezia_neighbourhoods") if row["lat"]]
    places = gpd.points_from_xy([r["lon"] for r in named], [r["lat"] for r in named], crs=4326).to_crs(7791)
    by_name = city.neighbourhoods.set_index("name").geometry
    assert len(named) == 15
    assert [r["name"] for r, at in zip(named, places, strict=True) if by_name[r["name"]].distance(at) > 250] == []


def test_that_the_plan_speaks_the_words_of_the_puc(city):
    official = {row["code"]: row["label_it"] for row in rows("puc_spezia_ambits")}
    zones = city.zoning.drop_duplicates("zone").set_index("zone")["name"]
    assert set(zones.index) - set(official) == {"RIQ.P", "U", "QV", "QS"}
    assert all(official[code] == name for code, name in zones.items() if code in official)
    assert set(city.zoning["dm1444"]) == set("ABCDEF")
    assert set(city.zoning["buildable"]) == {"yes", "no"}


def test_that_a_zone_has_one_name_and_one_rule(city):
    rules = city.zoning[["zone", "name", "dm1444", "buildable"]].drop_duplicates()
    assert rules["zone"].is_unique


def test_that_artificial_land_is_mostly_consumed_and_the_rest_is_not(city):
    built = consumed(codes(city, 2018))
    artificial = city.land_use[city.land_use["code"].str.startswith("1")]
    grid = city.soil[2018].grid
    outlines = gpd.GeoSeries(artificial.geometry, crs=7791).to_crs(grid.crs)
    row, col = np.nonzero(built)
    points = gpd.GeoSeries(gpd.points_from_xy(*(grid.transform @ (col + 0.5, row + 0.5))), crs=grid.crs)
    inside = np.unique(points.sindex.query(outlines.to_numpy(), predicate="contains")[1]).size * 1e-2
    consumed_ha = measured_ha(city, built)
    assert inside / (artificial.area.sum() / 10_000) > 0.7
    assert inside / consumed_ha > 0.85


def test_that_land_use_codes_are_corine(city):
    labels = {row["code"]: row["label_it"] for row in rows("clc")}
    assert all(labels[code] == name for code, name in zip(city.land_use["code"], city.land_use["name"], strict=True))


def test_that_the_relief_rises_from_the_gulf_to_hills(city):
    metres, grid = city.elevation.cells, city.elevation.grid
    assert grid.cell_size == 20
    assert 400 < metres.max() < 900
    assert metres.min() > 0
    # The head of the gulf is masked: 567,500 E 4,882,500 N lies in the water.
    col, row = (int(edge) for edge in ~grid.transform @ (567_500, 4_882_500))
    assert metres.mask[row, col]


def test_that_everything_made_up_says_so_and_what_is_real_names_its_source(city):
    for name in TILINGS:
        assert getattr(city, name)["source"].str.startswith("dato dimostrativo").all()
    for name in ("boundary", "neighbours"):
        assert getattr(city, name)["source"].str.contains("ISTAT 2023").all()
    invented = city.neighbourhoods["source"].str.contains("posizione inventat")
    assert (~city.neighbourhoods["source"].str.contains("punto noto") | ~invented).all()
    assert city.neighbourhoods["source"].str.contains("punto noto").sum() == 15


def test_that_another_seed_makes_other_hills(city):
    assert (relief(ground(), seed=7).values != city.elevation.cells.data).mean() > 0.9


def test_that_making_a_city_can_be_cancelled():
    def stop(share, message):
        raise Cancelled

    with pytest.raises(Cancelled):
        make_city(report=stop)


@given(st.integers(0, 10**6), arrays(float, st.integers(1, 40), elements=st.floats(0.01, 1e4)))
def test_that_sharing_people_out_loses_nobody_and_is_fair_to_a_person(people, weights):
    shared = shared_out(people, weights)
    assert shared.sum() == people
    assert (np.abs(shared - people * weights / weights.sum()) < 1 + 1e-6).all()
