"""Colours to choose from: a small field of them, and one typed as #rrggbb."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from layers.text import Lang, Text
from puc_tool.maps.ramps import PALETTE, Ramp
from ui.look import Look, font
from ui.parts import inset
from ui.tokens import GAP_4, GAP_8, RADIUS_BADGE, SWATCH_H, SWATCH_W

TYPED = Text("Colore, sei cifre esadecimali", "Colour, six hexadecimal digits")
_IS_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_RAMP_W = 56


class ColourMenu(QMenu):
    """A popover that tells the colour chosen."""

    def __init__(self, current: str, chosen: Callable[[str], object], lang: Lang) -> None:
        super().__init__()
        self._chosen = chosen
        held = QWidget()
        column = inset(QVBoxLayout(held), GAP_8, GAP_8, GAP_8, GAP_8, GAP_8)
        grid = inset(QGridLayout(), 0, 0, 0, 0, GAP_4)
        for row, colours in enumerate(PALETTE):
            for place, colour in enumerate(colours):
                grid.addWidget(self._button(colour), row, place)
        column.addLayout(grid)
        self.typed = QLineEdit(current)
        self.typed.setFont(font("body"))
        self.typed.setAccessibleName(TYPED.to(lang))
        self.typed.returnPressed.connect(self._take_typed)
        column.addWidget(self.typed)
        action = QWidgetAction(self)
        action.setDefaultWidget(held)
        self.addAction(action)

    def take(self, colour: str) -> None:
        """Choose ``colour``."""
        self.close()
        self._chosen(colour.lower())

    def _take_typed(self) -> None:
        if _IS_COLOUR.fullmatch(self.typed.text().strip()):
            self.take(self.typed.text().strip())

    def _button(self, colour: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(QIcon(_filled(colour)))
        button.setIconSize(QSize(SWATCH_W, SWATCH_W))
        button.setAccessibleName(colour)
        button.setToolTip(colour)
        button.clicked.connect(lambda: self.take(colour))
        return button


def _filled(colour: str) -> QPixmap:
    made = QPixmap(SWATCH_W, SWATCH_W)
    made.fill(QColor(colour))
    return made


def ramp_icon(ramp: Ramp, look: Look) -> QIcon:
    """Return a strip of the ramp's colours."""
    made = QPixmap(_RAMP_W, SWATCH_H)
    made.fill(look.colour("surface"))
    painter = QPainter(made)
    colours = ramp.colours(5)
    width = (_RAMP_W - RADIUS_BADGE) // len(colours)
    for place, colour in enumerate(colours):
        painter.fillRect(place * width, 0, width, SWATCH_H, QColor(colour))
    painter.end()
    return QIcon(made)


RAMP_ICON = QSize(_RAMP_W, SWATCH_H)
