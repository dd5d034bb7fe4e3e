"""A style as map servers read it (OGC SLD 1.0), from the same record as the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from layers.text import Lang
from puc_tool.maps.style import Fill, Mark, Stroke
from puc_tool.report.open_data.styling import Class, Condition, Look

PIXELS_A_MM = 1 / 0.28
"""SLD measures in pixels of 0,28 mm."""

_SIGNS = {"frame": "square", "dot": "circle", "triangle": "triangle", "cross": "cross"}


def sld(name: str, classes: Sequence[Class], lang: Lang) -> str:
    """Return the style of the layer called ``name``."""
    root = Element("StyledLayerDescriptor", {
        "version": "1.0.0", "xmlns": "http://www.opengis.net/sld", "xmlns:ogc": "http://www.opengis.net/ogc",
    })  # fmt: skip
    layer = SubElement(root, "NamedLayer")
    SubElement(layer, "Name").text = name
    style = SubElement(SubElement(layer, "UserStyle"), "FeatureTypeStyle")
    for each in classes:
        rule = SubElement(style, "Rule")
        SubElement(rule, "Name").text = each.label.to(lang)
        if each.conditions:
            _filter(SubElement(rule, "ogc:Filter"), each.conditions)
        _symbol(rule, each.look)
    ElementTree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _filter(parent: Element, conditions: tuple[Condition, ...]) -> None:
    tests = [test for condition in conditions for test in _tests(condition)]
    holder = SubElement(parent, "ogc:And") if len(tests) > 1 else parent
    holder.extend(tests)


def _tests(condition: Condition) -> list[Element]:
    """Return what a feature has to meet, each as one element."""
    if condition.low is not None:
        return [
            _test("ogc:PropertyIsGreaterThanOrEqualTo", condition.column, f"{condition.low}"),
            _test("ogc:PropertyIsLessThan", condition.column, f"{condition.high}"),
        ]
    equal = [_test("ogc:PropertyIsEqualTo", condition.column, value) for value in condition.any_of]
    if len(equal) == 1:
        return equal
    one_of = Element("ogc:Or")
    one_of.extend(equal)
    return [one_of]


def _test(operator: str, column: str, value: str) -> Element:
    test = Element(operator)
    SubElement(test, "ogc:PropertyName").text = column
    SubElement(test, "ogc:Literal").text = value
    return test


def _symbol(rule: Element, look: Look) -> None:
    if isinstance(look, Fill):
        symbol = SubElement(rule, "PolygonSymbolizer")
        _parameters(SubElement(symbol, "Fill"), {"fill": look.colour, "fill-opacity": f"{look.opacity}"})
        if look.edge:
            _parameters(SubElement(symbol, "Stroke"), {"stroke": look.edge, "stroke-width": _pixels(look.edge_mm)})
    elif isinstance(look, Stroke):
        dash = " ".join(_pixels(part) for part in look.dash_mm)
        more = {"stroke-dasharray": dash} if dash else {}
        stroke = {"stroke": look.colour, "stroke-width": _pixels(look.width_mm), **more}
        _parameters(SubElement(SubElement(rule, "LineSymbolizer"), "Stroke"), stroke)
    else:
        _mark(rule, look)


def _mark(rule: Element, look: Mark) -> None:
    graphic = SubElement(SubElement(rule, "PointSymbolizer"), "Graphic")
    mark = SubElement(graphic, "Mark")
    SubElement(mark, "WellKnownName").text = _SIGNS[look.shape]
    _parameters(SubElement(mark, "Fill"), {"fill": look.colour})
    SubElement(graphic, "Size").text = _pixels(look.size_mm)


def _parameters(parent: Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        SubElement(parent, "CssParameter", {"name": name}).text = value


def _pixels(length_mm: float) -> str:
    return f"{length_mm * PIXELS_A_MM:.2f}"
