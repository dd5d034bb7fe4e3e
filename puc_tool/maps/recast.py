"""A sheet with other looks: what was drawn, explained or counted in one is drawn, explained and counted in another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from puc_tool.maps.sheet import Bars, Layer, LegendGroup, RasterClasses, Sheet, SheetTable
from puc_tool.maps.style import Fill, Style

Looks = Mapping[Style, Style]


def recast(sheet: Sheet, looks: Looks) -> Sheet:
    """Return ``sheet`` with each of ``looks`` in the place of its key, on the map, in the legend, in the bars."""
    if all(look == other for look, other in looks.items()):
        return sheet
    layers = tuple(_layer(each, looks) for each in sheet.map.layers)
    legend = tuple(_group(each, looks) for each in sheet.legend)
    return replace(sheet, map=replace(sheet.map, layers=layers), legend=legend, table=_table(sheet.table, looks))


def _layer(layer: Layer, looks: Looks) -> Layer:
    if isinstance(layer, RasterClasses):
        return replace(layer, styles=_fills(layer.styles, looks))
    return replace(layer, style=looks.get(layer.style, layer.style))  # type: ignore[arg-type]


def _group(group: LegendGroup, looks: Looks) -> LegendGroup:
    return replace(group, items=tuple(replace(each, style=looks.get(each.style, each.style)) for each in group.items))


def _table(table: SheetTable | None, looks: Looks) -> SheetTable | None:
    if table is None or table.bars is None:
        return table
    return replace(table, bars=Bars(table.bars.label, _fills(table.bars.styles, looks)))


def _fills(styles: tuple[Fill, ...], looks: Looks) -> tuple[Fill, ...]:
    found = (looks.get(each, each) for each in styles)
    return tuple(each for each in found if isinstance(each, Fill))
