import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given
from hypothesis import strategies as st

from layers import roles
from layers.problems import PucError, Severity
from layers.reference import LayerRef
from layers.shaping import shape


def layer(**columns):
    length = len(next(iter(columns.values())))
    return gpd.GeoDataFrame(columns, geometry=[shapely.box(i, 0, i + 1, 1) for i in range(length)], crs=7791)


def shaped(raw, role, **reference):
    return shape(raw, role, LayerRef(role.id, "x.gpkg", **reference))


def test_that_a_mapped_field_becomes_the_role_s_and_the_rest_stays_behind():
    made, said = shaped(layer(COD_AMB=["AC1", "AC2"], other=[1, 2]), roles.ZONING, fields={"zone": "COD_AMB"})
    assert list(made.columns) == ["zone", "geometry"]
    assert made["zone"].tolist() == ["AC1", "AC2"]
    assert said == []


def test_that_a_column_of_the_role_s_own_name_needs_no_mapping():
    made, _ = shaped(layer(zone=["A"], name=["Centro"]), roles.ZONING)
    assert made.loc[0, ["zone", "name"]].tolist() == ["A", "Centro"]


def test_that_a_set_value_holds_for_every_feature_and_before_a_column():
    made, _ = shaped(layer(zone=["A", "B"]), roles.ZONING, values={"zone": "PRG", "dm1444": "b"})
    assert made["zone"].tolist() == ["PRG", "PRG"]
    assert made["dm1444"].tolist() == ["B", "B"]


def test_that_index_geometry_and_crs_are_kept_and_the_layer_handed_in_is_left_alone():
    raw = layer(zone=["A", "B"]).set_index(np.array([7, 9]))
    before = raw.copy()
    made, _ = shaped(raw, roles.ZONING)
    assert made.index.tolist() == [7, 9]
    assert made.crs == raw.crs
    assert made.geometry.geom_equals_exact(raw.geometry, 0).all()
    assert_geodataframe_equal(raw, before)


def test_that_a_mapped_field_that_is_not_there_is_named_with_those_that_are():
    made, said = shaped(layer(ZONA=["A"]), roles.ZONING, fields={"zone": "COD_AMB"})
    assert "zone" not in made
    assert [problem.sentence("it") for problem in said] == [
        "Zonizzazione del piano: il campo «COD_AMB», indicato per «Zona o ambito», non c'è nel dato. "
        "I campi del dato sono: ZONA, geometry."
    ]
    assert said[0].severity is Severity.ERROR


def test_that_codes_are_translated_and_unknown_ones_are_kept_and_told():
    raw = layer(CLASSE=["P3", "Fascia B", "rosso", "verde", "verde", None])
    made, said = shaped(raw, roles.FLOOD_HAZARD, fields={"class": "CLASSE"}, codes={"rosso": "P1"})
    assert made["class"].tolist() == ["P3", "B", "P1", "verde", "verde", None]
    assert said[0].sentence("it") == (
        "Pericolosità idraulica: «Classe di pericolosità» ha codici non noti: verde. "
        "Elementi che restano con il loro codice, non classificati: 2. "
        "Dare a ogni codice il suo significato con --code VALORE=CODICE."
    )


def test_that_a_whole_number_kept_as_float_loses_its_decimals():
    # A column of integers with one gap is delivered as 112.0 and nan.
    made, said = shaped(layer(code=[112.0, np.nan]), roles.LAND_USE)
    assert made["code"].tolist() == ["112", None]
    assert said == []


def test_that_blank_text_counts_as_missing():
    made, _ = shaped(layer(zone=["A ", "  ", ""]), roles.ZONING)
    assert made["zone"].tolist() == ["A", None, None]


def test_that_numbers_come_with_a_comma_or_a_point():
    made, said = shaped(layer(population=["12,5", " 13.5 ", "7", None, ""]), roles.CENSUS)
    assert made["population"].tolist()[:3] == [12.5, 13.5, 7.0]
    assert made["population"].isna().tolist() == [False, False, False, True, True]
    assert said == []


@pytest.mark.parametrize("word", ["n.d.", "inf", "1e999", "nan", "1.234,5"])
def test_that_what_is_no_number_counts_as_missing_and_is_told(word):
    made, said = shaped(layer(population=["10", word]), roles.CENSUS)
    assert made["population"].isna().tolist() == [False, True]
    assert said[0].message.it.startswith("«Popolazione residente» contiene valori che non sono numeri: ")
    assert said[0].effect.it == "Valori che contano come mancanti: 1."
    assert said[0].severity is Severity.WARNING


def test_that_an_infinite_number_is_no_amount():
    made, _ = shaped(layer(population=[1.0, np.inf]), roles.CENSUS)
    assert made["population"].isna().tolist() == [False, True]


def test_that_a_selection_says_how_many_it_leaves_out():
    made, said = shaped(layer(zone=["A", "B", "C"]), roles.ZONING, where="zone <> 'B'")
    assert made.index.tolist() == [0, 2]
    assert said[0].message.it == "elementi esclusi da «zone <> 'B'»: 1."
    assert said[0].effect.it == "Non contano in nessun conto."
    assert said[0].severity is Severity.INFO


def test_that_a_selection_sees_the_delivered_fields_not_the_role_s():
    made, _ = shaped(layer(COD=["A", "B"], keep=[1, 0]), roles.ZONING, fields={"zone": "COD"}, where="keep = 1")
    assert made["zone"].tolist() == ["A"]


def test_that_a_selection_that_can_t_be_read_is_refused():
    with pytest.raises(PucError, match="non si legge"):
        shaped(layer(zone=["A"]), roles.ZONING, where="zone ==")


def test_that_a_role_without_fields_is_geometry_alone():
    made, said = shaped(layer(a=[1, 2]), roles.ELEVATION)
    assert list(made.columns) == ["geometry"]
    assert said == []


@given(st.lists(st.none() | st.text(st.characters(codec="utf-8"), max_size=6), min_size=1))
def test_that_text_is_stripped_the_same_whether_the_column_is_of_text_or_of_objects(words):
    # Two roads lead to a role's text field; whatever counts as white space, they must agree.
    role = roles.PARCELS
    frames = [
        gpd.GeoDataFrame({"code": pd.Series(words, dtype=kind)}, geometry=[shapely.Point(0, 0)] * len(words))
        for kind in ("str", object)
    ]
    of_text, of_objects = (shape(frame, role, LayerRef("parcels", "a.gpkg"))[0]["code"] for frame in frames)
    assert of_text.tolist() == of_objects.tolist()
    assert of_text.dtype == of_objects.dtype == object
