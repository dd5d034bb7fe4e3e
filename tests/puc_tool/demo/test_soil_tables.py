"""The made-up city, told by every unit: hundreds of coincident edges, where GEOS has failed before."""

import pytest

from analyses.analysis import Edition
from analyses.soil_consumption import SOIL_CONSUMPTION, soil_consumption


@pytest.fixture(scope="module")
def result(city):
    inputs = {}
    for role in SOIL_CONSUMPTION.inputs:
        there = {year: data for (name, year), data in (city.tables | city.rasters).items() if name == role.id}
        editions = tuple(Edition(year, there[year]) for year in sorted(there, key=str))
        inputs[role.id] = editions if role.yearly else editions[0].data
    return soil_consumption(**inputs)


def test_that_every_table_of_the_city_holds_something(result):
    assert {table.spec.id for table in result.tables} == {table.id for table in SOIL_CONSUMPTION.tables}
    assert all(len(table.frame) for table in result.tables)


def test_that_every_partition_of_the_city_has_the_same_sums(result):
    (whole,) = result.table("by_commune").frame.to_dict("records")
    for table in result.tables:
        if table.spec.id.startswith("by_"):
            for column in ("area_m2", "consumed_m2", "permanent_m2", "gross_m2", "restored_m2"):
                assert table.frame[column].sum() == pytest.approx(whole[column], rel=1e-9), (table.spec.id, column)
    assert result.layers["fragments"]["area_m2"].sum() == pytest.approx(whole["area_m2"], rel=1e-9)


def test_that_pieces_and_the_commune_as_a_whole_agree(result):
    # Two roads: one pass over the commune for the figures, its fragments for the tables.
    (whole,) = result.table("by_commune").frame.to_dict("records")
    for figure_id, column in (("suolo_consumato_ha", "consumed_m2"), ("consumo_lordo_ha", "gross_m2")):
        assert result.figure(figure_id).value * 10_000 == pytest.approx(whole[column], rel=1e-9)


def test_that_crossed_units_of_the_city_close_on_both(result):
    crossed = result.table("crossed").frame
    for (unit_a, unit_b), rows in crossed.groupby(["unit_a", "unit_b"]):
        for side, unit in (("code_a", unit_a), ("code_b", unit_b)):
            told = result.table(f"by_{unit}").frame.groupby("code")["consumed_m2"].sum()
            sums = rows.groupby(side)["consumed_m2"].sum().reindex(told.index, fill_value=0.0)
            assert sums.tolist() == pytest.approx(told.tolist(), rel=1e-9, abs=1e-3), (unit_a, unit_b)


def test_that_the_two_plans_of_the_city_close_on_it(result):
    (area_m2,) = result.table("by_commune").frame["area_m2"]
    assert result.table("zoning_transition").frame["area_m2"].sum() == pytest.approx(area_m2, rel=1e-9)
