"""The window in English: no label, hint, menu or cell of any panel is left in Italian."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QWidget

from tests.languages import left_italian
from tests.ui.test_clipping import scenes
from ui.main_window import MainWindow
from ui.start_page import StartPage

NAMES = ("Borgo di prova", "Ponente", "Levante", "Borgo", "borgo", "La Spezia", "suolo_2012.tif", "suolo_2023.tif")
"""What the study calls itself and its parts."""

_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
_MOST_ROWS = 200


def words_in(window: QWidget) -> Iterator[str]:
    """Yield all that a person can read or hear in a window, hints included."""
    for widget in (window, *window.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
        yield from (action.text().replace("&", "") for action in widget.actions())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text().replace("&", "")
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(place) for place in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _cells(widget.model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    nowhere = QModelIndex()
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(nowhere))
    for column in columns:
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(nowhere), _MOST_ROWS)):
        for column in columns:
            yield from (str(model.data(model.index(row, column), role) or "") for role in _ROLES)


def lines(words: Iterator[str]) -> list[str]:
    return [line.strip() for each in words for line in re.sub(r"<[^>]+>", "\n", each).split("\n") if line.strip()]


def test_that_a_window_left_in_italian_is_found(qtbot):
    label = QLabel("Edifici e strade fuori dal comune")
    qtbot.addWidget(label)
    assert left_italian(lines(words_in(label))) == ["Edifici e strade fuori dal comune"]


def test_that_every_panel_of_the_window_is_in_english(qtbot, session, look):
    window = MainWindow(session, look, "en")
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: window.desk.is_checked and not window.desk.jobs.running)
    with qtbot.waitSignal(session.results_changed):
        window.run()
    left = {}
    for name, bring in scenes(window):
        bring()
        qtbot.waitUntil(lambda: not window.desk.jobs.running)
        told = [*lines(words_in(window)), *lines(words_in(window.finder))]
        assert len(told) > 100
        left[name] = left_italian(told, NAMES)
        window.finder.hide()
    window.close()
    assert {name: words for name, words in left.items() if words} == {}


def test_that_the_start_page_is_in_english(qtbot, look, tmp_path):
    page = StartPage(look, "en", tmp_path)
    qtbot.addWidget(page)
    page.form.name.setText("spezia")
    page.form.look_up()
    assert left_italian(lines(words_in(page)), NAMES) == []
    page.close()
