"""Sheets to files, from written results alone; what is not ours in a folder is never touched."""

from __future__ import annotations

import errno
import hashlib
import json
import os

import pytest

from analyses.progress import Cancelled
from layers import write
from layers.problems import PucError
from puc_tool.printing import exporting, sheets
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

NOBODY = 2**22 + 1  # no process has such a number
PNG = b"\x89PNG\r\n\x1a\n"
SOIL = (sheets.BY_ID["consumo-suolo"],)


@pytest.fixture
def ran(town, puc):
    assert puc("run", town).code == 0
    return town


@pytest.fixture
def export(ran):
    def once(*formats, **options):
        return exporting.export(Shelf(study_reading.read(ran)), SOIL, formats or ("png",), dpi=50, **options)

    return once


def test_that_a_sheet_is_written_in_each_format_under_its_name(export, ran):
    done = export("pdf", "png", "svg")
    assert [path.name for path in done.files] == [f"01_consumo-suolo.{form}" for form in ("pdf", "png", "svg")]
    pdf, png, svg = (path.read_bytes() for path in done.files)
    assert pdf.startswith(b"%PDF-")
    assert png.startswith(PNG)
    assert b"<svg" in svg[:200]
    assert {path.name for path in (ran / "export").iterdir()} == {*(each.name for each in done.files), "manifest.json"}


def test_that_the_manifest_tells_inputs_scale_crs_and_hash(export, ran):
    done = export("pdf", "png")
    files = json.loads((ran / "export" / "manifest.json").read_text(encoding="utf-8"))["files"]
    record = json.loads((ran / "results" / "soil-consumption" / "run.json").read_text(encoding="utf-8"))
    assert sorted(files) == [path.name for path in done.files]
    for path in done.files:
        entry = files[path.name]
        assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert entry["inputs"] == [each["sha256"] for each in record["inputs"]]
        assert (entry["sheet"], entry["crs"], entry["run"]) == ("consumo-suolo", "EPSG:3035", record["key"])
        assert entry["scale"] > 0


def test_that_the_same_results_give_the_same_bytes(export, ran, tmp_path, hashes):
    export("pdf", "png", "svg")
    export("pdf", "png", "svg", to=tmp_path / "altrove")
    assert hashes(ran / "export") == hashes(tmp_path / "altrove")


def test_that_exporting_changes_nothing_else_in_the_study(export, ran, hashes, tmp_path):
    before = hashes(ran)
    export(to=tmp_path / "altrove")
    assert hashes(ran) == before


def test_that_another_format_later_leaves_the_earlier_in_the_manifest(export, ran):
    export("png")
    export("svg")
    files = json.loads((ran / "export" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert sorted(files) == ["01_consumo-suolo.png", "01_consumo-suolo.svg"]


def test_that_a_sheet_somebody_took_away_leaves_the_manifest(export, ran):
    export("png")
    (ran / "export" / "01_consumo-suolo.png").unlink()
    export("svg")
    files = json.loads((ran / "export" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert sorted(files) == ["01_consumo-suolo.svg"]


def test_that_a_file_of_the_users_in_our_folder_stays(export, ran):
    export()
    (ran / "export" / "verbale.txt").write_text("mio")
    export()
    assert (ran / "export" / "verbale.txt").read_text() == "mio"


@pytest.mark.parametrize("content", [None, "", "[]", '{"files": []}', '{"files": 3}', "{"])
def test_that_a_folder_that_is_not_ours_is_refused_untouched(export, tmp_path, hashes, content):
    theirs = tmp_path / "documenti"
    theirs.mkdir()
    (theirs / "01_consumo-suolo.png").write_text("mio")
    if content is not None:
        (theirs / "manifest.json").write_text(content)
    before = hashes(theirs)
    with pytest.raises(PucError) as caught:
        export(to=theirs)
    assert [problem.code for problem in caught.value.problems] == ["folder-not-ours"]
    assert hashes(theirs) == before


def test_that_a_file_where_the_folder_should_be_is_refused(export, tmp_path):
    (tmp_path / "tavole").write_text("mio")
    with pytest.raises(PucError):
        export(to=tmp_path / "tavole")
    assert (tmp_path / "tavole").read_text() == "mio"


def test_that_without_results_nothing_is_made(town, tmp_path):
    with pytest.raises(PucError) as caught:
        exporting.export(Shelf(study_reading.read(town)), SOIL, ("png",), to=tmp_path / "tavole")
    assert [problem.code for problem in caught.value.problems] == ["results-missing"]
    assert "puc-tool run" in caught.value.problems[0].remedy.it
    assert not (tmp_path / "tavole").exists()


@pytest.mark.parametrize("name", ["01_consumo-suolo.png", "manifest.json"])
def test_that_a_full_disk_leaves_the_earlier_sheets_and_a_folder_still_ours(export, ran, monkeypatch, name):
    export("png")
    before = (ran / "export" / "01_consumo-suolo.png").read_bytes()
    sync = write._sync

    def full(path):
        if path.name.replace(f".{os.getpid()}.part", "") == name:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(path)

    with monkeypatch.context() as patch:
        patch.setattr(write, "_sync", full)
        with pytest.raises(PucError, match="il disco è pieno"):
            export("png", lang="en")
    assert (ran / "export" / "01_consumo-suolo.png").read_bytes() == before
    assert list((ran / "export").glob("*.part*")) == []
    assert [path.name for path in export("png").files] == ["01_consumo-suolo.png"]


def test_that_a_folder_left_by_a_stopped_export_is_still_ours(export, ran):
    def impatient(share, message):
        if share > 0.1:
            raise Cancelled

    with pytest.raises(Cancelled):
        export(report=impatient)
    (ran / "export" / f"01_consumo-suolo.{NOBODY}.part.png").write_bytes(PNG)
    export()
    assert sorted(path.name for path in (ran / "export").iterdir()) == ["01_consumo-suolo.png", "manifest.json"]


def test_that_the_sheet_says_what_the_run_found_and_not_a_second_computation(export, ran, monkeypatch):
    def computed(*args, **words):
        pytest.fail("computed again")

    monkeypatch.setattr("analyses.zonal.zonal_areas", computed)
    monkeypatch.setattr("analyses.zonal.zonal_transitions", computed)
    export("svg")
