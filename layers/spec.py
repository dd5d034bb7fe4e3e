"""What a layer must be to serve: the words in which ``layers.roles`` declares every role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from layers.text import NOTHING, Text
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
    """One attribute of a role; ``seen_as`` are names under which offices deliver it (lower case).

    ``codes`` are the values it may hold; ``known_by`` those by which it is known where it may hold any.
    """

    name: str
    label: Text
    kind: Kind = Kind.TEXT
    required: bool = False
    unit: str = ""
    low: float | None = None
    high: float | None = None
    codes: Vocabulary | None = None
    known_by: Vocabulary | None = None
    seen_as: tuple[str, ...] = ()

    @property
    def telling(self) -> Vocabulary | None:
        """The values by which this field is known among others, if there are such."""
        return self.codes or self.known_by


@dataclass(frozen=True)
class Role:
    """What a layer is for, and what it must be to serve.

    ``yearly``: one layer per year allowed. ``is_partition``: its polygons are units, so they may not overlap.
    ``covers_commune``: its polygons are wanted on every square metre of the boundary, so what they leave out is told.
    ``spans_commune``: its features lie all over a commune, so bounds that stop short of it tell of a missing sheet.
    ``typical_m2``: between which areas (m²) the polygons usually lie that make up half of its ground: by it a dataset
    is recognised, never refused.
    ``for_lines``: what to do with lines, where the role takes none and another does.
    ``carries``: numbers that a joined table may bring along under their own names; nobody is asked for them.
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
    typical_m2: tuple[float, float] | None = None
    cells: Vocabulary | None = None
    carries: tuple[str, ...] = ()
    for_lines: Text = NOTHING

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
