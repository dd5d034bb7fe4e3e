"""What the analysis tells about a field of two criteria (see the fixtures), worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from analyses.analysis import ROLE_LACKING
from analyses.garden_suitability import GARDEN_SUITABILITY, garden_suitability
from analyses.gardens.criteria import DEFAULTS
from analyses.gardens.params import GardenParams, Judgement, WeightSet
from analyses.gardens.room import needed
from analyses.param_filling import build
from analyses.progress import Cancelled
from layers.problems import Severity

STATUS = ("suitable_m2", "excluded_m2", "unsuitable_m2", "no_data_m2")


def figures(result):
    return {figure.spec.id: figure.value for figure in result.figures}


def codes_of(problems):
    return {problem.code for problem in problems}


def test_that_the_ranking_is_the_one_worked_out_by_hand(field, plain):
    found = garden_suitability(**field, params=plain).table("sites").frame
    assert found["name"].tolist() == ["Ovest", "Est"]
    assert found["score"].tolist() == pytest.approx([1.0, 0.5])
    assert found["area_m2"].tolist() == pytest.approx([3000.0, 3000.0])
    # 3,000 m² less a quarter for paths, in plots of 50 m²: 45.
    assert found["plots"].tolist() == [45, 45]
    assert found["owner"].tolist() == ["Comune", "Demanio"]
    # West is better in soil and level in the other: no weights turn them round.
    assert (found["rank_low"].tolist(), found["rank_high"].tolist()) == ([1, 2], [1, 2])
    assert found["reasons"][1].startswith("Proprietà pubblica / area libera 0,50 di 0,50")


def test_that_the_four_areas_close_to_a_boundary_that_cuts_cells(field, plain, layer):
    crooked = layer((3, 4, 96, 97), name=["Borgo"], code=["011999"])
    found = figures(garden_suitability(**field | {"boundary": crooked}, params=replace(plain, least_score=0.6)))
    assert sum(found[name] for name in STATUS) == pytest.approx(93 * 93, abs=1e-6)
    assert found["suitable_m2"] == pytest.approx(27 * 93, abs=1e-6)
    assert found["unsuitable_m2"] == pytest.approx(66 * 93, abs=1e-6)


def test_that_what_misses_a_criterion_has_bounds_and_is_not_decided(field, plain, soil):
    # One cell of the west: ½ at least, 1 at most; 0.6 lies between. Of 30 cells of the site it lowers one by ½.
    holed = field | {"soil_consumption": soil(hole=[(5, 1)])}
    result = garden_suitability(**holed, params=replace(plain, least_score=0.6))
    assert figures(result)["no_data_m2"] == pytest.approx(100.0)
    assert result.table("criteria").frame["share_missing_pct"].tolist() == pytest.approx([0.0, 1.0])
    site = garden_suitability(**holed, params=plain).table("sites").frame
    assert len(site) == 2


def test_that_each_cause_keeps_its_area_and_its_area_alone(field, plain, layer):
    # Contaminated: 20 to 40 m, built: 30 to 50 m; 1,000 m² lie under both.
    causes = {
        "contaminated_sites": layer((20, 0, 40, 100), name=["Ex cava"]),
        "buildings": layer((30, 0, 50, 100), use=["industriale"]),
    }
    result = garden_suitability(**field | causes, params=plain)
    rows = result.table("excluded").frame.set_index("cause")
    assert rows.loc[["contaminated_site", "building"], "area_m2"].tolist() == pytest.approx([2000.0, 2000.0])
    assert rows.loc[["contaminated_site", "building"], "area_alone_m2"].tolist() == pytest.approx([1000.0, 1000.0])
    assert figures(result)["excluded_m2"] == pytest.approx(3000.0)
    assert (result.rasters["causes"].cells[0, 2:5] > 0).all()


def test_that_a_plain_numpy_way_gives_the_same_map(field, plain):
    result = garden_suitability(**field, params=plain)
    public = np.isin(np.arange(10), [0, 1, 2, 7, 8, 9]).astype(float)
    sound = (np.arange(10) < 7).astype(float)
    expected = np.tile((public + sound) / 2.0, (10, 1))
    assert result.rasters["score_low"].cells.filled(-1.0) == pytest.approx(expected)
    assert (result.rasters["score_low"].cells == result.rasters["score_high"].cells).all()


def test_that_a_missing_layer_leaves_its_criterion_out_with_a_note_and_weights_still_add_up(field, plain):
    result = garden_suitability(**field | {"soil_consumption": ()}, params=plain)
    assert result.table("criteria").frame["weight"].tolist() == [1.0]
    assert "garden-criterion-left-out" in codes_of(result.problems)


def test_that_weights_times_a_factor_change_nothing(field, plain, two):
    tenfold = replace(plain, criterion=tuple(replace(each, weight=10 * each.weight) for each in two))
    first, second = (garden_suitability(**field, params=each) for each in (plain, tenfold))
    assert first.table("sites").frame.equals(second.table("sites").frame)


def test_that_public_land_alone_excludes_the_rest(field, plain):
    result = garden_suitability(**field, params=replace(plain, scenario="public_only"))
    assert figures(result)["excluded_m2"] == pytest.approx(4000.0)
    side = result.table("scenarios").frame.set_index("scenario")
    assert side.loc["public_only", "excluded_m2"] == pytest.approx(4000.0)
    assert side.loc["base", "excluded_m2"] == 0.0


def test_that_judgements_share_out_the_weights_and_other_sets_are_held_against_them(field, plain):
    judged = replace(
        plain, judgement=(Judgement("public_land:soil", 3.0),), weight_set=(WeightSet("ecologo", "soil 1"),)
    )
    result = garden_suitability(**field, params=judged)
    assert result.table("criteria").frame["weight"].tolist() == pytest.approx([0.75, 0.25])
    assert (figures(result)["consistency_ratio"], figures(result)["concordance"]) == (0.0, pytest.approx(1.0))


def test_that_small_patches_are_excluded_by_their_size(field, plain):
    result = garden_suitability(**field, params=replace(plain, least_site_m2=10_001.0))
    assert figures(result)["excluded_m2"] == pytest.approx(10_000.0)
    assert "garden-no-site" in codes_of(result.problems)


def test_that_the_soil_analysis_is_printed_everywhere_and_the_ordinance_where_it_holds(field, plain):
    elsewhere = {each.code: each.severity for each in garden_suitability(**field, params=plain).problems}
    field["boundary"] = field["boundary"].assign(code="011015")
    la_spezia = {each.code: each.severity for each in garden_suitability(**field, params=plain).problems}
    assert elsewhere["garden-soil-analysis"] is la_spezia["garden-sin-pitelli"] is Severity.WARNING
    assert "garden-sin-pitelli" not in elsewhere


def test_that_layers_are_left_as_they_were(field, plain):
    before = field["public_land"].copy()
    cells = field["soil_consumption"][0].data.cells.copy()
    garden_suitability(**field, params=plain)
    assert field["public_land"].equals(before)
    assert (field["soil_consumption"][0].data.cells.filled(0) == cells.filled(0)).all()


def test_that_it_can_be_stopped(field, plain):
    def stop(share, message):
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        garden_suitability(**field, params=plain, report=stop)


BAD = {
    "no weight": (lambda two: {"criterion": tuple(replace(each, weight=0.0) for each in two)}, "garden-no-weight"),
    "best is worst": (lambda two: {"criterion": (replace(two[0], worst=1.0), two[1])}, "garden-best-is-worst"),
    "no layer": (lambda two: {"criterion": DEFAULTS[:1]}, ROLE_LACKING),
    "scenario": (lambda two: {"scenario": "altrove"}, "garden-value-unknown"),
    "transform": (lambda two: {"criterion": (replace(two[0], transform="cubic"),)}, "garden-value-unknown"),
    "too many cells": (lambda two: {"cell_m": 0.01}, "garden-grid-too-large"),
    "unknown judged": (lambda two: {"judgement": (Judgement("soil:fame", 3.0),)}, "garden-value-unknown"),
    "too many vetoes": (
        lambda two: {"criterion": tuple(replace(two[0], id=f"own_{n}", veto_at=0.0) for n in range(30))},
        "garden-vetoes-too-many",
    ),
    "unread classes": (lambda two: {"criterion": (replace(two[0], classes="1 molto"),)}, "garden-classes-unreadable"),
    "scores above 1": (lambda two: {"criterion": (replace(two[0], classes="1 2; 0 0"),)}, "garden-classes-unreadable"),
    "classes of a line": (
        lambda two: {"criterion": (replace(two[0], classes="1 1", transform="linear"),)},
        "garden-classes-without-use",
    ),
    "classes of a distance": (
        lambda two: {"criterion": (replace(two[0], classes="1 1", measure="distance"),)},
        "garden-classes-without-use",
    ),
    "unread weights": (lambda two: {"weight_set": (WeightSet("x", "tutto"),)}, "garden-weight-set-unreadable"),
}


@pytest.mark.parametrize("name", BAD)
def test_that_bad_input_is_told_before_anything_runs(field, plain, two, name):
    change, code = BAD[name]
    assert code in codes_of(GARDEN_SUITABILITY.problems(field, replace(plain, **change(two))))


def test_that_areas_of_which_none_is_in_the_commune_are_told_before_anything_runs(field, plain, layer):
    assert GARDEN_SUITABILITY.problems(field, plain) == []
    for lands in (layer((5000, 0, 5100, 100), name=["Altrove"]), layer(name=[])):
        for role in ("public_land", "parcels"):
            (told,) = GARDEN_SUITABILITY.problems(field | {"public_land": None, role: lands}, plain)
            assert (told.code, told.severity) == ("garden-no-candidate", Severity.WARNING)


def test_that_all_that_is_bad_is_told_at_once(field, plain, two):
    level = tuple(replace(each, worst=each.best, weight=0.0) for each in two)
    bad = replace(plain, criterion=level, scenario="altrove", cell_m=0.01)
    said = [problem.code for problem in GARDEN_SUITABILITY.problems(field, bad)]
    assert said.count("garden-best-is-worst") == 2
    assert {"garden-no-weight", "garden-value-unknown", "garden-grid-too-large"} <= set(said)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([{"id": "slope", "weight": -1}], "parameter-out-of-bounds"),
        ([{"id": "slope"}, {"id": "slope"}], "parameter-row-twice"),
    ],
)
def test_that_a_weight_below_nothing_and_a_criterion_twice_are_told_by_their_table(row, code):
    _, said = build("garden-suitability", GardenParams, {"criterion": row})
    assert code in codes_of(said)


def test_that_the_sites_of_every_scenario_lie_in_one_layer(field, plain):
    sites = garden_suitability(**field, params=plain).layers["scenario_sites"]
    public = sites[sites["scenario"] == "public_only"]
    assert public["name"].tolist() == ["Ovest", "Est"]
    assert public["area_m2"].tolist() == pytest.approx([3000.0, 3000.0])
    # Farms may use any land: all the field, one hectare, is farmed; without parcels it is one connected area.
    assert sites[sites["scenario"] == "farm_use"]["area_m2"].tolist() == pytest.approx([10_000.0])
    assert set(sites["scenario"]) == {"base", "public_only", "optimal", "hill_gardens", "farm_use"}


def test_that_the_classes_of_the_map_add_up_to_the_boundary(field, plain, layer, soil):
    # West 1 (S1), middle and east ½ (S3); a hole in the soil map: ½ or 1 in the west; 10 m under a building.
    inputs = field | {"soil_consumption": soil(hole=[(5, 1)]), "buildings": layer((90, 0, 100, 100), use=["casa"])}
    found = garden_suitability(**inputs, params=plain).table("by_class").frame
    areas = dict(zip(found["class"], found["area_m2"], strict=True))
    assert areas == pytest.approx(
        {"S1": 2900.0, "S2": 0.0, "S3": 6000.0, "N1": 0.0, "N2": 0.0, "excluded": 1000.0, "undecided": 100.0}
    )


def test_that_the_reasons_of_a_site_add_up_to_its_score(field, plain):
    result = garden_suitability(**field, params=plain)
    parts = result.table("reasons").frame.groupby("site")["part"].sum()
    sites = result.table("sites").frame
    assert parts[sites["site"]].tolist() == pytest.approx(sites["score"].tolist())


def test_that_a_disk_without_room_for_the_scores_is_told_before_anything_runs(field, plain, monkeypatch):
    monkeypatch.setattr("layers.scratch.ROOM_BYTES", 0)
    monkeypatch.setattr("layers.scratch.shutil.disk_usage", lambda _: type("Disk", (), {"free": 8_199}))
    # 100 cells: two criteria of four bytes, and 74 bytes of all else that is held of a cell: 800 + 7,400.
    assert codes_of(GARDEN_SUITABILITY.problems(field, plain)) == {"scratch-no-room"}


def test_that_a_grid_of_a_billion_cells_is_refused_with_the_cell_that_would_do(plain, layer):
    # Two communes of 10 km, 150 km apart: a grid of 164 × 164 km, 1.08 billion cells of 5 m; of 5.2 m 0.995 billion.
    far = layer((0, 0, 10_000, 10_000), (150_000, 150_000, 160_000, 160_000), name=["A", "B"], code=["1", "2"])
    (said,) = GARDEN_SUITABILITY.problems({"boundary": far, "elevation": object()}, GardenParams())
    assert (said.code, said.remedy.it) == ("garden-grid-too-large", "Usare celle di almeno 5,2 m.")
    assert GARDEN_SUITABILITY.problems({"boundary": far, "elevation": object()}, GardenParams(cell_m=5.2)) == []


def test_that_a_region_needs_no_more_memory_than_a_strip_of_it(layer):
    # Each cell inside takes the same, but in files: what is left are a strip's 60 bytes a cell, and what is at hand.
    strip = 44_000 * (512 + 2 * 484)
    region = needed(layer((0, 0, 216_000, 25_000), name=["A"]).geometry, 5.0, rim=484)
    assert region.inside == pytest.approx(216e6)
    assert region.memory == pytest.approx(60.0 * strip + 400e6)
    assert region.disk(11) == pytest.approx(216e6 * (74 + 44))
    longer = needed(layer((0, 0, 216_000, 50_000), name=["A"]).geometry, 5.0, rim=484)
    assert longer.memory == region.memory


def test_that_a_table_of_classes_gives_each_its_score_and_none_to_a_class_it_does_not_name(field, plain, two):
    # Public land scores 0.8 inside and 0.3 outside. The soil's table names the sound (1) alone: the east is missing.
    tables = (replace(two[0], classes="1 0,8; 0: 0.3"), replace(two[1], classes="1 0.9"))
    found = garden_suitability(**field, params=replace(plain, criterion=tables)).rasters
    low, high = (found[name].cells[0].filled(-1.0) for name in ("score_low", "score_high"))
    assert low == pytest.approx([0.85] * 3 + [0.6] * 4 + [0.4] * 3)
    assert high == pytest.approx([0.85] * 3 + [0.6] * 4 + [0.9] * 3)
