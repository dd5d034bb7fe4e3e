"""inspect: what a file holds, for people and for scripts; it changes nothing."""

from __future__ import annotations

import pytest


def test_that_scripts_get_layers_with_the_keys_of_the_contract(puc, town):
    content = puc("inspect", town / "data" / "borgo.gpkg", "--json").content
    assert set(content) == {"layers", "problems"}
    assert [layer["name"] for layer in content["layers"]] == ["confine", "quartieri"]
    for layer in content["layers"]:
        assert {"name", "kind", "geometry", "crs", "features", "fields", "extent", "encoding", "roles"} == set(layer)
        assert all({"role", "confidence", "why"} == set(role) for role in layer["roles"])


def test_that_people_get_two_lines_and_the_likely_roles(puc, town):
    said = puc("inspect", town / "data" / "suolo_2012.tif", "--lang", "en")
    assert said.code == 0
    assert "suolo_2012.tif: Raster, 14,400 cells, EPSG:3035" in said.out
    assert "likely roles: soil_consumption" in said.out


def test_that_a_remark_is_no_refusal(puc, faulty):
    said = puc("inspect", faulty("no_crs"), "--json")
    assert said.code == 0
    assert "--crs" in said.problems["crs-missing"]["remedy"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("missing", "source-missing"),
        ("not_a_format", "format-unknown"),
        ("broken_vector", "source-broken"),
        ("broken_raster", "source-broken"),
        ("not_a_zip", "archive-broken"),
        ("xml", "format-disguised"),
    ],
)
def test_that_what_cannot_be_opened_is_explained(refused, faulty, kind, code):
    assert refused("inspect", faulty(kind))["code"] == code
