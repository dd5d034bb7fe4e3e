"""The style of a layer in the window: what is chosen is drawn, told by the legend, exported, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog

from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working import view
from puc_tool.working.view import ThemeKey
from ui.main_window import MainWindow
from ui.map.shown import Shown, laid_result
from ui.side.styling import StylePanel

UNITS = ("neighbourhoods", None)


@pytest.fixture
def panel(window: MainWindow) -> StylePanel:
    """Return the style of the neighbourhoods, shown."""
    tree = window.layers.tree
    row = next(row for row, entry in enumerate(window.session.entries) if entry.ref.key == UNITS)
    tree.setCurrentIndex(tree.model_of_layers.of_entry(row))
    window.actions_by_id["layer.style"].trigger()
    return window.workbench.styling


def drawn(window: MainWindow):
    pictures = Shown(window.session, window.map_view.scene).content.pictures
    return next(laid.picture for laid in pictures if laid.name == UNITS)


def choose(choice, words: str) -> None:
    place = [choice.itemText(each) for each in range(choice.count())].index(words)
    choice.setCurrentIndex(place)
    choice.activated.emit(place)


def test_that_classes_by_a_field_are_drawn_listed_and_taken_back(window, panel):
    model = window.layers.tree.model_of_layers
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    index = model.of_entry(next(row for row, each in enumerate(window.session.entries) if each.ref.key == UNITS))
    assert (panel.isVisible(), model.rowCount(index)) == (True, 0)
    choose(panel.classing.by, "Nome")
    assert [style.code for style in drawn(window).classes] == ["Levante", "Ponente"]
    assert [model.index(row, 0, index).data() for row in range(model.rowCount(index))] == ["Levante", "Ponente"]
    window.undo()
    assert model.rowCount(index) == 0
    assert not window.next_undo
    del tester


def test_that_a_colour_and_a_fill_are_of_the_class_on_the_map_and_ripristina_takes_them_away(window, panel):
    choose(panel.classing.by, "Nome")
    panel.classes.buttons[1].click()
    panel.classes.menu.take("#123456")
    panel.fills._chosen(1)
    assert (drawn(window).classes[1].colour, drawn(window).drawn.value) == ("#123456", "hatch")
    panel.restore_button.click()
    assert window.session.entries[0].style.is_official
    assert window.next_undo.it == "Ripristina lo stile di Quartieri"
    window.undo()
    assert drawn(window).classes[1].colour == "#123456"


def test_that_the_words_of_a_field_stand_on_the_map(window, panel):
    choose(panel.labels, "Codice")
    over = Shown(window.session, window.map_view.scene).over(None, (), "it")
    names = [name.words for name in over.labels[0].names(window.map_view.view, panel._look.tokens)]
    assert sorted(names) == ["L", "P"]


def test_that_the_style_is_written_for_another_program(qtbot, window, panel, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "quartieri.qml"), ""))
    panel.export_button.click()
    qtbot.waitUntil((tmp_path / "quartieri.qml").is_file)


def test_that_the_panel_follows_the_chosen_layer_and_a_raster_has_no_fields(window, panel):
    tree = window.layers.tree
    row = next(row for row, entry in enumerate(window.session.entries) if entry.ref.role == "soil_consumption")
    tree.setCurrentIndex(tree.model_of_layers.of_entry(row))
    assert panel.title.text() == window.session.entries[row].title.it
    assert not panel.classing.by.isVisible()
    panel.classes.buttons[0].click()
    panel.classes.menu.typed.setText("#ABCDEF")
    panel.classes.menu.typed.returnPressed.emit()
    assert window.session.entries[row].style.colours == {"11": "#abcdef"}


def test_that_a_style_is_saved_in_the_study_s_view(window, panel, borough):
    choose(panel.classing.by, "Nome")
    view.save(window.session.history.state, borough)
    assert view.read(borough)[view.of_layer(view.FIELD, UNITS)] == "name"


@pytest.fixture
def result(qtbot, window, panel) -> ResultPicture:
    """Return the theme of the soil's results by neighbourhood, chosen in the list, with its style shown."""
    window.run()
    qtbot.waitUntil(lambda: bool(window.map_view.all_results) and not window.desk.jobs.running)
    tree = window.layers.tree
    tree.setCurrentIndex(tree.model_of_layers.of_entry(-1))
    window.actions_by_id["layer.style"].trigger()
    return tree.chosen_result


def test_that_results_take_classes_ramp_colour_and_opacity_and_give_them_back(qtbot, window, panel, result):
    session, key = window.session, ThemeKey("soil-consumption", "neighbourhood.consumed_pct")
    tester = QAbstractItemModelTester(
        window.layers.tree.model_of_layers, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert panel.title.text() == result.theme.title.it
    assert (panel.classing.by.isVisible(), panel.classing.schemes.isVisible()) == (True, True)
    choose(panel.classing.ramps, "Grigi")
    qtbot.waitUntil(lambda: session.dressed_result(result).classes[-1].colour == "#252525")
    panel.classes.buttons[0].click()
    panel.classes.menu.take("#123456")
    window.layers.opacity.moved.emit(40)
    laid = laid_result(result, session)
    assert (laid.picture.classes[0].colour, laid.opacity) == ("#123456", 0.4)
    assert window.next_undo.it == f"Opacità di {result.theme.title.it}"
    view.save(session.history.state, session.study.folder)
    assert view.read(session.study.folder)[view.of_layer(view.RAMP, key)] == "Greys"
    panel.restore_button.click()
    assert session.dressed_result(result) is result.picture
    window.undo()
    assert session.dressed_result(result).classes[0].colour == "#123456"
    del tester


def test_that_classes_alike_to_some_eyes_are_told_and_gone_with_the_colours(qtbot, window, panel, result):
    assert not panel.alike.isVisible()
    for button, colour in ((0, "#00ff00"), (1, "#00ff01")):
        panel.classes.buttons[button].click()
        panel.classes.menu.take(colour)
    assert panel.alike.text().endswith("si distinguono appena.")
    panel.restore_button.click()
    assert not panel.alike.isVisible()


def test_that_results_are_classed_by_another_of_their_columns_and_the_way_back_is_undo(
    qtbot, window, panel, result, borough, tmp_path, monkeypatch
):
    session, key = window.session, ThemeKey("soil-consumption", "neighbourhood.consumed_pct")
    titles = [panel.classing.by.itemText(place) for place in range(panel.classing.by.count())]
    at = 1 + panel._fields.index("consumed_m2")
    assert titles[at].endswith("(m²)")
    assert not panel.labels.isVisible()
    choose(panel.classing.by, titles[at])
    qtbot.waitUntil(lambda: session.dressed_result(result) is not result.picture)
    picture = session.dressed_result(result)
    # 2023: 1 ha = 10,000 m² in the western half, 20 cells of 100 m² in the eastern.
    assert [each.label.it for each in picture.classes] == ["2.000\u202fm²", "2.000–10.000\u202fm²"]
    tree = window.layers.tree
    shown = tree.model_of_layers.of_entry(-1)
    said = [tree.model_of_layers.index(row, 0, shown).data() for row in range(tree.model_of_layers.rowCount(shown))]
    assert said == ["2.000\u202fm²", "2.000–10.000\u202fm²"]
    view.save(session.history.state, borough)
    assert view.read(borough)[view.of_layer(view.FIELD, key)] == "consumed_m2"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "suolo.qml"), ""))
    panel.export_button.click()
    qtbot.waitUntil((tmp_path / "suolo.qml").is_file)
    assert "consumed_m2" in (tmp_path / "suolo.qml").read_text(encoding="utf-8")
    window.undo()
    assert session.dressed_result(result) is result.picture


def test_that_a_column_of_words_makes_a_class_of_each(window, panel, result):
    choose(panel.classing.by, panel.classing.by.itemText(1 + panel._fields.index("name")))
    assert [each.code for each in window.session.dressed_result(result).classes] == ["Levante", "Ponente"]
    assert not panel.classing.schemes.isVisible()
    panel.restore_button.click()
    assert panel.classing.schemes.isVisible()
