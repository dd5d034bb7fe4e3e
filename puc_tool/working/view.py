"""How somebody looks at a study: ``view.toml`` beside ``study.toml``, which changes no figure.

Which layers are shown, how opaque, in which order, under which name and in which style; how opaque and in which style
the results of each analysis are; which analysis is in hand, which table, and which of its columns are hidden.
Parameters and layers stand in ``study.toml``, because the command line computes with them. The file is optional, as
little trusted as the study, and written only by the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from layers import write
from puc_tool.working import bookmarks, scenario_view
from puc_tool.working.history import Place, Value

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
_OF_RESULT: Mapping[str, type] = {OPACITY: int, **STYLE}
_RESULT = "result:"
"""Before the analysis in a place of its results; no role has a colon."""

LayerKey = tuple[str, int | None]


@dataclass(frozen=True)
class ThemeKey:
    """A theme of an analysis's results, which is looked at as a layer is."""

    analysis: str
    theme: str


StyleKey = LayerKey | ThemeKey


def of_layer(aspect: str, key: StyleKey) -> Place:
    """Return the place of an aspect (``visible``, ``opacity_pct``, ``name``) of a layer, or of a theme of results."""
    return aspect, *named(key)


def named(key: StyleKey) -> tuple[str, str]:
    """Return the key of a layer, or of a theme of results, as words."""
    if isinstance(key, ThemeKey):
        return f"{_RESULT}{key.analysis}", key.theme
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
    others = (ANALYSIS[0], TABLE, ORDER, HIDDEN, COLOUR, bookmarks.BOOKMARK)
    return place[0] in (*others, *scenario_view.PLACES, *_OF_LAYER)


def _said(content: Mapping[str, Any]) -> Iterator[tuple[Place, Value]]:
    if isinstance(content.get("analysis"), str):
        yield ANALYSIS, content["analysis"]
    tables, order = content.get("tables"), content.get("order")
    for analysis, table in tables.items() if isinstance(tables, Mapping) else ():
        if isinstance(table, str):
            yield (TABLE, str(analysis)), table
    yield from _hidden_said(content.get("hidden"))
    yield from bookmarks.said(content.get("bookmarks"))
    yield from scenario_view.said(content)
    if isinstance(order, list) and all(isinstance(each, str) for each in order):
        yield (ORDER,), tuple(order)
    for layer in _tables(content, "layer", ("role",)):
        year = layer.get("year")
        yield from _looks_said(layer, (layer["role"], year if isinstance(year, int) else None), _OF_LAYER)
    for result in _tables(content, "result", ("analysis", "theme")):
        yield from _looks_said(result, ThemeKey(result["analysis"], result["theme"]), _OF_RESULT)


def _tables(content: Mapping[str, Any], name: str, wanted: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    """Yield the tables of an array that say in words what they are of."""
    tables = content.get(name)
    for table in tables if isinstance(tables, list) else ():
        if isinstance(table, Mapping) and all(isinstance(table.get(key), str) for key in wanted):
            yield table


def _hidden_said(content: Any) -> Iterator[tuple[Place, Value]]:
    """Yield the columns hidden in each table of each analysis."""
    for analysis, tables in content.items() if isinstance(content, Mapping) else ():
        for table, columns in tables.items() if isinstance(tables, Mapping) else ():
            if isinstance(columns, list) and all(isinstance(each, str) for each in columns):
                yield (HIDDEN, str(analysis), str(table)), tuple(columns)


def _looks_said(table: Mapping[str, Any], key: StyleKey, aspects: Mapping[str, type]) -> Iterator[tuple[Place, Value]]:
    for aspect, kind in aspects.items():
        if type(table.get(aspect)) is kind:
            yield of_layer(aspect, key), table[aspect]
    colours = table.get(_COLOURS)
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
    for name, value in scenario_view.written(state).items():
        document.add(name, tomlkit.item(value))
    for name, table in _tables_written(state):
        if table:
            document.add(name, tomlkit.item(table))
    for name, found in _looked_at(state):
        document.add(name, found)
    return document


def _tables_written(state: Mapping[Place, Value]) -> Iterator[tuple[str, Any]]:
    """Yield the tables that are not of one layer or theme; those of which nothing is said are empty."""
    yield "tables", {place[1]: value for place, value in sorted(state.items()) if place[0] == TABLE}
    yield "hidden", _hidden(state)
    yield "bookmarks", bookmarks.written(state)
    yield scenario_view.TRIED, scenario_view.tries_written(state)


def _hidden(state: Mapping[Place, Value]) -> dict[str, dict[str, list[str]]]:
    """Return the hidden columns as the file holds them, by analysis and table."""
    hidden: dict[str, dict[str, list[str]]] = {}
    for place, columns in sorted((place, value) for place, value in state.items() if place[0] == HIDDEN):
        hidden.setdefault(place[1], {})[place[2]] = list(columns)  # type: ignore[arg-type]
    return hidden


def _looked_at(state: Mapping[Place, Value]) -> Iterator[tuple[str, tomlkit.items.AoT]]:
    """Yield the tables of the results, and of the layers, of which anything is said."""
    words = sorted({(place[1], place[2]) for place in state if place[0] in _OF_LAYER or place[0] == COLOUR})
    for name, head in (("result", _result_head), ("layer", _layer_head)):
        found = tomlkit.aot()
        for each in words:
            if each[0].startswith(_RESULT) == (name == "result"):
                found.append(_looks(head(*each), each, state))
        if found:
            yield name, found


def _layer_head(role: str, year: str) -> tomlkit.items.Table:
    table = tomlkit.table()
    table.add("role", role)
    if year:
        table.add("year", int(year))
    return table


def _result_head(analysis: str, theme: str) -> tomlkit.items.Table:
    table = tomlkit.table()
    table.add("analysis", analysis.removeprefix(_RESULT))
    table.add("theme", theme)
    return table


def _looks(table: tomlkit.items.Table, words: tuple[str, str], state: Mapping[Place, Value]) -> tomlkit.items.Table:
    """Return the table with what the state says of how a layer, or a theme of results, is looked at."""
    for aspect in _OF_LAYER:
        if (aspect, *words) in state:
            table.add(aspect, state[aspect, *words])
    colours = {place[3]: state[place] for place in sorted(state) if place[:3] == (COLOUR, *words)}
    if colours:
        table.add(_COLOURS, tomlkit.inline_table())
        table[_COLOURS].update(colours)
    return table
