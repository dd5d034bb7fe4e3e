"""Styles of rasters, for QGIS (QML) and for map servers (SLD 1.0), from one declaration of what cells say."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from layers.text import Lang
from puc_tool.report.open_data.qml import VERSION
from puc_tool.report.open_data.rasters import Content, Step

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BAND = {"band": "1", "alphaBand": "-1"}


def raster_qml(content: Content, lang: Lang) -> str:
    """Return the style as QGIS reads it: a palette for classes, discrete steps for amounts."""
    root = Element("qgis", {"version": VERSION, "styleCategories": "Symbology"})
    pipe, band = SubElement(root, "pipe"), {**_BAND, "opacity": f"{content.opacity:g}"}
    if content.is_classes:
        renderer = SubElement(pipe, "rasterrenderer", {"type": "paletted", **band})
        palette = SubElement(renderer, "colorPalette")
        for step in content.steps:
            SubElement(palette, "paletteEntry", {"value": f"{step.most:.0f}", **_seen(step, lang)})
    else:
        renderer = SubElement(pipe, "rasterrenderer", {
            "type": "singlebandpseudocolor", **band,
            "classificationMin": "0", "classificationMax": f"{content.steps[-1].most}",
        })  # fmt: skip
        shader = SubElement(SubElement(renderer, "rastershader"), "colorrampshader", {
            "colorRampType": "DISCRETE", "classificationMode": "1", "clip": "0",
        })  # fmt: skip
        for step in content.steps:
            SubElement(shader, "item", {"value": _end(step, content), **_seen(step, lang)})
    ElementTree.indent(root, " ")
    return _DOCTYPE + ElementTree.tostring(root, "unicode") + "\n"


def raster_sld(name: str, content: Content, lang: Lang) -> str:
    """Return the style as map servers read it."""
    root = Element("StyledLayerDescriptor", {"version": "1.0.0", "xmlns": "http://www.opengis.net/sld"})
    layer = SubElement(root, "NamedLayer")
    SubElement(layer, "Name").text = name
    rule = SubElement(SubElement(SubElement(layer, "UserStyle"), "FeatureTypeStyle"), "Rule")
    kind = "values" if content.is_classes else "intervals"
    symbol = SubElement(rule, "RasterSymbolizer")
    if content.opacity < 1.0:
        SubElement(symbol, "Opacity").text = f"{content.opacity:g}"
    colours = SubElement(symbol, "ColorMap", {"type": kind})
    for step in content.steps:
        SubElement(colours, "ColorMapEntry", {
            "color": step.colour, "quantity": _exact(step.most), "label": step.label.to(lang),
        })  # fmt: skip
    ElementTree.indent(root, " ")
    return _DECLARATION + ElementTree.tostring(root, "unicode") + "\n"


def _seen(step: Step, lang: Lang) -> dict[str, str]:
    return {"color": step.colour, "alpha": "255", "label": step.label.to(lang)}


def _end(step: Step, content: Content) -> str:
    """Return where a step ends; the last one has no end, so that rounding leaves no cell without a colour."""
    return "inf" if step is content.steps[-1] else _exact(step.most)


def _exact(amount: float) -> str:
    """Return the shortest decimals that are this very number: a break is the value of a cell that belongs below it."""
    return repr(float(amount)).removesuffix(".0")
