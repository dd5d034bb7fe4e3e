"""The picture of the map: every layer painted once on a picture of its own, and these laid on each other.

Showing, hiding and another order only lay the pictures anew. They are kept for one view at a time.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QImage

from puc_tool.maps.canvas import painter
from puc_tool.maps.canvas.bands import IsWanted
from puc_tool.maps.canvas.bands import Picture as Pixels
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.looks import ClassLook, Look, Pen, argb
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.canvas.shapes import Shapes
from puc_tool.maps.themes import Drawn
from ui.map.ground import Ground
from ui.map.looks import look_of, opacity_of, palette_of
from ui.map.projection import View
from ui.tokens import Tokens

_NEIGHBOUR_ALPHA, _BORDER_PX = 0.55, 1.6


@dataclass(frozen=True)
class Laid:
    """A picture of the map, by the name of what it is a picture of, and how opaque somebody wants it (0 to 1)."""

    name: Hashable
    picture: Picture
    opacity: float = 1.0


@dataclass(frozen=True)
class Content:
    """What to paint: the ground and the visible layers, the lowest first; ``borders`` are those of the commune."""

    ground: Ground | None
    pictures: tuple[Laid, ...]
    borders: bool = True


class Renderer(Protocol):
    """Anything that makes a picture of ``content`` as ``view`` sees it. Called in a thread of its own."""

    def render(self, content: Content, view: View, tokens: Tokens, ratio: float, is_wanted: IsWanted) -> QImage | None:
        """Return the picture, ``ratio`` image pixels a screen pixel; None if it was no longer wanted."""
        ...


@dataclass(frozen=True)
class _Sight:
    """What all pictures that can be laid on each other have in common."""

    camera: Camera
    tokens: Tokens
    ratio: float


class CanvasRenderer:
    """Paints by ``puc_tool.maps.canvas``; one thread at a time may ask it."""

    def __init__(self) -> None:
        self._sight: _Sight | None = None
        self._painted: dict[Hashable, tuple[object, Pixels]] = {}
        self._masks: dict[int, tuple[object, painter.Mask]] = {}

    def render(self, content: Content, view: View, tokens: Tokens, ratio: float, is_wanted: IsWanted) -> QImage | None:
        """Return the picture; between layers, and within them, it looks whether it is still wanted."""
        self._turn_to(_Sight(view.camera(ratio), tokens, ratio))
        made = painter.blank(view.camera(ratio), argb(tokens.land))
        if content.ground is not None and not self._lay_all(made, content.ground, content, is_wanted):
            return None
        return image_of(made, ratio)

    def _turn_to(self, sight: _Sight) -> None:
        """Forget what was painted of another view."""
        if sight != self._sight:
            self._sight = sight
            self._painted.clear()
            self._masks.clear()

    def _lay_all(self, made: Pixels, ground: Ground, content: Content, is_wanted: IsWanted) -> bool:
        assert self._sight is not None
        tokens = self._sight.tokens
        base = self._shapes(("ground", ground), _ground_parts(ground, self._sight), is_wanted)
        if base is None:
            return False
        painter.lay(made, base, 1.0)
        for laid in content.pictures:
            painted = self._layer(laid, is_wanted)
            if painted is None:
                return False
            layer = laid.picture
            mask = self._commune(ground) if layer.is_clipped and _is_ground(layer) else painter.NO_MASK
            painter.lay(made, painted, opacity_of(layer, tokens) * laid.opacity, mask)
        borders = self._shapes(("border", ground), [(ground.commune, _border(self._sight))], is_wanted)
        if content.borders and borders is not None:
            painter.lay(made, borders, 1.0)
        return is_wanted()

    def _layer(self, laid: Laid, is_wanted: IsWanted) -> Pixels | None:
        assert self._sight is not None
        layer = laid.picture
        if layer.shapes is not None:
            look = look_of(layer, self._sight.tokens, self._sight.ratio)
            return self._shapes((laid.name, layer), [(layer.shapes, look)], is_wanted)
        known = self._known(laid.name, layer)
        if known is None:
            known = painter.blank(self._sight.camera)
            _paint_flat(known, layer, self._sight.camera, self._sight.tokens)
            self._painted[laid.name] = layer, known
        return known

    def _shapes(
        self, of: tuple[Hashable, object], parts: list[tuple[Shapes, Look]], is_wanted: IsWanted
    ) -> Pixels | None:
        """Return the picture of these shapes, painted now or before; None if it was given up."""
        assert self._sight is not None
        name, source = of
        known = self._known(name, source)
        if known is not None:
            return known
        pixels = painter.blank(self._sight.camera)
        for shapes, look in parts:
            if not painter.paint_shapes(pixels, shapes, look, self._sight.camera, is_wanted):
                return None
        self._painted[name] = source, pixels
        return pixels

    def _known(self, name: Hashable, source: object) -> Pixels | None:
        """Return what was painted under ``name``, if it was of this very source: another style paints it anew."""
        found = self._painted.get(name)
        return found[1] if found is not None and found[0] is source else None

    def _commune(self, ground: Ground) -> painter.Mask:
        """Return where the commune is: themes end at its border, which hides the step."""
        assert self._sight is not None
        if id(ground) not in self._masks:
            self._masks[id(ground)] = ground, painter.mask_of(ground.commune, self._sight.camera)
        return self._masks[id(ground)][1]


def image_of(pixels: Pixels, ratio: float) -> QImage:
    """Return a picture as Qt shows it; the numbers are copied, so it owns what it shows."""
    height, width = pixels.shape
    # Without alpha it is copied to the screen, not mixed with it.
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _is_ground(layer: Picture) -> bool:
    return layer.drawn in (Drawn.CELLS, Drawn.AREA)


def _paint_flat(pixels: Pixels, layer: Picture, camera: Camera, tokens: Tokens) -> None:
    cells = layer.file_cells.seen(camera) if layer.file_cells is not None else layer.cells
    if cells is not None:
        painter.paint_raster(pixels, cells, palette_of(layer, tokens), camera)
    elif layer.photo is not None:
        layer.photo.paint(pixels, camera)


def _ground_parts(ground: Ground, sight: _Sight) -> list[tuple[Shapes, Look]]:
    tokens, ratio = sight.tokens, sight.ratio
    neighbour = Pen(argb(tokens.land_text, _NEIGHBOUR_ALPHA), 1.0 * ratio, 4.0 * ratio, 3.0 * ratio)
    return [
        (ground.sea, _one(ClassLook(argb(tokens.sea)))),
        (ground.commune, _one(ClassLook(argb(tokens.inland)))),
        (ground.neighbours, _one(ClassLook(pen=neighbour))),
        (ground.coast, _one(ClassLook(pen=Pen(argb(tokens.sea), 2.0 * ratio)))),
        (ground.coast, _one(ClassLook(pen=Pen(argb(tokens.coast), 1.2 * ratio)))),
    ]


def _border(sight: _Sight) -> Look:
    return _one(ClassLook(pen=Pen(argb(sight.tokens.ink), _BORDER_PX * sight.ratio)))


def _one(look: ClassLook) -> Look:
    return Look((look,))
