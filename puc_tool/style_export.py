"""A style for other programs: QML for QGIS, SLD for map servers, with conditions on the source's own columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from layers import write
from layers.intake import Intake
from layers.problems import Problem, PucError
from layers.text import Lang, Text, say
from puc_tool.layer_style import LayerStyle
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.classing import breaks
from puc_tool.maps.dressing import is_amount
from puc_tool.maps.style import INK_2, Fill, Hatch, Mark, Stroke
from puc_tool.maps.themes import OTHER, ClassStyle, Drawn, theme_of
from puc_tool.report.open_data.qml import qml
from puc_tool.report.open_data.sld import sld
from puc_tool.report.open_data.styling import Class, Condition, Look
from puc_tool.shown_layers import Entry

FORMATS = ("qml", "sld")
MM_A_PIXEL = 0.28
"""SLD's pixel, and about that of a screen."""
_FILL_OPACITY, _HATCH_OPACITY = 0.6, 0.1
_ANGLES = {Drawn.HATCH: 45.0, Drawn.BACK_HATCH: 135.0}
_POINT_MM = 2.5


def save(path: Path, entry: Entry, picture: Picture, lang: Lang) -> Text:
    """Write the style, in the format that the ending of ``path`` names; return what there is to say of it.

    Raises PucError for a raster, another ending, or where it can't be written.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS or not isinstance(entry.intake.layer, GeoDataFrame):
        raise PucError(_no_style(path, entry))
    classes = tuple(classes_of(entry.intake, entry.style, picture, entry.opacity_pct / 100))
    made = qml(classes, _dimension(picture), lang) if ending == "qml" else sld(entry.ref.role, classes, lang)
    write.text(path, made)
    return say("Scritto: {f}", "Written: {f}", f=path.name)


def classes_of(intake: Intake, style: LayerStyle, picture: Picture, opacity: float) -> Iterator[Class]:
    """Yield the classes of a picture with their looks and what a feature of the source has to meet."""
    conditions = dict(_conditions(intake, style))
    for each in picture.classes:
        yield Class(each.label, _look(each, picture, opacity), conditions.get(each.code, ()))


def _conditions(intake: Intake, style: LayerStyle) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Yield the code of each class and its conditions; a layer of one class has none."""
    layer = intake.layer
    assert isinstance(layer, GeoDataFrame), "only features have conditions"
    theme = theme_of(intake.role.id, layer)
    field = style.field if style.field in layer else theme.field
    if field not in layer or field in intake.ref.values:
        return
    column = intake.ref.fields.get(field, field)
    if field == style.field and style.scheme and is_amount(layer, field):
        yield from _ranges(layer[field], column, style)
        return
    class_of = str if field == style.field else theme.class_of
    known = {each.code for each in theme.classes} if field == theme.field and field != style.field else None
    held: dict[str, list[str]] = {}
    for value in layer[field].dropna().astype(str).unique():
        code = class_of(value)
        held.setdefault(code if known is None or code in known else OTHER.code, []).extend(_said(value, intake))
    for code, values in held.items():
        yield code, (Condition(column, values=tuple(sorted(values))),)


def _said(value: str, intake: Intake) -> list[str]:
    """Return what the source says for a value of the role."""
    return [source for source, meant in intake.ref.codes.items() if meant == value] or [value]


def _ranges(values: pd.Series, column: str, style: LayerStyle) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Yield ranges that hold the very values of each class: from its least up to the least of the next."""
    amounts = np.sort(values.dropna().to_numpy(float))
    ends = breaks(amounts, style.classes, style.scheme)
    starts = [float(amounts[0]), *(float(amounts[amounts > end][0]) for end in ends[:-1])] if len(ends) else []
    stops = [*starts[1:], float(np.nextafter(amounts[-1], np.inf))] if len(ends) else []
    for place, (low, high) in enumerate(zip(starts, stops, strict=True)):
        yield str(place), (Condition(column, low=low, high=high),)


def _look(each: ClassStyle, picture: Picture, opacity: float) -> Look:
    colour = each.colour or INK_2
    width_mm = picture.width * MM_A_PIXEL
    if _dimension(picture) == 0:
        return Mark("dot", colour, _POINT_MM)
    if _dimension(picture) == 1:
        return Stroke(colour, width_mm)
    if picture.drawn is Drawn.OUTLINE:
        return Fill("#ffffff", 0.0, edge=colour, edge_mm=width_mm)
    if picture.drawn in _ANGLES:
        hatch = Hatch(colour, each.step_px * MM_A_PIXEL, each.line_px * MM_A_PIXEL, _ANGLES[picture.drawn])
        return Fill(colour, _HATCH_OPACITY * opacity, hatch=hatch)
    return Fill(colour, _FILL_OPACITY * opacity)


def _dimension(picture: Picture) -> int:
    """Return 0 for points, 1 for lines, 2 for areas."""
    return _DIMENSIONS.get(picture.drawn, 2)


_DIMENSIONS: Mapping[Drawn, int] = {Drawn.POINT: 0, Drawn.LINE: 1}


def _no_style(path: Path, entry: Entry) -> Problem:
    return Problem(
        "style-not-exported",
        entry.title,
        say("non si può scrivere come «{f}».", "it can't be written as “{f}”.", f=path.name),
        Text("Niente è stato scritto.", "Nothing was written."),
        Text(
            "Usare un livello vettoriale e un nome che finisce in .qml o .sld.",
            "Use a vector layer and a name that ends in .qml or .sld.",
        ),
    )
