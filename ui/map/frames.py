"""Frames of the map, painted beside the window: the newest wish counts, an older one is given up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from puc_tool.maps.canvas.bands import give_way
from ui.map.projection import View
from ui.map.renderer import Content, Renderer
from ui.tokens import Tokens


@dataclass(frozen=True)
class Frame:
    """A finished picture and the view it shows."""

    image: QImage
    view: View


class Frames(QObject):
    """Asks ``renderer`` for frames, one after another, and tells when the wanted one is there."""

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, renderer: Renderer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._renderer = renderer
        self._pool = ThreadPoolExecutor(1, "map", initializer=give_way)
        self._wish = self._ended = 0
        self._is_open = True

    @property
    def is_painting(self) -> bool:
        """Tell whether the frame asked for last is still to come."""
        return self._ended != self._wish

    def ask(self, content: Content, view: View, tokens: Tokens, ratio: float) -> None:
        """Paint a frame; ``ready`` tells when it is done, unless another is asked for before."""
        self._wish += 1
        if self._is_open:
            self._pool.submit(self._paint, self._wish, content, view, tokens, ratio)

    def stop(self) -> None:
        """Give up what is being painted and wait for the thread's end."""
        self._wish += 1
        self._is_open = False
        self._pool.shutdown(cancel_futures=True)

    def _paint(self, wish: int, content: Content, view: View, tokens: Tokens, ratio: float) -> None:
        if wish != self._wish:
            return
        try:
            image = self._renderer.render(content, view, tokens, ratio, lambda: wish == self._wish)
        except Exception as error:  # noqa: BLE001 (the edge of a thread: handed on to the wall of the window)
            self._ended = wish
            self.failed.emit(error)
            return
        self._ended = wish
        if image is not None and wish == self._wish:
            self.ready.emit(Frame(image, view))
