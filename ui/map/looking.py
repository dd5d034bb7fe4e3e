"""Where a map looks: at the whole commune, until somebody moves it or comes nearer."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.map.ground import Ground
from ui.map.projection import View, fitted
from ui.tokens import GAP_24


class Looking(QWidget):
    """A widget that looks at a piece of ground. ``looked`` tells the view."""

    looked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._view: View | None = None
        self._is_fitted = True

    @property
    def ground(self) -> Ground | None:
        """What there is to look at; None where that is not known yet."""
        raise NotImplementedError

    @property
    def view(self) -> View | None:
        """Where the map looks, once there is something to look at."""
        return self._view

    @property
    def is_fitted(self) -> bool:
        """Tell whether one looks at everything, and goes on to when the map's size changes."""
        return self._is_fitted

    def settle(self) -> None:
        """Show what there is, and have a sharp picture of it made soon."""
        raise NotImplementedError

    def fit(self) -> None:
        """Look at the whole commune."""
        if self.ground is not None:
            self._look_at(fitted(self.ground.bounds, self.width(), self.height(), GAP_24))
            self._is_fitted = True

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Make everything ``factor`` times as large, around a point or the middle."""
        if self._view is not None:
            self._look_at(self._view.zoomed(factor, at or QPointF(self.width() / 2, self.height() / 2)))

    def move_by(self, pixels: QPointF) -> None:
        """Drag the ground by ``pixels``."""
        if self._view is not None:
            self._look_at(self._view.moved(pixels))

    def go_to(self, x: float, y: float) -> None:
        """Put a place (m) in the middle."""
        if self._view is not None:
            self._look_at(View(x, y, self._view.metres, self._view.width, self._view.height))

    def look_at(self, view: View) -> None:
        """Look where ``view`` looks, at its scale."""
        self._look_at(view.resized(self.width(), self.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep the middle where it is; who looks at everything goes on to."""
        if self._view is None or self._is_fitted:
            self.fit()
        else:
            self._look_at(self._view.resized(self.width(), self.height()))

    def _look_at(self, view: View) -> None:
        self._view = view.kept_in(self.ground.reach) if self.ground else view
        self._is_fitted = False
        self.looked.emit(self._view)
        self.settle()
