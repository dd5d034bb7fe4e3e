"""The workspace of sheets: looking at a page before it is printed, and making the pack."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from analyses.hazard_exposure import HAZARD_EXPOSURE
from layers.problems import Severity
from puc_tool.printing import sheets
from puc_tool.printing.drawing_desk import Desk as DrawingDesk
from puc_tool.printing.sheet_pack import Line, State
from puc_tool.report.notebooks.writing import NotebookDesk
from ui.sheets.pack_row import said_of

SOIL = sheets.BY_ID["consumo-suolo"]


@pytest.fixture
def ran(qtbot, window):
    """Return the window once the soil consumption has been computed."""
    window.run()
    qtbot.waitUntil(lambda: window.has_results and not window.desk.jobs.running)
    return window


@pytest.fixture
def at_sheets(qtbot, ran):
    with qtbot.waitSignal(ran.sheets.sheets.previewed):
        ran.actions_by_id["view.sheets"].trigger()
    return ran


@pytest.fixture
def alone(at_sheets):
    """Return the window with nothing chosen for the pack but its sheets."""
    for row in at_sheets.sheets.pack.parts.rows.values():
        row.box.setChecked(False)
    return at_sheets


def until_stopped(desk, order, wish, report):
    """Draw without end: only a report that is refused ends it."""
    while True:
        report(0.5, SOIL.title)
        time.sleep(0.005)


def rested(qtbot, window):
    """Wait until a page is seen and nothing is being done."""
    qtbot.waitUntil(lambda: window.can_export and not window.desk.jobs.running)


def packed(qtbot, window):
    with qtbot.waitSignal(window.sheets.sheets.ended) as ended:
        window.sheets.pack.make()
    qtbot.waitUntil(lambda: not window.desk.jobs.running)
    return ended.args[0]


def test_that_the_sheet_of_the_analysis_in_hand_is_looked_at_first(at_sheets):
    preview = at_sheets.sheets.preview
    assert at_sheets.sheets.sheets.kind is SOIL
    assert preview.title._whole.startswith("SP-SUO-01, A3, 1:")
    assert preview.sentence.text().startswith("Carta del consumo di suolo")
    assert preview.view.accessibleName().startswith("Carta del consumo di suolo. ")
    assert preview.table.rowCount() == 3, "two neighbourhoods and their total"


def test_that_another_unit_is_shown_when_it_is_chosen(qtbot, at_sheets):
    preview, desk = at_sheets.sheets.preview, at_sheets.sheets.sheets
    with qtbot.waitSignal(desk.previewed) as made:
        preview.coverage.setCurrentIndex(1)
        preview.coverage.activated.emit(1)
    assert [part.title.it for part in made.args[0].parts] == ["Levante", "Ponente"]
    with qtbot.waitSignal(desk.previewed) as made:
        preview.part.activated.emit(1)
    assert made.args[0].part.title.it == "Ponente"
    assert preview.part.currentText() == "Ponente"


def test_that_a_scale_and_a_paper_are_those_of_the_page(qtbot, at_sheets):
    preview, desk = at_sheets.sheets.preview, at_sheets.sheets.sheets
    with qtbot.waitSignal(desk.previewed):
        preview.paper.activated.emit(preview.paper.findText("A4"))
    place = preview.scale.findText("1:5.000")
    with qtbot.waitSignal(desk.previewed) as made:
        preview.scale.activated.emit(place)
    assert made.args[0].denominator == 5000
    assert preview.title._whole.startswith("SP-SUO-01, A4, 1:5.000")


def test_that_a_sheet_without_results_says_what_to_do_instead_of_a_page(qtbot, at_sheets):
    desk = at_sheets.sheets.sheets
    with qtbot.waitSignal(desk.lacking) as lacking:
        desk.choose(sheets.BY_ID["pericolosita"])
    assert lacking.args[0][0].code == "results-missing"
    assert at_sheets.sheets.preview._pages.currentIndex() == 3
    (way,) = [each for each in at_sheets.sheets.preview.findChildren(QPushButton) if each.text().startswith("Apri l'")]
    way.click()
    assert at_sheets.session.analysis.id == "hazard-exposure"
    assert at_sheets.is_at_map


def test_that_the_pack_tells_each_sheet_and_offers_its_folder(qtbot, alone, monkeypatch):
    pack = alone.sheets.pack
    assert list(pack.rows) == ["consumo-suolo"], "the others have no results and no layer"
    packed(qtbot, alone)
    assert {path.name for path in alone.session.study.export.iterdir()} == {
        "01_consumo-suolo.pdf", "01_consumo-suolo.png", "manifest.json",
    }  # fmt: skip
    assert pack.rows["consumo-suolo"].accessibleName() == "Carta del consumo di suolo, 2 avvisi"
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    pack.folder_button.click()
    assert opened == [str(alone.session.study.export)]


def test_that_a_sheet_that_fails_is_a_card_and_the_button_comes_back(qtbot, alone):
    (alone.session.study.export).mkdir()
    (alone.session.study.export / "mio.txt").write_text("mio", encoding="utf-8")
    problems = packed(qtbot, alone)
    assert [each.code for each in problems] == ["folder-not-ours"]
    assert alone.sheets.pack.make_button.isVisible()
    assert alone.sheets.pack._cards.count() == 1


def test_that_a_pack_is_stopped_by_escape_and_says_that_the_sheets_stay(qtbot, alone, monkeypatch):
    monkeypatch.setattr(DrawingDesk, "draw", until_stopped)
    alone.sheets.pack.make()
    qtbot.waitUntil(lambda: alone.sheets.sheets.is_packing)
    with qtbot.waitSignal(alone.sheets.sheets.ended):
        alone.actions_by_id["view.unselect"].trigger()
    assert alone.status._said._whole == "Fermato. Ciò che è fatto resta."
    assert alone.sheets.pack.make_button.isVisible()
    qtbot.waitUntil(lambda: alone.desk.jobs._working is None)


def test_that_nothing_can_be_made_of_no_sheet_or_in_no_format(alone):
    pack = alone.sheets.pack
    pack.rows["consumo-suolo"].box.setChecked(False)
    assert not pack.make_button.isEnabled()
    pack.rows["consumo-suolo"].box.setChecked(True)
    for box in pack.formats.values():
        box.setChecked(False)
    assert not pack.make_button.isEnabled()


def test_that_texts_and_data_are_made_with_the_sheets_in_folders_of_the_study(qtbot, at_sheets, monkeypatch):
    pack, folder = at_sheets.sheets.pack, at_sheets.session.study.folder
    assert list(pack.parts.rows) == ["studio-preliminare", "quaderni", "dati-aperti"]
    pack.parts.formats["pdf"].setChecked(False)
    pack.parts.formats["html"].setChecked(True)
    problems = packed(qtbot, at_sheets)
    for name in ("export/01_consumo-suolo.pdf", "report/studio_preliminare.html", "report/quaderni/levante.pdf",
                 "open-data/dati.gpkg"):  # fmt: skip
        assert (folder / name).is_file()
    assert not (folder / "report" / "studio_preliminare.pdf").exists()
    assert pack.parts.rows["quaderni"].accessibleName() == "Quaderni di quartiere, Fatto"
    assert (
        pack._cards.count() == len(problems) == len({(each.severity, each.message, each.remedy) for each in problems})
    )
    assert pack._summary.text().endswith("note")
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    pack.folder_button.click()
    assert opened == [str(folder)]


def test_that_a_pack_of_texts_alone_can_be_made_and_stopped_between_two_notebooks(qtbot, at_sheets, monkeypatch):
    pack, quaderni = at_sheets.sheets.pack, at_sheets.session.study.folder / "report" / "quaderni"
    for row in (*pack.rows.values(), pack.parts.rows["studio-preliminare"], pack.parts.rows["dati-aperti"]):
        row.box.setChecked(False)
    assert pack.make_button.isEnabled()
    whole, begun, is_stopped = NotebookDesk.write, [], threading.Event()

    def write(desk, hood):
        begun.append(hood)
        assert len(begun) == 1 or is_stopped.wait(600), "the second waits until the pack has been stopped"
        return whole(desk, hood)

    monkeypatch.setattr(NotebookDesk, "write", write)
    monkeypatch.setattr("ui.sheets.sheets_desk.os.cpu_count", lambda: 1)
    pack.make()
    qtbot.waitUntil(lambda: len(begun) == 2)
    with qtbot.waitSignal(at_sheets.sheets.sheets.ended):
        pack.cancel_button.click()
    shown = pack._count.text()
    is_stopped.set()
    qtbot.waitUntil(lambda: at_sheets.desk.jobs._working is None)
    assert pack._count.text() == shown, "a stopped pack says nothing more"
    assert pack.make_button.isVisible()
    assert pack.parts.rows["quaderni"]._said.text() == "Fermato", "nothing waits any more"
    assert (quaderni / "levante.pdf").is_file()


def test_that_one_sheet_is_exported_as_it_is_looked_at(qtbot, at_sheets):
    with qtbot.waitSignal(at_sheets.sheets.sheets.ended):
        at_sheets.sheets.export_one()
    assert (at_sheets.session.study.export / "01_consumo-suolo.pdf").is_file()


def test_that_what_is_exported_is_the_sheet_that_is_seen_whichever_analysis_is_in_hand(qtbot, at_sheets):
    desk = at_sheets.sheets.sheets
    with qtbot.waitSignal(desk.previewed):
        at_sheets.session.choose(HAZARD_EXPOSURE)
    rested(qtbot, at_sheets)
    assert desk.seen.kind is SOIL
    with qtbot.waitSignal(desk.ended) as ended:
        at_sheets.actions_by_id["sheet.export"].trigger()
    assert not [each for each in ended.args[0] if each.severity is Severity.ERROR]
    assert (at_sheets.session.study.export / "01_consumo-suolo.pdf").is_file()


def test_that_nothing_is_exported_while_another_page_is_made_or_there_is_none(qtbot, at_sheets):
    desk, preview = at_sheets.sheets.sheets, at_sheets.sheets.preview
    assert at_sheets.can_export
    assert preview.export_button.isEnabled()
    with qtbot.waitSignal(desk.lacking):
        desk.choose(sheets.BY_ID["pericolosita"])
        assert not at_sheets.can_export
        assert not preview.export_button.isEnabled()
        at_sheets.sheets.export_one()
    assert not at_sheets.can_export, "a sheet without results is no page"
    assert not at_sheets.session.study.export.exists()


def test_that_a_change_of_the_study_makes_the_page_anew_before_it_can_be_exported(qtbot, at_sheets):
    desk = at_sheets.sheets.sheets
    with qtbot.waitSignal(desk.previewed):
        at_sheets.session.fade(0, 40)
        assert not at_sheets.can_export
    assert at_sheets.can_export


def test_that_the_study_is_saved_before_its_files_make_a_page_a_sheet_or_a_pack(qtbot, alone):
    saved = []
    alone.desk.save_wanted.connect(lambda: saved.append(alone.desk.jobs.running))
    desk = alone.sheets.sheets
    with qtbot.waitSignal(desk.previewed):
        desk.ask()
    rested(qtbot, alone)
    with qtbot.waitSignal(desk.ended):
        alone.sheets.export_one()
    rested(qtbot, alone)
    packed(qtbot, alone)
    with qtbot.waitSignal(alone.desk.exported):
        alone.results.export_button.click()
    assert saved == ["", "", "", ""], "once each, before the work begins"


def test_that_the_button_says_how_many_sheets_it_writes(qtbot, at_sheets):
    preview, desk = at_sheets.sheets.preview, at_sheets.sheets.sheets
    with qtbot.waitSignal(desk.previewed):
        desk.cut_as(coverage="neighbourhood")
    assert preview.export_button.text() == "Esporta le tavole (2)"
    with qtbot.waitSignal(desk.ended):
        preview.export_button.click()
    assert len(list(at_sheets.session.study.export.glob("*.pdf"))) == 2


def test_that_a_drawing_that_is_stopped_says_how_to_go_on(qtbot, at_sheets, monkeypatch):
    monkeypatch.setattr(DrawingDesk, "draw", until_stopped)
    desk = at_sheets.sheets.sheets
    with qtbot.waitSignal(desk.undrawn):
        desk.ask()
        qtbot.waitUntil(lambda: at_sheets.desk.jobs.running == "preview")
        at_sheets.actions_by_id["view.unselect"].trigger()
    assert at_sheets.sheets.preview.title._whole.startswith("Fermato")
    qtbot.waitUntil(lambda: at_sheets.desk.jobs._working is None)


def test_that_the_page_is_zoomed_by_keys_and_fits_again(qtbot, at_sheets):
    view, shown = at_sheets.sheets.preview.view, []
    view.zoomed.connect(shown.append)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0):
        qtbot.keyClick(view, key)
    larger, smaller, whole = shown
    assert larger > smaller
    assert smaller == pytest.approx(whole, abs=1)


def test_that_the_scale_of_the_map_is_not_told_beside_a_sheet(at_sheets):
    assert not at_sheets.status.scale.isVisible()
    at_sheets.actions_by_id["view.explore"].trigger()
    assert at_sheets.status.scale.isVisible()


def test_that_the_map_comes_back_with_its_workspace(at_sheets):
    at_sheets.actions_by_id["view.explore"].trigger()
    assert at_sheets.map_view.isVisible()
    assert not at_sheets.sheets.isVisible()


def test_that_a_line_under_way_counts_its_pages():
    line = Line(SOIL, total=33, drawn=18, unchanged=1)
    assert line.state is State.DRAWING
    assert said_of(line).it == "19 di 33"
