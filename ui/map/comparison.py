"""Two themes of one ground: a curtain drawn over the map, or two maps side by side that move as one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QFrame, QSplitter

from layers.text import Lang, Text, joined, same
from puc_tool.working.session import Session
from ui.look import Look
from ui.map.comparison_bar import ComparisonBar
from ui.map.curtain import Curtain
from ui.map.curtain_names import CurtainNames
from ui.map.projection import View
from ui.map.renderer import CanvasRenderer
from ui.map.sides import Side, alone, first_pair, themes
from ui.map.view import MapView

_FOOT_PX = 40
_STEP = 0.02


class Comparison(QObject):
    """Shows one theme left and another right. ``changed`` tells that it began or ended.

    Others may give it what to compare (``hold``): then ``picked`` tells the places that somebody wants left and right,
    ``left`` that somebody ended it.
    """

    changed = Signal()
    picked = Signal(int, int)
    left = Signal()

    def __init__(self, session: Session, view: MapView, maps: QSplitter, look: Look, lang: Lang) -> None:
        super().__init__(view)
        self._session, self._map, self._maps, self._look, self._lang = session, view, maps, look, lang
        self.beside: MapView | None = None
        self.share = 0.5
        self.is_curtain = True
        self._offered: tuple[Side, ...] = ()
        self._is_moving = False
        self.is_held = False
        self.bar = ComparisonBar(view, look, lang)
        self.curtain = Curtain(view, look, lang)
        self.names = CurtainNames(view, look)
        self.bar.chosen.connect(self._pick)
        self.bar.turned.connect(self.turn)
        self.bar.closed.connect(self.leave)
        self.curtain.moved.connect(self.draw_to)
        view.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Tell whether two themes are compared."""
        return self.beside is not None

    @property
    def called(self) -> tuple[Text, Text]:
        """What lies left and what right, as it is written there; what is compared by letters has them."""
        letters = ("A", "B") if self.is_held else ("", "")
        titles = [self._offered[place].title for place in self.bar.pair]
        left, right = (joined(filter(None, (same(a), t)), " · ") for a, t in zip(letters, titles, strict=True))
        return left, right

    @property
    def curtain_x(self) -> float | None:
        """How far east the curtain hangs (m); None side by side."""
        view = self._map.view
        if view is None or not self.is_curtain:
            return None
        left, _, right, _ = view.bounds
        return left + self.share * (right - left)

    def begin(self, *, curtain: bool) -> bool:
        """Compare by a curtain or side by side; False if there are no two themes."""
        if self.is_held:
            return self._begin(self._offered, self.bar.pair, curtain=curtain)
        offered = themes(self._session, self._map)
        if len(offered) < 2:
            return False
        pair = self._still(offered) or first_pair(offered, self._map.seen)
        return self._begin(offered, pair, curtain=curtain)

    def _still(self, offered: Sequence[Side]) -> tuple[int, int] | None:
        """Return where the two themes compared stand among those offered now; None if none are, or one is gone."""
        places = {each.names: place for place, each in enumerate(offered)}
        chosen = [self._offered[place].names for place in self.bar.pair] if self.is_on else []
        left, right = [places.get(names) for names in chosen] or (None, None)
        return None if left is None or right is None else (left, right)

    def hold(self, offered: Sequence[Side], pair: tuple[int, int]) -> None:
        """Compare what others offer; a comparison of theirs that is on goes on as it stands."""
        if self.is_on and self.is_held:
            self._offered = tuple(offered)
            self.bar.offer([each.title.to(self._lang) for each in offered], pair, is_curtain=self.is_curtain)
            self._show(*pair)
            self._arrange()
        elif self._begin(offered, pair, curtain=True):
            self.is_held = True
            self._name()

    def leave(self) -> None:
        """End the comparison because somebody asked for it."""
        was_held = self.is_held
        self.end()
        if was_held:
            self.left.emit()

    def _begin(self, offered: Sequence[Side], pair: tuple[int, int], *, curtain: bool) -> bool:
        if self._map.view is None:
            return False
        was_fitted, was_held = self._map.is_fitted, self.is_held
        self.end()
        self._offered, self.is_held = tuple(offered), was_held
        self.is_curtain, self.share = curtain, 0.5
        self.beside = MapView(self._session, self._look, self._lang, CanvasRenderer())
        self._place(self.beside)
        self.beside.show_scene(self._map.scene)
        self.beside.look_at(self._map.view)
        self.beside.show_results(self._map.all_results)
        self._map.looked.connect(self._follow)
        self.beside.looked.connect(self._lead)
        self.bar.offer([each.title.to(self._lang) for each in self._offered], pair, is_curtain=curtain)
        self._show(*pair)
        self._arrange()
        self._follow(self._map.view)
        if was_fitted:
            self._map.fit()
        self.changed.emit()
        return True

    def turn(self) -> None:
        """Take the other way of comparing."""
        self.begin(curtain=not self.is_curtain)

    def end(self) -> None:
        """Show the map alone, as the layers say."""
        if self.beside is None:
            return
        beside, self.beside = self.beside, None
        self._map.looked.disconnect(self._follow)
        beside.looked.disconnect(self._lead)
        beside.stop()
        beside.setParent(None)
        beside.deleteLater()
        self._map.show_as(None)
        self.is_held = False
        for each in (self.bar, self.curtain, self.names):
            each.hide()
        self.changed.emit()

    def draw_to(self, share: float) -> None:
        """Draw the curtain to a share of the map's width."""
        self.share = min(max(share, _STEP), 1 - _STEP)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Follow the map's size."""
        if event.type() == QEvent.Type.Resize and self.is_on:
            self._arrange()
        return False

    def _place(self, beside: MapView) -> None:
        if self.is_curtain:
            beside.setParent(self._map)
            beside.setMinimumHeight(0)
            beside.lower()
            self.curtain.show()
        else:
            self._maps.addWidget(beside)
            self._maps.setSizes([1, 1])
        beside.show()

    def _arrange(self) -> None:
        if self.beside is not None and self.is_curtain:
            width, height = self._map.width(), self._map.height()
            at = round(self.share * width)
            self.beside.setGeometry(0, 0, width, height)
            self.beside.setMask(QRegion(QRect(at, 0, width - at, height)))
            self.curtain.stand_at(at, height)
        at = round(self.share * self._map.width()) if self.is_curtain else self._map.width()
        self.names.stand_at(at, self.beside if self.beside is not None and not self.is_curtain else self._map)
        self.bar.fit(self._map.width())
        self.bar.move((self._map.width() - self.bar.width()) // 2, self._map.height() - self.bar.height() - _FOOT_PX)
        self.bar.setVisible(self.is_on)
        self.curtain.raise_()
        for each in self._map.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly):
            each.raise_()  # tools, badge and names lie over the curtain
        self.bar.raise_()

    def _pick(self, left: int, right: int) -> None:
        if self.is_held:
            self.picked.emit(left, right)
        else:
            self._show(left, right)

    def _show(self, left: int, right: int) -> None:
        sides = self._offered[left], self._offered[right]
        names = sides[0].names | sides[1].names
        for view, side in zip((self._map, self.beside), sides, strict=True):
            if view is not None:
                view.show_as(alone(names, side), side.title, side.units)
        self._name()

    def _name(self) -> None:
        """Write at the curtain what lies left of it and right."""
        left, right = self.called
        self.names.say(left.to(self._lang), right.to(self._lang))
        self._arrange()

    def _follow(self, view: View) -> None:
        if self.beside is not None:
            self._move(self.beside, view)

    def _lead(self, view: View) -> None:
        self._move(self._map, view)

    def _move(self, one: MapView, view: View) -> None:
        """Move one map as the other was moved, once."""
        seen = one.view
        is_there = seen is not None and (seen.x, seen.y, seen.metres) == (view.x, view.y, view.metres)
        if not self._is_moving and not is_there:
            self._is_moving = True
            one.look_at(view)
            self._is_moving = False
