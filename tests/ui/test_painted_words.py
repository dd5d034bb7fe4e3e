"""Words that delegates, heads and charts paint by hand: none is cut but a name that its tooltip has whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas
import pytest
import shapely
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.text import Text
from puc_tool.figures.origin import origin_of
from puc_tool.figures.pieces import Asked
from puc_tool.studies import study_reading
from puc_tool.working.session import Session
from tests.ui.conftest import SOUTH, WEST
from tests.ui.test_clipping import clipped
from ui.look import font
from ui.main_window import MainWindow
from ui.panels.asked_cell import asked_at
from ui.panels.operand_link import OperandLink
from ui.panels.result_heads import ResultHeads, two_lines_width
from ui.panels.result_view import Cells
from ui.parts import words
from ui.tokens import GAP_8

SIZES = [(1280, 800), (2560, 1440)]
CUT, LEAST = "…", 3
"""A name that is cut still shows so many letters."""
LONG = "Zona industriale di interesse metropolitano con attrezzature e impianti"


@dataclass(frozen=True)
class Painted:
    """Words as a painter was asked for them: where, and how wide they are (pixels)."""

    words: str
    room: QRect
    width: float

    @property
    def is_held(self) -> bool:
        return self.width <= self.room.width() + 1


@pytest.fixture
def painted(monkeypatch):
    """Return what a widget paints of words in rooms of their own, by painting it."""
    found: list[Painted] = []
    draw = QPainter.drawText

    def recorded(painter: QPainter, *asked: object) -> object:
        if isinstance(asked[0], QRect) and isinstance(asked[-1], str) and asked[-1]:
            width = QFontMetricsF(painter.font()).horizontalAdvance(asked[-1])
            found.append(Painted(asked[-1], QRect(asked[0]), width))
        return draw(painter, *asked)

    monkeypatch.setattr(QPainter, "drawText", recorded)

    def paint(widget: QWidget) -> list[Painted]:
        found.clear()
        widget.grab()
        return list(found)

    return paint


def cut_in(view: QAbstractItemView, painted) -> list[str]:
    """Return the words of a view that are cut, or end in «…» without a tooltip that has them whole."""
    by_hand = [each for each in painted(view.viewport()) if not _is_fine(each, view)]
    return [f"{type(view).__name__} {each.words!r}" for each in by_hand] + [*_cut_by_qt(view), *_cut_heads(view)]


def _is_fine(each: Painted, view: QAbstractItemView) -> bool:
    if not each.is_held:
        return False
    stem = each.words.removesuffix(CUT)
    if stem == each.words:
        return True
    index = view.indexAt(QPoint(each.room.left() + 1, each.room.center().y()))
    return len(stem) >= LEAST and not stem[0].isdigit() and stem.strip() in str(index.data(Qt.ItemDataRole.ToolTipRole))


def _cut_by_qt(view: QAbstractItemView) -> Iterator[str]:
    """Yield what Qt's own delegate cuts where no tooltip has it whole."""
    if type(view.itemDelegate()) is not QStyledItemDelegate or view.model() is None or not isinstance(view, QTableView):
        return
    for row in range(view.model().rowCount()):
        for column in range(view.model().columnCount()):
            index = view.model().index(row, column)
            said = str(index.data() or "")
            wanted = QFontMetricsF(index.data(Qt.ItemDataRole.FontRole) or font("body")).horizontalAdvance(said)
            if wanted > view.columnWidth(column) and said not in str(index.data(Qt.ItemDataRole.ToolTipRole)):
                yield f"{type(view).__name__} {said!r}"


def _cut_heads(view: QAbstractItemView) -> Iterator[str]:
    head = view.horizontalHeader() if isinstance(view, QTableView) else None
    if isinstance(head, ResultHeads):
        shown = (place for place in range(head.count()) if not head.isSectionHidden(place))
        for place in shown:
            if two_lines_width(head._heads()[place]) + GAP_8 > head.sectionSize(place):
                yield f"head {head._heads()[place].label!r}"
    elif isinstance(head, QHeaderView) and head.isVisible():
        for place in range(head.count()):
            said = str(view.model().headerData(place, Qt.Orientation.Horizontal) or "")
            if QFontMetricsF(font("head")).horizontalAdvance(said) > head.sectionSize(place):
                yield f"head {said!r}"


def cut_views(window: QWidget, painted) -> list[str]:
    views = [each for each in window.findChildren(QAbstractItemView) if each.isVisible()]
    assert views
    return [words_of for view in views for words_of in cut_in(view, painted)]


def settled(qtbot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.desk.jobs.running and not window.desk.jobs._waiting)


@pytest.fixture
def rich(borough: Path) -> Path:
    """Return the borough with land use of a long name, a district, a scenario of it, and zones of long names."""
    halves = [shapely.box(WEST + left, SOUTH, WEST + left + 100, SOUTH + 200) for left in (0, 100)]
    frame = geopandas.GeoDataFrame({"code": ["243", "111"]}, geometry=halves, crs=3035)
    frame.to_file(borough / "borgo.gpkg", layer="uso", driver="GPKG")
    zones = {"zone": ["D1", "RIQ"], "name": [LONG, "Ambito"], "dm1444": ["D", "B"], "buildable": ["yes", "no"]}
    geopandas.GeoDataFrame(zones, geometry=halves, crs=3035).to_file(
        borough / "borgo.gpkg", layer="zone", driver="GPKG"
    )
    shares = {"residential_pct": 100.0, "commercial_pct": 0.0, "industrial_pct": 0.0, "se_pct": 30.0, "ve_pct": 30.0,
              "ac_pct": 30.0, "sp_pct": 40.0}  # fmt: skip
    columns = {"code": ["A"], "name": [LONG], "ut_m2_m2": [0.5]} | {name: [each] for name, each in shares.items()}
    frame = geopandas.GeoDataFrame(columns, geometry=halves[1:], crs=3035)
    frame.to_file(borough / "borgo.gpkg", layer="distretti", driver="GPKG")
    with (borough / "study.toml").open("a", encoding="utf-8") as stream:
        for role, layer, more in (("land_use", "uso", "year = 2018\n"), ("zoning", "zone", "year = 2003\n"),
                                  ("districts", "distretti", "")):  # fmt: skip
            stream.write(f'\n[[layer]]\nrole = "{role}"\nsource = "borgo.gpkg"\nlayer = "{layer}"\n{more}')
    (borough / "scenarios").mkdir()
    text = f'version = 1\ntitle = "{LONG}"\n\n[[district]]\ncode = "A"\nut_m2_m2 = 1.0\nsp_pct = 20\n'
    (borough / "scenarios" / "lungo.toml").write_text(text, encoding="utf-8")
    return borough


@pytest.fixture
def opened(qtbot, look, rich):
    """Return what opens the window on the rich borough in a language and a size."""
    made: list[MainWindow] = []

    def open_in(lang, size) -> MainWindow:
        window = MainWindow(Session(study_reading.read(rich), TRANSFORMATION_DISTRICTS), look, lang)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.start()
        qtbot.waitUntil(lambda: window.desk.is_checked)
        settled(qtbot, window)
        made.append(window)
        return window

    yield open_in
    for each in made:
        each.close()


def row_of(window: MainWindow, role: str) -> int:
    return [entry.ref.role for entry in window.session.entries].index(role)


def show_attributes(window: MainWindow, role: str) -> None:
    window.show_layer(row_of(window, role))
    window.open_attributes()


def bringings(window: MainWindow) -> Iterator[tuple[str, object]]:
    """Yield all of the map's workspace that paints words by hand, by name, and how it is brought."""
    yield "results", lambda: window.arrange(analysis=True)
    for role in ("land_use", "zoning", "districts"):
        yield (
            f"attributes of {role}",
            lambda role=role: (window.show_layer(row_of(window, role)), window.open_attributes()),
        )
    yield "scenarios", window.compare
    yield "edited scenario", lambda: window.workbench.edit_scenario()
    yield "chart", lambda: (window.arrange(analysis=True), window.results.choose("figures"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_no_painted_words_are_cut_in_lists_tables_and_heads(qtbot, opened, painted, lang, size):
    window = opened(lang, size)
    with qtbot.waitSignal(window.session.results_changed):
        window.run()
    cut = {}
    for name, bring in bringings(window):
        bring()
        settled(qtbot, window)
        cut[name] = qtbot.come_to_rest(lambda: [*cut_views(window, painted), *clipped(window)])
    window.search_all()
    qtbot.keyClicks(window.finder.line, "a")
    cut["finder"] = qtbot.come_to_rest(lambda: cut_in(window.finder.rows, painted))
    window.finder.hide()
    assert {name: found for name, found in cut.items() if found} == {}


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_a_formula_s_parts_are_whole_however_long_their_names_are(qtbot, opened, lang):
    window = opened(lang, SIZES[0])
    window.choose(TRANSFORMATION_DISTRICTS)
    with qtbot.waitSignal(window.session.results_changed):
        window.run()
    settled(qtbot, window)
    table = window.results.table.model_of_table.table
    cells = ((row, column) for row in range(len(table.rows)) for column in range(len(table.heads)))
    asked = next(each for at in cells if (each := _asked(window, *at)) is not None)
    window.right.origins.ask(asked)
    qtbot.waitUntil(lambda: bool(window.right.origin.findChildren(OperandLink)))
    assert window.right.origin.isVisible()
    assert qtbot.come_to_rest(lambda: clipped(window.right.origin)) == []


def _asked(window: MainWindow, row: int, column: int) -> Asked | None:
    """Return the question about a cell, if what its number is worked out from can be asked about in its turn."""
    results, panel = window.session.results, window.results
    asked = asked_at(results, panel._ids[0], panel.table.model_of_table.table, row, column)
    origin = None if asked is None else origin_of(results, asked)
    return asked if origin is not None and any(each.asked is not None for each in origin.rule.operands) else None


def test_that_words_cut_without_a_tooltip_are_found(qtbot, look, painted):
    view = QTableView()
    qtbot.addWidget(view)
    model = QStandardItemModel(1, 2, view)
    for place, said in enumerate((LONG, "1.234.567,89 abitanti equivalenti")):
        model.setItem(0, place, QStandardItem(said))
    view.setModel(model)
    view.setItemDelegate(Cells(look, view))
    view.resize(300, 80)
    view.show()
    assert len(cut_in(view, painted)) == 2
    model.item(0, 0).setToolTip(LONG)
    model.item(0, 1).setToolTip("1.234.567,89 abitanti equivalenti")
    assert [each for each in cut_in(view, painted) if LONG[:3] in each] == []
    assert len(cut_in(view, painted)) == 1, "a number may not be cut at all"


def test_that_a_link_without_room_for_its_lines_is_found(qtbot, look):
    link = OperandLink(look, LONG, LONG)
    qtbot.addWidget(link)
    assert link.heightForWidth(120) > 2 * words("x", "note").fontMetrics().height()
    assert link.heightForWidth(10_000) < link.heightForWidth(120)


def test_that_a_code_is_shown_searched_and_chosen_by_what_it_is_called(qtbot, opened):
    window = opened("it", SIZES[0])
    show_attributes(window, "land_use")
    view = window.attributes.view
    model = view.model_of_features
    assert [model.index(row, 0).data() for row in range(2)][1] == "111 · Tessuto urbano continuo"
    window.attributes.search.setText("tessuto")
    assert model.rowCount() == 1
    assert model.index(0, 0).data(Qt.ItemDataRole.EditRole) == "111"
    editor = view.itemDelegate().createEditor(view.viewport(), None, model.index(0, 0))
    view.itemDelegate().setEditorData(editor, model.index(0, 0))
    assert editor.currentText() == "111 · Tessuto urbano continuo"
    editor.setEditText("tessuto urbano discontinuo")
    view.itemDelegate().setModelData(editor, model, model.index(0, 0))
    settled(qtbot, window)
    assert window.next_undo.it.endswith("111 → 112")


def test_that_yes_and_no_are_words_of_the_window_s_language(opened):
    window = opened("it", SIZES[0])
    show_attributes(window, "zoning")
    model = window.attributes.view.model_of_features
    place = next(at for at, head in enumerate(model.heads) if head.id == "buildable")
    assert [model.index(row, place).data() for row in range(2)] == ["sì", "no"]


def test_that_the_place_of_results_says_what_is_being_done_and_then_how_to_get_them(qtbot, look, rich):
    window = MainWindow(Session(study_reading.read(rich), TRANSFORMATION_DISTRICTS), look, "it")
    qtbot.addWidget(window)
    said = []
    window.desk.jobs.started.connect(lambda name: said.append((name, window.results._missing.text())))
    window.show()
    window.start()
    qtbot.waitUntil(lambda: window.desk.is_checked)
    settled(qtbot, window)
    assert ("open", "Leggo i livelli dello studio, poi i risultati.") in said
    assert ("results", "Leggo i risultati.") in said
    assert window.results._missing.text() == "Premi Esegui per avere i risultati."
    with qtbot.waitSignal(window.session.results_changed):
        window.run()
    assert ("run", "Calcolo i risultati.") in said
    window.close()


def test_that_the_hint_of_a_tool_goes_with_the_tool_and_takes_nothing_else_with_it(opened):
    window = opened("it", SIZES[0])
    window.toolbox.measure_length()
    assert window.status._said.accessibleName() == "Fai clic per misurare; doppio clic per finire."
    window.toolbox.put_down()
    assert window.status._said.accessibleName() == ""
    window.toolbox.measure_length()
    window.status.say(Text("Fatto.", "Done."))
    window.toolbox.put_down()
    assert window.status._said.accessibleName() == "Fatto."
