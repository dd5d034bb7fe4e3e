"""check: every problem of every layer at once; it changes nothing."""

from __future__ import annotations

import pytest

from layers.problems import Problem, Severity
from layers.text import Text, same

KEYS = {"name", "kind", "geometry", "crs", "features", "fields", "extent", "encoding", "roles"}


def test_that_a_study_in_order_says_so(puc, town):
    said = puc("check", town)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Confine comunale: a posto (data/borgo.gpkg: confine)",
        "Quartieri: a posto (data/borgo.gpkg: quartieri)",
        "Consumo di suolo (ISPRA) 2012: a posto (data/suolo_2012.tif)",
        "Consumo di suolo (ISPRA) 2023: a posto (data/suolo_2023.tif)",
    ]


def test_that_scripts_get_every_layer_with_the_keys_of_the_contract(puc, town):
    content = puc("check", town, "--json").content
    assert set(content) == {"layers", "problems"}
    assert [layer["roles"][0]["role"] for layer in content["layers"]] == [
        "boundary", "neighbourhoods", "soil_consumption", "soil_consumption",
    ]  # fmt: skip
    assert all(set(layer) == KEYS for layer in content["layers"])
    outline, _, raster, _ = content["layers"]
    assert (outline["features"], outline["crs"], outline["kind"]) == (1, "EPSG:3035", "vector")
    assert (raster["features"], raster["kind"]) == (14_400, "raster")


def test_that_every_problem_of_every_layer_is_told_and_nothing_changed(puc, town, hashes, faulty):
    (town / "data" / "suolo_2012.tif").unlink()
    (town / "data" / "suolo_2023.tif").write_bytes(b"no raster")
    faulty("overlapping").rename(town / "data" / "piano.gpkg")
    with (town / "study.toml").open("a") as stream:
        stream.write('\n[[layer]]\nrole = "zoning"\nsource = "data/piano.gpkg"\nfields = { zone = "SIGLA_Z" }\n')
    before = hashes(town)
    said = puc("check", town, "--json")
    assert said.code == 1
    assert set(said.problems) == {"source-missing", "source-broken", "units-overlap", "units-in-conflict"}
    assert all(each["remedy"] for each in said.problems.values())
    assert len(said.content["layers"]) == 5
    assert hashes(town) == before


def test_that_a_layer_that_cannot_be_used_is_named_so(puc, town):
    (town / "data" / "suolo_2012.tif").unlink()
    assert "Consumo di suolo (ISPRA) 2012: non usabile (data/suolo_2012.tif)" in puc("check", town).out


def test_that_warnings_are_no_refusal(puc, town, monkeypatch):
    problem = Problem("w", same("x"), Text("Strano.", "Odd."), severity=Severity.WARNING)
    monkeypatch.setattr("layers.intake.check", lambda *args: [problem])
    assert puc("check", town).code == 0


def test_that_a_study_without_layers_has_nothing_to_say(puc, tmp_path):
    (tmp_path / "study.toml").write_text("version = 1\n[study]\ncomuni = []\n")
    assert puc("check", tmp_path, "--json").content == {"layers": [], "problems": []}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("version = 1\n[study", "study-broken"),
        ("version = 2\n", "study-newer"),
        ("[study]\n", "study-version"),
        ('version = 1\n[[layer]]\nrole = "zoning"\nsource = "/vsicurl/http://example.org/z.gpkg"\n', "study-value"),
    ],
)
def test_that_a_study_that_cannot_be_read_is_explained(refused, tmp_path, text, code):
    (tmp_path / "study.toml").write_text(text)
    assert refused("check", tmp_path)["code"] == code
