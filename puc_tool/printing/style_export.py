"""A style for other programs: QML for QGIS, SLD for map servers, with conditions on the source's own columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from layers import write
from layers.problems import Problem, PucError
from layers.reference import LayerRef
from layers.text import Lang, Text, say
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.classing import breaks
from puc_tool.maps.dressing import Cloth, amount_classes, is_amount
from puc_tool.maps.style import INK_2, Fill, Hatch, Mark, Stroke
from puc_tool.maps.themes import OTHER, ClassStyle, Drawn
from puc_tool.report.open_data.qml import qml
from puc_tool.report.open_data.raster_styles import raster_qml, raster_sld
from puc_tool.report.open_data.rasters import Content, Step
from puc_tool.report.open_data.sld import sld
from puc_tool.report.open_data.styling import Class, Condition, Look, ranges
from puc_tool.working.layer_style import LayerStyle

FORMATS = ("qml", "sld")
MM_A_PIXEL = 0.28
"""SLD's pixel, and about that of a screen."""
_FILL_OPACITY, _HATCH_OPACITY = 0.6, 0.1
_ANGLES = {Drawn.HATCH: 45.0, Drawn.BACK_HATCH: 135.0}
_POINT_MM = 2.5


@dataclass(frozen=True)
class Dressed:
    """What a style is written of: a layer of the study, or results where ``ref`` is none, in their style.

    ``picture`` is the one in that style, ``opacity`` how opaque it is laid down (0 to 1).
    """

    title: Text
    cloth: Cloth
    style: LayerStyle
    picture: Picture
    opacity: float = 1.0
    ref: LayerRef | None = None


def save(path: Path, dressed: Dressed, lang: Lang) -> Text:
    """Write the style, in the format that the ending of ``path`` names; return what there is to say of it.

    Raises PucError for a relief or a photo, another ending, or where it can't be written.
    """
    ending = path.suffix.lower().removeprefix(".")
    made = _written(dressed, ending, lang) if ending in FORMATS else ""
    if not made:
        raise PucError(_no_style(path, dressed.title))
    write.text(path, made)
    return say("Scritto: {f}", "Written: {f}", f=path.name)


def _written(dressed: Dressed, ending: str, lang: Lang) -> str:
    """Return the words of the style; none of what has no classes."""
    name = dressed.title.to(lang) if dressed.ref is None else dressed.ref.role
    if dressed.cloth.layer is None:
        content = content_of(dressed)
        if content is None:
            return ""
        return raster_qml(content, lang) if ending == "qml" else raster_sld(name, content, lang)
    classes = tuple(classes_of(dressed))
    return qml(classes, _dimension(dressed.picture), lang) if ending == "qml" else sld(name, classes, lang)


def content_of(dressed: Dressed) -> Content | None:
    """Return what the cells of a picture say: classes of amounts by where they end, or the numbers of classes."""
    steps = tuple(_amount_steps(dressed)) if dressed.picture.amounts is not None else ()
    if steps:
        return Content(dressed.title, steps, opacity=dressed.opacity)
    known = dressed.cloth.numbers
    classes = [(each, number) for each in dressed.picture.classes for number in known.get(each.code, ())]
    numbered = sorted((Step(number, each.colour, each.legend) for each, number in classes), key=lambda step: step.most)
    return Content(dressed.title, tuple(numbered), is_classes=True, opacity=dressed.opacity) if numbered else None


def _amount_steps(dressed: Dressed) -> Iterator[Step]:
    """Yield the classes of amounts by where they end: those that a scheme makes, or the declared ones there are."""
    picture, style, cloth, amounts = dressed.picture, dressed.style, dressed.cloth, dressed.picture.amounts
    assert amounts is not None, "asked only of amounts"
    if style.scheme:
        ends = amount_classes(amounts.sample, style, cloth.measured)[0].tolist()
        codes = [str(place) for place in range(len(ends))]
    else:
        ends = [*cloth.begins, float(amounts.sample.max(initial=0.0))]
        codes = [each.code for each in cloth.theme.classes]
    named = {each.code: each for each in picture.classes}
    for end, code in zip(ends, codes, strict=False):
        if code in named:
            yield Step(end, named[code].colour, named[code].label)


def classes_of(dressed: Dressed) -> Iterator[Class]:
    """Yield the classes of a picture with their looks and what a feature of the source has to meet."""
    only = dressed.cloth.only
    chosen = () if only is None else (Condition(*only),)
    conditions = dict(_conditions(dressed))
    for each in dressed.picture.classes:
        look = _look(each, dressed.picture, dressed.opacity)
        yield Class(each.label, look, (*chosen, *conditions.get(each.code, ())))


def _conditions(dressed: Dressed) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Yield the code of each class and its conditions; a layer of one class has none."""
    layer, theme, ref = dressed.cloth.layer, dressed.cloth.theme, dressed.ref
    style = dressed.cloth.style(dressed.style)
    assert layer is not None, "only features have conditions"
    field = style.field if style.field in layer else theme.field
    if field not in layer or (ref is not None and field in ref.values):
        return
    column = field if ref is None else ref.fields.get(field, field)
    if field == style.field and style.scheme and is_amount(layer, field):
        yield from _ranges(layer[field], column, style)
        return
    class_of = str if field == style.field else theme.class_of
    known = {each.code for each in theme.classes} if field == theme.field and field != style.field else None
    held: dict[str, list[str]] = {}
    for value in layer[field].dropna().astype(str).unique():
        code = class_of(value)
        held.setdefault(code if known is None or code in known else OTHER.code, []).extend(_said(value, ref))
    for code, values in held.items():
        yield code, (Condition(column, values=tuple(sorted(values))),)


def _said(value: str, ref: LayerRef | None) -> list[str]:
    """Return what the source says for a value of the role."""
    codes = {} if ref is None else ref.codes
    return [source for source, meant in codes.items() if meant == value] or [value]


def _ranges(values: pd.Series, column: str, style: LayerStyle) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Yield ranges that hold the very values of each class."""
    amounts = values.to_numpy(float, na_value=np.nan)
    for place, (low, high) in enumerate(ranges(amounts, breaks(amounts, style.classes, style.scheme))):
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


def _no_style(path: Path, title: Text) -> Problem:
    return Problem(
        "style-not-exported",
        title,
        say("non si può scrivere come «{f}».", "it can't be written as “{f}”.", f=path.name),
        Text("Niente è stato scritto.", "Nothing was written."),
        Text(
            "Usare un livello con classi e un nome che finisce in .qml o .sld.",
            "Use a layer with classes and a name that ends in .qml or .sld.",
        ),
    )
