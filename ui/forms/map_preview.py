"""A small map that is looked at only: a picture with rounded corners, and a line of words at its foot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from layers.text import Lang, Text
from ui.look import Look, font
from ui.tokens import GAP_8, PREVIEW_FOOT_H, PREVIEW_H, PREVIEW_W, RADIUS_CARD

NAME = Text("Anteprima sulla mappa", "Preview on the map")


class MapPreview(QWidget):
    """Shows one picture, or a plain ground with words where there is none."""

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._look, self._lang = look, lang
        self._image: QImage | None = None
        self._words = ""
        self.setFixedSize(PREVIEW_W, PREVIEW_H)
        look.changed.connect(self.update)
        self.show_picture(None)

    def show_picture(self, image: QImage | None, said: Text | None = None) -> None:
        """Show ``image`` and, under it, what is said of it."""
        self._image, self._words = image, "" if said is None else said.to(self._lang)
        self.setAccessibleName(f"{NAME.to(self._lang)}. {self._words}".strip())
        self.update()

    @property
    def has_picture(self) -> bool:
        """Tell whether there is a picture."""
        return self._image is not None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the picture, its words and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(edge, RADIUS_CARD, RADIUS_CARD)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), self._look.colour("land"))
        if self._image is not None:
            painter.drawImage(self.rect().adjusted(0, 0, 0, -PREVIEW_FOOT_H), self._image)
        self._paint_words(painter)
        painter.setClipping(False)
        painter.setPen(self._look.colour("border"))
        painter.drawPath(shape)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        place = QRectF(0, self.height() - PREVIEW_FOOT_H, self.width(), PREVIEW_FOOT_H)
        painter.fillRect(place, self._look.colour("surface"))
        painter.setPen(self._look.colour("ink2"))
        painter.setFont(font("note"))
        room = place.adjusted(GAP_8, 0, -GAP_8, 0)
        said = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)
