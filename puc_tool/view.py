"""How somebody looks at a study: ``view.toml`` beside ``study.toml``, which changes no figure.

Which layers are shown, how opaque, in which order, under which name and in which style; which analysis is in hand,
which table, and which of its columns are hidden.
Parameters and layers stand in ``study.toml``, because the command line computes with them. The file is optional, as
little trusted as the study, and written only by the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from layers import write
from puc_tool import bookmarks
from puc_tool.history import Place, Value

FILE = "view.toml"
VERSION = 2
_WITHOUT_ORDER = 1
"""Before version 2 the order of layers held only among those of one kind, and can't be told as what it is now."""
ANALYSIS: Place = ("analysis",)
TABLE, ORDER, HIDDEN = "table", "order", "hidden"
VISIBLE, OPACITY, NAME = "visible", "opacity_pct", "name"
OPAQUE_PCT = 100
ASPECTS = (VISIBLE, OPACITY, NAME)
FILL, WIDTH, FIELD, SCHEME, CLASSES, RAMP, LABEL = "fill", "width_px", "field", "scheme", "classes", "ramp", "label"
STYLE: Mapping[str, type] = {FILL: str, WIDTH: float, FIELD: str, SCHEME: str, CLASSES: int, RAMP: str, LABEL: str}
COLOUR, _COLOURS = "colour", "colours"
"""The colour of one class of a layer: a place of four words, the last the class's code."""
_OF_LAYER: Mapping[str, type] = {VISIBLE: bool, OPACITY: int, NAME: str, **STYLE}

LayerKey = tuple[str, int | None]


def of_layer(aspect: str, key: LayerKey) -> Place:
    """Return the place of an aspect (``visible``, ``opacity_pct``, ``name``) of a layer."""
    return aspect, *named(key)


def named(key: LayerKey) -> tuple[str, str]:
    """Return the key of a layer as words."""
    role, year = key
    return role, "" if year is None else str(year)


def listed(keys: list[LayerKey]) -> tuple[str, ...]:
    """Return keys of layers as a value: ``zoning@2003``."""
    return tuple("@".join(named(key)).removesuffix("@") for key in keys)


def read(folder: Path) -> Mapping[Place, Value]:
    """Return what ``view.toml`` says, without what can't be understood; nothing if there is none."""
    try:
        content = tomlkit.parse((folder / FILE).read_text(encoding="utf-8-sig")).unwrap()
    except (OSError, UnicodeDecodeError, TOMLKitError):
        return {}
    if content.get("version") == _WITHOUT_ORDER:
        content.pop("order", None)
    return dict(_said(content)) if content.get("version") in (_WITHOUT_ORDER, VERSION) else {}


def save(state: Mapping[Place, Value], folder: Path) -> None:
    """Write the view of ``state``; nothing is written where it says what the file says already.

    Raises PucError if it can't be written.
    """
    said = {place: value for place, value in state.items() if is_view(place)}
    if said != dict(read(folder)):
        write.text(folder / FILE, tomlkit.dumps(_document(said)))


def is_view(place: Place) -> bool:
    """Tell whether a place belongs to the view, not to the study."""
    return place[0] in (ANALYSIS[0], TABLE, ORDER, HIDDEN, COLOUR, bookmarks.BOOKMARK, *_OF_LAYER)


def _said(content: Mapping[str, Any]) -> Iterator[tuple[Place, Value]]:
    if isinstance(content.get("analysis"), str):
        yield ANALYSIS, content["analysis"]
    tables, order = content.get("tables"), content.get("order")
    for analysis, table in tables.items() if isinstance(tables, Mapping) else ():
        if isinstance(table, str):
            yield (TABLE, str(analysis)), table
    yield from _hidden_said(content.get("hidden"))
    yield from bookmarks.said(content.get("bookmarks"))
    if isinstance(order, list) and all(isinstance(each, str) for each in order):
        yield (ORDER,), tuple(order)
    layers = content.get("layer")
    for layer in layers if isinstance(layers, list) else ():
        if isinstance(layer, Mapping) and isinstance(layer.get("role"), str):
            yield from _layer_said(layer)


def _hidden_said(content: Any) -> Iterator[tuple[Place, Value]]:
    """Yield the columns hidden in each table of each analysis."""
    for analysis, tables in content.items() if isinstance(content, Mapping) else ():
        for table, columns in tables.items() if isinstance(tables, Mapping) else ():
            if isinstance(columns, list) and all(isinstance(each, str) for each in columns):
                yield (HIDDEN, str(analysis), str(table)), tuple(columns)


def _layer_said(layer: Mapping[str, Any]) -> Iterator[tuple[Place, Value]]:
    year = layer.get("year")
    key = layer["role"], year if isinstance(year, int) else None
    for aspect, kind in _OF_LAYER.items():
        if type(layer.get(aspect)) is kind:
            yield of_layer(aspect, key), layer[aspect]
    colours = layer.get(_COLOURS)
    for code, colour in colours.items() if isinstance(colours, Mapping) else ():
        if isinstance(colour, str):
            yield (COLOUR, *named(key), str(code)), colour


def _document(state: Mapping[Place, Value]) -> tomlkit.TOMLDocument:
    document = tomlkit.document()
    document.add("version", tomlkit.item(VERSION))
    if ANALYSIS in state:
        document.add("analysis", tomlkit.item(state[ANALYSIS]))
    if (ORDER,) in state:
        document.add("order", tomlkit.item(list(state[(ORDER,)])))  # type: ignore[arg-type]
    tables = {place[1]: value for place, value in sorted(state.items()) if place[0] == TABLE}
    if tables:
        document.add("tables", tomlkit.item(tables))
    hidden = _hidden(state)
    if hidden:
        document.add("hidden", tomlkit.item(hidden))
    places = bookmarks.written(state)
    if places:
        document.add("bookmarks", tomlkit.item(places))
    layers = tomlkit.aot()
    for role, year in sorted({(place[1], place[2]) for place in state if place[0] in _OF_LAYER or place[0] == COLOUR}):
        layers.append(_layer(role, year, state))
    if layers:
        document.add("layer", layers)
    return document


def _hidden(state: Mapping[Place, Value]) -> dict[str, dict[str, list[str]]]:
    """Return the hidden columns as the file holds them, by analysis and table."""
    hidden: dict[str, dict[str, list[str]]] = {}
    for place, columns in sorted((place, value) for place, value in state.items() if place[0] == HIDDEN):
        hidden.setdefault(place[1], {})[place[2]] = list(columns)  # type: ignore[arg-type]
    return hidden


def _layer(role: str, year: str, state: Mapping[Place, Value]) -> tomlkit.items.Table:
    table = tomlkit.table()
    table.add("role", role)
    if year:
        table.add("year", int(year))
    for aspect in _OF_LAYER:
        if (aspect, role, year) in state:
            table.add(aspect, state[aspect, role, year])
    colours = {place[3]: state[place] for place in sorted(state) if place[:3] == (COLOUR, role, year)}
    if colours:
        table.add(_COLOURS, tomlkit.inline_table())
        table[_COLOURS].update(colours)
    return table
