"""Ramps of colours for classes that somebody makes: amounts, amounts around a middle, kinds.

Amounts only get darker, so that their order survives grey print and every kind of colour vision; the ends of a
diverging ramp stay apart for every eye. After C. Brewer's ColorBrewer 2.0 (Apache 2.0) and P. Tol's qualitative
scheme «muted» (2021); the first is the tool's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from layers.text import Text

AMOUNTS = ("#E8D9A8", "#A8CBA0", "#63A99A", "#2F7F8C", "#123F5C")
"""From sand to the petrol of the window: lightness only falls, and the least still stands out from the ground."""
AMOUNTS_ON_DARK = ("#24535F", *AMOUNTS[-2::-1])
"""On a dark ground what is much has to be light."""


@dataclass(frozen=True)
class Ramp:
    """A ramp by a few of its colours, evenly spaced, from the least to the most; ``on_dark`` those on a dark ground."""

    title: Text
    anchors: tuple[str, ...]
    on_dark: tuple[str, ...] = ()

    def colours(self, count: int) -> tuple[str, ...]:
        """Return ``count`` colours of the ramp, its ends among them; the last one alone for one class."""
        return _between(self.anchors, count)

    def colours_on_dark(self, count: int) -> tuple[str, ...]:
        """Return what stands in for ``colours`` on a dark ground; empty words where they serve there too."""
        return _between(self.on_dark, count) if self.on_dark else ("",) * count


def _between(anchors: tuple[str, ...], count: int) -> tuple[str, ...]:
    if count == 1:
        return (anchors[-1].lower(),)
    known = np.array([[int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in anchors], float)
    wanted = np.linspace(0, len(known) - 1, count)
    mixed = [np.interp(wanted, np.arange(len(known)), known[:, channel]) for channel in range(3)]
    return tuple("#{:02x}{:02x}{:02x}".format(*row) for row in np.round(np.transpose(mixed)).astype(int))


RAMPS: Mapping[str, Ramp] = {
    "petrol": Ramp(Text("Sabbia–petrolio", "Sand–petrol"), AMOUNTS, AMOUNTS_ON_DARK),
    "YlGnBu": Ramp(Text("Giallo–blu", "Yellow–blue"), ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")),
    "OrRd": Ramp(Text("Arancio–rosso", "Orange–red"), ("#fef0d9", "#fdcc8a", "#fc8d59", "#e34a33", "#b30000")),
    "BuPu": Ramp(Text("Azzurro–viola", "Blue–purple"), ("#edf8fb", "#b3cde3", "#8c96c6", "#8856a7", "#810f7c")),
    "Greys": Ramp(Text("Grigi", "Greys"), ("#f0f0f0", "#bdbdbd", "#737373", "#252525")),
    "PuOr": Ramp(
        Text("Arancio–viola, attorno allo zero", "Orange–purple, around zero"),
        ("#b35806", "#f1a340", "#fee0b6", "#d8daeb", "#998ec3", "#542788"),
    ),
}
FIRST = "petrol"
KINDS = ("#332288", "#88CCEE", "#44AA99", "#117733", "#999933", "#DDCC77", "#CC6677", "#882255", "#AA4499")
"""Kinds without order: nine, as many as an eye follows in a legend."""
PALETTE = (KINDS[:6], *(ramp.colours(6) for ramp in RAMPS.values()), (*KINDS[6:], "#ffffff", "#808080", "#000000"))
"""Colours to pick from, in rows of six."""
