"""The whole demonstration pack by one command, twice: the same bytes wherever it lies and however many jobs."""

from __future__ import annotations

import shutil

import pytest

FORMS = {".pdf", ".png", ".svg", ".tif", ".dxf", ".csv", ".gpkg", ".geojson", ".xlsx", ".docx", ".html", ".qml", ".sld",
         ".jsonld", ".xml", ".txt", ".json"}  # fmt: skip
EVERY_FORM = ("consumo-suolo", "registro-distretti", "zone", "--format", "pdf,png,svg,tif,dxf", "--paper", "A4")


@pytest.mark.slow
def test_that_one_command_makes_the_demonstration_pack_again_byte_for_byte(puc, tmp_path, hashes):
    study, other = tmp_path / "puc-demo", tmp_path / "altrove" / "copia"
    assert puc("demo", study).code == 0
    # That two demonstrations are equal is held elsewhere (test_roads): here the second is a copy, without its sheets.
    shutil.copytree(study, other, ignore=shutil.ignore_patterns("export", "report"))
    for folder, place, jobs in ((study, "uno", 1), (other, "due", 2)):
        assert puc("deliver", folder, "--to", tmp_path / place, "--jobs", jobs).code == 0
        assert puc("export", folder, *EVERY_FORM, "--to", tmp_path / place / "forme", "--jobs", jobs).code == 0
    one, two = hashes(tmp_path / "uno"), hashes(tmp_path / "due")
    assert one == two
    made = {f".{name.rpartition('.')[2]}" for name in (*one, *hashes(study))}
    assert made >= FORMS, FORMS - made
    said = puc("verify", study, "--json")
    assert said.code == 0
    assert {each["outcome"] for each in said.content["items"]} == {"identical"}
