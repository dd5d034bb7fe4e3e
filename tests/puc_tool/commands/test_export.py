"""export: sheets of written results, as files with a manifest."""

from __future__ import annotations

import json

import pytest

from puc_tool.printing import sheets


@pytest.fixture
def ran(town, puc):
    assert puc("run", town).code == 0
    return town


def test_that_without_names_every_sheet_is_written_as_pdf_and_png(puc, ran):
    said = puc("export", ran, "--dpi", 50, "--json")
    assert said.code == 0
    assert set(said.content) == {"files", "problems"}
    names = [f"01_consumo-suolo.{form}" for form in ("pdf", "png")]
    assert said.content["files"] == [str(ran / "export" / name) for name in names]
    assert sorted(path.name for path in (ran / "export").iterdir()) == [*names, "manifest.json"]


def test_that_a_sheet_whose_analysis_was_not_run_is_passed_over_and_told(puc, ran):
    said = puc("export", ran, "--format", "svg", "--json").content["problems"]
    passed_over = [each for each in said if each["code"] == "sheet-passed-over"]
    assert {each["where"] for each in passed_over} == {kind.title.it for kind in sheets.ALL} - {
        "Carta del consumo di suolo"
    }
    assert {each["severity"] for each in passed_over} == {"info"}


def test_that_a_sheet_asked_for_by_name_is_refused_until_its_analysis_was_run(refused, ran):
    problem = refused("export", ran, "pericolosita")
    assert problem["code"] == "results-missing"
    assert "puc-tool run STUDIO hazard-exposure" in problem["remedy"]


def test_that_formats_and_place_can_be_chosen(puc, ran, tmp_path):
    said = puc("export", ran, "consumo-suolo", "--format", "svg", "--to", tmp_path / "tavole", "--json")
    assert said.content["files"] == [str(tmp_path / "tavole" / "01_consumo-suolo.svg")]
    assert not (ran / "export").exists()


def test_that_more_dots_make_a_larger_picture(puc, ran):
    sizes = []
    for dpi in (50, 100):
        puc("export", ran, "--format", "png", "--dpi", dpi)
        header = (ran / "export" / "01_consumo-suolo.png").read_bytes()[16:24]
        sizes.append((int.from_bytes(header[:4]), int.from_bytes(header[4:])))
    (w, h), (wide, high) = sizes
    assert (wide, high) == (pytest.approx(2 * w, abs=2), pytest.approx(2 * h, abs=2))


def test_that_the_sheet_speaks_the_language_asked_for(puc, ran, hashes):
    for lang in ("it", "en"):
        puc("export", ran, "--format", "svg", "--to", ran.parent / lang, "--lang", lang)
    assert hashes(ran.parent / "it") != hashes(ran.parent / "en")


@pytest.mark.parametrize("words", [("nonsense",), ("--format", "docx"), ("--dpi", "5"), ("--dpi", "9999")])
def test_that_words_that_name_nothing_are_wrong_usage(puc, ran, words):
    said = puc("export", ran, *words, "--json")
    assert said.code == 2
    assert not (ran / "export").exists()


def test_that_a_study_not_run_yet_is_told_how(refused, town):
    problem = refused("export", town)
    assert problem["code"] == "results-missing"
    assert "puc-tool run STUDIO soil-consumption" in problem["remedy"]
    assert not (town / "export").exists()


def test_that_old_results_are_not_printed(refused, ran):
    (ran / "data" / "suolo_2023.tif").write_bytes((ran / "data" / "suolo_2012.tif").read_bytes())
    assert refused("export", ran)["code"] == "results-stale"
    assert not (ran / "export").exists()


def test_that_a_folder_that_is_not_ours_is_refused(refused, ran, tmp_path, hashes):
    (tmp_path / "documenti").mkdir()
    (tmp_path / "documenti" / "01_consumo-suolo.pdf").write_text("mio")
    before = hashes(tmp_path)
    assert refused("export", ran, "--to", tmp_path / "documenti")["code"] == "folder-not-ours"
    assert hashes(tmp_path) == before


def test_that_the_manifest_names_no_place_and_no_one(puc, ran, tmp_path):
    puc("export", ran, "--format", "svg")
    text = (ran / "export" / "manifest.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert json.loads(text)["files"]


def test_that_names_may_stand_before_and_after_options(puc, town):
    puc("run", town)
    before = puc("export", town, "consumo-suolo", "--format", "svg", "--json").content["files"]
    after = puc("export", town, "--format", "svg", "consumo-suolo", "--json").content["files"]
    assert [path.rpartition("/")[2] for path in after] == ["01_consumo-suolo.svg"]
    assert after == before


def test_that_an_unknown_option_is_no_name_of_a_sheet(puc, town):
    said = puc("export", town, "--papel", "A3")
    assert said.code == 2
    assert "--papel" in said.err


@pytest.mark.parametrize("words", ["", " , ", ","])
def test_that_no_format_at_all_is_told_in_a_sentence(puc, town, words):
    said = puc("export", town, "--format", words)
    assert said.code == 2
    assert "--format vuole almeno uno fra pdf, png, svg, tif, dxf." in said.err


def test_that_capitals_and_the_commas_of_english_scales_are_taken(puc, town):
    puc("run", town)
    made = puc("export", town, "consumo-suolo", "--format", "SVG,", "--paper", "a4", "--scale", "1:25,000", "--json")
    assert made.code == 0
    manifest = json.loads((town / "export" / "manifest.json").read_text())
    entry = manifest["files"]["01_consumo-suolo.svg"]
    assert (entry["paper"], entry["scale"]) == ("A4", 25000)
