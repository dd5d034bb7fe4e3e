"""Where the map lies on paper: scale, extent, grid, scale bar, and where north is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Proj, Transformer

from layers.codelist import rows
from layers.text import Text, number, say

EXTRA_SCALES = (20_000, 75_000, 100_000, 200_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000)
BOUNDARY_MARGIN_MM = 7.0
BAND_MM = 5.2
MARGIN_MM, BINDING_MM, GAP_MM = 10.0, 25.0, 4.5

# Ticks and crosses, and the breaks of the scale bar, in metres for each denominator of the design table.
_STEPS_M = {
    500: 50, 1_000: 100, 2_000: 200, 5_000: 500, 10_000: 1_000, 20_000: 1_000, 25_000: 1_000, 50_000: 1_000,
    75_000: 2_000,
}  # fmt: skip
_BREAKS_M = {
    2_000: (0, 50, 100, 200),
    5_000: (0, 100, 250, 500),
    10_000: (0, 100, 200, 400),
    20_000: (0, 250, 500, 1_000),
    25_000: (0, 250, 500, 1_000, 1_500),
    50_000: (0, 500, 1_000, 2_000, 3_000),
    75_000: (0, 1_000, 2_000, 4_000),
}
_COLUMNS_MM = {"A0": 180.0, "A1": 180.0, "A2": 110.0, "A3": 106.0, "A4": 96.0}
_WIDEST_IN_HAND_MM = 420.0
_LEAST_STEP_MM, _LONGEST_BAR_MM, _LEAST_FRAME_MM = 20.0, 75.0, 150.0


@dataclass(frozen=True)
class Paper:
    """A sheet of paper lying on its long side, with the width of its column and of a panel; all in millimetres.

    What stands in the column is set as if it were at most 110 mm wide, and enlarged to its width: paper for the wall is
    read from further away.
    """

    width_mm: float
    height_mm: float
    column_mm: float
    panel_mm: float = 0.0

    @property
    def enlargement(self) -> float:
        """How much larger than in the hand the column is set."""
        return max(1.0, self.column_mm / _COLUMNS_MM["A3"]) if self.column_mm > _COLUMNS_MM["A2"] else 1.0

    @property
    def continues(self) -> bool:
        """Whether what finds no room goes on to a further page: paper that is held in the hand is also turned."""
        return self.width_mm <= _WIDEST_IN_HAND_MM

    @property
    def frame_mm(self) -> tuple[float, float]:
        """Width and height inside the neatline."""
        panel = self.panel_mm + GAP_MM if self.panel_mm else 0.0
        width = self.width_mm - BINDING_MM - MARGIN_MM - GAP_MM - self.column_mm - panel - 2 * BAND_MM
        return width, self.height_mm - 2 * MARGIN_MM - 2 * BAND_MM


def paper(name: str = "A3") -> Paper:
    """Return the paper ``name`` of ``paper_sizes.csv`` with the column the design gives it."""
    row = next(row for row in rows("paper_sizes") if row["name"] == name)
    return Paper(float(row["width_mm"]), float(row["height_mm"]), _COLUMNS_MM[name])


def with_panel(sheet: Paper, panel_mm: float) -> Paper:
    """Return the paper with a panel beside the map, enlarged like the column; without, if the map got too narrow."""
    wider = replace(sheet, panel_mm=panel_mm * sheet.enlargement)
    return wider if wider.frame_mm[0] >= _LEAST_FRAME_MM else sheet


def papers() -> tuple[str, ...]:
    """Return the names of the papers, the largest first."""
    return tuple(_COLUMNS_MM)


@dataclass(frozen=True)
class Frame:
    """The map inside its neatline: ``left`` and ``top`` in metres of ``crs``, its size in millimetres.

    ``enlargement`` is how much larger it is printed than its millimetres say: see :meth:`in_hand`.
    """

    crs: CRS
    left: float
    top: float
    width_mm: float
    height_mm: float
    denominator: int
    enlargement: float = 1.0

    @property
    def metres_a_mm(self) -> float:
        """How many metres of ground a millimetre is."""
        return self.denominator / 1000 * self.enlargement

    def in_hand(self, enlargement: float) -> Frame:
        """Return the frame in which paper for the wall is drawn: smaller, so that enlarged it reads from further away.

        Letters, lines and hatches keep their sizes in it and grow with the print; ground and scale are the same.
        """
        width, height = self.width_mm / enlargement, self.height_mm / enlargement
        return replace(self, width_mm=width, height_mm=height, enlargement=enlargement)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in metres."""
        right = self.left + self.width_mm * self.metres_a_mm
        return self.left, self.top - self.height_mm * self.metres_a_mm, right, self.top

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the frame, in metres."""
        left, bottom, right, top = self.bounds
        return (left + right) / 2, (bottom + top) / 2

    def to_mm(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return millimetres from the upper left corner, y downwards, for ``xy`` (n × 2, metres)."""
        return (xy - (self.left, self.top)) * (1 / self.metres_a_mm, -1 / self.metres_a_mm)

    def to_metres(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Undo :meth:`to_mm`."""
        return xy * (self.metres_a_mm, -self.metres_a_mm) + (self.left, self.top)


def standard_scales() -> tuple[int, ...]:
    """Return the denominators a sheet may have, ascending: the code list's, and those of index maps."""
    return tuple(sorted({*(int(row["scale"]) for row in rows("map_scales")), *EXTRA_SCALES}))


def fitting_scale(bounds: tuple[float, float, float, float], frame_mm: tuple[float, float]) -> int:
    """Return the largest standard scale at which ``bounds`` (metres) leaves a margin inside the frame."""
    left, bottom, right, top = bounds
    room = [side - 2 * BOUNDARY_MARGIN_MM for side in frame_mm]
    needed = max((right - left) / room[0], (top - bottom) / room[1]) * 1000
    scales = standard_scales()
    return next((scale for scale in scales if scale >= needed), scales[-1])


def frame_round(
    bounds: tuple[float, float, float, float], crs: CRS, sheet: Paper, denominator: int | None = None
) -> Frame:
    """Return the frame centred on ``bounds`` (metres of ``crs``), its corner on a whole metre."""
    width, height = sheet.frame_mm
    scale = denominator or fitting_scale(bounds, sheet.frame_mm)
    middle_x, middle_y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    left, top = middle_x - width * scale / 2000, middle_y + height * scale / 2000
    return Frame(crs, float(round(left)), float(round(top)), width, height, scale)


def grid_step(denominator: int) -> int:
    """Return the distance between ticks in metres: the design's, else the least 1, 2, 5 × 10ⁿ from 20 mm up."""
    return _STEPS_M.get(denominator) or _round_up(_LEAST_STEP_MM * denominator / 1000)


def bar_breaks(denominator: int) -> tuple[int, ...]:
    """Return the breaks of the scale bar in metres, 0 first; outside the design's table at most 75 mm long."""
    if denominator in _BREAKS_M:
        return _BREAKS_M[denominator]
    longest = _round_down(_LONGEST_BAR_MM * denominator / 1000)
    return (
        (0, longest // 5, 2 * longest // 5, longest)
        if str(longest)[0] == "5"
        else (0, longest // 4, longest // 2, longest)
    )


def bar_labels(breaks: tuple[int, ...]) -> tuple[tuple[Text, ...], str]:
    """Return the words under the breaks and their unit: km where the bar reaches 2 km, else m."""
    if breaks[-1] < 2000:
        return tuple(number(metres) for metres in breaks), "m"
    return tuple(_shortest(metres / 1000) for metres in breaks), "km"


def scale_words(frame: Frame) -> Text:
    """Return the scale as it is printed: 1:50.000."""
    return say("1:{n}", "1:{n}", n=number(frame.denominator))


def ticks(low: float, high: float, step: int) -> tuple[int, ...]:
    """Return the multiples of ``step`` between ``low`` and ``high``."""
    return tuple(range(math.ceil(low / step) * step, math.floor(high / step) * step + 1, step))


def tick_words(metres: int) -> str:
    """Return a coordinate in groups of three with a thin gap: 4 885 000."""
    return f"{metres:,}".replace(",", "\u2009")


def convergence(frame: Frame) -> float:
    """Return the degrees by which grid north lies east of true north at the frame's centre.

    Method: derivatives of the projection at the point, PROJ's ``proj_factors``.
    """
    lon, lat = Transformer.from_crs(frame.crs, frame.crs.geodetic_crs, always_xy=True).transform(*frame.centre)
    return float(Proj(frame.crs).get_factors(lon, lat).meridian_convergence)


def north_sentence(convergence_deg: float) -> Text:
    """Say where true north lies, seen from the grid north that the arrow shows."""
    minutes = round(abs(convergence_deg) * 60)
    if minutes == 0:
        return Text("Nord del reticolo, qui anche nord geografico.", "Grid north, here also true north.")
    side = Text("ovest", "west") if convergence_deg > 0 else Text("est", "east")
    return say(
        "Nord del reticolo. Il nord geografico è {d}° {m}′ a {side}.",
        "Grid north. True north is {d}° {m}′ to the {side}.",
        d=minutes // 60, m=f"{minutes % 60:02d}", side=side,
    )  # fmt: skip


def _round_up(least: float) -> int:
    power = 10 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)


def _round_down(most: float) -> int:
    power = 10 ** math.floor(math.log10(most))
    return next(factor * power for factor in (5, 2, 1) if factor * power <= most)


def _shortest(value: float) -> Text:
    return number(value, 0 if value == int(value) else 2 if value * 10 % 1 else 1)
