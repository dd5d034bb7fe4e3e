"""What the map of the window shows, as it is handed over to be printed: one map, or two that are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace

from layers.reference import LayerRef
from layers.text import Text
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.mixing import softened


@dataclass(frozen=True)
class ShownLayer:
    """A layer the map shows: its name, its picture, the entries of the study it comes from, how opaque it is."""

    title: Text
    picture: Picture
    refs: tuple[LayerRef, ...] = ()
    opacity: float = 1.0

    @property
    def laid(self) -> Picture:
        """The picture in the colours it has on white paper where it is laid down so opaque."""
        classes = tuple(
            replace(each, colour=softened(each.colour, self.opacity)) if each.colour else each
            for each in self.picture.classes
        )
        return replace(self.picture, classes=classes) if self.opacity < 1.0 else self.picture


@dataclass(frozen=True)
class Against:
    """What a view is compared with: the names of the left and of the right map, and the layers of the right one.

    ``curtain_x`` is how far east the curtain hangs (m); None: the maps stand side by side.
    """

    names: tuple[Text, Text]
    layers: tuple[ShownLayer, ...]
    curtain_x: float | None = None


@dataclass(frozen=True)
class ShownView:
    """What the map shows: its layers from the bottom up, and the ground it looks at (m of the study's CRS).

    With ``against`` it is the left of two maps.
    """

    layers: tuple[ShownLayer, ...]
    bounds: tuple[float, float, float, float]
    against: Against | None = None

    @property
    def is_beside(self) -> bool:
        """Tell whether two maps stand side by side."""
        return self.against is not None and self.against.curtain_x is None

    @property
    def both(self) -> tuple[tuple[ShownLayer, ...], ...]:
        """The layers of each map."""
        return (self.layers,) if self.against is None else (self.layers, self.against.layers)

    @property
    def refs(self) -> tuple[LayerRef, ...]:
        """The entries of the study that what is seen comes from, each once."""
        return tuple({ref.key: ref for layers in self.both for each in layers for ref in each.refs}.values())
