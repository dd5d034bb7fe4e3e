"""Edits follow a source that is delivered anew: by code, else by the very outline and values; the others wait, told."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from layers import roles
from layers.edit_following import Why
from layers.edit_marks import Marked, value_at
from layers.intake import Ground, take_in
from layers.reference import Edit, Edits, LayerRef
from layers.source import fingerprint

GROUND = Ground(CRS(7791), shapely.box(566_000, 4_883_000, 566_200, 4_883_100))
COLUMNS = {"code": ["D1", "D2", "D3"], "name": ["Mulino", "Molo", "Colle"], "se_pct": [40.0, 50.0, 60.0]}
BOXES = [shapely.box(566_000 + 60 * each, 4_883_000, 566_050 + 60 * each, 4_883_050) for each in range(3)]


def delivered(folder, layer: GeoDataFrame):
    layer.to_file(folder / "distretti.gpkg", driver="GPKG")
    return folder / "distretti.gpkg"


def layer_of(order=(0, 1, 2), boxes=BOXES, **columns) -> GeoDataFrame:
    held = {name: [values[each] for each in order] for name, values in {**COLUMNS, **columns}.items()}
    return GeoDataFrame(held, geometry=[boxes[each] for each in order], crs=7791)


def districts(path, edits, **reference):
    ref = LayerRef("districts", path.name, edits=edits, **reference)
    return take_in(ref, roles.DISTRICTS, path.parent, GROUND)


def made(path, *changes, **reference) -> Edits:
    """Return edits as the window makes them: ``changes`` are row, field, value."""
    layer = districts(path, None, **reference).layer
    marked = Marked(layer, roles.DISTRICTS, lambda row, name: value_at(layer, row, name))
    values = tuple(
        Edit(row, field, value_at(layer, row, field), after, marked.mark(row, field)) for row, field, after in changes
    )
    return Edits((fingerprint(path),), values)


def told(intake):
    return {problem.code: problem for problem in intake.problems}


def test_that_edits_follow_features_whose_rows_were_reordered(tmp_path):
    edits = made(delivered(tmp_path, layer_of()), (0, "se_pct", 45.0), (2, "name", "Colle Alto"))
    intake = districts(delivered(tmp_path, layer_of((2, 1, 0))), edits)
    assert intake.layer["se_pct"].tolist() == [60.0, 50.0, 45.0]
    assert intake.layer["name"].tolist() == ["Colle Alto", "Molo", "Mulino"]
    assert [(each.row, each.field) for each in intake.edits.applied] == [(0, "name"), (2, "se_pct")]
    assert "modifiche ritrovate: 2." in told(intake)["edits-followed"].message.it
    assert "edit-not-followed" not in told(intake)


def test_that_of_a_feature_that_is_gone_the_edit_waits_and_the_others_hold(tmp_path):
    edits = made(delivered(tmp_path, layer_of()), (0, "se_pct", 45.0), (1, "se_pct", 55.0))
    intake = districts(delivered(tmp_path, layer_of((1, 2))), edits)
    assert intake.layer["se_pct"].tolist() == [55.0, 60.0]
    (waiting,) = intake.edits.waiting
    assert (waiting.why, waiting.row, waiting.edit.after) == (Why.GONE, None, 45.0)
    problem = told(intake)["edit-not-followed"]
    assert problem.where.it == "Distretti di trasformazione, D1"
    assert problem.message.it == (
        "modifica non applicata, Superficie edificabile Se: 40 → 45; l'elemento non c'è più nel dato consegnato."
    )
    assert problem.remedy.en == "Discard it in the layer's attributes, or mend edits/districts.toml."


def test_that_where_the_old_value_has_changed_the_edit_waits_and_tells_both(tmp_path):
    edits = made(delivered(tmp_path, layer_of()), (0, "se_pct", 45.0))
    intake = districts(delivered(tmp_path, layer_of(se_pct=[42.0, 50.0, 60.0])), edits)
    assert intake.layer["se_pct"].tolist() == [42.0, 50.0, 60.0]
    (waiting,) = intake.edits.waiting
    assert (waiting.why, waiting.row, waiting.now) == (Why.CHANGED, 0, 42.0)
    assert "40 → 45; la fonte ora dice 42." in told(intake)["edit-not-followed"].message.it


def test_that_a_renamed_column_of_codes_is_found_by_how_the_study_maps_it(tmp_path):
    edits = made(delivered(tmp_path, layer_of()), (0, "se_pct", 45.0))
    path = delivered(tmp_path, layer_of((1, 0, 2)).rename(columns={"code": "SIGLA"}))
    mapped = districts(path, edits, fields={"code": "SIGLA"})
    assert mapped.layer["se_pct"].tolist() == [50.0, 45.0, 60.0]


def test_that_without_any_code_the_name_tells_the_feature(tmp_path):
    plain = layer_of().drop(columns="code").rename(columns={"name": "NOME"})
    values = {"code": "X"}
    edits = made(delivered(tmp_path, plain), (0, "se_pct", 45.0), values=values, fields={"name": "NOME"})
    assert [name for name, _ in edits.values[0].mark.codes] == ["name"]
    path = delivered(tmp_path, plain.iloc[[2, 0, 1]])
    assert districts(path, edits, values=values, fields={"name": "NOME"}).layer["se_pct"].tolist() == [60.0, 45.0, 50.0]


SPOTS = [shapely.Point(566_010 + 20 * each, 4_883_010) for each in range(3)]


def services(path, edits=None):
    return take_in(LayerRef("services", path.name, edits=edits), roles.BY_ID["services"], path.parent, GROUND)


def places(folder, spots, capacities):
    held = {"kind": ["school"] * len(spots), "capacity": capacities}
    GeoDataFrame(held, geometry=list(spots), crs=7791).to_file(folder / "servizi.gpkg", driver="GPKG")
    return folder / "servizi.gpkg"


def service_edits(path) -> Edits:
    layer = services(path).layer
    marked = Marked(layer, roles.BY_ID["services"], lambda row, name: value_at(layer, row, name))
    return Edits((fingerprint(path),), (Edit(1, "capacity", 20.0, 25.0, marked.mark(1, "capacity")),))


def test_that_features_without_code_or_name_are_known_by_outline_and_values(tmp_path):
    edits = service_edits(places(tmp_path, SPOTS, [10.0, 20.0, 30.0]))
    intake = services(places(tmp_path, SPOTS[::-1], [30.0, 20.0, 10.0]), edits)
    assert intake.layer["capacity"].tolist() == [30.0, 25.0, 10.0]


def test_that_a_feature_drawn_anew_without_code_is_proposed_and_never_taken(tmp_path):
    edits = service_edits(places(tmp_path, SPOTS, [10.0, 20.0, 30.0]))
    moved = [SPOTS[0], shapely.Point(SPOTS[1].x + 0.2, SPOTS[1].y), SPOTS[2]]
    intake = services(places(tmp_path, moved, [10.0, 20.0, 30.0]), edits)
    assert intake.layer["capacity"].tolist() == [10.0, 20.0, 30.0]
    (waiting,) = intake.edits.waiting
    assert (waiting.why, waiting.row, waiting.now) == (Why.GONE, 1, 20.0)
    assert "nello stesso posto ce n'è un altro" in told(intake)["edit-not-followed"].message.it
    assert told(intake)["edit-not-followed"].remedy.it.startswith("Accettarla o scartarla negli attributi")


def test_that_a_feature_drawn_anew_with_its_code_keeps_its_edit(tmp_path):
    edits = made(delivered(tmp_path, layer_of()), (0, "se_pct", 45.0))
    drawn = [shapely.box(566_000.4, 4_883_000.3, 566_049, 4_883_050), *BOXES[1:]]
    assert districts(delivered(tmp_path, layer_of(boxes=drawn)), edits).layer["se_pct"].tolist()[0] == 45.0


def test_that_features_that_bear_one_code_are_told_apart_or_the_edit_waits(tmp_path):
    edits = made(delivered(tmp_path, layer_of()), (0, "se_pct", 45.0))
    twice = layer_of(code=["D1", "D1", "D3"])
    kept = districts(delivered(tmp_path, twice), edits)
    assert kept.layer["se_pct"].tolist() == [45.0, 50.0, 60.0]  # outline and values tell which of the two it is
    drawn = layer_of(boxes=[box.buffer(-1) for box in BOXES], code=["D1", "D1", "D3"])
    waits = districts(delivered(tmp_path, drawn), edits)
    assert waits.edits.waiting[0].why is Why.ALIKE
    assert waits.layer["se_pct"].tolist() == [40.0, 50.0, 60.0]


def test_that_an_edit_of_the_source_as_it_is_goes_before_one_found_again(tmp_path):
    old = made(delivered(tmp_path, layer_of()), (0, "se_pct", 45.0)).values[0]
    path = delivered(tmp_path, layer_of((1, 0, 2)))
    new = made(path, (1, "se_pct", 48.0))
    both = Edits(new.sha256, (*new.values, replace(old, made_on=("0" * 64,))))
    intake = districts(path, both)
    assert intake.layer["se_pct"].tolist()[1] == 48.0
    assert [(each.why, each.now) for each in intake.edits.waiting] == [(Why.TAKEN, 48.0)]


def test_that_the_same_file_put_back_takes_its_edits_by_row_again(tmp_path):
    path = delivered(tmp_path, layer_of())
    edits = made(path, (0, "se_pct", 45.0))
    waits = Edits(("0" * 64,), tuple(replace(each, made_on=edits.sha256) for each in edits.values))
    intake = districts(path, waits)
    assert intake.layer["se_pct"].tolist()[0] == 45.0
    assert intake.edits.found == 0


@pytest.mark.parametrize("crs", [4326, 32632])
def test_that_a_source_delivered_in_another_crs_keeps_the_edits_of_its_codes(tmp_path, crs):
    edits = made(delivered(tmp_path, layer_of()), (2, "se_pct", 65.0))
    intake = districts(delivered(tmp_path, layer_of((1, 2, 0)).to_crs(crs)), edits)
    assert intake.layer["se_pct"].tolist() == [50.0, 65.0, 40.0]


@given(st.permutations(range(3)), st.sets(st.integers(0, 2)), st.sets(st.integers(0, 2)))
def test_that_every_edit_either_holds_or_waits(tmp_path_factory, order, gone, changed):
    folder = tmp_path_factory.mktemp("consegna")
    edits = made(delivered(folder, layer_of()), *((each, "se_pct", 10.0 + each) for each in range(3)))
    kept = [each for each in order if each not in gone] or [0]
    values = [COLUMNS["se_pct"][each] + (1.0 if each in changed else 0.0) for each in range(3)]
    intake = districts(delivered(folder, layer_of(kept, se_pct=values)), edits)
    holds = {each for each in kept if each not in changed}
    assert len(intake.edits.applied) == len(holds)
    assert len(intake.edits.waiting) == 3 - len(holds)
    expected = [10.0 + each if each in holds else values[each] for each in kept]
    assert intake.layer["se_pct"].tolist() == expected
    assert sum(problem.code == "edit-not-followed" for problem in intake.problems) == 3 - len(holds)
