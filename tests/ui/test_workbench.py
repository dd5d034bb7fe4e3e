"""Adding and mending a layer in the window, and taking each back."""

from __future__ import annotations

import geopandas
import pytest
import shapely
from PySide6.QtWidgets import QFileDialog

from ui.main_window import MainWindow

WEST, SOUTH = 4_306_000.0, 2_336_000.0


@pytest.fixture
def parks(borough, monkeypatch) -> None:
    """Write two parks of 400 m², one of them twice, and choose their file when asked."""
    boxes = [shapely.box(WEST + left, SOUTH, WEST + left + 20, SOUTH + 20) for left in (10, 60, 60)]
    frame = geopandas.GeoDataFrame({"nome": ["Alto", "Basso", "Basso"]}, geometry=boxes, crs=3035)
    frame.to_file(borough / "verde.gpkg", layer="verde pubblico", driver="GPKG")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(borough / "verde.gpkg"), ""))


def is_idle(window: MainWindow) -> bool:
    return not window.desk.jobs.running and window.session.unread == ()


def roles(window: MainWindow) -> list[str]:
    return [entry.ref.role for entry in window.session.entries]


def add_parks(qtbot, window: MainWindow) -> None:
    window.actions_by_id["layer.add"].trigger()
    panel = window.workbench.adding
    qtbot.waitUntil(panel.isVisible)
    titles = [panel.roles.itemText(place) for place in range(panel.roles.count())]
    panel.roles.setCurrentIndex(titles.index("Verde"))
    panel.button.click()
    qtbot.waitUntil(lambda: "green" in roles(window) and is_idle(window))


@pytest.mark.usefixtures("parks")
def test_that_a_layer_is_added_from_its_file_drawn_and_taken_back(qtbot, window):
    add_parks(qtbot, window)
    assert not window.workbench.isVisible()
    assert window.right.analysis.isVisible()
    assert ("green", None) in window.map_view.scene.pictures
    assert window.next_undo.it == "Aggiungi Verde"
    window.undo()
    assert "green" not in roles(window)
    window.redo()
    assert "green" in roles(window)


@pytest.mark.usefixtures("parks")
def test_that_a_layer_is_mended_in_the_window_and_taken_back(qtbot, window):
    add_parks(qtbot, window)
    tree, panel = window.layers.tree, window.workbench.mending
    tree.setCurrentIndex(tree.model_of_layers.of_entry(roles(window).index("green")))
    window.layers.mend_button.click()
    qtbot.waitUntil(lambda: "dedupe" in panel.mends)
    assert panel.button.isEnabled()
    panel.button.click()
    qtbot.waitUntil(lambda: window.next_undo.it == "Rimedia Verde" and is_idle(window))
    assert features(window) == 2
    window.undo()
    qtbot.waitUntil(lambda: is_idle(window))
    assert features(window) == 3


@pytest.mark.usefixtures("parks")
def test_that_another_way_of_a_mend_is_chosen_where_its_first_has_nothing_to_do(qtbot, window, borough):
    boxes = [shapely.box(WEST + left, SOUTH, WEST + left + 20, SOUTH + 20) for left in (10, 60, 60)]
    frame = geopandas.GeoDataFrame({"nome": ["Alto", "Basso", "Nuovo"]}, geometry=boxes, crs=3035)
    frame.to_file(borough / "verde.gpkg", layer="verde pubblico", driver="GPKG")
    add_parks(qtbot, window)
    tree, panel = window.layers.tree, window.workbench.mending
    tree.setCurrentIndex(tree.model_of_layers.of_entry(roles(window).index("green")))
    window.layers.mend_button.click()
    qtbot.waitUntil(lambda: "dedupe" in panel.mends)
    row = panel.mends["dedupe"]
    assert not row.box.isEnabled()
    assert not row.is_wanted
    ((setting, way),) = row.ways
    assert setting.default == "identical"
    way.setCurrentIndex(1)
    way.activated.emit(1)
    assert row.is_wanted
    assert row.words == ("geometry",)
    assert not any(label.isVisible() for label in row._of_first), "what is said of the first way is not true of this"
    panel.button.click()
    qtbot.waitUntil(lambda: window.next_undo.it == "Rimedia Verde" and is_idle(window))
    assert features(window) == 2


def features(window: MainWindow) -> int | None:
    return window.session.entries[roles(window).index("green")].intake.features


def test_that_a_file_that_holds_nothing_is_told_in_the_status_line(qtbot, window, borough, monkeypatch):
    (borough / "x.txt").write_text("niente", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(borough / "x.txt"), ""))
    with qtbot.waitSignal(window.desk.said) as said:
        window.actions_by_id["layer.add"].trigger()
    assert "x.txt" in said.args[0].it
