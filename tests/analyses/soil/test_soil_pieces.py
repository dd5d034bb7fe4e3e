"""Fragments, units crossed and the layer that says where a figure comes from."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from analyses.analysis import Edition
from analyses.soil_consumption import SOIL_CONSUMPTION, soil_consumption
from layers.grid import Grid
from layers.raster import ArrayRaster

LAEA, UTM = CRS(3035), CRS(7791)
EAST, NORTH = 566_500.0, 4_883_500.0
COLUMNS = ["area_m2", "consumed_m2", "permanent_m2", "reversible_m2", "no_data_m2", "gross_m2", "restored_m2"]


def random_town(seed, crs):
    """Return a commune of 300 m with voronoi quarters, zones, districts, a coast, a river, terrain and two rasters."""
    rng = np.random.default_rng(seed)
    whole = shapely.affinity.translate(shapely.Point(0, 0).buffer(150, quad_segs=4), EAST, NORTH)

    def cells(count, keep=1.0):
        places = rng.uniform(-150, 150, (count, 2)) + np.array([EAST, NORTH])
        parts = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(places), extend_to=whole))
        parts = parts[rng.random(len(parts)) <= keep] if keep < 1 else parts
        return parts if len(parts) else np.array([shapely.Point(EAST, NORTH).buffer(20)])

    def layer(parts, **columns):
        return gpd.GeoDataFrame(columns, geometry=list(parts), crs=UTM)

    def line(angle):
        return layer([shapely.affinity.rotate(shapely.LineString([(EAST - 400, NORTH - 60), (EAST + 400, NORTH - 60)]),
                                              angle, origin=(EAST, NORTH))], name=["x"])  # fmt: skip

    def raster():
        left, _, _, top = layer([whole]).to_crs(crs).total_bounds
        grid = Grid(crs, Affine(10, 0, left - 7, 0, -10, top - 13), 29, 31)
        codes = rng.choice([2, 2, 111, 122, 201, 1, 0], size=(31, 29)).astype(np.uint8)
        return ArrayRaster(np.ma.masked_equal(codes, 0), grid)

    quarters, zones, districts, uses = cells(5), cells(6, 0.8), cells(5, 0.5), cells(7)
    heights = rng.uniform(280, 320, (45, 45))
    return {
        "boundary": layer([whole], name=["Borgo"], code=["011999"]),
        "neighbourhoods": layer(quarters, name=[f"Q{k}" for k in range(len(quarters))]),
        "zoning": tuple(
            Edition(year, layer(zones, zone=[f"Z{k % 3}" for k in range(len(zones))], dm1444=dm))
            for year, dm in ((1987, "B"), (2003, "C"))
        ),
        "districts": layer(districts, code=[f"D{k}" for k in range(len(districts))], name=["x"] * len(districts)),
        "flood_hazard": layer([*cells(3, 0.6)[:1], quarters[0]], **{"class": ["P1", "P3"]}),
        "landslide_hazard": layer([zones[0], quarters[-1]], **{"class": ["Pg3a", "Pg0"]}),
        "coastline": line(rng.uniform(0, 360)),
        "hydrography": line(rng.uniform(0, 360)),
        "elevation": ArrayRaster(np.ma.array(heights), Grid(UTM, Affine(7, 0, EAST - 150, 0, -7, NORTH + 140), 45, 45)),
        "soil_consumption": tuple(Edition(year, raster()) for year in (2012, 2023)),
        "land_use": tuple(Edition(year, layer(uses, code=list(rng.choice(["111", "141", "211", "boh"], len(uses)))))
                          for year in (2012, 2018)),
    }  # fmt: skip


def each_unit(result):
    return {table.spec.id.removeprefix("by_"): table.frame for table in result.tables if table.spec.id[:3] == "by_"}


def close(found, wanted, whole):
    assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9 * whole)


@given(st.integers(0, 2**20), st.sampled_from([LAEA, UTM]), st.booleans())
@settings(max_examples=8)
def test_that_every_table_closes_and_crossed_units_close_on_both(seed, crs, has_raster):
    town = random_town(seed, crs) | ({} if has_raster else {"soil_consumption": ()})
    used = "consumed_m2" if has_raster else "artificial_m2"
    result = soil_consumption(**town)
    units, whole = each_unit(result), float(town["boundary"].area.sum())
    crossed, columns = result.table("crossed").frame, [name for name in units["commune"] if name.endswith("_m2")]
    assert len(units) == 10
    for frame in units.values():
        for name in columns:
            close(frame[name].sum(), units["commune"][name].sum(), whole)
    pairs = crossed.groupby(["unit_a", "unit_b"])
    assert len(pairs) == 45
    for (unit_a, unit_b), rows in pairs:
        for side, unit in (("code_a", unit_a), ("code_b", unit_b)):
            told = units[unit].groupby("code")[["area_m2", used]].sum()
            sums = rows.groupby(side)[["area_m2", used]].sum().reindex(told.index, fill_value=0.0)
            close(sums.to_numpy().ravel().tolist(), told.to_numpy().ravel().tolist(), whole)
    close(result.layers["fragments"][columns].sum().tolist(), units["commune"][columns].sum().tolist(), whole)
    terrain = result.layers["terrain"]
    for unit in ("slope_class", "elevation_class", "zone"):
        told = units[unit].groupby("code")[columns].sum()
        sums = terrain.groupby(unit)[columns].sum().reindex(told.index, fill_value=0.0)
        close(sums.to_numpy().ravel().tolist(), told.to_numpy().ravel().tolist(), whole)


@given(st.integers(0, 2**20), st.sampled_from([LAEA, UTM]))
@settings(max_examples=12)
def test_that_pieces_add_up_to_what_is_measured_on_the_commune_as_a_whole(seed, crs):
    # Two roads: the figures come from one pass over the commune, the tables from its fragments.
    town = random_town(seed, crs)
    result, whole = soil_consumption(**town), float(town["boundary"].area.sum())
    (commune,) = result.table("by_commune").frame.to_dict("records")
    for figure_id, column in (
        ("suolo_consumato_ha", "consumed_m2"), ("consumo_lordo_ha", "gross_m2"), ("ripristino_ha", "restored_m2"),
    ):  # fmt: skip
        close(result.figure(figure_id).value * 10_000, commune[column], whole)
    moves = result.table("transition").frame
    close(moves.loc[moves["to_code"] == "", "area_m2"].sum(), commune["no_data_m2"], whole)


def test_that_two_units_share_the_ground_worked_out_by_hand(town):
    crossed = soil_consumption(**town).table("crossed").frame
    rows = crossed[(crossed["unit_a"] == "neighbourhood") & (crossed["unit_b"] == "coast_strip")]
    found = {
        (a, b): (area, used)
        for a, b, area, used in rows[["code_a", "code_b", "area_m2", "consumed_m2"]].itertuples(index=False)
    }
    # The first 300 m from the sea end at 50 m: all of Ponente (0-35 m), 15 m of Levante, nothing of the rest.
    assert found == {
        ("P", "c0_300"): (pytest.approx(3500.0), pytest.approx(3000.0)),
        ("L", "c0_300"): (pytest.approx(1500.0), pytest.approx(500.0)),
        ("L", "c300_1000"): (pytest.approx(4500.0), pytest.approx(100.0)),
        ("", "c300_1000"): (pytest.approx(500.0), pytest.approx(100.0)),
    }


def test_that_slope_and_elevation_are_those_worked_out_by_hand(town):
    result = soil_consumption(**town)
    slopes = result.table("by_slope_class").frame.set_index("code")
    levels = result.table("by_elevation_class").frame.set_index("code")
    # Columns 0 to 2 are flat (2,500 m² consumed), column 7 is the first above 300 m (column 9: 200 m² consumed).
    assert slopes["area_m2"].to_dict() == {"s0_10": pytest.approx(3000.0), "s_over10": pytest.approx(7000.0)}
    assert slopes["consumed_m2"].tolist() == pytest.approx([2500.0, 1200.0])
    assert levels["area_m2"].tolist() == pytest.approx([7000.0, 3000.0, 0.0, 0.0])
    assert levels["consumed_m2"].tolist() == pytest.approx([3500.0, 200.0, 0.0, 0.0])
    terrain = result.layers["terrain"]
    assert terrain.groupby("slope_class")["consumed_m2"].sum().tolist() == pytest.approx([2500.0, 1200.0])
    assert not terrain.duplicated(["id", "slope_class", "elevation_class"]).any()


def test_that_land_use_is_told_by_slope_on_the_elevation_rasters_own_cells(town):
    frame = soil_consumption(**(town | {"soil_consumption": ()})).table("by_slope_class").frame.set_index("code")
    # Artificial in 2023: 0-20 m, the lower half of 20-40 m, 40-60 m; of these 0-30 m are flat.
    assert frame["artificial_m2"].to_dict() == {"s0_10": pytest.approx(2500.0), "s_over10": pytest.approx(2500.0)}


@pytest.mark.parametrize("roles", [{}, {"soil_consumption": ()}])
def test_that_a_fragment_lies_in_the_units_it_names_and_keeps_its_area(town, roles):
    inputs = town | roles
    layer = soil_consumption(**inputs).layers["fragments"]
    assert layer["id"].tolist() == list(range(1, len(layer) + 1))
    assert layer.area.tolist() == pytest.approx(layer["area_m2"].tolist(), abs=1e-6)
    assert layer.is_valid.all()
    west = layer[layer["neighbourhood"] == "P"]
    assert (west.total_bounds[2] - west.total_bounds[0], west["area_m2"].sum()) == (35.0, pytest.approx(3500.0))
    assert (layer.loc[layer["district"] == "D1", "area_m2"]).sum() == pytest.approx(400.0)


@pytest.mark.parametrize("roles", [{}, {"soil_consumption": ()}])
def test_that_the_pieces_a_figure_names_add_up_to_it(town, roles):
    result = soil_consumption(**(town | roles))
    found = 0
    for figure in result.figures:
        if figure.spec.made_of and figure.value is not None and figure.spec.unit in ("ha", "m²", "%"):
            layer, column = figure.spec.made_of.split(".")
            area_m2 = float(result.layers[layer][column].sum())
            wanted = {"ha": area_m2 / 10_000, "m²": area_m2, "%": 100 * area_m2 / 10_000}[figure.spec.unit]
            if figure.spec.id != "incremento_pct":  # of what was consumed at the first date, not of the ground
                assert figure.value == pytest.approx(wanted, rel=1e-9), figure.spec.id
                found += 1
    assert found >= 4


def test_that_every_layer_a_figure_is_made_of_is_declared_with_that_column():
    columns = {f"{layer.id}.{column.id}" for layer in SOIL_CONSUMPTION.layers for column in layer.columns}
    assert {figure.made_of for figure in SOIL_CONSUMPTION.figures} - {""} <= columns


@pytest.mark.parametrize("roles", [{}, {"soil_consumption": ()}])
def test_that_layers_have_their_declared_columns_in_order(town, roles):
    result = soil_consumption(**(town | roles))
    for spec in SOIL_CONSUMPTION.layers:
        there = [name for name in result.layers[spec.id].columns if name != "geometry"]
        assert there == [column.id for column in spec.columns if column.id in there]


def test_that_fragments_add_up_to_what_the_plan_commits(town):
    result = soil_consumption(**town)
    columns = ["committed_m2", "avoidable_m2", "recoverable_m2"]
    plan, layer = result.table("plan").frame[columns].sum(), result.layers["fragments"][columns].sum()
    assert layer.tolist() == pytest.approx(plan.tolist(), rel=1e-9)
    assert plan.sum() > 0


def test_that_what_becomes_permanent_is_told_by_fragment_and_is_no_consumption(town):
    layer = soil_consumption(**town).layers["fragments"]
    # The lower half of column 2: 122 became 111, 500 m².
    assert layer["sealed_m2"].sum() == pytest.approx(500.0)
    assert layer["gross_m2"].sum() == pytest.approx(1000.0)


def test_that_rasters_of_different_extent_are_compared_where_their_cells_coincide(town):
    first, last = town["soil_consumption"]
    smaller = ArrayRaster(first.data.cells[2:, 1:], first.data.grid.part(first.data.grid.window_over(
        (EAST + 10, NORTH, EAST + 100, NORTH + 80))))  # fmt: skip
    result = soil_consumption(**(town | {"soil_consumption": (Edition(2012, smaller), last)}))
    whole = soil_consumption(**town)
    # Column 0 and the two upper rows are unknown at the first date: 200 m² of column 3 are no longer new.
    assert result.table("by_commune").frame["gross_m2"].sum() == pytest.approx(800.0)
    pd.testing.assert_series_equal(
        result.table("by_commune").frame["consumed_m2"], whole.table("by_commune").frame["consumed_m2"]
    )
