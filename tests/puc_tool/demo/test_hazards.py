"""The demonstration's hazards come out of the analysis with the figures they are calibrated on."""

import pytest

from analyses.analysis import Edition
from analyses.hazard_exposure import HAZARD_EXPOSURE


@pytest.fixture(scope="module")
def result(city):
    return HAZARD_EXPOSURE.run(**{role.id: _argument(city, role) for role in HAZARD_EXPOSURE.inputs})


def _argument(city, role):
    dated = sorted((key, data) for key, data in (city.tables | city.rasters).items() if key[0] == role.id)
    editions = tuple(Edition(year, data) for (_, year), data in dated)
    return editions if role.yearly else editions[0].data


def test_that_floods_and_landslides_have_the_areas_they_were_made_with(result):
    # P2 with P3: 2.138 km²; P3 with P4: 6.196 km². They are IdroGEO's of La Spezia, 2021.
    assert result.figure("flood_p2_m2").value == pytest.approx(2_138_000.0, abs=1.0)
    assert result.figure("landslide_p3_p4_m2").value == pytest.approx(6_196_000.0, abs=1.0)


def test_that_every_resident_is_in_one_class_or_none(result):
    people = result.table("by_class").frame.groupby("hazard")["people"].sum()
    assert people.tolist() == pytest.approx([92_119.0] * 2, rel=1e-9)


@pytest.mark.parametrize("table", ["by_class", "by_neighbourhood", "by_zone", "by_district"])
def test_that_every_table_closes_on_the_commune(city, result, table):
    areas_m2 = result.table(table).frame.groupby("hazard")["area_m2"].sum()
    assert areas_m2.tolist() == pytest.approx([city.tables["boundary", None].area.sum()] * 2, rel=1e-9)


def test_that_no_part_is_larger_than_the_ground_it_is_of(result):
    frame = result.table("by_class").frame
    assert (frame["consumed_m2"] <= frame["area_m2"] * (1 + 1e-9) + 1e-6).all()
    assert (frame[["area_m2", "people", "buildings", "services", "consumed_m2"]] >= 0.0).all().all()


def test_that_the_gulf_rises_into_the_town(result):
    frame = result.table("sea_level").frame
    assert frame["area_m2"].is_monotonic_increasing
    assert 0.0 < frame["people"].iloc[-1] < 92_119
