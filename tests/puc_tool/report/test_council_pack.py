"""The whole pack in one go: sheets, study, notebooks, open data. What fails is told, what is done stays."""

from __future__ import annotations

import json
import shutil

import pytest

from analyses.progress import Cancelled
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, same
from puc_tool.printing import sheets
from puc_tool.printing.council_pack import (
    NOTEBOOKS,
    OPEN_DATA,
    PARTS,
    STUDY,
    PackWish,
    make_pack,
    offered,
    untold,
)
from puc_tool.printing.sheet_orders import Wish
from puc_tool.printing.sheet_pack import State
from puc_tool.printing.summing_up import summed_up
from puc_tool.report.notebooks.writing import NotebookDesk
from puc_tool.report.open_data.package import Said
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

WISH = PackWish(
    (sheets.BY_ID["consumo-suolo"],), Wish(("png",)), study=("html", "docx"), has_notebooks=True, open_data=Said()
)
MADE = {"export/01_consumo-suolo.png", "report/studio_preliminare.html", "report/quaderni/ponente.pdf",
        "report/quaderni/levante.pdf", "open-data/dati.gpkg"}  # fmt: skip


@pytest.fixture
def shelf(peopled, tmp_path):
    """Return the borough with people, everything computed."""
    return Shelf(study_reading.read(shutil.copytree(peopled, tmp_path / "abitato")))


def states(pack):
    return {line.kind.id: line.state for line in pack.lines}


def test_that_every_part_is_written_into_its_folder_and_has_a_line(shelf):
    told = []
    pack, made = make_pack(shelf, WISH, tell=told.append)
    folder = shelf.study.folder
    assert {path.relative_to(folder).as_posix() for path in made.files} >= MADE
    assert all(path.is_file() for path in made.files)
    # One page, two forms of the study, two notebooks, one package; told before the first and after each at least.
    assert [line.total for line in pack.lines] == [1, 2, 2, 1]
    assert {each.settled for each in told} == set(range(7))
    assert pack == told[-1]


def test_that_a_pack_made_again_makes_nothing_and_says_the_same(shelf, hashes):
    _, made = make_pack(shelf, WISH, tell=untold)
    before = hashes(shelf.study.folder)
    pack, again = make_pack(Shelf(shelf.study), WISH, tell=untold)
    assert all(line.unchanged == line.total for line in pack.lines)
    assert set(again.files) == set(made.files)
    assert again.problems == made.problems
    assert hashes(shelf.study.folder) == before


def test_that_another_folder_and_more_jobs_give_the_same_bytes(shelf, hashes, tmp_path):
    make_pack(shelf, WISH, tell=untold, to=tmp_path / "uno")
    make_pack(Shelf(shelf.study), WISH, tell=untold, to=tmp_path / "due", jobs=2)
    assert hashes(tmp_path / "uno") == hashes(tmp_path / "due")


def test_that_a_pack_stopped_between_two_notebooks_is_taken_up_there(shelf, monkeypatch):
    wish = PackWish((), Wish(("png",)), has_notebooks=True)
    written = []
    whole = NotebookDesk.write
    monkeypatch.setattr(NotebookDesk, "write", lambda desk, hood: written.append(hood.stem) or whole(desk, hood))

    def stop_after_one(pack):
        if pack.settled:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_pack(shelf, wish, tell=stop_after_one)
    there = [path.name for path in (shelf.study.folder / "report" / "quaderni").iterdir()]
    assert there == ["levante.pdf"]
    pack, made = make_pack(Shelf(shelf.study), wish, tell=untold)
    assert written == ["levante", "ponente"]
    assert (pack.lines[0].unchanged, pack.lines[0].drawn) == (1, 1)
    assert len(made.files) == 2


def test_that_open_data_stopped_half_way_are_made_whole_the_next_time(shelf, hashes, tmp_path):
    wish = PackWish((), Wish(("png",)), open_data=Said())
    make_pack(shelf, wish, tell=untold, to=tmp_path / "intero")

    def stop_half_way(share, message):
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_pack(shelf, wish, tell=untold, to=tmp_path / "ripreso", report=stop_half_way)
    assert (tmp_path / "ripreso" / "open-data" / "dati.gpkg").is_file()
    assert not (tmp_path / "ripreso" / "open-data" / "LEGGIMI.txt").exists()
    make_pack(shelf, wish, tell=untold, to=tmp_path / "ripreso")
    assert hashes(tmp_path / "ripreso") == hashes(tmp_path / "intero")


def test_that_a_part_that_cannot_be_written_is_told_and_the_others_are_written(shelf):
    (shelf.study.folder / "report").mkdir()
    (shelf.study.folder / "report" / "mio.txt").write_text("mio", encoding="utf-8")
    pack, made = make_pack(shelf, WISH, tell=untold)
    assert {name for name, state in states(pack).items() if state is State.REFUSED} == {STUDY.id, NOTEBOOKS.id}
    assert {path.relative_to(shelf.study.folder).parts[0] for path in made.files} == {"export", "open-data"}
    assert [each.code for each in made.problems if each.severity is Severity.ERROR] == ["folder-not-ours"]


def test_that_a_sheet_folder_of_somebody_else_stops_the_sheets_alone(shelf):
    shelf.study.export.mkdir()
    (shelf.study.export / "mio.txt").write_text("mio", encoding="utf-8")
    pack, made = make_pack(shelf, WISH, tell=untold)
    assert states(pack)["consumo-suolo"] is State.REFUSED
    assert (shelf.study.folder / "report" / "studio_preliminare.html") in made.files


def test_that_only_a_study_with_results_is_offered_texts_and_only_with_neighbourhoods_notebooks(shelf, town):
    assert offered(shelf.study) == PARTS
    assert offered(study_reading.read(town)) == ()
    text = (shelf.study.folder / "study.toml").read_text(encoding="utf-8")
    (shelf.study.folder / "study.toml").write_text(text.replace('"neighbourhoods"', '"reference"'), encoding="utf-8")
    assert offered(study_reading.read(shelf.study.folder)) == (STUDY, OPEN_DATA)


def test_that_what_is_said_of_two_sheets_is_one_line_that_names_both():
    said = [
        Problem("label-left-out", same(name), Text("un'etichetta è omessa.", "a label is left out."),
                severity=Severity.WARNING)
        for name in ("Zone", "Suolo", "Zone")
    ]  # fmt: skip
    grave = Problem("empty", same("Orti"), Text("carta vuota.", "empty map."))
    first, second = summed_up([*said, grave])
    assert (first.where.it, second.where.it) == ("Orti", "Zone, Suolo")


def test_that_the_same_remark_with_two_effects_is_one_line_with_both():
    effects = [Text("Lo studio lo dice.", "The study says so."), Text("I dati mancano.", "The data lack.")]
    (one,) = summed_up(
        Problem(f"c{place}", same("Orti"), Text("non eseguita.", "not run."), effect, NOTHING, Severity.INFO)
        for place, effect in enumerate(effects)
    )
    assert one.effect.it == "Lo studio lo dice. I dati mancano."


def test_that_one_command_makes_the_pack_and_the_single_ones_find_it_done(puc, shelf):
    folder = shelf.study.folder
    said = puc("deliver", folder, "--json")
    assert said.code == 0, said
    files = {path.removeprefix(f"{folder}/") for path in said.content["files"]}
    assert {"export/atlas.pdf", "report/studio_preliminare.docx", "report/quaderni/levante.pdf",
            "open-data/metadati/dcat_ap_it.jsonld"} <= files  # fmt: skip
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.pdf")}
    for words in (("export", folder), ("report", folder, "--format", "pdf,docx,html"), ("publish", folder)):
        assert puc(*words).code == 0
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.pdf")} == before


def test_that_a_report_says_what_changed_after_it_was_stopped_half_way(puc, shelf):
    folder = shelf.study.folder
    puc("report", folder, "--format", "html")
    path = folder / "report" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    older = {**manifest, "figures": {**manifest["figures"], "soil-consumption/suolo_consumato_ha": 3.0}}
    path.write_text(json.dumps(older), encoding="utf-8")

    def stop(pack):
        if pack.settled:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_pack(shelf, PackWish((), Wish(()), study=("html", "docx")), tell=stop)
    make_pack(shelf, PackWish((), Wish(()), study=("html", "docx")), tell=untold)
    page = (folder / "report" / "studio_preliminare.html").read_text(encoding="utf-8")
    assert "3,00\u00a0ha" in page
