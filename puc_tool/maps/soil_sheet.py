"""The soil-consumption sheet, from the results as they were written: one number, one rounding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely

from analyses.soil.editions import Span, span
from analyses.soil.params import SoilParams
from layers.reference import LayerRef
from layers.roles import BOUNDARY, LAND_USE, SOIL_CONSUMPTION
from layers.text import Lang
from layers.union import union_of_parts
from puc_tool.maps import credentials, soil_figures, soil_words
from puc_tool.maps.frame import scale_words
from puc_tool.maps.layout import lay_out
from puc_tool.maps.recast import recast
from puc_tool.maps.sheet import Areas, Context, LegendGroup, Lines, MapContent, Numbers, Sheet
from puc_tool.maps.sheet import Layer as MapLayer
from puc_tool.maps.soil_facts import ARTIFICIAL, CONSUMED, Facts, UnitRows, facts
from puc_tool.maps.soil_theme import SoilCells, land_use_areas, soil_cells, worn_looks
from puc_tool.maps.style import FREE_LAND, NEIGHBOURHOOD
from puc_tool.maps.worn import Wardrobe
from puc_tool.shelf import Shelf
from puc_tool.written import Written


def soil_sheet(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of the study's soil consumption, or of its artificial surfaces.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame.
    """
    inputs = shelf.inputs(written.analysis)
    outline = union_of_parts(inputs["boundary"].geometry.to_numpy())
    params = SoilParams(**written.parameters)
    has_raster = bool(inputs["soil_consumption"])
    dated = span(inputs["soil_consumption" if has_raster else "land_use"], params.year_from, params.year_to)
    shown = facts(CONSUMED if has_raster else ARTIFICIAL, written, _years(dated))
    if has_raster:
        layers, legend = _raster_theme(soil_cells(dated, outline, shelf.study.crs), shown, outline)
    else:
        areas = land_use_areas(dated.last.data, outline)
        layers, legend = areas, (soil_figures.land_use_legend(areas, shown), *soil_figures.signs_legend(shown, None))
    content = MapContent(outline, shelf.study.crs, (*layers, *_unit_layers(shown.units)), context)
    return recast(_sheet(shelf, shown, content, legend, lang), worn_looks(Wardrobe(shelf.study)))


def _raster_theme(
    cells: SoilCells, shown: Facts, outline: shapely.Geometry
) -> tuple[tuple[MapLayer, ...], tuple[LegendGroup, ...]]:
    """Return the cells on the free soil, if there is any to speak of, their marks, and what they all mean."""
    classes = soil_figures.raster_legend(cells, shown)
    free = tuple(Areas((outline,), FREE_LAND) for item in classes.items if item.style == FREE_LAND)
    marks = () if cells.marks is None else (cells.marks,)
    return (*free, cells.layer, *marks), (classes, *soil_figures.signs_legend(shown, cells))


def _sheet(shelf: Shelf, shown: Facts, content: MapContent, legend: tuple[LegendGroup, ...], lang: Lang) -> Sheet:
    study = shelf.study
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    return Sheet(
        id="consumo-suolo",
        code="SP-SUO-01",
        title=shown.subject.title,
        subtitle=soil_words.subtitle(shown),
        map=content,
        alt=soil_words.alt(shown, scale, study.is_demonstration),
        day=study.day or credentials.end_of(shown.years[1]),
        legend=legend,
        sources=(*credentials.sources(_on_the_sheet(shelf, shown)), *credentials.around(content.context)),
        key_figures=soil_figures.key_figures(shown),
        table=None if shown.units is None else soil_figures.table(shown, shown.units),
        note=soil_words.note(shown),
        footnotes=soil_words.footnotes(shown),
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )


def _years(dated: Span[Any]) -> tuple[int | None, int | None]:
    return (dated.first.year if dated.first else None, dated.last.year)


def _unit_layers(units: UnitRows | None) -> tuple[MapLayer, ...]:
    if units is None:
        return ()
    outlines = tuple(units.named.geometry)
    borders = Lines(outlines, NEIGHBOURHOOD)
    if not soil_figures.is_numbered(units):
        return (borders,)
    return borders, Numbers(outlines, tuple(str(place + 1) for place in range(len(outlines))))


def _on_the_sheet(shelf: Shelf, shown: Facts) -> Iterator[LayerRef]:
    """Yield the layers one can see: the boundary, the years shown, the units of the table (of a plan the latest)."""
    study = shelf.study
    yield from study.of_role(BOUNDARY.id)
    theme = study.of_role((SOIL_CONSUMPTION if shown.subject is CONSUMED else LAND_USE).id)
    yield from (ref for ref in theme if ref.year in shown.years or len(theme) == 1)
    if shown.units is not None and shown.units.kind.role is not BOUNDARY:
        yield from study.of_role(shown.units.kind.role.id)[-1:]
