"""How a sheet looks at its ground: the paper, the scale, and the part of the ground it frames."""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from layers.text import NOTHING, Text


@dataclass(frozen=True)
class View:
    """One sheet of a set. The default is the whole ground on A3 at the largest scale that fits.

    ``ground`` is the part to frame, in the CRS of the map: a unit, drawn with its outline where ``is_unit``, or one
    rectangle of the *quadro di unione*, whose rectangles are ``tiles``. ``name`` is how the part is called, ``code``
    what the unit goes by in tables.
    """

    paper: str = "A3"
    denominator: int | None = None
    ground: BaseGeometry | None = None
    is_unit: bool = False
    name: Text = NOTHING
    number: int = 1
    count: int = 1
    tiles: tuple[BaseGeometry, ...] = ()
    code: str = ""

    @property
    def is_part(self) -> bool:
        """Tell whether the sheet shows less than the whole ground."""
        return self.ground is not None


WHOLE = View()
