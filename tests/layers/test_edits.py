"""Values changed by hand, laid over a layer: the source untouched, and never over another source than their own."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from layers import roles
from layers.edit_marks import value_at
from layers.edits import choices, fault_of, laid_over
from layers.intake import Ground, take_in
from layers.reference import Edit, Edits, LayerRef
from layers.source import fingerprint

GROUND = Ground(CRS(7791), shapely.box(566_000, 4_883_000, 566_200, 4_883_100))


def zoning(path, *values, sha256=None, broken=False, **reference):
    known = (fingerprint(path),) if sha256 is None else sha256
    reference = {"fields": {"zone": "ZONA", "name": "NOME"}} | reference
    ref = LayerRef("zoning", path.name, year=2003, edits=Edits(known, values, is_broken=broken), **reference)
    return take_in(ref, roles.ZONING, path.parent, GROUND)


def told(intake):
    return {problem.code: problem for problem in intake.problems}


def test_that_edited_values_are_what_is_read_and_the_source_keeps_its_bytes(town):
    path = town()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    intake = zoning(path, Edit(0, "zone", "A", "B2"), Edit(1, "name", "Forlì", None))
    assert intake.layer["zone"].tolist() == ["B2", "B"]
    assert intake.layer["name"].tolist() == ["Città", None]
    assert told(intake)["values-edited"].message.it == "valori modificati a mano: 2, in 2 elementi."
    assert told(intake)["values-edited"].remedy.en == "They are listed in edits/zoning-2003.toml."
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_that_a_field_the_source_lacks_gets_a_column(town):
    intake = zoning(town(), Edit(1, "dm1444", None, "B"))
    assert intake.layer["dm1444"].tolist() == [None, "B"]


def test_that_over_a_changed_source_nothing_is_laid_and_that_is_told(town):
    intake = zoning(town(), Edit(0, "zone", "A", "B2"), sha256=("0" * 64,))
    assert intake.layer["zone"].tolist() == ["A", "B"]
    assert "values-edited" not in told(intake)
    assert "Le modifiche non sono applicate: 1." in told(intake)["edits-stale"].effect.it


def test_that_an_edit_without_the_value_it_was_made_on_is_left_out_and_told(town):
    # The layer is read otherwise now: A is called C by the study's codes, or the row is left out by its selection.
    edits = Edit(0, "zone", "A", "B2"), Edit(1, "zone", "B", "B3")
    intake = zoning(town(), *edits, fields={"zone": "NOME"})
    assert intake.layer["zone"].tolist() == ["Città", "Forlì"]
    assert "2." in told(intake)["edits-without-place"].message.it
    chosen = zoning(town("solo.gpkg"), *edits, where="ZONA = 'B'")
    assert chosen.layer["zone"].tolist() == ["B3"]
    assert set(told(chosen)) >= {"values-edited", "edits-without-place"}


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Edit(0, "zone", "A", None), "non può restare vuoto."),
        (Edit(0, "dm1444", None, "Z"), "«Z» non è fra i valori ammessi."),
        (Edit(0, "colour", None, "rosso"), "il campo «colour» non esiste."),
        (Edit(0, "zone", "A", 3.0), "vuole parole fra virgolette."),
    ],
)
def test_that_a_value_the_role_does_not_take_refuses_the_layer_and_names_the_file(town, edit, words):
    intake = zoning(town(), edit)
    assert intake.layer is None
    assert told(intake)["edit-refused"].message.it == words
    assert "edits/zoning-2003.toml" in told(intake)["edit-refused"].remedy.it


def test_that_edits_nobody_understands_refuse_the_layer(town):
    intake = zoning(town(), broken=True)
    assert intake.layer is None
    assert set(told(intake)) == {"edits-unreadable"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (120.0, "120\u202f% è fuori dai limiti."),
        (float("inf"), "è fuori dai limiti."),
        ("tanto", "«tanto» non è un numero."),
    ],
)
def test_that_a_number_out_of_range_is_refused_with_the_range(value, words):
    problem = fault_of(roles.DISTRICTS, roles.DISTRICTS.field("se_pct"), value)
    assert words in problem.message.it
    assert problem.remedy.it == "Serve un numero fra 0 e 100\u202f%."


def test_that_the_choices_of_a_coded_field_are_its_codes_once_each():
    assert choices(roles.ZONING.field("buildable")) == ["yes", "no"]
    assert choices(roles.ZONING.field("name")) == []


CELLS = st.one_of(st.none(), st.sampled_from(["A", "B", "C1"]))
PLACES = st.tuples(st.integers(0, 3), st.sampled_from(["zone", "name", "norm"]))


@given(st.dictionaries(PLACES, CELLS.filter(bool), max_size=8), st.lists(CELLS, min_size=4, max_size=4))
def test_that_edits_turned_round_give_the_very_layer_back(tmp_path_factory, wanted, names):
    folder = tmp_path_factory.mktemp("fonte")
    (folder / "a.gpkg").write_bytes(b"any")
    boxes = [shapely.box(each, 0, each + 1, 1) for each in range(4)]
    columns = {"zone": ["A", "B", "C", "D"], "name": names, "norm": [None] * 4}
    layer = GeoDataFrame({name: pd.Series(each, dtype=object) for name, each in columns.items()}, geometry=boxes)
    there = {place: value_at(layer, *place) for place in wanted}
    edits = tuple(Edit(*place, there[place], after) for place, after in wanted.items())
    back = tuple(Edit(each.row, each.field, each.after, each.before) for each in edits)
    sums = (fingerprint(folder / "a.gpkg"),)
    laid = layer
    # «zone» may not be empty, but «back» never empties it: it had a value.
    for each in (edits, back):
        laid, _, _ = laid_over(laid, roles.ZONING, LayerRef("zoning", "a.gpkg", edits=Edits(sums, each)), folder)
        if each is edits:
            assert {place: value_at(laid, *place) for place in wanted} == wanted
    assert laid.equals(layer)
