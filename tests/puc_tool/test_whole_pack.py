"""The whole demonstration pack by one command, twice: the same bytes wherever it lies and however many jobs."""

from __future__ import annotations

import pytest

FORMS = {".pdf", ".png", ".svg", ".tif", ".dxf", ".csv", ".gpkg", ".geojson", ".xlsx", ".docx", ".html", ".qml", ".sld",
         ".jsonld", ".xml", ".txt", ".json"}  # fmt: skip


@pytest.mark.slow
def test_that_one_command_makes_the_demonstration_pack_again_byte_for_byte(puc, tmp_path, hashes):
    study, other = tmp_path / "puc-demo", tmp_path / "altrove" / "copia"
    assert puc("demo", study).code == 0
    assert puc("demo", other).code == 0
    # Times stand in run.json alone.
    first, second = (
        {name: each for name, each in hashes(folder).items() if not name.endswith("run.json")}
        for folder in (study, other)
    )
    assert first == second
    every_form = ("export", study, "--format", "pdf,png,svg,tif,dxf", "--paper", "A4")
    assert puc("deliver", study, "--to", tmp_path / "uno", "--jobs", 1).code == 0
    assert puc("deliver", other, "--to", tmp_path / "due", "--jobs", 2).code == 0
    for place, jobs in (("uno", 1), ("due", 2)):
        assert puc(*every_form, "--to", tmp_path / place / "forme", "--jobs", jobs).code == 0
    one, two = hashes(tmp_path / "uno"), hashes(tmp_path / "due")
    assert one == two
    made = {f".{name.rpartition('.')[2]}" for name in (*one, *first)}
    assert made >= FORMS, FORMS - made
    said = puc("verify", study, "--json")
    assert said.code == 0
    assert {each["outcome"] for each in said.content["items"]} == {"identical"}
