"""inspect: what a file holds, for people and for scripts; it changes nothing."""

from __future__ import annotations

import pytest


def test_that_scripts_get_layers_with_the_keys_of_the_contract(puc, town):
    content = puc("inspect", town / "data" / "borgo.gpkg", "--json").content
    assert set(content) == {"layers", "problems"}
    assert [layer["name"] for layer in content["layers"]] == ["confine", "quartieri"]
    for layer in content["layers"]:
        assert {"name", "kind", "geometry", "crs", "features", "fields", "extent", "encoding", "roles"} == set(layer)
        assert all({"role", "confidence", "why"} <= set(role) for role in layer["roles"])


def test_that_each_role_is_told_with_the_command_that_takes_it(puc, plan):
    (layer,) = puc("inspect", plan, "--json").content["layers"]
    zoning = next(role for role in layer["roles"] if role["role"] == "zoning")
    assert zoning["fields"]["zone"] == "SIGLA_Z"
    assert zoning["add"] == f"puc-tool add STUDIO zoning {plan} --layer zone --field zone=SIGLA_Z"
    assert zoning["lacking"] == ["l'anno"]


def test_that_the_command_it_proposes_is_one_that_can_be_run(puc, town, plan):
    (layer,) = puc("inspect", plan, "--json").content["layers"]
    words = next(role for role in layer["roles"] if role["role"] == "zoning")["add"].split()
    assert puc(*[str(town) if word == "STUDIO" else word for word in words[1:]]).code == 0


def test_that_people_get_the_likely_roles_their_reasons_and_the_command(puc, town):
    said = puc("inspect", town / "data" / "suolo_2012.tif", "--lang", "en")
    assert said.code == 0
    assert "suolo_2012.tif: Raster, 14,400 cells, EPSG:3035" in said.out
    assert "soil_consumption (" in said.out
    assert "cells hold the role's codes: 3 of 3" in said.out
    assert f"puc-tool add STUDY soil_consumption {town / 'data' / 'suolo_2012.tif'} --year 2012" in said.out


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
