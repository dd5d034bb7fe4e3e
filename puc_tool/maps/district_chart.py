"""Scenarios of a district as a chart in a corner of its map: which of them are worse than another in everything.

It is drawn with what maps are drawn with: a panel, signs, letters; across and up stand the first two criteria in which
the scenarios differ. Dominance is by all criteria, so a sign may be grey although it lies far out in these two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from analyses.districts.comparison import MORE_IS_BETTER
from analyses.districts.tables import PARETO
from layers.text import Text, number, same, say
from puc_tool.maps.district_facts import Facts
from puc_tool.maps.frame import Frame
from puc_tool.maps.layout import Box, Layout
from puc_tool.maps.sheet import Areas, Labels, Layer, LegendItem, Marks
from puc_tool.maps.style import ACCENT, INK, INK_2, PAPER, RULE, Fill, Lettering, Mark

_SIZE_MM, _FROM_EDGE_MM = (72.0, 52.0), 4.0
_INSET_MM = (14.0, 9.0, 7.0, 11.0)
"""Room between panel and plot: left, top, right, bottom."""

PANEL = Fill(PAPER, edge=RULE, edge_mm=0.2)
BEST, DOMINATED, PLAN = Mark("dot", ACCENT, 2.6), Mark("dot", "#b4b8bc", 2.2), Mark("triangle", INK, 3.0)
_HEAD, _SMALL = Lettering(INK, 7.2, 600, halo_pt=0), Lettering(INK_2, 6.2, 400, halo_pt=0)
_LETTER = Lettering(INK, 7.0, 600, halo_pt=1.2)
_NAMES = {
    "homes_new": Text("Alloggi nuovi", "New homes"),
    "soil_newly_consumed_m2": Text("Nuovo consumo (ha)", "Newly consumed (ha)"),
    "green_m2_per_person": Text("Verde per abitante (m²)", "Green per person (m²)"),
    "public_balance_m2": Text("Saldo spazi pubblici (ha)", "Public space balance (ha)"),
    "people_in_hazard": Text("Abitanti in pericolosità", "People in hazard"),
    "co2_saved_t": Text("CO2 evitata (t/anno)", "CO2 saved (t/year)"),
}
_COLUMNS = {column.id: column for column in PARETO.columns}
_PER_HECTARE = 10_000


@dataclass(frozen=True)
class Chart:
    """The layers that draw it, and what its signs mean."""

    layers: tuple[Layer, ...]
    legend: tuple[LegendItem, ...]


def chart(facts: Facts, layout: Layout) -> Chart | None:
    """Return the chart in a free corner of the map, or None where scenarios are none or do not differ."""
    told = facts.compared
    differing = [name for name in _NAMES if name in told and told[name].dropna().nunique() > 1]
    if len(told) < 2 or len(differing) < 2:
        return None
    across, up = differing[:2]
    shown = told[told[[across, up]].notna().all(axis=1)]
    box = _corner(layout, facts.outline)
    plot = (box[0] + _INSET_MM[0], box[1] + _INSET_MM[1], box[2] - _INSET_MM[2], box[3] - _INSET_MM[3])
    places = _places(shown[[across, up]].to_numpy(float), plot)
    on_map = _OnMap(layout.frame)
    letters = dict(zip(facts.sheets["scenario"], facts.letters, strict=True))
    signs = tuple(_signs(shown, places, on_map))
    layers: tuple[Layer, ...] = (
        Areas((on_map.box(box), on_map.box(plot)), PANEL),
        *(layer for layer, _ in signs),
        _letters([letters[name] for name in shown["scenario"]], places, on_map),
        *_words(shown, (across, up), (box, plot), on_map),
    )
    items = (
        LegendItem(Text("Grafico degli scenari", "Chart of the scenarios"), PANEL),
        *(item for _, item in signs),
    )
    return Chart(layers, items)


@dataclass(frozen=True)
class _OnMap:
    """Brings millimetres of the frame to metres of the map."""

    frame: Frame

    def points(self, mm: NDArray[np.float64]) -> tuple[shapely.Point, ...]:
        return tuple(shapely.points(self.frame.to_metres(np.asarray(mm, float))))

    def box(self, box: Box) -> shapely.Polygon:
        (left, top), (right, bottom) = self.frame.to_metres(np.array([box[:2], box[2:]])).tolist()
        return shapely.box(left, bottom, right, top)


def _corner(layout: Layout, outline: shapely.Geometry) -> Box:
    """Return the corner where the panel hides least of the district, clear of stamp and scale box."""
    frame, (width, height) = layout.frame, _SIZE_MM
    lefts = (frame.width_mm - _FROM_EDGE_MM - width, _FROM_EDGE_MM)
    tops = (_FROM_EDGE_MM, frame.height_mm - _FROM_EDGE_MM - height)
    district = shapely.transform(outline, frame.to_mm)
    boxes = [(left, top, left + width, top + height) for left in lefts for top in tops]
    taken = shapely.union_all([shapely.box(*box) for box in layout.taken])
    hidden = [shapely.box(*box).intersection(district).area for box in boxes]
    clear = [not shapely.box(*box).intersects(taken) for box in boxes]
    return boxes[min(range(len(boxes)), key=lambda place: (not clear[place], hidden[place], place))]


def _places(values: NDArray[np.float64], plot: Box) -> NDArray[np.float64]:
    """Return where each scenario stands, in millimetres of the frame, upwards more."""
    low, high = values.min(axis=0), values.max(axis=0)
    share = (values - low) / np.where(high > low, high - low, 1.0) * 0.8 + 0.1
    left, top, right, bottom = plot
    return np.column_stack([left + share[:, 0] * (right - left), bottom - share[:, 1] * (bottom - top)])


def _signs(shown: pd.DataFrame, places: NDArray[np.float64], on_map: _OnMap) -> Iterator[tuple[Marks, LegendItem]]:
    is_plan, is_worse = (shown["scenario"] == "base").to_numpy(), (shown["dominated"] == "sì").to_numpy()
    for style, chosen, label in (
        (DOMINATED, is_worse & ~is_plan, Text("Scenario dominato", "Dominated scenario")),
        (BEST, ~is_worse & ~is_plan, Text("Scenario non dominato", "Scenario not dominated")),
        (PLAN, is_plan, _plan_label(shown)),
    ):
        if chosen.any():
            yield Marks(on_map.points(places[chosen]), style), LegendItem(label, style)


def _plan_label(shown: pd.DataFrame) -> Text:
    worse = bool((shown.loc[shown["scenario"] == "base", "dominated"] == "sì").any())
    return Text("Piano, dominato" if worse else "Piano vigente", "Plan, dominated" if worse else "Plan in force")


def _letters(words: list[str], places: NDArray[np.float64], on_map: _OnMap) -> Labels:
    return Labels(on_map.points(places + np.array([3.4, -1.4])), tuple(same(word) for word in words), _LETTER)


def _words(shown: pd.DataFrame, criteria: tuple[str, str], boxes: tuple[Box, Box], on_map: _OnMap) -> Iterator[Labels]:
    """Yield the names of both axes and their ends."""
    (left, top, right, bottom), (plot_left, plot_top, plot_right, plot_bottom) = boxes
    across, up = criteria
    middle = (plot_left + plot_right) / 2
    heads = np.array([[(left + right) / 2, top + 4.6], [middle, bottom - 3.6]])
    yield Labels(on_map.points(heads[:1]), (say("In alto: {u}", "Upwards: {u}", u=_name(up)),), _HEAD)
    yield Labels(on_map.points(heads[1:]), (say("A destra: {a}", "To the right: {a}", a=_name(across)),), _HEAD)
    low_x, high_x = (_amount(across, value) for value in (shown[across].min(), shown[across].max()))
    low_y, high_y = (_amount(up, value) for value in (shown[up].min(), shown[up].max()))
    width, height = plot_right - plot_left, plot_bottom - plot_top
    ends = np.array([
        [plot_left + 0.1 * width, plot_bottom + 3.0], [plot_left + 0.9 * width, plot_bottom + 3.0],
        [left + 7.0, plot_bottom - 0.1 * height], [left + 7.0, plot_top + 0.1 * height],
    ])  # fmt: skip
    yield Labels(on_map.points(ends), (low_x, high_x, low_y, high_y), _SMALL)


def _name(criterion: str) -> Text:
    more = MORE_IS_BETTER[criterion]
    better = Text("meglio più", "more is better") if more else Text("meglio meno", "less is better")
    return say("{n}, {b}", "{n}, {b}", n=_NAMES[criterion], b=better)


def _amount(criterion: str, value: float) -> Text:
    if _COLUMNS[criterion].unit == "m²":
        return number(value / _PER_HECTARE, 2)
    return number(value, 0 if abs(value) >= 10 else 1)
