"""Two themes of one ground: a curtain drawn over the map, or two maps side by side that move as one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QRect, Signal
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QSplitter

from layers.text import Lang, Text
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.themes import Drawn
from puc_tool.working.session import Session
from ui.look import Look
from ui.map.canvas import Units
from ui.map.comparison_bar import ComparisonBar
from ui.map.curtain import Curtain
from ui.map.curtain_names import CurtainNames
from ui.map.projection import View
from ui.map.renderer import CanvasRenderer, Content, Laid
from ui.map.shown import laid_result
from ui.map.view import MapView

_FOOT_PX = 40
_STEP = 0.02


class Side(Protocol):
    """Something to be seen at one side: what it is called, the names of what it shows, and its own units, by kind."""

    @property
    def title(self) -> Text:
        """What it is called."""
        ...

    @property
    def names(self) -> frozenset[Hashable]:
        """What of the map's pictures is its own, or gives way to it: the other side does without."""
        ...

    @property
    def units(self) -> Units:
        """The units that it has otherwise than the map."""
        ...

    def put_into(self, content: Content) -> Content:
        """Return what the map shows with this on it."""
        ...


@dataclass(frozen=True)
class Theme:
    """A layer or results to compare: its name, how it lies on the map, and what it is a year of (the role)."""

    title: Text
    laid: Laid
    role: str = ""
    units: Units = field(default_factory=dict)

    @property
    def names(self) -> frozenset[Hashable]:
        """What it shows."""
        return frozenset({self.laid.name})

    def put_into(self, content: Content) -> Content:
        """Return the content with it on top; where it covers the ground, without what else does."""
        return replace(content, pictures=(*without_ground(content.pictures, (self.laid,)), self.laid))


def themes(session: Session, view: MapView) -> tuple[Theme, ...]:
    """Return what the study and the results have to compare, the topmost first."""
    pictures = view.scene.pictures
    found = [Theme(each.theme.title, laid_result(each, session)) for each in view.all_results]
    layers = [
        Theme(each.title, Laid(each.ref.key, session.dressed(each, pictures[each.ref.key])), each.ref.role)
        for each in session.entries
        if each.ref.key in pictures
    ]
    return (*found, *layers)


def first_pair(offered: Sequence[Theme], seen: Sequence[Laid]) -> tuple[int, int]:
    """Return the places of what to compare at first: two years of what covers the ground now, else it and another."""
    grounds = [at for at, each in enumerate(offered) if is_ground(each.laid.picture)] or list(range(len(offered)))
    names = {each.name for each in seen}
    shown = next((at for at in grounds if offered[at].laid.name in names), grounds[0])
    others = [at for at in (*grounds, *range(len(offered))) if at != shown]
    years = [at for at in others if offered[at].role and offered[at].role == offered[shown].role]
    return (years[-1], shown) if years else (shown, others[0])


def is_ground(picture: Picture) -> bool:
    """Tell whether a picture covers the ground, so that two of them can't be read on each other."""
    return picture.drawn in (Drawn.AREA, Drawn.CELLS) and bool(picture.classes)


def without_ground(pictures: Sequence[Laid], chosen: Sequence[Laid]) -> tuple[Laid, ...]:
    """Return the pictures; where one of those chosen covers the ground, without what else does."""
    covers = any(is_ground(each.picture) for each in chosen)
    return tuple(each for each in pictures if not (covers and is_ground(each.picture)))


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

    def begin(self, *, curtain: bool) -> bool:
        """Compare by a curtain or side by side; False if there are no two themes."""
        if self.is_held:
            return self._begin(self._offered, self.bar.pair, curtain=curtain)
        offered = themes(self._session, self._map)
        if len(offered) < 2:
            return False
        pair = self.bar.pair if self.is_on else first_pair(offered, self._map.seen)
        return self._begin(offered, pair, curtain=curtain)

    def hold(self, offered: Sequence[Side], pair: tuple[int, int]) -> None:
        """Compare what others offer; a comparison of theirs that is on goes on as it stands."""
        if self.is_on and self.is_held:
            self._offered = tuple(offered)
            self.bar.offer([each.title.to(self._lang) for each in offered], pair, is_curtain=self.is_curtain)
            self._show(*pair)
            self._arrange()
        elif self._begin(offered, pair, curtain=True):
            self.is_held = True
            self._name(*pair)

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
        for each in (self.curtain, self.names, self.bar):
            each.raise_()

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
                view.show_as(_only(names, side), side.title, side.units)
        self._name(left, right)

    def _name(self, left: int, right: int) -> None:
        """Write at the curtain what lies left of it and right; what is compared by letters has them."""
        titles = [self._offered[place].title.to(self._lang) for place in (left, right)]
        letters = ("A · ", "B · ") if self.is_held else ("", "")
        self.names.say(*(f"{letter}{title}" for letter, title in zip(letters, titles, strict=True)))
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


def _only(names: Set[Hashable], side: Side) -> Callable[[Content], Content]:
    """Return what shows one side without the other, whose pictures are among ``names``."""

    def change(content: Content) -> Content:
        kept = tuple(each for each in content.pictures if each.name not in names)
        return side.put_into(replace(content, pictures=kept))

    return change
