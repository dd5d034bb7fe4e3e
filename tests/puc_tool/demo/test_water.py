"""The ground of the demonstration: water runs downhill, hazards have their areas, everything says it is made up."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from layers import roles, write
from layers.check import check
from layers.codelist import rows
from puc_tool.demo.constraints import constraints
from puc_tool.demo.elevation import build_terraces, elevation
from puc_tool.demo.field import Field, Lattice
from puc_tool.demo.flood import flood_hazard
from puc_tool.demo.landslides import landslide_hazard
from puc_tool.demo.setting import setting
from puc_tool.demo.sites import contaminated_sites
from puc_tool.demo.streams import water
from puc_tool.demo.surface import dry_land
from puc_tool.demo.water import coastline, hydrography, water_points

SEED = 11015
LAYERS = (
    "hydrography",
    "coastline",
    "water_points",
    "flood_hazard",
    "landslide_hazard",
    "contaminated_sites",
    "constraints",
)


@pytest.fixture(scope="module")
def stage():
    return setting(SEED)


@pytest.fixture(scope="module")
def flowing(stage):
    return water(stage)


@pytest.fixture(scope="module")
def terrain(stage, flowing):
    return elevation(stage, flowing)


def made(stage, flowing):
    return {
        "hydrography": hydrography(stage, flowing),
        "coastline": coastline(stage.ground),
        "water_points": water_points(stage),
        "flood_hazard": flood_hazard(stage, flowing),
        "landslide_hazard": landslide_hazard(stage, flowing),
        "contaminated_sites": contaminated_sites(stage),
        "constraints": constraints(stage, flowing),
    }


@pytest.fixture(scope="module")
def layers(stage, flowing):
    return made(stage, flowing)


def heights_at(terrain, points):
    col, row = (np.floor(edge).astype(int) for edge in ~terrain.grid.transform @ (points[:, 0], points[:, 1]))
    inside = (row >= 0) & (col >= 0) & (row < terrain.grid.height) & (col < terrain.grid.width)
    return terrain.cells[row[inside], col[inside]]


@pytest.mark.parametrize("name", LAYERS)
def test_that_a_layer_fits_its_role(layers, name):
    layer = layers[name]
    assert check(layer, roles.BY_ID[name]) == []
    assert layer.is_valid.all()
    assert not layer.is_empty.any()
    assert layer.crs.to_epsg() == 7791


@pytest.mark.parametrize("name", LAYERS)
def test_that_a_layer_speaks_the_words_of_its_role(layers, name):
    for field in roles.BY_ID[name].fields:
        if field.codes is not None:
            spoken = set(layers[name][field.name])
            assert {field.codes.canonical(word) for word in spoken} == spoken


@pytest.mark.parametrize("name", LAYERS)
def test_that_made_up_things_say_so(layers, name):
    known = layers[name]["source"].str.contains("ISTAT 2023")
    assert (layers[name]["source"].str.startswith("dato dimostrativo") | known).all()
    # Only the sea and the shore come from the real boundary.
    assert known.sum() == {"hydrography": 1, "coastline": len(layers["coastline"])}.get(name, 0)


@pytest.mark.parametrize("name", LAYERS)
def test_that_a_layer_can_be_written(layers, name, tmp_path):
    write.geopackage(tmp_path / "layer.gpkg", {name: layers[name]})
    assert len(gpd.read_file(tmp_path / "layer.gpkg")) == len(layers[name])


def test_that_the_same_seed_makes_the_same_ground(stage, layers, terrain):
    again = water(setting(SEED))
    for name, layer in made(stage, again).items():
        assert (shapely.to_wkb(layer.geometry) == shapely.to_wkb(layers[name].geometry)).all()
    assert (elevation(stage, again).cells == terrain.cells).all()


def test_that_streams_run_downhill_on_the_relief_they_were_made_on(flowing):
    relief = Field(flowing.ways.filled, flowing.ways.lattice)
    for each in flowing.streams:
        high = relief.at(*shapely.get_coordinates(each.line).T)
        assert high[0] >= high[-1]
        # Smoothing leaves the bottom of the valley by up to a cell, on slopes of up to 45 degrees.
        assert (high - np.minimum.accumulate(high)).max() < 40


def test_that_an_open_stream_only_falls_on_the_terrain_model(layers, terrain):
    rivers = layers["hydrography"][layers["hydrography"]["kind"] == "river"]
    for line in rivers.geometry:
        high = heights_at(terrain, shapely.get_coordinates(shapely.segmentize(line, 5.0))).compressed()
        # A cell of 5 m that two stretches touch has the lower bed: next to a larger stream the line may step into it
        # and out again, by the depth of a bed (0.8 m) and what 0.1 m rounds away.
        assert high.size == 0 or (high - np.minimum.accumulate(high)).max() < 1.0


def test_that_every_stream_ends_in_the_sea_a_larger_stream_or_at_the_edge_of_the_map(stage, flowing):
    left, bottom, right, top = flowing.ways.lattice.bounds
    shore = dry_land(stage.ground).boundary
    for each in flowing.streams:
        end = shapely.Point(each.line.coords[-1])
        if each.ends_in >= 0:
            larger = flowing.streams[each.ends_in]
            assert shapely.distance(larger.line, end) < 0.01
            assert larger.upstream_km2[-1] > each.upstream_km2[-1]
        else:
            to_frame = min(end.x - left, right - end.x, end.y - bottom, top - end.y)
            assert shapely.distance(shore, end) < 0.01 or to_frame < 41


def test_that_streams_gather_land_on_their_way(flowing):
    for each in flowing.streams:
        assert (np.diff(each.upstream_km2) >= 0).all()
        assert len(each.upstream_km2) == len(each.line.coords)
    sizes = [each.upstream_km2[-1] for each in flowing.streams]
    assert sizes == sorted(sizes, reverse=True)


def test_that_streams_have_no_stairs(flowing):
    for each in flowing.streams:
        steps = np.diff(shapely.get_coordinates(each.line), axis=0)
        turns = np.abs(np.angle(np.exp(1j * np.diff(np.arctan2(steps[:, 1], steps[:, 0])))))
        # Stairs would turn by 45 or 90 degrees at every other vertex.
        assert (turns > np.pi / 4).sum() <= 2


def test_that_covered_streams_lie_under_the_town_and_lose_nothing(stage, layers, flowing):
    streams = layers["hydrography"][layers["hydrography"]["kind"] != "sea"]
    assert streams.length.sum() == pytest.approx(sum(each.line.length for each in flowing.streams), abs=0.01)
    covered = streams[streams["kind"] == "covered"]
    town = shapely.union_all(stage.hoods.geometry[stage.hoods["character"].isin(["centre", "town"])].to_numpy())
    assert 3_000 < covered.length.sum() < streams.length.sum() / 2
    # A stretch too short to draw may stay with its neighbour.
    assert (
        shapely.length(shapely.intersection(covered.geometry.to_numpy(), town.buffer(60))).sum()
        > 0.97 * covered.length.sum()
    )


def test_that_the_sea_is_where_no_commune_is(stage, layers):
    sea = layers["hydrography"].set_index("kind").geometry["sea"]
    assert shapely.area(sea & dry_land(stage.ground)) < 1e-3
    assert sea.contains(shapely.Point(567_500, 4_882_500))
    assert sea.contains(shapely.Point(562_000, 4_879_500))


def test_that_the_coastline_is_made_of_the_boundary_and_touches_the_sea(stage, layers):
    shore, sea = layers["coastline"], layers["hydrography"].set_index("kind").geometry["sea"]
    vertices = {tuple(xy) for xy in shapely.get_coordinates(stage.ground.commune).tolist()}
    assert {tuple(xy) for xy in shapely.get_coordinates(shore.geometry.to_numpy()).tolist()} <= vertices
    assert shapely.distance(shore.geometry.to_numpy(), sea).max() < 1e-6
    # The ground knows its shores but for the 5 m next to a neighbour, at four ends, and around islets that touch.
    known = stage.ground.gulf_shore.length + stage.ground.open_shore.length
    assert known <= shore.length.sum() < known + 60


def test_that_water_points_are_spread_over_the_hills(stage, layers):
    points = layers["water_points"]
    assert len(points) > 20
    assert points["name"].is_unique
    assert points.within(stage.ground.commune).all()
    assert (stage.heights.at(points.geometry.x.to_numpy(), points.geometry.y.to_numpy()) > 30).all()


def test_that_flood_scenarios_are_nested_within_the_commune_and_calibrated(stage, layers):
    bands = layers["flood_hazard"].set_index("class").geometry
    areas = shapely.area(shapely.intersection(bands.to_numpy(), stage.ground.commune)) / 1e6
    assert areas == pytest.approx(bands.area.to_numpy() / 1e6, abs=1e-9)
    assert bands.index.tolist() == ["P1", "P2", "P3"]
    assert areas[1:] == pytest.approx([2.138, 1.3], abs=0.001)
    assert areas[0] == pytest.approx(3.2, abs=0.05)
    for inner, outer in (("P3", "P2"), ("P2", "P1")):
        assert shapely.area(bands[inner] - bands[outer]) < 1e-3


def test_that_floods_come_from_streams_and_stay_low(stage, layers, flowing):
    lines = shapely.union_all([each.line for each in flowing.streams])
    frequent = shapely.get_parts(layers["flood_hazard"].set_index("class").geometry["P3"])
    # Half a cell of the lattice.
    assert shapely.distance(frequent, lines).max() < 12.5
    assert shapely.area(frequent & lines.buffer(250)).sum() > 0.95 * shapely.area(frequent).sum()


def test_that_the_scenario_says_in_words_what_the_class_says(layers):
    words = {row["code"]: row["raw_value"] for row in rows("pgra_flood") if row["scheme"] == "PGRA_ISPRA"}
    flood = layers["flood_hazard"]
    assert [words[code] for code in flood["class"]] == flood["scenario"].tolist()


def test_that_landslide_classes_tile_the_commune(stage, layers):
    hazard = layers["landslide_hazard"]
    assert hazard["class"].tolist() == ["Pg4", "Pg3a", "Pg3b", "Pg2", "Pg1", "Pg0"]
    assert hazard.area.sum() == pytest.approx(stage.ground.commune.area, abs=1e-3)
    assert shapely.coverage_is_valid(hazard.geometry.to_numpy())


def test_that_high_landslide_hazard_has_its_area(layers):
    national = {row["code"]: row["ispra_equiv"] for row in rows("pai_landslide") if row["scheme"] == "Liguria_PdB"}
    areas = layers["landslide_hazard"].set_index("class").area / 1e6
    high = areas[[national[code] in {"P3", "P4"} for code in areas.index]]
    assert set(high.index) == {"Pg4", "Pg3a", "Pg3b"}
    assert high.sum() == pytest.approx(6.196, abs=0.001)
    assert areas["Pg4"] == pytest.approx(0.35, abs=0.001)


def test_that_hazard_grows_with_the_slope_and_spares_the_plain(terrain, layers):
    grid = terrain.grid
    lattice = Lattice(grid.bounds[0], grid.bounds[3], grid.cell_size, grid.width, grid.height)
    across, down = np.gradient(terrain.cells.filled(0)[2::5, 2::5].astype(float), 25.0)
    steep, (x, y) = np.hypot(across, down), (axis[2::5, 2::5] for axis in lattice.centres())
    hazard = layers["landslide_hazard"].set_index("class").geometry
    means = [steep[shapely.contains_xy(hazard[name], x, y)].mean() for name in ("Pg3b", "Pg2", "Pg1", "Pg0")]
    assert means == sorted(means, reverse=True)
    assert hazard["Pg0"].contains(shapely.Point(566_600, 4_884_800))


def test_that_contaminated_sites_have_their_areas(stage, layers):
    sites = layers["contaminated_sites"].set_index("name").geometry
    hectares = shapely.area(sites.to_numpy() & stage.ground.commune) / 1e4
    assert hectares == pytest.approx([338.0, 75.0], abs=0.1)
    facts = {row["key"]: row["value"] for row in rows("la_spezia_facts")}
    assert float(facts["sin_pitelli_land"]) == 338
    assert "non verificato" in layers["contaminated_sites"]["status"].iloc[0]


def test_that_strips_are_as_wide_as_they_are_called(stage, layers):
    by_kind = layers["constraints"].drop_duplicates("kind").set_index("kind").geometry
    shore = shapely.union_all(layers["coastline"].geometry.to_numpy())
    coast = by_kind["coast_300"]
    assert shapely.distance(shapely.points(shapely.get_coordinates(coast)), shore).max() == pytest.approx(300, abs=0.1)
    rivers = layers["hydrography"][layers["hydrography"]["kind"] == "river"].geometry
    edge = shapely.points(shapely.get_coordinates(by_kind["river_10"]))
    assert shapely.distance(edge, shapely.union_all(rivers.to_numpy())).max() == pytest.approx(10, abs=0.01)


def test_that_constraints_lie_in_the_commune_with_a_norm_that_says_when_it_is_unverified(stage, layers):
    laid = layers["constraints"]
    listed = {row["kind"]: row for row in rows("constraint_kinds")}
    assert set(laid["kind"]) <= set(listed)
    assert shapely.covers(stage.ground.commune.buffer(0.01), laid.geometry.to_numpy()).all()
    norms = dict(zip(laid["kind"], laid["norm"], strict=True))
    # The list says «R.D. 523/1904 art. 96; width editable» and «practice».
    assert norms["river_10"] == "R.D. 523/1904 art. 96 (non verificato)"
    assert norms["noise"] == "prassi (non verificato)"
    for kind, norm in norms.items():
        assert norm.endswith("(non verificato)") == (listed[kind]["status"] != "verified")


def test_that_the_terrain_model_covers_the_commune_and_not_the_sea(stage, terrain):
    assert terrain.cells.dtype == np.float32
    assert terrain.grid.cell_size == 5
    wet = heights_at(terrain, np.array([[567_500.0, 4_882_500.0], [562_000.0, 4_879_500.0]]))
    assert np.ma.getmaskarray(wet).all()
    dry = heights_at(terrain, shapely.get_coordinates(shapely.segmentize(stage.ground.commune, 5.0)))
    assert dry.count() == dry.size
    assert terrain.cells.min() > 0


def test_that_the_terrain_model_agrees_with_the_relief_the_city_grew_on(stage, terrain):
    x, y = (axis[::20, ::20] for axis in stage.heights.lattice.centres())
    inside = shapely.contains_xy(stage.ground.commune, x, y)
    points = np.stack([x[inside], y[inside]], axis=1)
    fine, rough = heights_at(terrain, points).compressed(), stage.heights.at(*points.T)
    # Gullies are up to 28 m deep, the plain is tilted by up to 8 m and lines wander by 90 m on the steep hills.
    assert np.median(np.abs(fine - rough)) < 15
    assert np.corrcoef(fine, rough)[0, 1] > 0.97


def test_that_the_plain_lies_low_and_drains(stage, terrain):
    plain = heights_at(
        terrain, np.array([[566_600.0, 4_884_700.0], [567_700.0, 4_885_300.0], [565_500.0, 4_884_500.0]])
    )
    assert (plain > 1).all()
    assert (plain < 9).all()


def test_that_hills_are_terraced_in_steps():
    slope = np.arange(0.0, 10.0, 0.001)
    steps = slope.copy()
    build_terraces(steps, np.ones_like(slope))
    # Treads at 0, 2, 4, 6, 8 and 10 m: two thirds of the way is level, and nothing moves by more than half a step.
    assert (np.abs(np.diff(steps)) < 1e-9).mean() == pytest.approx(2 / 3, abs=0.01)
    assert np.abs(steps - slope).max() <= 1.0
    assert (np.diff(steps) > -1e-9).all()
