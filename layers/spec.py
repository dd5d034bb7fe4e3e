"""What a layer must be to serve: the words in which ``layers.roles`` declares every role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from layers.text import Text
from layers.vocabulary import Vocabulary


class Shape(Enum):
    """What kind of data a role takes."""

    POINT = Text("punti", "points")
    LINE = Text("linee", "lines")
    POLYGON = Text("poligoni", "polygons")
    RASTER = Text("raster", "raster")


class Kind(Enum):
    """What a field holds."""

    TEXT = Text("testo", "text")
    NUMBER = Text("numero", "number")


@dataclass(frozen=True)
class Field:
    """One attribute of a role; ``seen_as`` are names under which offices deliver it (lower case)."""

    name: str
    label: Text
    kind: Kind = Kind.TEXT
    required: bool = False
    unit: str = ""
    low: float | None = None
    high: float | None = None
    codes: Vocabulary | None = None
    seen_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """What a layer is for, and what it must be to serve.

    ``yearly``: one layer per year allowed. ``is_partition``: its polygons are units, so they may not overlap.
    ``covers_commune``: its polygons are wanted on every square metre of the boundary, so what they leave out is told.
    ``spans_commune``: its features lie all over a commune, so bounds that stop short of it tell of a missing sheet.
    """

    id: str
    title: Text
    about: Text
    shapes: tuple[Shape, ...]
    fields: tuple[Field, ...] = ()
    yearly: bool = False
    is_partition: bool = False
    covers_commune: bool = False
    spans_commune: bool = False
    cells: Vocabulary | None = None

    def field(self, name: str) -> Field | None:
        """Return the field called ``name``, if the role has it."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def takes_raster(self) -> bool:
        """Tell whether a raster can play this role."""
        return Shape.RASTER in self.shapes

    @property
    def takes_vector(self) -> bool:
        """Tell whether points, lines or polygons can play this role."""
        return self.shapes != (Shape.RASTER,)
