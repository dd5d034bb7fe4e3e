"""One scenario from its TOML: every value is checked, every fault told at once, with its place in the file.

``[[district]]`` has ``code`` and what changes of it: numbers that a district states (``ut_m2_m2 = 0.25``, or a range
``[0.20, 0.30]``), ``kind``, ``norm``, ``state``, ``index_kind``; ``uses = { commercial = 70, other = 30 }``, the whole
mix; ``outline``, WKT in the study's CRS or ``{ source = …, layer = …, code = FIELD, crs = … }``. For the search of what
binds: ``largest_pct = { commercial = 80 }``, ``at_least = { green_m2 = 20000 }``.

A table with ``part_of``, the code of a district of the plan, makes a new district: its ``outline`` is a part of that
one, and what it does not state is as there; it may have a ``name``.

``[[service]]`` has ``district``, ``kind``, ``area_m2`` and, if wanted, ``name`` and where it lies, ``x`` and ``y``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import shapely

from analyses.districts.goals import GOALS
from analyses.districts.scenarios import GEOMETRY, PART_OF, USES, AddedService, Edit, PartedDistrict, Scenario
from analyses.districts.scheda import SHARES, STATED, TEXTS
from analyses.standards.areas import CATEGORY_OF
from layers.problems import Problem
from layers.text import listing
from puc_tool.scenarios.scenario_refusals import fault, newer, uncounted

VERSION = 1
_TEXTS = (*TEXTS[2:], "index_kind")
_TABLES = ("code", "name", PART_OF, "uses", "largest_pct", "at_least", "outline")
_INDEX_KINDS = ("ut", "it")
_WHOLE_PCT, _SLACK_PCT = 100.0, 1e-6
_HEAD = ("version", "title", "note", "district", "service")
_SERVICE = ("district", "kind", "area_m2", "name", "x", "y")

Outline = Callable[[str, str, Mapping[str, Any]], tuple[shapely.Geometry | None, list[Problem]]]
"""Reads a redrawn outline from a file of the study: where it is asked for, the district's code, what is asked."""


def scenario(name: str, where: str, content: Mapping[str, Any], outline: Outline) -> tuple[Scenario, list[Problem]]:
    """Return the scenario that ``content`` states, and all that is wrong with it."""
    reader = _Reader(where, content, outline)
    return reader.scenario(name), reader.problems


class _Reader:
    """Takes values out of untrusted tables and remembers what is wrong with them."""

    def __init__(self, where: str, content: Mapping[str, Any], outline: Outline) -> None:
        self._where, self._content, self._outline = where, content, outline
        self.problems: list[Problem] = []

    def scenario(self, name: str) -> Scenario:
        version = self._content.get("version", VERSION)
        if version != VERSION or isinstance(version, bool):
            self.problems.append(newer(self._where, version))
            return Scenario(name)
        self._known(self._content, _HEAD, self._where)
        self._text(self._content, "note", self._where)
        edits, largest, least = list[Edit](), dict[tuple[str, str], float](), dict[tuple[str, str], float]()
        seen, parted = dict[str, None](), list[PartedDistrict]()
        for code, table, where in self._districts(seen):
            stated = tuple(self._edits(code, table, where))
            if PART_OF in table:
                parted += self._parted(code, table, stated, where)
            else:
                edits += stated
            largest |= {(code, use): value for use, value in self._shares(table, "largest_pct", where).items()}
            least |= {(code, goal): value for goal, value in self._least(table, where)}
        services = tuple(self._services())
        title = self._text(self._content, "title", self._where)
        patch = Scenario(name, title, tuple(edits), services, largest, least, parted=tuple(parted))
        return replace(patch, unchanged=tuple(code for code in seen if code not in patch.districts))

    def _fault(self, code: str, where: str, it: str, en: str, **values: object) -> None:
        self.problems.append(fault(code, where, it, en, **values))

    def _known(self, table: Mapping[str, Any], names: tuple[str, ...], where: str) -> None:
        for key in sorted(set(table) - set(names)):
            self._fault("scenario-entry", where, "la voce «{k}» non esiste; ci sono {n}.",
                        "there is no entry “{k}”; there are {n}.", k=key, n=listing(list(names), most=30))  # fmt: skip

    def _rows(self, key: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        rows = self._content.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            self._fault("scenario-value", self._where, "«{k}» si scrive [[{k}]].", "“{k}” is written [[{k}]].", k=key)
            return
        for place, row in enumerate(rows, start=1):
            yield row, f"{self._where} [[{key}]] {place}"

    def _districts(self, seen: dict[str, None]) -> Iterator[tuple[str, Mapping[str, Any], str]]:
        for row, where in self._rows("district"):
            self._known(row, (*_TABLES, *_TEXTS, *STATED), where)
            code = self._text(row, "code", where)
            if not code:
                self._fault("scenario-value", where, "manca «code».", "“code” is missing.")
            elif code in seen:
                self._fault("scenario-twice", where, "il distretto «{c}» c'è già.", "district “{c}” is there already.",
                            c=code)  # fmt: skip
            else:
                seen[code] = None
                yield code, row, where

    def _edits(self, code: str, row: Mapping[str, Any], where: str) -> Iterator[Edit]:
        for name in STATED:
            if name in row:
                yield from self._number_edit(code, name, row[name], where)
        for name in _TEXTS:
            if name in row:
                yield Edit(code, name, self._text(row, name, where))
        if "name" in row and PART_OF not in row:
            self._fault("scenario-value", where, "«name» è solo di un distretto nuovo, con «part_of».",
                        "“name” is for a new district alone, with “part_of”.")  # fmt: skip
        kind = row.get("index_kind", "ut")
        if kind not in _INDEX_KINDS:
            self._fault("scenario-value", where, "«index_kind» è ut o it.", "“index_kind” is ut or it.")
        yield from self._mix(code, row, where)
        if "outline" in row:
            yield from self._redrawn(code, row["outline"], where)

    def _parted(
        self, code: str, row: Mapping[str, Any], stated: tuple[Edit, ...], where: str
    ) -> Iterator[PartedDistrict]:
        """Yield the new district of a table; without an outline there is none."""
        source = self._text(row, PART_OF, where)
        drawn = next((each.value for each in stated if each.field == GEOMETRY), None)
        edits = tuple(each for each in stated if each.field != GEOMETRY)
        if isinstance(drawn, shapely.Geometry) and source:
            yield PartedDistrict(code, source, drawn, self._text(row, "name", where), edits)
        elif "outline" not in row or not source:
            self._fault("scenario-part", where, "un distretto nuovo vuole «part_of» e «outline».",
                        "a new district wants “part_of” and “outline”.")  # fmt: skip

    def _number_edit(self, code: str, name: str, value: Any, where: str) -> Iterator[Edit]:
        """Yield the edit of a number, or of a range ``[low, high]``."""
        ends = value if isinstance(value, list) else [value]
        most = _WHOLE_PCT if name.endswith("_pct") else math.inf
        if len(ends) not in (1, 2) or not all(_is_number(each) and 0 <= each <= most for each in ends):
            self._fault("scenario-value", where, "«{k}» non può essere {v}.", "“{k}” can't be {v}.",
                        k=name, v=repr(value)[:60])  # fmt: skip
        elif len(ends) == 2 and ends[0] > ends[1]:
            self._fault("scenario-value", where, "«{k}»: l'intervallo va dal minimo al massimo.",
                        "“{k}”: a range goes from the lowest to the highest.", k=name)  # fmt: skip
        else:
            yield Edit(code, name, float(ends[0]), float(ends[1]) if len(ends) == 2 else None)

    def _mix(self, code: str, row: Mapping[str, Any], where: str) -> Iterator[Edit]:
        """Yield a share for each use; those not named have none."""
        if "uses" not in row:
            return
        before = len(self.problems)
        shares = self._shares(row, "uses", where)
        whole = sum(shares.values())
        if len(self.problems) == before and abs(whole - _WHOLE_PCT) > _SLACK_PCT:
            self._fault("scenario-uses-sum", where, "le quote di «uses» fanno {p} %, non 100 %.",
                        "the shares of “uses” make {p} %, not 100 %.", p=f"{whole:g}")  # fmt: skip
        if set(SHARES[:3]) & set(row):
            self._fault("scenario-uses-twice", where, "«uses» e le singole quote si contraddicono.",
                        "“uses” and single shares contradict each other.")  # fmt: skip
            return
        for use in USES[:3]:
            yield Edit(code, f"{use}_pct", shares.get(use, 0.0))

    def _shares(self, row: Mapping[str, Any], key: str, where: str) -> Mapping[str, float]:
        return dict(self._amounts(row, key, USES, "scenario-use", where, _WHOLE_PCT))

    def _least(self, row: Mapping[str, Any], where: str) -> Iterator[tuple[str, float]]:
        return self._amounts(row, "at_least", tuple(GOALS), "scenario-goal", where, math.inf)

    def _amounts(
        self, row: Mapping[str, Any], key: str, names: tuple[str, ...], code: str, where: str, most: float
    ) -> Iterator[tuple[str, float]]:
        table = row.get(key, {})
        if not isinstance(table, Mapping):
            self._fault("scenario-value", where, "«{k}» deve essere una tabella.", "“{k}” must be a table.", k=key)
            return
        for name, value in table.items():
            if name not in names:
                self._fault(code, where, "«{n}» in «{k}» non esiste; ci sono {all}.",
                            "there is no “{n}” in “{k}”; there are {all}.", n=name, k=key,
                            all=listing(list(names)))  # fmt: skip
            elif not _is_number(value) or not 0 <= value <= most:
                self._fault("scenario-value", where, "«{k}» non può essere {v}.", "“{k}” can't be {v}.",
                            k=name, v=repr(value)[:60])  # fmt: skip
            else:
                yield name, float(value)

    def _redrawn(self, code: str, stated: object, where: str) -> Iterator[Edit]:
        if isinstance(stated, Mapping):
            drawn, said = self._outline(where, code, stated)
            self.problems += said
        else:
            drawn = _polygon(stated)
            if drawn is None:
                self._fault("scenario-outline", where, "«outline» non è un poligono in WKT.",
                            "“outline” is no polygon in WKT.")  # fmt: skip
        if drawn is not None:
            yield Edit(code, GEOMETRY, drawn)

    def _services(self) -> Iterator[AddedService]:
        for row, where in self._rows("service"):
            self._known(row, _SERVICE, where)
            district, kind = self._text(row, "district", where), self._text(row, "kind", where)
            area_m2: Any = row.get("area_m2")
            at = [row[axis] for axis in ("x", "y") if axis in row]
            if not district or not kind:
                self._fault(
                    "scenario-value", where, "servono «district» e «kind».", "“district” and “kind” are needed."
                )
            elif not _is_number(area_m2) or not area_m2 > 0:
                self._fault("scenario-value", where, "«area_m2» deve essere un numero positivo.",
                            "“area_m2” must be a positive number.")  # fmt: skip
            elif len(at) == 1 or not all(_is_number(each) for each in at):
                self._fault("scenario-value", where, "«x» e «y» sono due numeri.", "“x” and “y” are two numbers.")
            else:
                self.problems += [] if CATEGORY_OF.get(kind) else [uncounted(where, kind)]
                name = self._text(row, "name", where)
                yield AddedService(district, kind, float(area_m2), name, shapely.Point(at) if at else None)

    def _text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self._fault("scenario-value", where, "«{k}» deve essere un testo.", "“{k}” must be text.", k=key)
        return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _polygon(words: object) -> shapely.Geometry | None:
    """Return the flat polygon that WKT states, or None."""
    try:
        drawn = shapely.from_wkt(words)
    except (shapely.GEOSException, TypeError):
        return None
    is_polygon = isinstance(drawn, shapely.Polygon | shapely.MultiPolygon) and not drawn.is_empty
    return shapely.force_2d(drawn) if is_polygon else None
