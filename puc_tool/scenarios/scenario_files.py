"""The scenarios of a study, ``scenarios/<id>.toml``: read, with all that is wrong with them, and their fingerprints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
import tomlkit
from tomlkit.exceptions import TOMLKitError

from analyses.districts.scenarios import BASE, TODAY, Scenario
from layers import roles
from layers.intake import Ground, take_in
from layers.problems import Problem, errors
from layers.reference import LayerRef
from layers.source import fingerprint, unreadable
from puc_tool.scenarios import scenario_reading
from puc_tool.scenarios.scenario_refusals import bad_name, fault, not_toml, not_utf8
from puc_tool.sources import trust
from puc_tool.studies.study_reading import NOT_A_PATH
from puc_tool.study import Study

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_OUTLINE_KEYS = frozenset({"source", "layer", "code", "crs"})
_OUTLINE_FIELD = "code"
_MARK = "\ufeff"


@dataclass(frozen=True)
class Scenarios:
    """The scenarios that could be read, by name, and everything there is to say about the files."""

    read: tuple[Scenario, ...] = ()
    problems: tuple[Problem, ...] = ()


def scenarios(study: Study, ground: Ground) -> Scenarios:
    """Return the scenarios of ``study``; redrawn outlines come in the CRS of ``ground``."""
    found, said = list[Scenario](), list[Problem]()
    for path in paths(study):
        where = f"scenarios/{path.name}"
        content = _content(path, where, said)
        if content is not None:
            read, problems = scenario_reading.scenario(path.stem, where, content, _Outlines(study, ground))
            found.append(read)
            said += problems
    return Scenarios(tuple(found), tuple(said))


def of_text(study: Study, ground: Ground, name: str, words: str) -> Scenarios:
    """Return the scenario that a file's text would be read as, whatever lies on disk; none where it is no TOML."""
    said, where = list[Problem](), f"scenarios/{name}.toml"
    content = _parsed(words, where, said)
    if content is None:
        return Scenarios((), tuple(said))
    read, problems = scenario_reading.scenario(name, where, content, _Outlines(study, ground))
    return Scenarios((read,), tuple(problems))


def paths(study: Study) -> tuple[Path, ...]:
    """Return the scenarios' files, by name."""
    return tuple(sorted(study.scenarios.glob("*.toml"))) if study.scenarios.is_dir() else ()


def is_name(words: str) -> bool:
    """Tell whether a scenario may be called so: its file's name, and a value in tables."""
    return words not in (BASE, TODAY) and bool(_NAME.fullmatch(words))


def record(study: Study) -> tuple[Mapping[str, object], ...]:
    """Return each file with its SHA-256 and those of the outlines it names; raises OSError if one can't be read."""
    return tuple(
        {
            "file": f"scenarios/{path.name}",
            "sha256": fingerprint(path),
            "outlines": [
                {"source": ref.source, "sha256": fingerprint(ref.path(study.folder))} for ref in _outlines(study, path)
            ],
        }
        for path in paths(study)
    )


def _content(path: Path, where: str, said: list[Problem]) -> Mapping[str, Any] | None:
    if not is_name(path.stem):
        said.append(bad_name(where))
        return None
    try:
        return _parsed(path.read_text(encoding="utf-8-sig"), where, said)
    except UnicodeDecodeError:
        said.append(not_utf8(where))
    except OSError:
        said.append(unreadable(path))
    return None


def _parsed(words: str, where: str, said: list[Problem]) -> Mapping[str, Any] | None:
    try:
        return tomlkit.parse(words.removeprefix(_MARK)).unwrap()
    except TOMLKitError as error:
        said.append(not_toml(where, error))
    return None


def _outlines(study: Study, path: Path) -> Iterator[LayerRef]:
    """Yield the files of outlines that a scenario names and may read; none of a file that can't be read."""
    content = _content(path, path.name, []) or {}
    rows = content.get("district", [])
    for row in rows if isinstance(rows, list) else []:
        ref = _ref(row.get("outline")) if isinstance(row, Mapping) else None
        if ref is not None and not trust.problems(study, ref):
            yield ref


def _ref(stated: object) -> LayerRef | None:
    """Return the layer that an outline's table names, None if it does not name one."""
    if not isinstance(stated, Mapping) or not set(stated) <= _OUTLINE_KEYS:
        return None
    source, layer, crs = (stated.get(key) for key in ("source", "layer", "crs"))
    if not isinstance(source, str) or NOT_A_PATH.search(source) or not all(_is_word(each) for each in (layer, crs)):
        return None
    field = str(stated.get("code", _OUTLINE_FIELD))
    fields = {"code": field, "name": field}
    return LayerRef("districts", source, layer, None, fields, crs=crs)


def _is_word(value: object) -> bool:
    return value is None or isinstance(value, str)


class _Outlines:
    """Reads redrawn outlines from files of the study, as a layer of districts is read."""

    def __init__(self, study: Study, ground: Ground) -> None:
        self._study, self._ground = study, ground

    def __call__(
        self, where: str, code: str, stated: Mapping[str, Any]
    ) -> tuple[shapely.Geometry | None, list[Problem]]:
        ref = _ref(stated)
        if ref is None:
            return None, [
                fault("scenario-outline", where, "«outline» vuole source e, se servono, layer, code, crs.",
                      "“outline” wants source and, if needed, layer, code, crs.")
            ]  # fmt: skip
        said = trust.problems(self._study, ref)
        return (None, said) if said else self._drawn(where, code, ref)

    def _drawn(self, where: str, code: str, ref: LayerRef) -> tuple[shapely.Geometry | None, list[Problem]]:
        intake = take_in(ref, roles.DISTRICTS, self._study.folder, self._ground)
        said = list(intake.problems)
        if intake.layer is None or errors(said):
            return None, said
        ours = intake.layer[intake.layer["code"].astype(str) == code].geometry  # type: ignore[index]
        if len(ours) == 1:
            return ours.iloc[0], said
        return None, [
            *said,
            fault("scenario-outline", where, "in «{s}» i poligoni del distretto «{c}» sono {n}, non uno.",
                  "“{s}” holds {n} polygons of district “{c}”, not one.", s=ref.source, c=code, n=len(ours)),
        ]  # fmt: skip
