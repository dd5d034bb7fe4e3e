"""A page as a picture: whole, or as large as one wants it, to be moved by the scroll bars."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QScrollArea

from ui.tokens import GAP_24, GAP_32, TOOL

_STEP, _FEWEST, _MOST = 1.25, 0.05, 4.0


class PageView(QScrollArea):
    """``zoomed`` tells how many pixels of the screen stand for one of the page, in percent."""

    zoomed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._whole = QPixmap()
        self._factor = 0.0
        self._page = QLabel()
        self._page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._page.setMargin(GAP_24)
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_page(self, content: bytes, spoken: str) -> None:
        """Show a PNG; ``spoken`` is what it says to who does not see it."""
        self._whole.loadFromData(content)
        self.setAccessibleName(spoken)
        self._draw()

    def clear(self) -> None:
        """Show nothing."""
        self._whole = QPixmap()
        self._page.clear()

    def fit(self) -> None:
        """Show the page whole, also when the window changes."""
        self._factor = 0.0
        self._draw()

    def zoom(self, factor: float) -> None:
        """Make the page so many times as large."""
        self._factor = min(max(self._shown * factor, _FEWEST), _MOST)
        self._draw()

    def closer(self) -> None:
        """Make the page larger."""
        self.zoom(_STEP)

    def farther(self) -> None:
        """Make the page smaller."""
        self.zoom(1 / _STEP)

    @property
    def _shown(self) -> float:
        return self._factor or self._fitting

    @property
    def _fitting(self) -> float:
        if self._whole.isNull():
            return 1.0
        room = self.viewport().size() - QSize(2 * (TOOL + GAP_32), 2 * GAP_24)
        return max(_FEWEST, min(room.width() / self._whole.width(), room.height() / self._whole.height()))

    def _draw(self) -> None:
        if self._whole.isNull():
            return
        ratio = self.devicePixelRatioF()
        size = self._whole.size() * (self._shown * ratio)
        smooth = Qt.TransformationMode.SmoothTransformation
        page = self._whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        page.setDevicePixelRatio(ratio)
        self._page.setPixmap(page)
        self.zoomed.emit(round(100 * self._shown))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep a whole page whole."""
        super().resizeEvent(event)
        if not self._factor:
            self._draw()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Zoom with Ctrl held, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP ** (event.angleDelta().y() / 120))
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Zoom by the keys of the map."""
        act = {Qt.Key.Key_Plus: self.closer, Qt.Key.Key_Minus: self.farther, Qt.Key.Key_0: self.fit}.get(
            Qt.Key(event.key())
        )
        if act is None:
            super().keyPressEvent(event)
        else:
            act()
