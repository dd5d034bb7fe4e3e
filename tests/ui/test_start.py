"""From the start page to the first map: what is typed, dropped, chosen and read, and what folders may hold."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import geopandas
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from puc_tool.intake import inspection
from puc_tool.studies import study_reading
from puc_tool.studies.recent_studies import GONE, Recent
from ui.app import Windows
from ui.forms.asides import Aside, Asides
from ui.forms.roles_foot import NO_DATA
from ui.forms.roles_table import CHOOSE, IGNORED, SURE, WHERE, standing
from ui.main_window import MainWindow
from ui.start_page import StartPage


@pytest.fixture
def page(qtbot, look, tmp_path):
    made = StartPage(look, "it", tmp_path / "documenti")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def delivery(tmp_path):
    """Return an office's folder for Lerici: quarters, landslides that keep their CRS to themselves, a broken file."""
    folder = tmp_path / "consegna del 3 è"
    folder.mkdir()
    middle = geopandas.GeoSeries.from_wkt(["POINT (9.91 44.08)"], crs=4326).to_crs(7791)
    frame = geopandas.GeoDataFrame({"codice": ["Q1"], "nome": ["Centro"]}, geometry=middle.buffer(300))
    frame.to_file(folder / "quartieri.gpkg", driver="GPKG")
    slides = geopandas.GeoDataFrame({"PER_FR_ITA": ["P3"]}, geometry=middle.buffer(100)).to_crs(3003)
    slides.to_file(folder / "frane_pai.shp")
    (folder / "frane_pai.prj").unlink()
    (folder / "rotto.shp").write_bytes(b"cut off")
    return folder


def settled(qtbot, page):
    qtbot.waitUntil(lambda: not page.jobs.running and not page.jobs._waiting)


def read(qtbot, page, folder):
    """Have a folder read for a study of Lerici, and return its table."""
    page.form.name.setText("Lerici")
    page.form.look_up()
    page.form.origin.setText(str(folder))
    with qtbot.waitSignal(page.form.brought):
        page.form.create_study()
    settled(qtbot, page)
    return page.roles.table


def row_of(table, name):
    return next(row for row in range(table.rowCount()) if table.item(row, 0).text() == name)


def dropped(page, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(9, 9), action, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(event)


def test_that_four_steps_lead_from_the_start_page_to_the_first_map(qtbot, look, tmp_path, delivery, monkeypatch):
    monkeypatch.setattr("ui.start_page.user_documents_path", lambda: tmp_path / "documenti")
    windows = Windows(look, "it")
    windows.start()
    page, steps = windows.current, []
    steps.append(qtbot.keyClicks(page.form.name, "lerici"))
    steps.append(dropped(page, delivery))
    qtbot.waitUntil(page.form.create_button.isEnabled)
    with qtbot.waitSignal(page.form.brought):
        steps.append(qtbot.mouseClick(page.form.create_button, Qt.MouseButton.LeftButton))
    steps.append(qtbot.mouseClick(page.roles.foot.open_button, Qt.MouseButton.LeftButton))
    qtbot.waitUntil(lambda: isinstance(windows.current, MainWindow))
    window = windows.current
    qtbot.waitUntil(lambda: window.desk.is_open and window.map_view.view is not None)
    assert len(steps) == 4, "the commune, the folder, make it, open it"
    assert {entry.ref.role for entry in window.session.entries} == {"boundary", "neighbourhoods"}
    window.close()


def test_that_rows_come_while_the_folder_is_read(qtbot, page, delivery):
    seen = []
    page.form.seen.connect(lambda outcome: seen.append((outcome.name, page.roles.table.rowCount())))
    read(qtbot, page, delivery)
    assert next(name for name, _ in seen) == "frane_pai.shp", "what its name tells a role of comes first"
    assert page.roles.table.rowCount() == 3


def test_that_what_is_read_is_seen_on_the_map_while_the_rest_is_read(qtbot, page, delivery, monkeypatch):
    """The last file is read only once the window has shown the picture of the first."""
    shown, whole = threading.Event(), inspection.find

    def find(path, ground):
        if path.name == "rotto.shp":
            assert shown.wait(60), "the picture of another file comes before"
        return whole(path, ground)

    monkeypatch.setattr(inspection, "find", find)
    detail, was_reading = page.roles.detail, []
    look_at = detail.show_seen

    def show(outcome, seen):
        look_at(outcome, seen)
        was_reading.append((page.jobs.running, outcome.name, detail.map.has_picture))
        shown.set()

    monkeypatch.setattr(detail, "show_seen", show)
    read(qtbot, page, delivery)
    assert was_reading[0][0] == "new"
    assert was_reading[0][2]


def test_that_a_picture_nobody_waits_for_any_more_is_given_up(qtbot):
    asides, made = Asides(), []
    later = Aside(lambda report: "later", made.append)

    def work(report):
        asides.ask(later)
        report(0.5, CHOOSE[0])
        return "first"

    asides.ask(Aside(work, made.append))
    asides.serve()
    asides.serve()
    asides.serve()
    assert made == ["later"]


def test_that_each_dataset_says_where_it_stands(qtbot, page, delivery):
    read(qtbot, page, delivery)
    told = {each.name: standing(each) for each in page.roles.known.first}
    assert told == {"quartieri.gpkg": SURE, "frane_pai.shp": WHERE, "rotto.shp": IGNORED}


def test_that_a_dataset_is_seen_on_the_map_with_its_reasons_and_problems(qtbot, page, delivery):
    table = read(qtbot, page, delivery)
    table.setCurrentCell(row_of(table, "quartieri.gpkg"), 0)
    settled(qtbot, page)
    detail = page.roles.detail
    assert detail.map.has_picture
    assert "1 elemento, EPSG:7791" in detail.map.accessibleName()
    proposal = page.roles.known.proposal(table.currentRow(), -1)
    assert any("Quartieri" in words.it for words, _ in detail._sentences(proposal))
    table.setCurrentCell(row_of(table, "rotto.shp"), 0)
    settled(qtbot, page)
    assert detail._cards.count() == 1, "what is wrong with it is told in a sentence"


def test_that_the_crs_is_asked_and_only_the_answer_places_the_data(qtbot, page, delivery):
    table = read(qtbot, page, delivery)
    row = row_of(table, "frane_pai.shp")
    table.setCurrentCell(row, 0)
    settled(qtbot, page)
    answers = page.roles.detail.answers
    assert answers.isVisible()
    assert not any(button.isChecked() for button in answers.buttons), "none is chosen by itself"
    assert row not in page.roles.answers().chosen
    qtbot.mouseClick(answers.buttons[0], Qt.MouseButton.LeftButton, pos=answers.buttons[0].rect().center())
    answers.buttons[0].click()
    settled(qtbot, page)
    assert standing(page.roles.known.now(row)) == CHOOSE
    assert page.roles.answers().chosen[row].role.id == "landslide_hazard"
    with qtbot.waitSignal(page.study_wanted) as wanted:
        page.roles.foot.open_button.click()
    (ref,) = study_reading.read(Path(wanted.args[0])).of_role("landslide_hazard")
    assert ref.crs == "EPSG:3003"


def test_that_a_code_that_is_no_crs_is_told_and_places_nothing(qtbot, page, delivery):
    table = read(qtbot, page, delivery)
    table.setCurrentCell(row_of(table, "frane_pai.shp"), 0)
    settled(qtbot, page)
    answers = page.roles.detail.answers
    answers.code.setText("EPSG:nessuno")
    qtbot.keyClick(answers.code, Qt.Key.Key_Return)
    assert answers._faults.count() == 1
    assert page.roles.answers().placed == {}


def test_that_reading_can_be_left_and_what_was_read_stays(qtbot, page, delivery):
    page.form.seen.connect(lambda outcome: page.form.leave_the_rest())
    table = read(qtbot, page, delivery)
    codes = [problem.code for outcome in page.roles.known.first for problem in outcome.problems]
    assert table.rowCount() == 3, "each file is named"
    assert "folder-stopped" in codes


def test_that_a_folder_without_data_still_makes_a_study(qtbot, page, tmp_path):
    (tmp_path / "vuota").mkdir()
    (tmp_path / "vuota" / "relazione.docx").write_bytes(b"PK")
    table = read(qtbot, page, tmp_path / "vuota")
    assert table.rowCount() == 0
    assert page.roles.foot.said.text() == NO_DATA.it
    with qtbot.waitSignal(page.study_wanted):
        page.roles.foot.open_button.click()


def test_that_a_folder_of_thousands_is_told_and_not_gone_through(qtbot, page, tmp_path):
    folder = tmp_path / "mosaico"
    folder.mkdir()
    for place in range(2000):
        (folder / f"tessera_{place}.tif").write_bytes(b"")
    table = read(qtbot, page, folder)
    assert table.rowCount() == 0
    assert page.roles._problems.count() == 1, "it says that there are too many"


def test_that_data_of_another_commune_is_asked_about_not_taken(qtbot, page, tmp_path):
    folder = tmp_path / "di Genova"
    folder.mkdir()
    genoa = geopandas.GeoSeries.from_wkt(["POINT (8.93 44.41)"], crs=4326).to_crs(7791).buffer(500)
    geopandas.GeoDataFrame({"codice": ["Q1"], "nome": ["Castelletto"]}, geometry=genoa).to_file(
        folder / "quartieri.gpkg"
    )
    table = read(qtbot, page, folder)
    assert [each.state.name for each in page.roles.known.first] == ["ELSEWHERE"]
    assert table.rowCount() == 1
    assert page.roles.answers().chosen == {}


def test_that_a_table_with_a_layer_s_keys_can_be_joined_by_a_click(qtbot, page, delivery):
    (delivery / "residenti.csv").write_text("codice,population\nQ1,120\nQ2,3\n", encoding="utf-8")
    frame = geopandas.read_file(delivery / "quartieri.gpkg")
    second = frame.assign(codice="Q2", nome="Ponente", geometry=frame.translate(xoff=700))
    geopandas.pd.concat([frame, second]).to_file(delivery / "quartieri.gpkg")
    table = read(qtbot, page, delivery)
    row = row_of(table, "residenti.csv")
    table.setCurrentCell(row, 0)
    (box,) = page.roles.detail.join_boxes
    assert not box.isChecked(), "nothing is joined by itself"
    box.click()
    with qtbot.waitSignal(page.study_wanted) as wanted:
        page.roles.foot.open_button.click()
    (ref,) = study_reading.read(Path(wanted.args[0])).of_role("neighbourhoods")
    assert (ref.join.left, ref.join.right) == ("codice", "codice")


def test_that_one_can_go_back_and_the_next_study_has_a_folder_of_its_own(qtbot, page, delivery):
    read(qtbot, page, delivery)
    page.roles.foot.back_button.click()
    assert page.form.isVisible()
    assert page.form.folder.text().endswith("Lerici 2"), "the first holds the study that was made"


@pytest.mark.parametrize("inside", [False, True])
def test_that_a_study_dropped_onto_the_page_is_opened(qtbot, page, borough, inside):
    with qtbot.waitSignal(page.study_wanted) as wanted:
        dropped(page, borough / "study.toml" if inside else borough)
    assert wanted.args == [str(borough)]


def test_that_a_folder_dropped_onto_the_page_is_the_one_with_the_data(page, delivery):
    dropped(page, delivery)
    assert page.form.origin.text() == str(delivery)


def test_that_a_study_that_is_gone_says_so_and_leaves_the_list(qtbot, look, tmp_path):
    gone = Recent(tmp_path / "via", "via", False, GONE)
    made = StartPage(look, "it", tmp_path, (gone,))
    qtbot.addWidget(made)
    made.show()
    (card,) = made.side.recent.cards
    assert card.accessibleDescription() == GONE.it
    with qtbot.waitSignal(made.forgotten) as told:
        card.remove_button.click()
    assert told.args == [str(gone.folder)]
    assert made.side.recent.cards == []
    made.close()


def test_that_enter_on_a_card_opens_it(qtbot, look, borough, tmp_path):
    made = StartPage(look, "it", tmp_path, (Recent(borough, "Borgo", False),))
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.study_wanted):
        qtbot.keyClick(made.side.recent.cards[0], Qt.Key.Key_Return)
    made.close()


def test_that_the_demonstration_is_stopped_by_escape_and_opens_nothing(qtbot, page, monkeypatch):
    opened = []
    page.study_wanted.connect(opened.append)
    page.open_demo()
    qtbot.waitUntil(lambda: page.jobs.running == "demo")
    assert not page.side.demo_card.isEnabled(), "one is enough"
    page.escape()
    settled(qtbot, page)
    assert opened == []
    assert page.side.demo_card.isEnabled()
    assert "Fermato" in page.side.making.said.text()
    assert page.side.making.said.isVisible()


def test_that_files_nobody_may_read_are_told(qtbot, page, tmp_path, delivery, monkeypatch):
    real = Path.iterdir

    def refused(folder):
        if folder.name == "chiusa":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    (delivery / "chiusa").mkdir()
    monkeypatch.setattr(Path, "iterdir", refused)
    read(qtbot, page, delivery)
    assert page.roles._problems.count() == 1


def test_that_the_table_of_roles_survives_the_same_file_twice(qtbot, page, delivery):
    shutil.copy(delivery / "quartieri.gpkg", delivery / "quartieri copia.gpkg")
    table = read(qtbot, page, delivery)
    told = {each.name: standing(each) for each in page.roles.known.first}
    assert table.rowCount() == 4
    assert told["quartieri.gpkg"] == told["quartieri copia.gpkg: quartieri"] == CHOOSE
