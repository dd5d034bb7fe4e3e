"""How a dataset would enter a study: fields, codes, year, and what is not sure. Nothing is applied."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from layers import dating, mapping, roles
from layers.formats.looking import Look
from layers.proposal import propose
from layers.recognise import guesses
from layers.sampling import Column, column_of, of_frame
from layers.spellings import unsettled
from layers.subject import Subject

HAZARD = roles.LANDSLIDE_HAZARD.field("class").codes
FLOOD = roles.FLOOD_HAZARD.field("class").codes
KIND = roles.SERVICES.field("kind").codes


def matched(role, **columns):
    sample = of_frame(pd.DataFrame(columns), Look("t", "None", None, len(pd.DataFrame(columns)), {}, None, ""))
    return {match.field.name: match for match in mapping.matches(role, tuple(columns), sample)}


def proposed(role, name="dati", crs=7791, geometry=None, **columns):
    count = len(next(iter(columns.values())))
    shapes = geometry or [shapely.box(i * 100, 0, i * 100 + 100, 100) for i in range(count)]
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=crs)
    extent = tuple(frame.total_bounds)
    seen = Look("t", shapes[0].geom_type, frame.crs, count, dict.fromkeys(columns, "str"), extent, "UTF-8")
    subject = Subject(name, seen.geometry, tuple(columns), count, frame.crs, extent, of_frame(frame, seen))
    guess = next(guess for guess in guesses(subject) if guess.role is role)
    return propose(guess, subject)


def lacking(proposal):
    return [each.it for each in proposal.lacking]


def test_that_a_field_is_found_by_its_own_name_a_usual_one_or_one_cut_by_a_dbf():
    found = matched(roles.NEIGHBOURHOODS, DENOMINAZI=["a", "b"], POP_TOT=[1, 2])
    assert {name: match.column for name, match in found.items()} == {"name": "DENOMINAZI", "population": "POP_TOT"}


def test_that_of_two_fields_the_one_with_the_values_is_meant():
    # «classe» is a usual name, but holds no class of hazard; GRADO holds nothing else.
    found = matched(roles.FLOOD_HAZARD, classe=["x", "y"], GRADO=["P1", "P3"])
    assert found["class"].column == "GRADO"
    assert "i valori di «GRADO» sono noti per «Classe di pericolosità»: 2 di 2" in found["class"].why.it


def test_that_each_delivered_field_is_used_once():
    found = matched(roles.DISTRICTS, nome=["a", "b"], codice=["1", "2"])
    assert len({match.column for match in found.values()}) == len(found)


def test_that_a_field_of_words_is_no_number():
    assert "population" not in matched(roles.CENSUS, pop=["molta", "poca"])


def test_that_the_only_field_of_different_names_may_be_the_name():
    found = matched(roles.NEIGHBOURHOODS, X1=["Canaletto", "Migliarina"], X2=["1", "2"])
    assert found["name"].column == "X1"
    assert not matched(roles.NEIGHBOURHOODS, X1=["Canaletto", "Migliarina"], X2=["Uno", "Due"])


def test_that_two_fields_that_fit_as_well_are_both_named():
    # Neither name says anything; both hold classes of hazard.
    proposal = proposed(roles.LANDSLIDE_HAZARD, "frane", uno=["P4", "AA"], due=["P3", "P4"])
    assert "se «Classe di pericolosità» è uno o due" in lacking(proposal)


def test_that_a_required_field_that_is_not_there_is_named():
    proposal = proposed(roles.ZONING, "zonizzazione", foglio=["1", "2"])
    assert lacking(proposal)[0] == "il campo per «Zona o ambito» (zone)"


@pytest.mark.parametrize(
    ("vocabulary", "value", "code", "is_same"),
    [
        (HAZARD, "Pericolosità molto elevata", "P4", True),  # the label
        (KIND, "punto farmacia", "farmacia", False),  # the code at the end
        (HAZARD, "PAI - classe P3", None, None),  # which the list of hazards takes by itself
        (HAZARD, "Pericolosita molto elevatta", "P4", False),  # a slip of the pen
        (KIND, "pharmacy", "farmacia", True),  # the tag of OpenStreetMap
        (KIND, "Biblioteca", None, None),  # its own word in other letters: nothing to settle
        (HAZARD, "P4", None, None),
        (HAZARD, "Elevata P3", None, None),  # the spelling the list knows
    ],
)
def test_that_a_value_that_is_no_code_is_given_the_one_it_means(vocabulary, value, code, is_same):
    found = unsettled(vocabulary, [value])
    assert [(near.code, near.is_same) for near in found] == ([] if code is None else [(code, is_same)])


@pytest.mark.parametrize("value", ["kindergarten", "boh", "P9", ""])
def test_that_what_may_be_several_codes_or_none_is_never_proposed(value):
    assert [near.code for near in unsettled(KIND if value == "kindergarten" else FLOOD, [value])] == [None]


def test_that_an_ambiguous_value_names_what_it_may_be():
    (near,) = unsettled(KIND, ["kindergarten"])
    assert {code for code, _ in near.codes} == {"nido", "infanzia"}
    assert near.why.it.startswith("«kindergarten» può essere: ")


def test_that_any_other_word_is_a_kind_of_its_own():
    assert unsettled(KIND, ["osservatorio"]) == ()


def test_that_close_codes_are_proposed_for_confirmation_and_synonyms_as_they_are():
    points = [shapely.Point(i, 0) for i in range(2)]
    proposal = proposed(roles.SERVICES, "servizi", geometry=points, amenity=["pharmacy", "library"])
    assert proposal.codes == proposal.sure_codes == {"library": "biblioteca", "pharmacy": "farmacia"}
    close = proposed(roles.SERVICES, "servizi", geometry=points, tipo=["posta", "punto farmacia"])
    assert (close.codes, close.sure_codes) == ({"punto farmacia": "farmacia"}, {})
    assert "i codici proposti: «punto farmacia» = farmacia (somiglianza: 95 %)" in lacking(close)


def test_that_the_name_of_the_dataset_gives_the_service_that_no_field_tells():
    points = [shapely.Point(i, 0) for i in range(3)]
    proposal = proposed(roles.SERVICES, "farmacie", geometry=points, nome=["A", "B", "C"])
    assert proposal.values == {"kind": "farmacia"}
    assert proposal.fields == {"name": "nome"}


def test_that_only_a_yearly_role_has_a_year():
    assert proposed(roles.ZONING, "piano_2003", zona=["A", "B"]).year.year == 2003
    assert proposed(roles.NEIGHBOURHOODS, "quartieri_2003", nome=["A", "B"]).year is None


def test_that_a_missing_year_and_crs_are_told():
    told = lacking(proposed(roles.ZONING, "piano", crs=None, zona=["A", "B"]))
    assert told == ["il sistema di riferimento", "l'anno"]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("consumo_suolo_2023", 2023),
        ("Com01012023_WGS84", 2023),
        ("rilievo 20140603", 2014),
        ("R07_21_WGS84", 2021),
        ("clc18_it", 2018),
        ("CODE_90", 1990),
        ("U2018_CLC2018_V2020_20u1", 2018),  # the version is no year
        ("dal_2012_al_2023", None),  # two years are none
        ("EPSG3003", None),
        ("tavola_41175", None),
        ("zone", None),
        ("anno 1887", None),
    ],
)
def test_that_the_year_is_read_from_the_name_where_it_tells_one(name, year):
    found = dating.of_name(name)
    assert (found.year if found else None) == year


@pytest.mark.parametrize(
    ("values", "years"),
    [
        (["2014-06-03", "2014-07-01T10:00:00"], {2014: 2}),
        (["20140603", "20180101"], {2014: 1, 2018: 1}),
        (["03/06/2014", "1.7.2015"], {2014: 1, 2015: 1}),
        (["2014", "n.d."], {}),
        (["20149999x"], {}),
    ],
)
def test_that_a_field_of_dates_tells_its_years(values, years):
    column = column_of(pd.Series(values))
    found = dict(dating.of_fields({"DATA_AGG": column}))
    assert found == ({"DATA_AGG": years} if years else {})


def test_that_a_field_that_is_not_called_a_date_tells_no_year():
    assert dating.of_fields({"codice": Column({"2014": 3}, 1.0)}) == ()


def test_that_the_one_year_of_the_one_date_field_stands_in_for_the_name():
    columns = {"DATAPPRO": Column({"20140603": 4}, 1.0)}
    assert dating.of_dataset("zone", columns).year == 2014
    assert dating.of_dataset("zone_2011", columns).year == 2011
    assert dating.of_dataset("zone", {**columns, "DATVALID": Column({"20150101": 4}, 1.0)}) is None
