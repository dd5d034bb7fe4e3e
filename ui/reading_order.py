"""The order of the Tab key: that of reading. It follows the layouts, so that what comes later finds its place too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)


def stops(within: QWidget) -> list[QWidget]:
    """Return what the Tab key reaches in ``within``, itself included, in reading order."""
    return [each for each in _read(within) if is_stop(each)]


def is_stop(widget: QWidget) -> bool:
    """Tell whether the Tab key stops at ``widget`` now."""
    reached = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return reached and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def step(within: QWidget, focused: QWidget | None, *, forward: bool) -> bool:
    """Put the keyboard at the next stop in ``within``, or the one before; return whether there is one."""
    found = stops(within)
    if not found:
        return False
    here = next((place for place, each in enumerate(found) if focused is not None and _is_in(focused, each)), None)
    place = (0 if forward else -1) if here is None else (here + (1 if forward else -1)) % len(found)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    found[place].setFocus(reason)
    return True


def _is_in(focused: QWidget, stop: QWidget) -> bool:
    """Tell whether the keyboard is at a stop: on it, or in what stands for it or lies in it."""
    return focused is stop or (isinstance(stop, QAbstractItemView) and stop.isAncestorOf(focused))


def _read(widget: QWidget) -> Iterator[QWidget]:
    """Yield ``widget`` and all that is seen in it; what lies in a view is the view's own affair."""
    yield widget
    if not isinstance(widget, QAbstractItemView):
        for part in _parts(widget):
            if not part.isHidden() and not part.isWindow():
                yield from _read(part)


def _parts(widget: QWidget) -> list[QWidget]:
    """Return the parts of a widget: as it lays them out, then what floats over it, from the left."""
    if isinstance(widget, QSplitter):
        return _given(map(widget.widget, range(widget.count())))
    if isinstance(widget, QStackedWidget):
        return _given([widget.currentWidget()])
    laid, apart = _in_order(widget), [widget.viewport()] if isinstance(widget, QAbstractScrollArea) else []
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    floating = (each for each in children if each not in laid and each not in apart)
    return [*laid, *sorted(floating, key=lambda each: (each.x(), each.y()))]


def _in_order(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QScrollArea):
        return _given([widget.widget()])
    layout = widget.layout()
    return list(_laid(layout)) if layout is not None else []


def _given(widgets: Iterable[QWidget | None]) -> list[QWidget]:
    return [each for each in widgets if each is not None]


def _laid(layout: QLayout) -> Iterator[QWidget]:
    """Yield what a layout holds, and the layouts in it, in its order."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid(inner)
