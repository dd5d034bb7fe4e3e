"""Sentences with their numbers put in: they agree, say between which years, and name what has no value."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analyses.hazard_exposure import HAZARD_EXPOSURE
from analyses.soil_consumption import SOIL_CONSUMPTION
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.text import Text
from puc_tool.report.components.environment import ENVIRONMENT
from puc_tool.report.components.soil import SOIL
from puc_tool.report.composing import sentences
from puc_tool.report.findings import Found
from puc_tool.report.showing import shown
from puc_tool.report.telling import Listing, Rows, Told


def found_of(analysis, figures, inputs=(), **parameters) -> Found:
    """Return results that hold these figures: value and unit by id."""
    written = SimpleNamespace(analysis=analysis, record={"inputs": list(inputs)}, parameters=parameters)
    found = Found(written)
    vars(found)["figures"] = {name: {"value": value, "unit": unit} for name, (value, unit) in figures.items()}
    return found


def told_in(component, analysis):
    contents = [*component.opening, *(each for indicator in component.indicators for each in indicator.contents)]
    return [each for each in contents if isinstance(each, Told) and each.analysis is analysis]


def said(component, found):
    return [
        sentence.to(lang)
        for told in told_in(component, found.written.analysis)
        for sentence in sentences(told, found)
        for lang in ("it", "en")
    ]


HAZARD = {
    f"{stem}_{name}": (1.0, unit)
    for stem in ("flood_p2", "flood_p3", "landslide_p3_p4")
    for name, unit in (("m2", "m2"), ("pct", "%"), ("people", "ab"), ("buildings", ""))
}


def test_that_one_resident_and_one_building_are_told_in_the_singular():
    words = " ".join(said(ENVIRONMENT, found_of(HAZARD_EXPOSURE, HAZARD)))
    assert "con circa 1\u00a0residente e 1\u00a0edificio." in words
    assert "with about 1\u00a0resident and 1\u00a0building." in words
    for plural in ("1\u00a0residenti", "1\u00a0edifici.", "1\u00a0residents", "1\u00a0buildings"):
        assert plural not in words


def test_that_where_there_is_no_hazard_it_is_said_once_and_nobody_is_counted():
    none = {name: (0.0, unit) for name, (_, unit) in HAZARD.items()}
    words = said(ENVIRONMENT, found_of(HAZARD_EXPOSURE, none))
    assert "Nessuna area è in pericolosità idraulica media o elevata (P2 e P3): 0,00\u00a0ha." in words
    assert not any("0\u00a0residenti" in each for each in words)


SOIL_FIGURES = {
    "suolo_consumato_pct": (28.9, "%"), "consumo_netto_ha": (9.2, "ha"), "incremento_pct": (0.6, "%"),
    "consumo_netto_annuo_ha": (1.53, "ha/yr"), "consumo_lordo_ha": (12.1, "ha"), "ripristino_ha": (2.9, "ha"),
    "densita_m2ha": (18.0, "m2/ha"),
}  # fmt: skip
YEARS = ({"role": "soil_consumption", "year": 2012}, {"role": "soil_consumption", "year": 2018})


def test_that_growth_is_told_between_its_years_and_its_units_in_words():
    words = said(SOIL, found_of(SOIL_CONSUMPTION, SOIL_FIGURES, YEARS))
    assert "Fra il 2012 e il 2018 è cresciuto di 9,20\u00a0ha, lo 0,6\u00a0% in più." in words
    assert "L'aumento è dello 0,6\u00a0%, pari a 18,00\u00a0m² per ettaro di territorio." in words
    assert any("1,53\u00a0ha all'anno" in each for each in words)


def test_that_the_years_asked_for_are_those_told():
    years = (*YEARS, {"role": "soil_consumption", "year": 2023})
    assert found_of(SOIL_CONSUMPTION, {}, years, year_to=2018).years == (2012, 2018)
    assert found_of(SOIL_CONSUMPTION, {}, years[:1]).years is None


def test_that_soil_that_became_less_is_told_without_a_sign():
    less = {
        **SOIL_FIGURES,
        "consumo_netto_ha": (-1.0, "ha"),
        "incremento_pct": (-0.6, "%"),
        "densita_m2ha": (-2.0, "m2/ha"),
    }
    words = said(SOIL, found_of(SOIL_CONSUMPTION, less, YEARS))
    assert "Fra il 2012 e il 2018 è calato di 1,00\u00a0ha, lo 0,6\u00a0% in meno." in words
    assert "La diminuzione è dello 0,6\u00a0%, pari a 2,00\u00a0m² per ettaro di territorio." in words


def test_that_dates_nobody_gave_a_year_are_still_told():
    words = said(SOIL, found_of(SOIL_CONSUMPTION, SOIL_FIGURES))
    assert any(each.startswith("Fra le due date rilevate è cresciuto") for each in words)


def test_that_floor_area_is_told_in_square_metres_and_ground_in_hectares():
    figures = {
        "districts": (1.0, ""), "floor_area_new_m2": (570_301.0, "m2"), "people_new": (1.2, "ab"),
        "homes_new": (1.0, ""), "soil_newly_consumed_m2": (142_000.0, "m2"),
    }  # fmt: skip
    (italian, _) = said(SOIL, found_of(TRANSFORMATION_DISTRICTS, figures))
    assert "570.301\u00a0m² di superficie lorda, circa 1\u00a0abitante e 1\u00a0alloggio" in italian
    assert "almeno 14,2\u00a0ha" in italian


PLAN = Listing(
    SOIL_CONSUMPTION, Rows("plan", most=3, telling=("avoidable_m2",)), ("code", "avoidable_m2"), Text("a", "a")
)


@pytest.mark.parametrize(
    ("avoidable", "codes", "note"),
    [
        ([20_000.0, 0.0, 0.0], ["A"], "Righe mostrate: 1 su 3; le altre stanno nel file plan.csv."),
        ([0.0, 0.0, 0.0], ["A", "B", "C"], ""),
    ],
)
def test_that_a_listing_leaves_out_rows_of_zeros_unless_there_is_nothing_else(avoidable, codes, note):
    rows = pd.DataFrame({"code": ["A", "B", "C"], "avoidable_m2": avoidable})
    found = found_of(SOIL_CONSUMPTION, {})
    found = Found(SimpleNamespace(**vars(found.written), table=lambda _: rows))
    (table,) = shown(PLAN, found)
    assert [row[0].it for row in table.rows] == codes
    assert table.note.it == note


def test_that_a_column_named_like_a_figure_is_rounded_like_it():
    found = found_of(HAZARD_EXPOSURE, {})
    column = found.columns("by_class")["area_m2"]
    spec = replace(HAZARD_EXPOSURE.figures[0], id="area_m2", unit=column.unit, decimals=0)
    vars(found)["specs"] = {"area_m2": spec}
    assert found.columns("by_class")["area_m2"].decimals == 0
