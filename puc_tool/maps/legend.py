"""The legend: swatches drawn by the painter of the map itself, and the items that every map has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import shapely

from layers.text import Text, number, say
from puc_tool.maps import svg
from puc_tool.maps.sheet import Areas, Layer, LegendGroup, LegendItem, Lines, Marks
from puc_tool.maps.style import COMMUNE, GRID_CROSS, INK_2, NEIGHBOUR, Disc, Fill, Lettering, Mark, Stroke, Style

SWATCH_MM = (8.4, 4.2)
_EDGE_MM = 0.12


def swatch(style: Style) -> bytes:
    """Return an SVG of 8,4 × 4,2 mm that shows ``style`` as the map does."""
    return svg.document(*SWATCH_MM, _sample(style))


def with_base(groups: Sequence[LegendGroup], drawn: Sequence[Style], step_m: int) -> tuple[LegendGroup, ...]:
    """Add borders and grid, where drawn and not explained, to a last group without amounts, else after it."""
    told = {item.style for group in groups for item in group.items}
    borders, grid = (
        tuple(item for item in items if item.style in drawn and item.style not in told) for items in _base_items(step_m)
    )
    signs = groups[-1] if groups and not _has_amounts(groups[-1]) else LegendGroup(())
    classes = groups[:-1] if groups and signs is groups[-1] else groups
    return (*classes, replace(signs, items=(*borders, *signs.items, *grid)))


def on_the_page(groups: Sequence[LegendGroup], drawn: Sequence[Style]) -> tuple[LegendGroup, ...]:
    """Return what the page shows of ``groups``: a sheet of a part explains no class that lies elsewhere."""
    kept = [replace(each, items=tuple(item for item in each.items if item.style in drawn)) for each in groups]
    return tuple(each for each in kept if each.items or each is kept[-1])


def from_the_top(items: Iterable[LegendItem], layers: Sequence[Layer]) -> tuple[LegendItem, ...]:
    """Return ``items`` as their signs lie over one another on the map, the topmost first."""
    height: dict[Style, int] = {
        layer.style: place for place, layer in enumerate(layers) if isinstance(layer, Areas | Lines | Marks)
    }
    return tuple(sorted(items, key=lambda item: height.get(item.style, -1), reverse=True))


def columns_of(group: LegendGroup) -> int:
    """Return 1 for classes with their amounts, 2 for signs without, and for classes too many for one column."""
    return 1 if _has_amounts(group) and len(group.items) <= 12 else 2


def has_long_amounts(group: LegendGroup) -> bool:
    """Tell whether the amounts leave no room for words in half a column: the group stays in one on small paper too."""
    return any(max(len(item.amount.it), len(item.amount.en)) > _LONG for item in group.items)


def _has_amounts(group: LegendGroup) -> bool:
    return any(item.amount for item in group.items)


_LONG = 16


def _base_items(step_m: int) -> tuple[tuple[LegendItem, ...], tuple[LegendItem, ...]]:
    """Return the items that stand before the sheet's own signs, and those after."""
    step = say("{n} km", "{n} km", n=number(step_m / 1000)) if step_m >= 1000 else say("{n} m", "{n} m", n=step_m)
    borders = (
        LegendItem(Text("Confine comunale", "Municipal boundary"), COMMUNE),
        LegendItem(Text("Altri confini comunali", "Other municipal boundaries"), NEIGHBOUR),
    )
    return borders, (LegendItem(say("Reticolo {step}", "Grid {step}", step=step), GRID_CROSS),)


def _sample(style: Style) -> Iterator[svg.Part]:
    width, height = SWATCH_MM
    middle = np.array([width / 2, height / 2])
    if isinstance(style, Fill):
        edged = style if style.edge else replace(style, edge=INK_2, edge_mm=_EDGE_MM)
        yield from svg.area(shapely.box(0.1, 0.1, width - 0.1, height - 0.1), edged)
    elif isinstance(style, Stroke):
        yield from svg.line(shapely.LineString([(0.2, height / 2), (width - 0.2, height / 2)]), style)
    elif isinstance(style, Mark):
        yield from svg.mark(middle[None], style)
    elif isinstance(style, Disc):
        yield from svg.disc(middle[None], ["7"], style)
    elif isinstance(style, Lettering):
        yield from svg.lettering(middle, "Abc", replace(style, size_pt=min(style.size_pt, 7.6)))
