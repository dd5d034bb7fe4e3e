"""What a map says while there is nothing of it to see yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from layers.text import Lang, Text, say
from ui.look import font
from ui.tokens import GAP_24, Tokens

MAP, THEME = Text("Disegno la mappa…", "Drawing the map…"), Text("Disegno «{t}»…", "Drawing “{t}”…")


def awaited(called: Text) -> Text:
    """Return what is awaited: the map, or what one of two maps compared is called."""
    return say(THEME.it, THEME.en, t=called) if called else MAP


def paint(painter: QPainter, room: QRectF, called: Text, tokens: Tokens, lang: Lang) -> None:
    """Write in the middle of ``room`` what is awaited; a name without room is cut."""
    small = font("body")
    words = awaited(called).to(lang)
    shown = QFontMetricsF(small).elidedText(words, Qt.TextElideMode.ElideMiddle, room.width() - 2 * GAP_24)
    painter.setFont(small)
    painter.setPen(QColor(tokens.ink2))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
