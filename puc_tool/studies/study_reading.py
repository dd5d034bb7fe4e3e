"""Reading ``study.toml``: every value is checked, every fault told at once, with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit
from pyproj import CRS
from tomlkit.exceptions import ParseError, TOMLKitError
from tomlkit.toml_document import TOMLDocument

from layers import crs as coordinate_systems
from layers import roles
from layers.problems import Problem, PucError, refuse_if_any
from layers.reference import Join, LayerRef
from layers.source import unreadable
from layers.text import NOTHING, Text, listing, same, say
from puc_tool.sources import edit_files
from puc_tool.studies.study_refusals import contradictory, newer, no_study, no_version, not_toml, not_utf8
from puc_tool.study import FILE, VERSION, Study

_PLAIN_KEYS = ("role", "source", "layer", "where", "crs", "encoding", "credit", "credit_en")
_MAP_KEYS = ("fields", "values", "codes")
_KEYS = (*_PLAIN_KEYS, *_MAP_KEYS, "year", "join")
NOT_A_PATH = re.compile(r"^(/vsi|[a-z][a-z0-9+.-]+:/)|^(pg|mysql|mssql|oci|wfs|wms)\s*:|[\n\r\0]", re.IGNORECASE)


def read(folder: Path) -> Study:
    """Return the study in ``folder`` with the edits of its layers, or raise PucError with all that is wrong."""
    return edit_files.with_edits(from_document(document(folder), folder), edit_files.read(folder))


def document(folder: Path) -> TOMLDocument:
    """Return ``study.toml`` with its comments and order, or raise PucError: not there, or not TOML."""
    path = folder / FILE
    if not path.is_file():
        raise PucError(no_study(folder))
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except ParseError as error:
        raise PucError(not_toml(error)) from error
    except TOMLKitError as error:
        raise PucError(contradictory(error)) from error
    except UnicodeDecodeError as error:
        raise PucError(not_utf8()) from error
    except OSError as error:
        raise PucError(unreadable(path)) from error


def from_document(source: TOMLDocument, folder: Path) -> Study:
    """Return the study that ``source`` states."""
    content: Mapping[str, Any] = source.unwrap()
    _refuse_newer(content.get("version"))
    reader = _Reader(content)
    study = reader.study(folder)
    refuse_if_any(reader.problems)
    return study


class _Reader:
    """Takes values out of untrusted tables and remembers what is wrong with them."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = content
        self.problems: list[Problem] = []

    def study(self, folder: Path) -> Study:
        head = self._table(self._content, "study", FILE)
        return Study(
            folder=folder,
            title=str(self._of(head, "title", str, "[study]") or folder.name),
            title_en=str(self._of(head, "title_en", str, "[study]") or ""),
            comuni=tuple(self._comuni(head)),
            crs=self._crs(head),
            day=self._day(head),
            population=self._population(),
            layers=tuple(self._layers()),
            settings=dict(self._settings()),
            sheet={key: str(value) for key, value in self._table(self._content, "sheet", FILE).items()},
            is_demonstration=bool(head.get("demonstration", False)),
        )

    def _fault(self, where: str, it: str, en: str, **values: object) -> None:
        self.problems.append(
            Problem(
                "study-value",
                same(f"{FILE} {where}"),
                say(it, en, **values),
                NOTHING,
                Text("Correggere il file con un editor di testo.", "Mend the file with a text editor."),
            )
        )

    def _table(self, content: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
        value = content.get(key, {})
        if isinstance(value, Mapping):
            return value
        self._fault(where, "«{k}» deve essere una tabella.", "“{k}” must be a table.", k=key)
        return {}

    def _of(self, table: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
        value = table.get(key)
        if value is None or (isinstance(value, kind) and not (kind is int and isinstance(value, bool))):
            return value
        self._fault(where, "«{k}» non può essere {v}.", "“{k}” can't be {v}.", k=key, v=repr(value)[:60])
        return None

    def _comuni(self, head: Mapping[str, Any]) -> Iterator[str]:
        for code in self._of(head, "comuni", list, "[study]") or []:
            if isinstance(code, str) and re.fullmatch(r"\d{6}", code):
                yield code
            else:
                self._fault(
                    "[study]",
                    "in «comuni» servono codici ISTAT di sei cifre, fra virgolette, non {v}.",
                    "“comuni” wants ISTAT codes of six digits, in quotes, not {v}.",
                    v=repr(code)[:40],
                )

    def _crs(self, head: Mapping[str, Any]) -> CRS:
        try:
            found = coordinate_systems.parse(str(head.get("crs", "EPSG:7791")), same(f"{FILE} [study]"))
        except PucError as error:
            self.problems += error.problems
            return CRS.from_epsg(7791)
        if not coordinate_systems.is_metric(found):
            self._fault(
                "[study]",
                "«crs» deve misurare in metri; {c} non lo fa.",
                "“crs” must measure in metres; {c} does not.",
                c=coordinate_systems.name_of(found),
            )
        return found

    def _day(self, head: Mapping[str, Any]) -> date | None:
        day = self._of(head, "date", date, "[study]")
        return date(day.year, day.month, day.day) if day else None

    def _population(self) -> Mapping[str, Mapping[int, int]]:
        series: dict[str, Mapping[int, int]] = {}
        for reference, values in self._table(self._content, "population", FILE).items():
            if not isinstance(values, Mapping):
                self._fault("[population]", "«{k}» deve essere una tabella.", "“{k}” must be a table.", k=reference)
                continue
            series[reference] = dict(self._years(reference, values))
        return series

    def _years(self, reference: str, values: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
        for year, people in values.items():
            if re.fullmatch(r"\d{4}", year) and isinstance(people, int) and people >= 0:
                yield int(year), people
            else:
                self._fault(
                    "[population]",
                    "in «{k}» serve anno = residenti, non {y} = {p}.",
                    "“{k}” wants year = residents, not {y} = {p}.",
                    k=reference, y=year, p=repr(people)[:40],
                )  # fmt: skip

    def _settings(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        known = self._table(self._content, "analysis", FILE)
        for analysis in known:
            yield analysis, self._table(known, analysis, "[analysis]")

    def _layers(self) -> Iterator[LayerRef]:
        seen: set[tuple[str, int | None]] = set()
        for number, table in enumerate(self._of(self._content, "layer", list, "") or [], start=1):
            ref = self._layer(table, f"[[layer]] {number}") if isinstance(table, Mapping) else None
            if ref is not None and ref.key in seen:
                self._fault(f"[[layer]] {number}", "«{r}» c'è già.", "“{r}” is there already.", r=ref.role)
            elif ref is not None:
                seen.add(ref.key)
                yield ref

    def _layer(self, table: Mapping[str, Any], where: str) -> LayerRef | None:
        before = len(self.problems)
        plain = {key: self._of(table, key, str, where) for key in _PLAIN_KEYS}
        maps = {key: self._words(table, key, where) for key in _MAP_KEYS}
        year = self._of(table, "year", int, where)
        join = self._join(table, where)
        self._check_layer(plain["role"], plain["source"], year, where)
        for key in sorted(set(table) - set(_KEYS)):
            self._fault(where, "«{k}» non è una voce di un livello.", "“{k}” is no entry of a layer.", k=key)
        if len(self.problems) > before:
            return None
        return LayerRef(
            plain["role"], plain["source"], plain["layer"], year, maps["fields"], maps["values"], maps["codes"],
            plain["where"], plain["crs"], plain["encoding"], join, plain["credit"],
            credit_en=plain["credit_en"],
        )  # fmt: skip

    def _check_layer(self, role: str | None, source: str | None, year: int | None, where: str) -> None:
        if role not in roles.BY_ID:
            known = listing(list(roles.BY_ID), most=30)
            self._fault(
                where, "il ruolo «{r}» non esiste; ci sono {k}.", "no role “{r}”; there are {k}.", r=role, k=known
            )
        elif year is not None and not roles.BY_ID[role].yearly:
            self._fault(where, "il ruolo «{r}» non ha anni.", "role “{r}” has no years.", r=role)
        elif year is not None and not is_year(year):
            self._fault(
                where, "«year» è un anno di quattro cifre, non {y}.", "“year” has four digits, not {y}.", y=year
            )
        if source is None or not source.strip() or NOT_A_PATH.search(source):
            self._fault(
                where,
                "«source» deve essere il percorso di un file, non {s}.",
                "“source” must be the path of a file, not {s}.",
                s=repr(source)[:60],
            )

    def _words(self, table: Mapping[str, Any], key: str, where: str) -> Mapping[str, str]:
        return {name: str(value) for name, value in self._table(table, key, where).items()}

    def _join(self, table: Mapping[str, Any], where: str) -> Join | None:
        if "join" not in table:
            return None
        words = self._words(table, "join", where)
        if set(words) != {"table", "left", "right"} or NOT_A_PATH.search(words.get("table", "")):
            self._fault(where, "«join» vuole table, left e right.", "“join” wants table, left and right.")
            return None
        return Join(words["table"], words["left"], words["right"])


def is_year(year: int) -> bool:
    """Tell whether a number can be the year of a layer."""
    return 1000 <= year <= 9999


def _refuse_newer(version: object) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise PucError(no_version())
    if version > VERSION:
        raise PucError(newer(version))
