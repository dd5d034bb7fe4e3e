"""Changing the text of a scenario's file: only what is meant to change; comments and order survive.

The text is what the history of the window holds of a scenario, so that a step taken back is the file byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import shapely
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from analyses.districts.scenarios import PART_OF, USES, PartedDistrict, Scenario
from analyses.districts.scheda import STATED
from layers.problems import Problem, PucError, refuse_if_any
from puc_tool.scenarios import scenario_reading
from puc_tool.scenarios.scenario_refusals import fault, not_toml
from puc_tool.scenarios.scenario_writing import text

OUTLINE = "outline"
_REST = USES[-1]
_OF_ONE = ("code", "name", PART_OF, OUTLINE, "floor_area_existing_m2", "at_least")
"""What a text says of one district, and not of a part that becomes another."""
TYPED = (*STATED, "kind", "norm", "state", "index_kind")
"""What a scenario may say of a district in a field of a table."""
_RANGE = re.compile(r"\s*(?:\.\.\.?|–|…)\s*")


def new(name: str, title: str) -> str:
    """Return the text of a scenario that changes nothing yet."""
    return text(Scenario(name, title))


def understood(name: str, words: str) -> Scenario:
    """Return the scenario that a file's text states; raises PucError with all that is wrong with it.

    Outlines that lie in files of their own are passed over.
    """
    where = f"scenarios/{name}.toml"
    try:
        content = tomlkit.parse(words).unwrap()
    except TOMLKitError as error:
        raise PucError(not_toml(where, error)) from error
    scenario, problems = scenario_reading.scenario(name, where, content, lambda where, code, stated: (None, []))
    refuse_if_any(problems)
    return scenario


def with_words(name: str, words: str, code: str, field: str, typed: str) -> str:
    """Return the file's text with what was typed for a field of a district; nothing typed is as the plan has it.

    Numbers may have a decimal comma and be a range, «0,20 – 0,30». Raises PucError for what can't be understood.
    """
    value = _value(name, field, typed.strip()) if typed.strip() else None
    return _sound(name, _with(words, code, field, value))


def with_outline(name: str, words: str, code: str, drawn: shapely.Geometry | None) -> str:
    """Return the file's text with a district's outline redrawn, as WKT; None gives back that of the plan."""
    value = None if drawn is None else shapely.to_wkt(drawn, rounding_precision=-1)
    return _sound(name, _with(words, code, OUTLINE, value))


def with_title(name: str, words: str, title: str) -> str:
    """Return the file's text under another title; its name stays."""
    document = tomlkit.parse(words)
    if "title" not in document and "version" not in document:
        document = tomlkit.parse(f"title = {tomlkit.string(title).as_string()}\n{words}")
    document["title"] = title
    return _sound(name, tomlkit.dumps(document))


def with_note(name: str, words: str, note: str) -> str:
    """Return the file's text with a note, which people read and nothing else."""
    document = tomlkit.parse(words)
    document["note"] = note
    return _sound(name, tomlkit.dumps(document))


def note_of(words: str) -> str:
    """Return the note of a scenario's text; nothing where it has none, or can't be understood."""
    try:
        return str(tomlkit.parse(words).get("note", ""))
    except TOMLKitError:
        return ""


def with_numbers(name: str, words: str, numbers: Mapping[tuple[str, str], float]) -> str:
    """Return the file's text with numbers of districts, by the district's code and field.

    Where the file states a district's whole mix of uses, a share goes into it and the rest counts as other uses.
    Raises PucError for what can't stand.
    """
    for (code, field), value in numbers.items():
        words = _with_share(words, code, field, value) or _with(words, code, field, value)
    return _sound(name, words)


def _with_share(words: str, code: str, field: str, value: float) -> str:
    """Return the text with a share in the district's mix of uses; nothing where it states none."""
    document = tomlkit.parse(words)
    table, use = _table(document, code), field.removesuffix("_pct")
    mix: Any = table.get("uses") if table is not None and use in USES else None
    if mix is None:
        return ""
    mix[use] = value
    rest = 100.0 - sum(float(share) for name, share in mix.items() if name != _REST)
    if rest or _REST in mix:
        mix[_REST] = rest
    return tomlkit.dumps(document)


def with_part(name: str, words: str, part: PartedDistrict, source: str, left: shapely.Geometry) -> str:
    """Return the file's text with ``part`` as a district of its own, and ``left`` as the outline of ``source``.

    What the text says of ``source`` it says of the part too, but for what belongs to one alone.
    """
    document = tomlkit.parse(_with(words, source, OUTLINE, shapely.to_wkt(left, rounding_precision=-1)))
    said: Mapping[str, Any] = _table(document, source) or {}
    copied = {key: value for key, value in said.items() if key not in _OF_ONE}
    drawn = shapely.to_wkt(part.outline, rounding_precision=-1)
    _append(document, {"code": part.district, PART_OF: part.part_of, "name": part.name, OUTLINE: drawn, **copied})
    return _sound(name, tomlkit.dumps(document))


def without_part(name: str, words: str, part: PartedDistrict, whole: shapely.Geometry | None) -> str:
    """Return the file's text without a new district; ``whole`` is the outline of the one it was parted from.

    None gives that the outline of the plan back. Services in the part are in the other from then on.
    """
    document = tomlkit.parse(words)
    table = _table(document, part.district)
    held: Any = document.get("district", [])
    if table is not None:
        held.remove(table)
    for service in document.get("service", []):
        if service.get("district") == part.district:
            service["district"] = part.part_of
    if not held:
        document.pop("district", None)
    drawn = None if whole is None else shapely.to_wkt(whole, rounding_precision=-1)
    return _sound(name, _with(tomlkit.dumps(document), part.part_of, OUTLINE, drawn))


def _sound(name: str, words: str) -> str:
    understood(name, words)
    return words


def _value(name: str, field: str, typed: str) -> object:
    if field not in STATED:
        return typed
    try:
        ends = [float(each.strip().replace(",", ".")) for each in _RANGE.split(typed)]
    except ValueError as error:
        raise PucError(_no_number(name, field, typed)) from error
    return ends[0] if len(ends) == 1 else ends


def _with(words: str, code: str, key: str, value: object) -> str:
    document = tomlkit.parse(words)
    table = _table(document, code)
    if value is None and table is not None:
        table.pop(key, None)
        _drop_if_empty(document, table)
    elif value is not None and table is not None:
        table[key] = value
    elif value is not None:
        _append(document, {"code": code, key: value})
    return tomlkit.dumps(document)


def _districts(document: tomlkit.TOMLDocument) -> list[Table]:
    held = document.get("district", [])
    return list(held) if isinstance(held, AoT) else []


def _table(document: tomlkit.TOMLDocument, code: str) -> Table | None:
    return next((each for each in _districts(document) if each.get("code") == code), None)


def _append(document: tomlkit.TOMLDocument, values: Mapping[str, Any]) -> None:
    table = tomlkit.table()
    table.update(values)
    if "district" not in document:
        document.append("district", tomlkit.aot())
    document["district"].append(table)


def _drop_if_empty(document: tomlkit.TOMLDocument, table: Table) -> None:
    """Take away a district of which nothing is said any more."""
    if set(table) == {"code"}:
        held: Any = document["district"]
        held.remove(table)
        if not held:
            document.remove("district")


def _no_number(name: str, field: str, typed: str) -> Problem:
    where = f"scenarios/{name}.toml"
    return fault("scenario-value", where, "«{k}»: «{v}» non è un numero né un intervallo come 0,20 – 0,30.",
                 "“{k}”: “{v}” is no number, nor a range like 0.20 – 0.30.", k=field, v=typed[:40])  # fmt: skip
