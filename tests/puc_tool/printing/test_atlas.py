"""Atlases: coverages, one file or each; unchanged sheets stay, jobs change nothing, a kill is taken up again."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest

from layers.problems import PucError
from layers.text import Text
from puc_tool.maps.render import render
from puc_tool.printing import atlas, atlas_volumes, coverage, drawing_desk, exporting, sheets
from puc_tool.printing.coverage import Cut
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

SOIL = (sheets.BY_ID["consumo-suolo"],)
THEN_KILLED = """
import os, signal, sys
from pathlib import Path
from puc_tool.printing import exporting, sheets
from puc_tool.studies import study_reading
from puc_tool.printing.coverage import Cut
from puc_tool.shelf import Shelf
def after_three(step):
    if len(list(Path(sys.argv[1], "export").glob("*_f??.pdf"))) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    shelf = Shelf(study_reading.read(Path(sys.argv[1])))
    exporting.export(shelf, (sheets.BY_ID["consumo-suolo"],), ("pdf",), cut=Cut(denominator=1000), one_file=True,
                     watch=after_three)
"""


@pytest.fixture
def ran(town, puc):
    assert puc("run", town).code == 0
    return town


@pytest.fixture
def export(ran):
    def once(*formats, **options):
        return exporting.export(Shelf(study_reading.read(ran)), SOIL, formats or ("pdf",), dpi=50, **options)

    return once


def names(done):
    return [path.name for path in done.files]


def opened(path: Path) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(path.read_bytes()))


def test_that_a_coverage_of_units_makes_a_sheet_for_each_under_its_name(export):
    done = export(cut=Cut(coverage="neighbourhood"))
    assert names(done) == ["01_consumo-suolo_levante.pdf", "01_consumo-suolo_ponente.pdf"]


def test_that_the_units_of_a_layer_the_study_lacks_are_refused_before_anything_is_written(export, ran):
    with pytest.raises(PucError) as caught:
        export(cut=Cut(coverage="district"))
    assert [problem.code for problem in caught.value.problems] == ["coverage-lacking"]
    assert not (ran / "export").exists()


def test_that_a_scale_too_large_for_the_paper_splits_the_ground_into_numbered_sheets(export):
    # 1 km at 1:1.000 is 1.000 mm; the frame of an A3 has 264 × 267: ⌈990 / 254⌉ × ⌈990 / 257⌉ = 4 × 4
    done = export("svg", cut=Cut(denominator=1000))
    assert names(done) == [f"01_consumo-suolo_f{n:02d}.svg" for n in range(1, 17)]


def test_that_a_scale_that_fits_makes_one_sheet(export):
    assert names(export(cut=Cut(denominator=10_000))) == ["01_consumo-suolo.pdf"]


def test_that_a_grid_without_a_scale_takes_the_next_larger_one(ran):
    # 1 km fits the A3 at 1:5.000; the next larger standard scale is 1:2.000
    parts = coverage.parts(Shelf(study_reading.read(ran)), Cut(coverage="grid"))
    assert {part.view.denominator for part in parts} == {2000}
    assert len(parts) == 4


def test_that_units_of_one_name_get_files_of_their_own():
    view = coverage.View()
    numbered = coverage._numbered([coverage.Part("borgo", code, view) for code in ("1", "2")])
    assert [part.suffix for part in numbered] == ["borgo", "borgo-2"]


def test_that_an_unchanged_sheet_is_not_drawn_again_and_its_remarks_are_told_again(export, monkeypatch):
    first = export("pdf", "png", cut=Cut(coverage="neighbourhood"), one_file=True)
    monkeypatch.setattr(drawing_desk, "render", lambda *args: pytest.fail("drawn again"))
    again = export("pdf", "png", cut=Cut(coverage="neighbourhood"), one_file=True)
    assert (again.files, again.problems, again.drawn) == (first.files, first.problems, 0)
    assert again.problems


@pytest.mark.parametrize("change", ["sheet", "language", "file", "result"])
def test_that_a_sheet_is_drawn_again_when_what_it_shows_has_changed(export, ran, puc, change):
    export("svg")
    options = {}
    if change == "sheet":
        text = (ran / "study.toml").read_text(encoding="utf-8")
        (ran / "study.toml").write_text(f"{text}\n[sheet]\nredatto = 'A. Rossi'\n", encoding="utf-8")
    elif change == "language":
        options["lang"] = "en"
    elif change == "file":
        (ran / "export" / "01_consumo-suolo.svg").write_bytes(b"<svg/>")
    else:
        assert puc("run", ran, "soil-consumption", "--set", "soil-consumption.year_from=2023").code == 0
    assert export("svg", **options).drawn == 1


def test_that_two_jobs_make_the_bytes_of_one(export, tmp_path, hashes):
    cut = Cut(coverage="neighbourhood")
    for jobs in (1, 2):
        export("pdf", "png", "svg", "tif", "dxf", cut=cut, one_file=True, jobs=jobs, to=tmp_path / str(jobs))
    assert hashes(tmp_path / "1") == hashes(tmp_path / "2")
    assert len(hashes(tmp_path / "1")) == 2 * 5 + 2 + 2  # the pages kept, the atlas and the manifest


def test_that_an_export_killed_half_way_is_taken_up_where_it_was(ran, tmp_path, hashes):
    killed = subprocess.run(
        [sys.executable, "-c", THEN_KILLED, str(ran)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(list((ran / "export").glob("*_f??.pdf"))) == 3
    shelf = Shelf(study_reading.read(ran))
    done = exporting.export(shelf, SOIL, ("pdf",), cut=Cut(denominator=1000), one_file=True)
    assert done.drawn == 16 - 3
    exporting.export(shelf, SOIL, ("pdf",), cut=Cut(denominator=1000), one_file=True, to=tmp_path / "intero")
    whole = {name: sha256 for name, sha256 in hashes(ran / "export").items() if ".part" not in name}
    assert whole == hashes(tmp_path / "intero")


def test_that_the_atlas_has_a_cover_an_index_every_sheet_and_the_warnings_last(export, ran):
    done = export(cut=Cut(coverage="neighbourhood"), one_file=True)
    assert names(done)[-1] == "atlas.pdf"
    pdf = opened(ran / "export" / "atlas.pdf")
    with pdf.open_outline() as outline:
        titles = [item.title.replace("\u00a0", " ") for item in outline.root]
    assert titles == [
        "Atlante dello studio preliminare",
        "Indice delle tavole e quadro di unione",
        "Carta del consumo di suolo Quartiere Levante",
        "Carta del consumo di suolo Quartiere Ponente",
        "Avvisi e valori non verificati",
    ]
    assert len(pdf.pages) == 5


def test_that_a_long_atlas_comes_in_volumes_each_with_its_own_index(export, ran, monkeypatch):
    monkeypatch.setattr(atlas_volumes, "MOST_PAGES", 1)
    done = export(cut=Cut(coverage="neighbourhood"), one_file=True)
    assert names(done)[-2:] == ["atlas.pdf", "atlas_2.pdf"]
    for name, unit in (("atlas.pdf", "Levante"), ("atlas_2.pdf", "Ponente")):
        with opened(ran / "export" / name) as pdf:
            # Cover, index, one sheet, warnings.
            assert len(pdf.pages) == 4
            with pdf.open_outline() as outline:
                assert any(unit in str(each.title) for each in walked(outline.root))
    monkeypatch.undo()
    assert names(export(cut=Cut(coverage="neighbourhood"), one_file=True))[-1] == "atlas.pdf"
    assert not (ran / "export" / "atlas_2.pdf").exists()


def walked(items):
    for each in items:
        yield each
        yield from walked(each.children)


def order(kind, place):
    return SimpleNamespace(kind_id=kind, stem=f"{kind}_{place}")


def test_that_the_parts_of_a_sheet_stay_in_one_volume_where_they_find_room():
    wanted = [order(kind, place) for kind, count in (("a", 3), ("b", 2), ("c", 9), ("d", 1)) for place in range(count)]
    found = atlas_volumes.volumes(wanted, 4)
    assert [each for volume in found for each in volume] == wanted
    assert ["".join(each.kind_id for each in volume) for volume in found] == ["aaa", "bb", "cccc", "cccc", "cd"]


def page_of(kind, title, part):
    """Return a sheet of a part, as the index reads it."""
    place = SimpleNamespace(title=Text(part, part), view=SimpleNamespace(paper="A3"))
    order = SimpleNamespace(kind_id=kind, part=place)
    return SimpleNamespace(order=order, code="PUC-DIS-01", title=Text(title, title), denominator=5000)


def test_that_sheets_named_after_their_districts_stand_in_the_index_under_the_name_of_the_sheet():
    districts = [page_of("scheda-distretto", name, name) for name in ("Ex fornace", "Arsenale")]
    alike = [page_of("consumo-suolo", "Carta del consumo di suolo", name) for name in ("Ponente", "Levante")]
    rows = [row for group in atlas.index([*districts, *alike]) for row in group["rows"]]
    assert [row["title"].it for row in rows] == ["Scheda di distretto", "Carta del consumo di suolo"]
    assert [part["name"].it for part in rows[0]["parts"]] == ["Ex fornace", "Arsenale"]


def test_that_the_index_leads_to_every_sheet(export, ran):
    export(cut=Cut(coverage="neighbourhood"), one_file=True)
    pdf = opened(ran / "export" / "atlas.pdf")
    places = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    links = [each for each in pdf.pages[1].Annots if each.Subtype == "/Link"]
    targets = [each.get("/Dest", each.get("/A", {}).get("/D") if "/A" in each else None) for each in links]
    assert sorted(places[target[0].objgen] for target in targets) == [3, 3, 4]


def test_that_the_atlas_is_tagged_in_one_language_with_a_sentence_for_every_map(export, ran):
    export(cut=Cut(coverage="neighbourhood"), one_file=True, lang="en")
    pdf = opened(ran / "export" / "atlas.pdf")
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.MarkInfo.Marked
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
    told = [str(figure.Alt) for figure in figures]
    assert len(told) == 5  # the index and two sheets, each with its small map
    assert sum("Neighbourhood Ponente" in words for words in told) == 1


def test_that_the_sentence_of_a_unit_tells_its_own_numbers(export, ran):
    # Ponente: 50 ha, of which 20 × 20 cells of 100 m² = 4 ha are roads: 8 %
    export(cut=Cut(coverage="neighbourhood"))
    pdf = opened(ran / "export" / "01_consumo-suolo_ponente.pdf")
    figures = (i for i in pdf.objects if isinstance(i, pikepdf.Dictionary) and i.get("/S") == "/Figure")
    told = " ".join(str(figure.Alt) for figure in figures).replace("\u202f", " ")
    assert "Il foglio inquadra: Quartiere Ponente." in told
    assert ": 50 ha" in told
    assert ": 4,0 ha" in told
    assert ": 8,0 %" in told


@pytest.mark.parametrize("left", [None, b"no zip"])
def test_that_an_atlas_draws_only_the_sheet_whose_page_is_not_kept(export, ran, monkeypatch, left):
    cut = Cut(coverage="neighbourhood")
    export(cut=cut, one_file=True)
    folder = ran / "export"
    before = (folder / "atlas.pdf").read_bytes()
    (folder / "atlas.pdf").unlink()
    _, second = sorted((folder / ".pages").glob("*.zip"))
    second.unlink() if left is None else second.write_bytes(left)
    drawn = list[str]()
    monkeypatch.setattr(drawing_desk, "render", lambda sheet, *more: drawn.append(sheet.id) or render(sheet, *more))
    assert export(cut=cut, one_file=True).drawn == 0
    assert len(drawn) == 1
    assert (folder / "atlas.pdf").read_bytes() == before


def test_that_pages_of_an_atlas_are_the_pages_of_the_sheets(export, ran):
    export(cut=Cut(paper="A4", coverage="neighbourhood"), one_file=True)
    pdf = opened(ran / "export" / "atlas.pdf")
    sizes = [tuple(round(float(side) * 25.4 / 72) for side in page.MediaBox[2:]) for page in pdf.pages]
    # Of each of the two sheets a second page: what A4 has no room for goes on.
    assert sizes == [(420, 297), (420, 297), *[(297, 210)] * 4, (420, 297)]


def test_that_the_index_counts_the_further_pages_of_the_sheets_before(export, ran):
    export(cut=Cut(paper="A4", coverage="neighbourhood"), one_file=True)
    pdf = opened(ran / "export" / "atlas.pdf")
    places = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    links = [each for each in pdf.pages[1].Annots if each.Subtype == "/Link"]
    targets = [each.get("/Dest", each.get("/A", {}).get("/D") if "/A" in each else None) for each in links]
    assert sorted(places[target[0].objgen] for target in targets) == [3, 3, 5]


def test_that_a_sheet_with_an_error_is_not_written_and_the_others_are(ran, monkeypatch):
    def faulty(sheet, *args):
        return render(replace(sheet, sources=()) if "Ponente" in sheet.alt.it else sheet, *args)

    monkeypatch.setattr(drawing_desk, "render", faulty)
    shelf = Shelf(study_reading.read(ran))
    done = exporting.export(shelf, SOIL, ("svg",), cut=Cut(coverage="neighbourhood"))
    assert names(done) == ["01_consumo-suolo_levante.svg"]
    assert "sheet-no-source" in [problem.code for problem in done.problems]
    assert not (ran / "export" / "01_consumo-suolo_ponente.svg").exists()


def test_that_the_manifest_keeps_what_the_lint_said_in_both_languages(export, ran):
    export()
    entry = json.loads((ran / "export" / "manifest.json").read_text(encoding="utf-8"))["files"]["01_consumo-suolo.pdf"]
    empty = next(each for each in entry["problems"] if each["code"] == "sheet-field-empty")
    assert empty["severity"] == "warning"
    assert empty["message"][0].startswith("campi obbligatori")
    assert empty["message"][1].startswith("required title-block fields")


@pytest.mark.parametrize("given", ["../fuori.png", "manca.png", "nota.txt", "finta.png"])
def test_that_a_coat_of_arms_that_is_no_picture_of_the_study_is_refused(ran, export, given):
    (ran / "nota.txt").write_text("mio")
    (ran / "finta.png").write_text("mio")
    text = (ran / "study.toml").read_text(encoding="utf-8")
    (ran / "study.toml").write_text(f"{text}\n[sheet]\nstemma = '{given}'\n", encoding="utf-8")
    with pytest.raises(PucError) as caught:
        export()
    assert [problem.code for problem in caught.value.problems] == ["crest-unfit"]
    assert not (ran / "export").exists()


def test_that_a_part_knows_its_name_in_both_languages(ran):
    parts = coverage.parts(Shelf(study_reading.read(ran)), Cut(coverage="neighbourhood"))
    assert parts[0].view.name == Text("Quartiere Levante", "Neighbourhood Levante")
