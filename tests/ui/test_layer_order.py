"""What lies on what, and how opaque: by drag, by key, by slider, and every step of it taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt

from puc_tool.maps.canvas import painter
from puc_tool.maps.canvas.camera import Camera
from ui.main_window import MainWindow
from ui.map.projection import fitted
from ui.map.renderer import CanvasRenderer, Content
from ui.map.shown import Shown
from ui.panels.layer_groups import BY_ORDER
from ui.tokens import LIGHT

SOIL, UNITS, BORDER = ("soil_consumption", 2023), ("neighbourhoods", None), ("boundary", None)


def order(window: MainWindow) -> list[str]:
    return [entry.ref.role for entry in window.session.entries]


def names_drawn(window: MainWindow) -> list[object]:
    return [laid.name for laid in Shown(window.session, window.map_view.scene).content.pictures]


@pytest.fixture
def by_order(window: MainWindow) -> MainWindow:
    """Return the window with its layers listed from the top of the map down."""
    window.layers.by_order.setChecked(True)
    return window


def test_that_cells_lie_below_outlines_until_somebody_puts_them_up_by_key(qtbot, by_order):
    tree = by_order.layers.tree
    assert names_drawn(by_order) == [SOIL, UNITS, BORDER]
    tree.setCurrentIndex(tree.model_of_layers.of_entry(order(by_order).index("soil_consumption")))
    for _ in range(2):
        qtbot.keyClick(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names_drawn(by_order) == [UNITS, BORDER, SOIL]
    by_order.undo()
    by_order.undo()
    assert names_drawn(by_order) == [SOIL, UNITS, BORDER]


def drop(window: MainWindow, moved: int, place: int, heading: int = 1) -> bool:
    model = window.layers.tree.model_of_layers
    data = model.mimeData([model.of_entry(moved)])
    parent = model.index(heading, 0)
    args = data, Qt.DropAction.MoveAction, place, 0, parent
    return model.canDropMimeData(*args) and model.dropMimeData(*args)


@pytest.mark.parametrize(("moved", "place", "landed"), [(3, 0, 0), (0, 4, 3), (0, 2, 1), (2, 1, 1), (1, 1, 1)])
def test_that_a_dragged_layer_lands_before_the_row_it_is_dropped_at(by_order, moved, place, landed):
    key = by_order.session.entries[moved].ref.key
    assert drop(by_order, moved, place)
    assert [entry.ref.key for entry in by_order.session.entries].index(key) == landed


def test_that_a_layer_dropped_on_another_lies_on_it(by_order):
    model = by_order.layers.tree.model_of_layers
    data = model.mimeData([model.of_entry(3)])
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.of_entry(1))
    assert [entry.ref.year for entry in by_order.session.entries] == [None, 2012, None, 2023]


def test_that_by_theme_a_layer_is_not_dropped_under_another_heading_nor_a_result_dragged(window):
    model = window.layers.tree.model_of_layers
    assert not drop(window, 0, 0, heading=2)
    assert model.mimeData([QModelIndex()]).data("application/x-puc-layer").isEmpty()
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled


def test_that_the_slider_makes_the_chosen_layer_see_through_in_one_step(qtbot, window):
    tree, slider = window.layers.tree, window.layers.opacity
    assert not slider.isEnabled()
    tree.setCurrentIndex(tree.model_of_layers.of_entry(order(window).index("soil_consumption")))
    for _ in range(4):
        qtbot.keyClick(slider.track, Qt.Key.Key_PageDown)
    assert {laid.name: laid.opacity for laid in Shown(window.session, window.map_view.scene).content.pictures} == {
        SOIL: 0.8, UNITS: 1.0, BORDER: 1.0,
    }  # fmt: skip
    assert [step.title.it for step in window.session.history.done] == ["Opacità di Consumo di suolo (ISPRA) 2023"]
    window.undo()
    assert slider.track.value() == 100


def test_that_the_chosen_layer_stays_chosen_under_other_headings(window):
    tree = window.layers.tree
    tree.setCurrentIndex(tree.model_of_layers.of_entry(2))
    tree.group(BY_ORDER)
    assert tree.chosen == 2


def test_that_another_order_or_opacity_lays_the_pictures_anew_and_paints_none(window, monkeypatch):
    shown = Shown(window.session, window.map_view.scene)
    renderer, view = CanvasRenderer(), fitted(shown.scene.ground.bounds, 60, 60, 0)

    def drawn(content: Content) -> bytes:
        image = renderer.render(content, view, LIGHT, 1.0, lambda: True)
        assert image is not None
        return bytes(image.constBits())

    first = drawn(shown.content)
    painted = list[int]()
    for name in ("paint_shapes", "paint_raster"):
        monkeypatch.setattr(painter, name, _noting(getattr(painter, name), painted))
    window.session.move(order(window).index("soil_consumption"), 0)
    window.session.fade(0, 30)
    assert drawn(shown.content) != first
    window.undo()
    window.undo()
    assert drawn(shown.content) == first
    assert 60 not in painted  # swatches and the window's own map are of other sizes


def _noting(paint: Callable[..., object], widths: list[int]) -> Callable[..., object]:
    def noted(*args: object) -> object:
        widths.extend(each.width for each in args if isinstance(each, Camera))
        return paint(*args)

    return noted
