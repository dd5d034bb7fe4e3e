"""A commune of 100 m × 100 m, all field: public land in the west (0 to 30 m) and in the east (70 to 100 m).

The soil is sound but for the east, which is consumed reversibly (122). Two criteria weigh the same: public land, and
soil. So the west scores ½ + ½ = 1, the east ½ + 0 = ½, the middle 0 + ½ = ½.
"""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS

from analyses.analysis import ROLE_LACKING, Edition
from analyses.garden_suitability import GARDEN_SUITABILITY, garden_suitability
from analyses.gardens.criteria import CLASS, DEFAULTS, INSIDE, SOIL, Criterion
from analyses.gardens.params import GardenParams, Judgement, WeightSet
from analyses.progress import Cancelled
from layers.grid import Grid
from layers.problems import Severity
from layers.raster import ArrayRaster

UTM, EAST, NORTH = CRS(7791), 566_500.0, 4_883_500.0
TWO = (
    Criterion("public_land", 0.5, 1.0, 0.0, None, CLASS, INSIDE, "public_land"),
    Criterion("soil", 0.5, 1.0, 0.0, None, CLASS, SOIL, "soil_consumption"),
)
PARAMS = GardenParams(criterion=TWO, cell_m=10.0, least_score=0.4, draws=50)
STATUS = ("suitable_m2", "excluded_m2", "unsuitable_m2", "no_data_m2")


def layer(*boxes, **columns):
    shapes = [shapely.box(EAST + a, NORTH + b, EAST + c, NORTH + d) for a, b, c, d in boxes]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=UTM)


def soil(hole=()):
    codes = np.full((10, 10), 2, np.uint8)
    codes[:, 7:] = 122
    for row, col in hole:
        codes[row, col] = 0
    grid = Grid(UTM, Affine(10, 0, EAST, 0, -10, NORTH + 100), 10, 10)
    return (Edition(2023, ArrayRaster(np.ma.masked_equal(codes, 0), grid)),)


@pytest.fixture
def field():
    return {
        "boundary": layer((0, 0, 100, 100), name=["Borgo"], code=["011999"]),
        "land_use": (Edition(2018, layer((0, 0, 100, 100), code=["211"])),),
        "soil_consumption": soil(),
        "public_land": layer((0, 0, 30, 100), (70, 0, 100, 100), name=["Ovest", "Est"], owner=["Comune", "Demanio"]),
    }


def figures(result):
    return {figure.spec.id: figure.value for figure in result.figures}


def codes_of(problems):
    return {problem.code for problem in problems}


def test_that_the_ranking_is_the_one_worked_out_by_hand(field):
    found = garden_suitability(**field, params=PARAMS).table("sites").frame
    assert found["name"].tolist() == ["Ovest", "Est"]
    assert found["score"].tolist() == pytest.approx([1.0, 0.5])
    assert found["area_m2"].tolist() == pytest.approx([3000.0, 3000.0])
    # 3,000 m² less a quarter for paths, in plots of 50 m²: 45.
    assert found["plots"].tolist() == [45, 45]
    assert found["owner"].tolist() == ["Comune", "Demanio"]
    # West is better in soil and level in the other: no weights turn them round.
    assert (found["rank_low"].tolist(), found["rank_high"].tolist()) == ([1, 2], [1, 2])
    assert found["reasons"][1].startswith("Proprietà pubblica / area libera 0,50 di 0,50")


def test_that_the_four_areas_close_to_a_boundary_that_cuts_cells(field):
    crooked = layer((3, 4, 96, 97), name=["Borgo"], code=["011999"])
    found = figures(garden_suitability(**field | {"boundary": crooked}, params=replace(PARAMS, least_score=0.6)))
    assert sum(found[name] for name in STATUS) == pytest.approx(93 * 93, abs=1e-6)
    assert found["suitable_m2"] == pytest.approx(27 * 93, abs=1e-6)
    assert found["unsuitable_m2"] == pytest.approx(66 * 93, abs=1e-6)


def test_that_what_misses_a_criterion_has_bounds_and_is_not_decided(field):
    # One cell of the west: ½ at least, 1 at most; 0.6 lies between. Of 30 cells of the site it lowers one by ½.
    holed = field | {"soil_consumption": soil(hole=[(5, 1)])}
    result = garden_suitability(**holed, params=replace(PARAMS, least_score=0.6))
    assert figures(result)["no_data_m2"] == pytest.approx(100.0)
    assert result.table("criteria").frame["share_missing_pct"].tolist() == pytest.approx([0.0, 1.0])
    site = garden_suitability(**holed, params=PARAMS).table("sites").frame
    assert len(site) == 2


def test_that_each_cause_keeps_its_area_and_its_area_alone(field):
    # Contaminated: 20 to 40 m, built: 30 to 50 m; 1,000 m² lie under both.
    causes = {
        "contaminated_sites": layer((20, 0, 40, 100), name=["Ex cava"]),
        "buildings": layer((30, 0, 50, 100), use=["industriale"]),
    }
    result = garden_suitability(**field | causes, params=PARAMS)
    rows = result.table("excluded").frame.set_index("cause")
    assert rows.loc[["contaminated_site", "building"], "area_m2"].tolist() == pytest.approx([2000.0, 2000.0])
    assert rows.loc[["contaminated_site", "building"], "area_alone_m2"].tolist() == pytest.approx([1000.0, 1000.0])
    assert figures(result)["excluded_m2"] == pytest.approx(3000.0)
    assert (result.rasters["causes"].cells[0, 2:5] > 0).all()


def test_that_a_plain_numpy_way_gives_the_same_map(field):
    result = garden_suitability(**field, params=PARAMS)
    public = np.isin(np.arange(10), [0, 1, 2, 7, 8, 9]).astype(float)
    sound = (np.arange(10) < 7).astype(float)
    expected = np.tile((public + sound) / 2.0, (10, 1))
    assert result.rasters["score_low"].cells.filled(-1.0) == pytest.approx(expected)
    assert (result.rasters["score_low"].cells == result.rasters["score_high"].cells).all()


def test_that_a_missing_layer_leaves_its_criterion_out_with_a_note_and_weights_still_add_up(field):
    result = garden_suitability(**field | {"soil_consumption": ()}, params=PARAMS)
    assert result.table("criteria").frame["weight"].tolist() == [1.0]
    assert "garden-criterion-left-out" in codes_of(result.problems)


def test_that_weights_times_a_factor_change_nothing(field):
    tenfold = replace(PARAMS, criterion=tuple(replace(each, weight=10 * each.weight) for each in TWO))
    first, second = (garden_suitability(**field, params=each) for each in (PARAMS, tenfold))
    assert first.table("sites").frame.equals(second.table("sites").frame)


def test_that_public_land_alone_excludes_the_rest(field):
    result = garden_suitability(**field, params=replace(PARAMS, scenario="public_only"))
    assert figures(result)["excluded_m2"] == pytest.approx(4000.0)
    side = result.table("scenarios").frame.set_index("scenario")
    assert side.loc["public_only", "excluded_m2"] == pytest.approx(4000.0)
    assert side.loc["base", "excluded_m2"] == 0.0


def test_that_judgements_share_out_the_weights_and_other_sets_are_held_against_them(field):
    judged = replace(
        PARAMS, judgement=(Judgement("public_land:soil", 3.0),), weight_set=(WeightSet("ecologo", "soil 1"),)
    )
    result = garden_suitability(**field, params=judged)
    assert result.table("criteria").frame["weight"].tolist() == pytest.approx([0.75, 0.25])
    assert (figures(result)["consistency_ratio"], figures(result)["concordance"]) == (0.0, pytest.approx(1.0))


def test_that_small_patches_are_excluded_by_their_size(field):
    result = garden_suitability(**field, params=replace(PARAMS, least_site_m2=10_001.0))
    assert figures(result)["excluded_m2"] == pytest.approx(10_000.0)
    assert "garden-no-site" in codes_of(result.problems)


def test_that_the_soil_analysis_is_printed_everywhere_and_the_ordinance_where_it_holds(field):
    elsewhere = {each.code: each.severity for each in garden_suitability(**field, params=PARAMS).problems}
    field["boundary"] = field["boundary"].assign(code="011015")
    la_spezia = {each.code: each.severity for each in garden_suitability(**field, params=PARAMS).problems}
    assert elsewhere["garden-soil-analysis"] is la_spezia["garden-sin-pitelli"] is Severity.WARNING
    assert "garden-sin-pitelli" not in elsewhere


def test_that_layers_are_left_as_they_were(field):
    before = field["public_land"].copy()
    cells = field["soil_consumption"][0].data.cells.copy()
    garden_suitability(**field, params=PARAMS)
    assert field["public_land"].equals(before)
    assert (field["soil_consumption"][0].data.cells.filled(0) == cells.filled(0)).all()


def test_that_it_can_be_stopped(field):
    def stop(share, message):
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        garden_suitability(**field, params=PARAMS, report=stop)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        (replace(PARAMS, criterion=tuple(replace(each, weight=0.0) for each in TWO)), "garden-no-weight"),
        (replace(PARAMS, criterion=(replace(TWO[0], worst=1.0), TWO[1])), "garden-best-is-worst"),
        (replace(PARAMS, criterion=DEFAULTS[:1]), ROLE_LACKING),
        (replace(PARAMS, scenario="altrove"), "garden-value-unknown"),
        (replace(PARAMS, criterion=(replace(TWO[0], transform="cubic"),)), "garden-value-unknown"),
        (replace(PARAMS, cell_m=0.01), "garden-grid-too-large"),
        (replace(PARAMS, judgement=(Judgement("soil:fame", 3.0),)), "garden-value-unknown"),
        (replace(PARAMS, weight_set=(WeightSet("x", "tutto"),)), "garden-weight-set-unreadable"),
    ],
)  # fmt: skip
def test_that_bad_input_is_told_before_anything_runs(field, params, code):
    assert code in codes_of(GARDEN_SUITABILITY.problems(field, params))
