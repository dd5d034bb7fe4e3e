"""The classes of a layer, each with a swatch that opens the colours it may have."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from layers.text import Lang, Text
from ui.forms.colours import ColourMenu
from ui.look import Look
from ui.map.looks import colour_of
from ui.panels import swatch
from ui.panels.swatch import Sample
from ui.parts import Elided, clear, inset
from ui.tokens import GAP_4, GAP_8, SWATCH_H, SWATCH_W

COLOUR_OF = Text("Colore di {c}", "Colour of {c}")


class SwatchButton(QToolButton):
    """A swatch to click."""

    def __init__(self, sample: Sample, name: str, look: Look) -> None:
        super().__init__()
        self._sample, self._look = sample, look
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(QSize(SWATCH_W + 2 * GAP_8, SWATCH_H + 2 * GAP_8 - 2))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the class as the map paints it."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(GAP_8, GAP_8 - 1, SWATCH_W, SWATCH_H)
        swatch.paint(painter, place, self._sample, self._look.tokens)
        painter.end()


class ClassRows(QWidget):
    """``chosen`` is called with the code of a class and the colour somebody gives it."""

    def __init__(self, chosen: Callable[[str, str], object], look: Look, lang: Lang) -> None:
        super().__init__()
        self._chosen, self._look, self._lang = chosen, look, lang
        self.buttons: list[SwatchButton] = []
        self.menu: ColourMenu | None = None
        self._rows = inset(QVBoxLayout(self), 0, 0, 0, 0)

    def show_classes(self, sample: Sample) -> None:
        """Show the classes of a picture."""
        clear(self._rows)
        self.buttons = []
        for place in range(len(sample.picture.classes)):
            self._rows.addWidget(self._row(Sample(sample.picture, place, sample.opacity)))

    def _row(self, sample: Sample) -> QWidget:
        style = sample.picture.classes[sample.place or 0]
        name = style.legend.to(self._lang)
        button = SwatchButton(sample, COLOUR_OF.to(self._lang).format(c=name), self._look)
        button.clicked.connect(lambda: self._open(button, style.code, colour_of(style, self._look.tokens)))
        self.buttons.append(button)
        held = QWidget()
        row = inset(QHBoxLayout(held), 0, 0, 0, 0, GAP_4)
        row.addWidget(button)
        row.addWidget(Elided(name, "body"), 1)
        return held

    def _open(self, button: QToolButton, code: str, current: str) -> None:
        self.menu = ColourMenu(current, lambda colour: self._chosen(code, colour), self._lang)
        self.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
