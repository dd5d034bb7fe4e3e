"""The roles are part of the contract: other people's studies name them and their fields."""

import pytest

from layers import roles
from layers.spec import Kind, Shape

PPP = {Shape.POLYGON}
ANY = {Shape.POINT, Shape.LINE, Shape.POLYGON}
# As the contract lists them: role, geometry, fields in order with * for required, one layer per year allowed.
CONTRACT = [
    ("boundary", PPP, "name* code", False),
    ("neighbourhoods", PPP, "name* code population", False),
    ("census", {Shape.POLYGON, Shape.POINT}, "population* population_0_14 population_65_plus households code", True),
    ("zoning", PPP, "zone* name dm1444 buildable norm", True),
    (
        "districts",
        PPP,
        "code* name* kind norm ut_m2_m2 index_kind se_pct ve_pct ac_pct sp_pct max_height_m residential_pct "
        "commercial_pct industrial_pct ers_pct floor_area_existing_m2 state",
        False,
    ),
    ("land_use", PPP, "code*", True),
    ("soil_consumption", {Shape.RASTER}, "", True),
    ("landslide_hazard", PPP, "class*", False),
    ("flood_hazard", PPP, "class*", False),
    ("elevation", {Shape.RASTER}, "", False),
    ("hydrography", {Shape.LINE, Shape.POLYGON}, "name kind", False),
    ("streets", {Shape.LINE}, "kind stairs oneway walkable name", False),
    ("services", {Shape.POINT, Shape.POLYGON}, "kind* name capacity area_m2", False),
    ("green", PPP, "name public", False),
    ("buildings", PPP, "height_m floors use people floor_area_m2", False),
    ("parcels", PPP, "code* owner area_declared_m2", False),
    ("public_land", PPP, "name owner status", False),
    ("contaminated_sites", PPP, "name status", False),
    ("constraints", ANY, "kind* name source norm", False),
    ("railways", {Shape.LINE}, "name", False),
    ("water_points", {Shape.POINT, Shape.LINE}, "name", False),
    ("coastline", {Shape.LINE}, "name", False),
    ("candidate_sites", {Shape.POINT, Shape.POLYGON}, "name* kind", False),
    ("reference", {*ANY, Shape.RASTER}, "label", False),
]
UNITS = {"boundary", "neighbourhoods", "zoning", "districts", "land_use"}


def test_that_the_roles_are_those_of_the_contract():
    assert [role.id for role in roles.ALL] == [row[0] for row in CONTRACT]


@pytest.mark.parametrize(("role_id", "shapes", "fields", "yearly"), CONTRACT, ids=[row[0] for row in CONTRACT])
def test_that_a_role_takes_what_the_contract_says(role_id, shapes, fields, yearly):
    role = roles.BY_ID[role_id]
    assert set(role.shapes) == shapes
    assert " ".join(field.name + "*" * field.required for field in role.fields) == fields
    assert role.yearly is yearly


def test_that_the_units_an_analysis_adds_up_may_not_overlap():
    assert {role.id for role in roles.ALL if role.is_partition} == UNITS


def test_that_only_units_can_be_wanted_everywhere_in_the_commune():
    assert {role.id for role in roles.ALL if role.covers_commune} == {"neighbourhoods", "zoning", "land_use"}
    assert all(role.is_partition for role in roles.ALL if role.covers_commune)


@pytest.mark.parametrize("role", roles.ALL, ids=lambda role: role.id)
def test_that_every_label_is_in_both_languages(role):
    texts = [role.title, role.about, *(field.label for field in role.fields)]
    assert all(text.it and text.en for text in texts)


@pytest.mark.parametrize("role", roles.ALL, ids=lambda role: role.id)
def test_that_amounts_are_never_negative_and_shares_never_over_a_hundred(role):
    numbers = [field for field in role.fields if field.kind is Kind.NUMBER]
    assert all(field.low == 0 for field in numbers)
    assert all(field.high == 100 for field in numbers if field.name.endswith("_pct"))


def test_that_a_role_hands_out_its_fields_by_name():
    assert roles.ZONING.field("zone").required
    assert roles.ZONING.field("population") is None
