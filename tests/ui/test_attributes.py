"""The attributes of a layer under the map: read, edited as steps, marked, taken back; the source never touched."""

from __future__ import annotations

import hashlib

import geopandas
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from layers import roles
from layers.edit_marks import Marked, value_at
from layers.reference import Edit, Edits
from puc_tool.shelf import Shelf
from puc_tool.sources import edit_files
from puc_tool.studies import study_reading
from puc_tool.working import edited_values
from puc_tool.working.attribute_table import table as attribute_table
from ui.main_window import MainWindow
from ui.panels.attribute_model import EDITED_ROLE, AttributeModel
from ui.panels.layer_data import EDITS_ROLE

NAME, CODE, POPULATION = 0, 1, 2


def is_idle(window: MainWindow) -> bool:
    return not window.desk.jobs.running and window.session.unread == ()


def row_of(window: MainWindow, role: str) -> int:
    return [entry.ref.role for entry in window.session.entries].index(role)


def choose(window: MainWindow, role: str) -> None:
    tree = window.layers.tree
    tree.setCurrentIndex(tree.model_of_layers.of_entry(row_of(window, role)))


@pytest.fixture
def panel(window):
    """Return the panel of attributes, on the neighbourhoods."""
    choose(window, "neighbourhoods")
    window.actions_by_id["layer.attributes"].trigger()
    return window.attributes


def model(window: MainWindow) -> AttributeModel:
    return window.attributes.view.model_of_features


def texts(window: MainWindow, column: int) -> list[str]:
    found = model(window)
    return [found.index(row, column).data() for row in range(found.rowCount())]


def type_in(qtbot, window: MainWindow, row: int, column: int, words: str) -> None:
    """Edit a cell by F2, as somebody does by keys."""
    view = window.attributes.view
    view.setFocus()
    view.setCurrentIndex(model(window).index(row, column))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = next(each for each in view.viewport().findChildren(QLineEdit) if each.isVisible())
    qtbot.keyClicks(editor, words)
    with qtbot.waitSignal(view.itemDelegate().closeEditor):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_idle(window))


def test_that_the_attributes_take_the_results_place_and_give_it_back(qtbot, window, panel):
    assert panel.isVisible()
    assert not window.results.isVisible()
    assert window.right.analysis.isVisible()
    assert panel.heading.text() == "Attributi · Quartieri"
    assert texts(window, NAME) == ["Ponente", "Levante"]
    assert "elementi: 2" in panel.said.text()
    window.escape()
    assert window.results.isVisible()
    assert not panel.isVisible()
    assert window.right.analysis.isVisible()


def test_that_the_attributes_obey_qt(window, panel, qtmodeltester):
    qtmodeltester.check(model(window))


def test_that_a_value_typed_in_a_cell_is_a_step_that_is_marked_and_undone(qtbot, window, panel, borough):
    before = hashlib.sha256((borough / "borgo.gpkg").read_bytes()).hexdigest()
    type_in(qtbot, window, 0, NAME, "Ponente Alto")
    cell = model(window).index(0, NAME)
    assert (cell.data(), cell.data(EDITED_ROLE)) == ("Ponente Alto", True)
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "Modificato. Nella fonte: Ponente"
    assert window.next_undo.it == "Nome di P: Ponente → Ponente Alto"
    assert window.session.entries[row_of(window, "neighbourhoods")].intake.layer["name"].tolist()[0] == "Ponente Alto"
    assert window.map_view.scene.units["neighbourhood"][1].unit.name == "Ponente Alto"
    layer = window.layers.tree.model_of_layers.of_entry(row_of(window, "neighbourhoods"))
    assert layer.data(EDITS_ROLE) == 1
    assert "Valori modificati a mano: 1" in layer.data(Qt.ItemDataRole.ToolTipRole)
    assert "valori modificati: 1" in panel.said.text()
    window.undo()
    qtbot.waitUntil(lambda: is_idle(window))
    assert (cell.data(), cell.data(EDITED_ROLE)) == ("Ponente", False)
    assert layer.data(EDITS_ROLE) == 0
    window.redo()
    qtbot.waitUntil(lambda: is_idle(window))
    assert cell.data() == "Ponente Alto"
    assert hashlib.sha256((borough / "borgo.gpkg").read_bytes()).hexdigest() == before


def test_that_a_wrong_value_is_refused_in_a_sentence_and_the_cell_stays(qtbot, window, panel):
    type_in(qtbot, window, 0, POPULATION, "tanti")
    assert texts(window, POPULATION) == ["", ""]
    assert panel.said.toolTip() or panel.said.text()
    said = panel.said.accessibleName()
    assert said == "Quartieri, Popolazione residente: «tanti» non è un numero. Serve un numero, almeno 0\u202fab."
    assert not window.next_undo
    type_in(qtbot, window, 0, POPULATION, "1200,5")
    assert texts(window, POPULATION) == ["1.200,5", ""]
    assert "elementi: 2" in panel.said.accessibleName()


def test_that_results_are_to_be_made_again_after_an_edit_and_are_those_of_before_once_it_is_undone(
    qtbot, window, panel
):
    window.escape()
    window.run()
    qtbot.waitUntil(lambda: window.session.results is not None and is_idle(window))
    window.open_attributes()
    type_in(qtbot, window, 0, NAME, "Altro")
    qtbot.waitUntil(lambda: window.session.results is None and is_idle(window))
    assert "values-edited" in {problem.code for problem in window.session.check()}
    window.undo()
    qtbot.waitUntil(lambda: window.session.results is not None)


def test_that_an_edit_is_taken_back_by_the_menu_of_its_cell(qtbot, window, panel):
    type_in(qtbot, window, 1, NAME, "Altro")
    view = panel.view
    at = view.visualRect(model(window).index(1, NAME)).center()
    actions = {action.text().partition("\t")[0]: action for action in view.menu(QPoint(at)).actions()}
    assert actions["Togli tutte le modifiche del livello (1)"].isEnabled()
    actions["Ripristina il valore della fonte: Levante"].trigger()
    qtbot.waitUntil(lambda: is_idle(window))
    assert texts(window, NAME) == ["Ponente", "Levante"]
    assert window.next_undo.it == "Ripristina Nome di L: Levante"
    untouched = view.menu(QPoint(at)).actions()
    assert not any(action.isEnabled() for action in untouched[1:3])


def test_that_read_only_and_while_results_are_made_nothing_can_be_edited(window, panel, monkeypatch):
    cell = model(window).index(0, NAME)
    assert model(window).flags(cell) & Qt.ItemFlag.ItemIsEditable
    window.session.keep(is_read_only=True)
    assert not model(window).flags(cell) & Qt.ItemFlag.ItemIsEditable
    assert not model(window).setData(cell, "Altro")
    assert "sola lettura" in panel.said.accessibleName()
    window.session.keep(is_read_only=False)
    monkeypatch.setattr(type(window.desk), "can_choose", property(lambda self: False))
    window.desk.jobs.started.emit("run")
    assert not model(window).flags(cell) & Qt.ItemFlag.ItemIsEditable


def test_that_rows_are_sorted_and_searched_and_an_edit_goes_to_its_own_feature(qtbot, window, panel):
    panel.view.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
    assert texts(window, NAME) == ["Levante", "Ponente"]
    type_in(qtbot, window, 0, NAME, "Zona est")
    assert texts(window, CODE) == ["L", "P"]
    panel.search.setText("zona")
    assert texts(window, NAME) == ["Zona est"]
    assert "elementi: 1 di 2" in panel.said.accessibleName()
    entry = window.session.entries[row_of(window, "neighbourhoods")]
    assert entry.intake.layer["name"].tolist() == ["Ponente", "Zona est"]


def test_that_rows_and_the_map_have_one_selection(qtbot, window, panel):
    panel.view.selectRow(1)
    assert [unit.code for unit in window.session.selection] == ["L"]
    window.session.select(window.map_view.scene.units["neighbourhood"][1].unit)
    chosen = [index.row() for index in panel.view.selectionModel().selectedRows()]
    assert [texts(window, CODE)[row] for row in chosen] == [window.session.selection[0].code]
    panel.view.copy()
    assert panel.view.as_text().splitlines()[0].startswith("Nome\tCodice\tPopolazione residente (ab)")


def test_that_a_raster_has_no_attributes_and_that_is_said(qtbot, window):
    choose(window, "soil_consumption")
    with qtbot.waitSignal(window.desk.said) as said:
        window.actions_by_id["layer.attributes"].trigger()
    assert "è un raster" in said.args[0].it
    assert not window.attributes.isVisible()


def test_that_a_layer_taken_out_takes_its_attributes_along(window, panel):
    window.session.remove(row_of(window, "neighbourhoods"))
    assert not panel.isVisible()
    assert window.results.isVisible()


def test_that_what_the_table_shows_is_right_before_the_layer_is_read_again(window, panel):
    session = window.session
    entry = session.entries[row_of(window, "neighbourhoods")]
    found = attribute_table(session, entry)
    edited_values.edit(session, found.spot(0, NAME), "Uno", "it")
    again = attribute_table(session, session.entries[row_of(window, "neighbourhoods")])
    assert (again.value(0, NAME), again.edit_at(0, NAME).before) == ("Uno", "Ponente")
    session.history.undo()
    assert attribute_table(session, entry).value(0, NAME) == "Ponente"


@pytest.fixture
def redelivered(borough):
    """Write edits of both names, then deliver the neighbourhoods anew: one is gone, the other has another name."""
    study = study_reading.read(borough)
    ref = study.of_role("neighbourhoods")[0]
    shelf = Shelf(study)
    layer, sums = shelf.intake(ref).layer, shelf.sha256(ref)
    marked = Marked(layer, roles.NEIGHBOURHOODS, lambda row, name: value_at(layer, row, name))
    values = tuple(Edit(row, "name", layer["name"][row], f"Nome {row}", marked.mark(row, "name")) for row in (0, 1))
    (borough / "edits").mkdir()
    (borough / "edits" / "neighbourhoods.toml").write_text(edit_files.text(Edits(sums, values)), encoding="utf-8")
    path = borough / "borgo.gpkg"
    whole = geopandas.read_file(path, layer="confine")
    anew = whole.assign(name=["Nuovo"], code=["P"])
    anew.to_file(path, layer="quartieri", driver="GPKG")


@pytest.fixture
def waiting(window):
    """Return the strip of edits that wait, over the attributes of the neighbourhoods that were delivered anew."""
    choose(window, "neighbourhoods")
    window.actions_by_id["layer.attributes"].trigger()
    return window.attributes.waiting


@pytest.mark.usefixtures("redelivered")
def test_that_edits_that_wait_are_told_one_by_one_with_what_is_there_now(window, waiting):
    assert waiting.isVisible()
    assert waiting.sentence() == (
        "Modifica non applicata 1 di 2. P, Nome: «Ponente» → «Nome 0»; la fonte ora dice «Nuovo»."
    )
    assert waiting.accept_button.isEnabled()
    waiting.after.click()
    assert waiting.sentence() == (
        "Modifica non applicata 2 di 2. L, Nome: «Levante» → «Nome 1»; l'elemento non c'è più nel dato consegnato "
        "(nello stesso posto ce n'è un altro)."
    )
    waiting.after.click()
    assert "1 di 2" in waiting.sentence()


@pytest.mark.usefixtures("redelivered")
def test_that_a_waiting_edit_is_accepted_or_discarded_with_a_click_and_undone(qtbot, window, waiting):
    waiting.accept_button.click()
    qtbot.waitUntil(lambda: is_idle(window))
    assert texts(window, NAME) == ["Nome 0"]
    assert "1 di 1. L, Nome" in waiting.sentence()
    assert not waiting.after.isVisible()
    waiting.discard_button.click()
    qtbot.waitUntil(lambda: is_idle(window))
    assert not waiting.isVisible()
    window.undo()
    qtbot.waitUntil(lambda: is_idle(window))
    assert waiting.isVisible()
    window.undo()
    qtbot.waitUntil(lambda: is_idle(window))
    assert texts(window, NAME) == ["Nuovo"]
    assert "1 di 2" in waiting.sentence()


@pytest.mark.usefixtures("redelivered")
def test_that_read_only_no_waiting_edit_is_settled(window, waiting):
    window.session.keep(is_read_only=True)
    assert not waiting.accept_button.isEnabled()
    assert not waiting.discard_button.isEnabled()
