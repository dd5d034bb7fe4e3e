"""A style as QGIS reads it (QML, rules), from the same record as the sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from layers.text import Lang
from puc_tool.maps.style import Fill, Hatch, Stroke
from puc_tool.report.open_data.styling import Class, Condition, Look

VERSION = "3.22.0"
_KINDS: Mapping[int, str] = {0: "marker", 1: "line", 2: "fill"}
_SIGNS = {"frame": "square", "dot": "circle", "triangle": "triangle", "cross": "cross"}


def qml(classes: Sequence[Class], dimension: int, lang: Lang) -> str:
    """Return the style of a layer whose features have ``dimension`` (0 points, 1 lines, 2 areas)."""
    root = Element("qgis", {"version": VERSION, "styleCategories": "Symbology"})
    renderer = SubElement(root, "renderer-v2", {"type": "RuleRenderer", "symbollevels": "0", "forceraster": "0"})
    rules = SubElement(renderer, "rules", {"key": "all"})
    symbols = SubElement(renderer, "symbols")
    for place, each in enumerate(classes):
        rule = {"key": f"class-{place}", "symbol": str(place), "label": each.label.to(lang)}
        if each.conditions:
            rule["filter"] = " AND ".join(_expression(condition) for condition in each.conditions)
        SubElement(rules, "rule", rule)
        _symbol(symbols, place, each.look, dimension)
    ElementTree.indent(root, " ")
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ElementTree.tostring(root, "unicode") + "\n"


def _expression(condition: Condition) -> str:
    column = f'"{condition.column}"'
    if condition.low is None:
        values = ["'{}'".format(value.replace("'", "''")) for value in condition.any_of]
        return f"{column} = {values[0]}" if len(values) == 1 else f"{column} IN ({', '.join(values)})"
    return f"{column} >= {condition.low} AND {column} < {condition.high}"


def _symbol(symbols: Element, place: int, look: Look, dimension: int) -> None:
    symbol = SubElement(symbols, "symbol", {"type": _KINDS[dimension], "name": str(place), "alpha": "1"})
    for kind, options in _layers(look):
        layer = SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
        listed = SubElement(layer, "Option", {"type": "Map"})
        for name, value in options.items():
            SubElement(listed, "Option", {"type": "QString", "name": name, "value": value})


def _layers(look: Look) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the layers of a symbol, the lowest first."""
    if isinstance(look, Fill):
        edge = {"outline_color": _rgb(look.edge), "outline_width": f"{look.edge_mm}"} if look.edge else {}
        style = "solid" if look.edge else "no"
        yield "SimpleFill", {"color": _rgb(look.colour, look.opacity), "style": "solid", "outline_style": style, **edge}
        if look.hatch:
            yield from _hatch(look.hatch)
    elif isinstance(look, Stroke):
        dash = ";".join(f"{part}" for part in look.dash_mm)
        dashed = {"use_custom_dash": "1", "customdash": dash, "customdash_unit": "MM"} if dash else {}
        yield "SimpleLine", {"line_color": _rgb(look.colour), "line_width": f"{look.width_mm}", **dashed}
    else:
        signs = {"name": _SIGNS[look.shape], "size": f"{look.size_mm}"}
        yield "SimpleMarker", {"color": _rgb(look.colour), "outline_color": "255,255,255,255", **signs}


def _hatch(hatch: Hatch) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the line families of a hatch, as a pattern QGIS draws without a symbol of its own."""
    turns = (0.0, 90.0) if hatch.crossed else (0.0,)
    for turn in turns:
        yield (
            "LinePatternFill",
            {"angle": f"{hatch.angle_deg + turn}", "distance": f"{hatch.step_mm}", "color": _rgb(hatch.colour),
             "line_width": f"{hatch.line_mm}"},
        )  # fmt: skip


def _rgb(colour: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"
