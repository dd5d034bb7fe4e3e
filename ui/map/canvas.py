"""The map as it is shown: moves at once with the last picture, asks for a sharp one, and follows the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import shapely
from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from layers.text import NOTHING, Lang, Text
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working.session import Session
from ui.look import Look
from ui.map import awaited, keyboard_mark, overlay
from ui.map.credit import noted
from ui.map.frames import Frame, Frames
from ui.map.ground import Ground
from ui.map.looking import Looking
from ui.map.marked import Marked, marked
from ui.map.projection import View
from ui.map.renderer import Content, Laid, Renderer
from ui.map.scene import Scene, UnitShape
from ui.map.shown import Shown
from ui.map.tool import Tool

_OVERSCAN = 1.5
_SETTLE_MS = 40
Change = Callable[[Content], Content]
Units = Mapping[str, tuple[UnitShape, ...]]


class MapCanvas(Looking):
    """Shows the scene of a session. ``failed`` tells what ended the painting of a picture."""

    failed = Signal(object)

    def __init__(self, session: Session, look: Look, lang: Lang, renderer: Renderer) -> None:
        super().__init__()
        self._session, self._look, self._lang = session, look, lang
        self._scene = Scene()
        self._own_units: Units = {}
        self._shown = Shown(session, self._scene)
        self._frame: Frame | None = None
        self._is_behind = False
        self._is_by_keys = False
        self._hovered: UnitShape | None = None
        self._tool: Tool | None = None
        self._marked = Marked()
        self._change: Change | None = None
        self._called = NOTHING
        self._frames = Frames(renderer, self)
        self._frames.ready.connect(self._show_frame)
        self._frames.failed.connect(self.failed)
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self._ask)
        look.changed.connect(self.settle)
        session.layer_changed.connect(self._settle_row)
        session.layers_arranged.connect(self.settle)
        session.result_shown.connect(self._settle_theme)
        session.selection_changed.connect(self._follow_selection)

    @property
    def scene(self) -> Scene:
        """What is shown."""
        return self._scene

    @property
    def ground(self) -> Ground | None:
        """The ground of the study that is shown."""
        return self._shown.scene.ground

    @property
    def shown_results(self) -> tuple[ResultPicture, ...]:
        """The themes of the results that the map shows, the topmost first."""
        return self._shown.results

    @property
    def all_results(self) -> tuple[ResultPicture, ...]:
        """The themes of the results, shown or not, the topmost first."""
        return self._shown.all_results

    @property
    def units(self) -> tuple[UnitShape, ...]:
        """The units that a click means now."""
        return self._shown.units

    @property
    def content(self) -> Content:
        """All that is painted now, as the session or a comparison says."""
        return self._shown.content if self._change is None else self._change(self._shown.content)

    @property
    def is_awaited(self) -> bool:
        """Tell whether nothing is to be seen yet of what is being painted."""
        is_blank = self._frame is None and self._view is not None
        return is_blank and (self._settling.isActive() or self._frames.is_painting)

    @property
    def seen(self) -> tuple[Laid, ...]:
        """The pictures that the session's layers and results show now."""
        return self._shown.content.pictures

    def show_as(self, change: Change | None, title: Text = NOTHING, units: Units = MappingProxyType({})) -> None:
        """Show something else than the session says, as a comparison does, and call it ``title``; None ends that.

        ``units`` take the place of those of their kind meanwhile.
        """
        self._change, self._called, self._own_units = change, title, units
        self._take_scene(self._scene)
        self.settle()

    def _take_scene(self, scene: Scene) -> None:
        self._scene = scene
        own = self._own_units
        seen = replace(scene, units={**scene.units, **own}) if own else scene
        self._shown = replace(self._shown, scene=seen, first_kinds=tuple(own))

    def show_scene(self, scene: Scene) -> None:
        """Show another scene: all of its commune, or where one looks already."""
        is_new = self.ground is None
        self._take_scene(scene)
        if is_new or self._is_fitted:
            self.fit()
        else:
            self.settle()

    def glimpse(self, scene: Scene) -> None:
        """Show what is known of a study that is still being read: every layer it has so far.

        Where more is known before a picture is done, that picture is shown first: else the last glimpse alone would be.
        """
        if self.ground is not None and (self._settling.isActive() or self._frames.is_painting):
            self._take_scene(scene)
            self._is_behind = True
        else:
            self.show_scene(scene)

    def show_results(self, results: tuple[ResultPicture, ...]) -> None:
        """Show the pictures of other results."""
        self._shown = replace(self._shown, all_results=results)
        self.settle()

    def mark(self, geometries: Sequence[shapely.Geometry]) -> None:
        """Mark these features (m) instead of those before."""
        self._marked = marked(geometries)
        self.update()

    def stop(self) -> None:
        """End the painting thread."""
        self._settling.stop()
        self._frames.stop()

    def settle(self) -> None:
        """Show what there is, and have a sharp picture of it made soon."""
        self._settling.start()
        self.update()

    def _settle_row(self, row: int) -> None:
        self.settle()

    def _settle_theme(self, theme: str) -> None:
        self.settle()

    def _ask(self) -> None:
        self._is_behind = False
        if self._view is not None:
            wide = self._view.widened(_OVERSCAN)
            self._frames.ask(self.content, wide, self._look.tokens, self.devicePixelRatioF())

    def _show_frame(self, frame: Frame) -> None:
        self._frame = frame
        if self._is_behind:
            self.settle()
        self.update()

    def _follow_selection(self) -> None:
        shape = self._shown.selected
        if shape is not None and self._view is not None and not self._sees(shape, self._view):
            self.go_to(*shape.point)
        self.update()

    @staticmethod
    def _sees(shape: UnitShape, view: View) -> bool:
        left, bottom, right, top = view.bounds
        return left <= shape.point[0] <= right and bottom <= shape.point[1] <= top

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the last picture where it lies now, and everything over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._view is None or self._frame is None or not self._is_covered(self._frame, self._view):
            painter.fillRect(self.rect(), QColor(self._look.tokens.land))
        if self.is_awaited:
            room = self.mask().boundingRect() if not self.mask().isEmpty() else self.rect()
            awaited.paint(painter, QRectF(room), self._called, self._look.tokens, self._lang)
        elif self._view is not None:
            if self._frame is not None:
                self._paint_frame(painter, self._frame, self._view)
            self._marked.paint(painter, self._view, self._look.tokens)
            overlay.paint(painter, self._over(), self._view, self._look.tokens, self._lang)
            if self._tool is not None:
                self._tool.paint(painter, self._view, self._look.tokens, self._lang)
        if self.hasFocus():
            keyboard_mark.paint(painter, QRectF(self.rect()), self._look.tokens, with_cross=self._is_by_keys)
        painter.end()

    def mark_middle(self, *, shown: bool) -> None:
        """Mark the middle by a cross while keys move the map, and no longer when the pointer does."""
        if shown is not self._is_by_keys:
            self._is_by_keys = shown
            self.update()

    def _is_covered(self, frame: Frame, view: View) -> bool:
        return view.place_of(frame.view).adjusted(1, 1, -1, -1).contains(QRectF(self.rect()))

    @staticmethod
    def _paint_frame(painter: QPainter, frame: Frame, view: View) -> None:
        """Copy the picture as it is, or, until a sharp one comes, drawn larger or smaller."""
        place = view.place_of(frame.view)
        if frame.view.metres == view.metres:
            painter.drawImage(place.topLeft().toPoint(), frame.image)
        else:
            painter.drawImage(place, frame.image)

    def _over(self) -> overlay.Over:
        direct = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        # The map of a comparison lies over this one as its other half, and covers no name.
        covered = [QRectF(each.geometry()) for each in direct if each.isVisible() and not isinstance(each, MapCanvas)]
        over = self._shown.over(self._hovered, covered, self._lang)
        if not self._called:
            return over
        return replace(over, credit=noted(self._called.to(self._lang), self._session, self._lang))
