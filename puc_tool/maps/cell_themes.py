"""Results in cells of amounts: the classes they are told in, for the map, the sheets and the open data alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from analyses.gardens.classes import CLASSES as SUITABILITY_CLASSES
from analyses.gardens.disagreement import CLASSES as DISAGREEMENT_CLASSES
from analyses.gardens.disagreement import numbered
from analyses.gardens.status import EXCLUDED
from layers.raster import ArrayRaster, Raster
from layers.text import NOTHING, Text, number, say
from puc_tool.maps.garden_colours import STYLES
from puc_tool.maps.themes import ClassStyle


@dataclass(frozen=True)
class CellSteps:
    """Cells of ``raster`` in classes, the least first: each but the first begins at one of ``begins``.

    ``limits`` are the parameters of the run that say where, in their place; ``most`` is the largest amount there can
    be. ``shares`` is the theme whose colours the classes have, by their codes. Classes that are not ``is_named`` are
    called by their limits as well.
    """

    raster: str
    classes: tuple[ClassStyle, ...]
    begins: tuple[float, ...]
    limits: tuple[str, ...] = ()
    most: float = 1.0
    unit: str = ""
    decimals: int = 2
    shares: str = ""
    is_named: bool = False

    def begins_of(self, parameters: Mapping[str, Any]) -> tuple[float, ...]:
        """Return where each class but the first begins in a run of these parameters."""
        return tuple(float(parameters[name]) for name in self.limits) if self.limits else self.begins

    def told(self, parameters: Mapping[str, Any]) -> tuple[ClassStyle, ...]:
        """Return the classes, each called by its name, or by where it begins and ends, or by both."""
        bounds = _bounds(self.begins_of(parameters), self.decimals, f"\u202f{self.unit}" if self.unit else "")
        return tuple(
            each if self.is_named else replace(each, label=_named(each.label, bound), short=_named(each.label, bound))
            for each, bound in zip(self.classes, bounds, strict=True)
        )


class HasRasters(Protocol):
    """Results that may have rasters."""

    def raster(self, name: str) -> Raster | None:
        """Return a raster, or None if there is none of that name."""
        ...


def amount_cells(steps: CellSteps, found: HasRasters) -> ArrayRaster | None:
    """Return the amounts, masked where a cause excludes the ground; None where the run has none."""
    amounts, status = found.raster(steps.raster), found.raster("status")
    if amounts is None or status is None:
        return None
    values = amounts.read(amounts.grid.whole)
    is_out = np.ma.getmaskarray(values) | np.ma.filled(status.read(status.grid.whole) == EXCLUDED, True)
    return ArrayRaster(np.ma.masked_array(np.ma.getdata(values), is_out), amounts.grid)


def stepped(cells: np.ma.MaskedArray, begins: tuple[float, ...]) -> NDArray[np.uint8]:
    """Return the place of each cell's class, counted from one, 0 for none; a class has the amount it begins at."""
    return numbered(np.ma.filled(cells, 0.0), np.ma.getmaskarray(cells), begins)


def _named(title: Text, bounds: Text) -> Text:
    return say("{t}, {b}", "{t}, {b}", t=title, b=bounds) if title else _capital(bounds)


def _capital(words: Text) -> Text:
    return Text(words.it[:1].upper() + words.it[1:], words.en[:1].upper() + words.en[1:])


def _bounds(begins: tuple[float, ...], decimals: int, unit: str) -> Iterator[Text]:
    """Yield where each class begins and ends, in words."""
    told = [say("{n}{u}", "{n}{u}", n=number(each, decimals), u=unit) for each in begins]
    yield say("meno di {a}", "below {a}", a=told[0])
    for low, high in pairwise(told):
        yield say("da {a} a {b}", "{a} to {b}", a=low, b=high)
    yield say("da {a} in su", "from {a}", a=told[-1])


_APART = ("#f1ecf5", "#dcd2e8", "#bfaed6", "#8d76b3")
"""One hue that deepens, so that it holds in grey print."""
DISAGREEMENT = CellSteps(
    "disagreement",
    tuple(
        ClassStyle(code, _capital(title), colour, colour_on_dark=dark)
        for (code, title), colour, dark in zip(
            DISAGREEMENT_CLASSES.items(), _APART, ("#3b3350", "#5f5280", *_APART[2:0:-1]), strict=True
        )
    ),
    (0.10, 0.15, 0.20),
    ("disagreement_slight", "disagreement_clear", "disagreement_strong"),
    most=0.5,
)
"""Where those who weigh differently disagree; from where on is for the study to say."""

_GREENS = {code: STYLES[code].colour for code in ("N2", "N1", "S3", "S2", "S1")}
_GRADED = tuple(reversed([each for each in SUITABILITY_CLASSES if each.code in _GREENS]))
CONSENSUS = CellSteps(
    "consensus",
    tuple(
        ClassStyle(each.code, say("{c} {t}", "{c} {t}", c=each.code, t=each.title), _GREENS[each.code])
        for each in _GRADED
    ),
    tuple(each.least for each in _GRADED[1:]),
    shares="suitability",
    is_named=True,
)
"""The mean score, in the classes of suitability."""

DRAWS = CellSteps(
    "suitable_draws_pct",
    tuple(ClassStyle(str(place), NOTHING, colour) for place, colour in enumerate(_GREENS.values())),
    (20.0, 40.0, 60.0, 80.0),
    most=100.0,
    unit="%",
    decimals=0,
)
"""In how many draws of weights the cell is suitable."""
