"""The small pieces every panel is made of: words, lines, icon buttons, rows of choices."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ui.look import Look, font
from ui.tokens import BADGE_H, ICON

L = TypeVar("L", bound=QLayout)


def words(text: str = "", role: str = "body", ink: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label in the type of ``role`` and the colour of ``ink``."""
    label = QLabel(text)
    label.setFont(font(role))
    label.setProperty("ink", ink)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


class Elided(QLabel):
    """A name that may be too long for its place: it ends in «…», and the whole stands in the tooltip."""

    def __init__(self, text: str, role: str, ink: str = "") -> None:
        super().__init__()
        self.setFont(font(role))
        self.setProperty("ink", ink)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(24)
        self.say(text)

    def say(self, text: str) -> None:
        """Show ``text``."""
        self._whole = text
        self._fit()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        """Cut the words anew."""
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(24, self.width()))
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
        self.setAccessibleName(self._whole)


def rule(*, vertical: bool = False) -> QFrame:
    """Return a line one pixel thick."""
    line = QFrame()
    line.setProperty("box", "line")
    (line.setFixedWidth if vertical else line.setFixedHeight)(1)
    return line


def badge(text: str, colour: str) -> QLabel:
    """Return one or two words on a ground of their own: ok, warning, error, here or quiet."""
    label = words(text, "head")
    label.setProperty("badge", colour)
    label.setFixedHeight(BADGE_H)
    return label


def box(name: str, layout: QLayout | None = None) -> QFrame:
    """Return a frame of the style sheet's kind ``name``."""
    frame = QFrame()
    frame.setProperty("box", name)
    if layout is not None:
        frame.setLayout(layout)
    return frame


def inset(layout: L, left: int, top: int, right: int, bottom: int, gap: int = 0) -> L:
    """Return ``layout`` with these margins and this gap."""
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(gap)
    return layout


def floating(frame: QFrame, look: Look) -> QFrame:
    """Give ``frame`` the shadow of what floats over the map."""
    shadow = QGraphicsDropShadowEffect(frame)
    shadow.setOffset(0, 3)
    shadow.setBlurRadius(18)
    colour = QColor(look.tokens.ink if not look.is_dark else look.tokens.halo)
    colour.setAlphaF(0.16)
    shadow.setColor(colour)
    frame.setGraphicsEffect(shadow)
    return frame


class Icon(QLabel):
    """A picture beside words; it follows the theme."""

    def __init__(self, look: Look, name: str, token: str = "ink2", size: int = ICON) -> None:
        super().__init__()
        self._look, self._name, self._token, self._size = look, name, token, size
        self.setFixedSize(size, size)
        look.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setPixmap(self._look.icon(self._name, self._token).pixmap(self._size, self._size))


class IconButton(QToolButton):
    """A button with an icon, a tooltip with its key, and an accessible name; it follows the theme."""

    def __init__(self, look: Look, name: str, tip: str, *, token: str = "ink2", on: str = "", size: int = ICON) -> None:
        super().__init__()
        self._look, self._token, self._on = look, token, on
        self.setIconSize(QSize(size, size))
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self._follow)
        self.picture(name)

    def picture(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self._follow()

    def _follow(self) -> None:
        self.setIcon(self._look.icon(self._name, self._token, on=self._on))


class PushButton(QPushButton):
    """A button with words, and an icon that follows the theme."""

    def __init__(self, look: Look, text: str, kind: str, icon: str = "", token: str = "ink2") -> None:
        super().__init__(text)
        self._look, self._icon, self._token = look, icon, token
        self.setFont(font("strong" if kind != "secondary" else "body"))
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        if self._icon:
            self.setIcon(self._look.icon(self._icon, self._token))


def clear(layout: QLayout) -> None:
    """Take everything out of ``layout``, and out of the layouts in it."""
    while (item := layout.takeAt(0)) is not None:
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if inner is not None:
            clear(inner)
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
