"""list: what there is to choose from, read from the declarations themselves."""

from __future__ import annotations

import pytest

from analyses import registry
from layers import roles
from puc_tool.commands.list_ import LISTS
from puc_tool.printing import sheets

WHAT = ("roles", "analyses", "parameters", "columns", "sheets", "communes", "formats")


@pytest.fixture
def items(puc):
    def of(what, lang="it"):
        said = puc("list", what, "--json", "--lang", lang)
        assert said.code == 0
        assert set(said.content) == {"items", "problems"}
        return said.content["items"]

    return of


def test_that_every_list_of_the_contract_is_there():
    assert tuple(LISTS) == WHAT


@pytest.mark.parametrize("what", WHAT)
def test_that_every_item_has_an_id_of_its_own(items, what):
    ids = [item["id"] for item in items(what)]
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("what", WHAT)
def test_that_people_get_one_line_an_item(puc, items, what):
    said = puc("list", what)
    assert said.err == ""
    assert [line.partition(": ")[0] for line in said.out.splitlines()] == [item["id"] for item in items(what)]


def test_that_roles_are_those_of_the_contract(items):
    listed = {item["id"]: item for item in items("roles")}
    assert list(listed) == [role.id for role in roles.ALL]
    zone = {field["id"]: field for field in listed["zoning"]["fields"]}
    assert set(zone) == {"zone", "name", "dm1444", "buildable", "norm"}
    assert [name for name, field in zone.items() if field["required"]] == ["zone"]
    assert listed["zoning"]["yearly"]
    assert not listed["boundary"]["yearly"]


def test_that_analyses_say_what_they_need(items):
    (soil,) = [item for item in items("analyses") if item["id"] == "soil-consumption"]
    assert soil["needs"] == [["boundary"], ["soil_consumption", "land_use"]]
    assert set(soil["uses"]) == {
        "neighbourhoods", "zoning", "districts", "flood_hazard", "landslide_hazard", "coastline", "hydrography",
        "elevation",
    }  # fmt: skip


def test_that_parameters_say_their_default_and_bounds(items):
    listed = {item["id"]: item for item in items("parameters")}
    year = listed["soil-consumption.year_from"]
    assert (year["default"], year["low"], year["high"]) == (None, 1900, 2100)


def test_that_columns_are_the_dictionary_of_what_is_written(items):
    listed = {item["id"]: item for item in items("columns")}
    assert listed["soil-consumption/by_commune/area_m2"]["unit"] == "m²"
    assert listed["soil-consumption/figures/suolo_consumato_ha"]["unit"] == "ha"


def test_that_every_column_written_is_in_the_dictionary(items, town, puc):
    puc("run", town)
    known = {item["id"] for item in items("columns")}
    for path in (town / "results" / "soil-consumption").glob("*.csv"):
        for column in path.read_text(encoding="utf-8").splitlines()[0].split(","):
            assert f"soil-consumption/{path.stem}/{column}" in known


def test_that_sheets_and_formats_are_those_there_are(items):
    assert [item["id"] for item in items("sheets")] == [sheet.id for sheet in sheets.ALL]
    assert {".shp", ".gpkg", ".tif"} <= {suffix for item in items("formats") for suffix in item["suffixes"]}


def test_that_communes_carry_code_and_province(items):
    spezia = next(item for item in items("communes") if item["id"] == "011015")
    assert (spezia["title"], spezia["province"], spezia["region"]) == ("La Spezia", "La Spezia", "Liguria")


def test_that_titles_follow_the_language(items):
    italian, english = items("roles", "it")[0], items("roles", "en")[0]
    assert (italian["title"], english["title"]) == ("Confine comunale", "Municipal boundary")


def test_that_every_analysis_is_listed(items):
    assert [item["id"] for item in items("analyses")] == [each.id for each in registry.ALL]
