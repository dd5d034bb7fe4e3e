"""Which files outside a study its user has agreed to: a study that came from elsewhere may not read what it likes.

Naming a file with ``puc-tool add`` is agreeing to it. Kept in the user's own data folder, never in the study.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from platformdirs import user_data_path

from layers import write
from layers.problems import Problem, refuse_if_any
from layers.reference import LayerRef
from layers.text import Text, same, say
from puc_tool.study import Study

_FILE = "agreed_sources.json"


def agree(path: Path) -> None:
    """Remember that the user named ``path`` as a source."""
    write.text(_register(), json.dumps(sorted({*_agreed(), str(path.resolve())}), indent=1))


def problems(study: Study, ref: LayerRef) -> list[Problem]:
    """Return a problem for each file of ``ref`` that lies outside the study and nobody has agreed to."""
    paths = [ref.path(study.folder)]
    if ref.join is not None:
        paths.append(study.folder / ref.join.table)
    home, agreed = study.folder.resolve(), _agreed()
    return [
        _not_agreed(ref, path)
        for path in (path.resolve() for path in paths)
        if not path.is_relative_to(home) and str(path) not in agreed
    ]


def refuse_unless_agreed(study: Study, refs: Iterable[LayerRef]) -> None:
    """Raise PucError if one of ``refs`` lies outside the study and nobody has agreed to it."""
    refuse_if_any(problem for ref in refs for problem in problems(study, ref))


def _register() -> Path:
    return user_data_path("puc-tool", appauthor=False) / _FILE


def _agreed() -> frozenset[str]:
    try:
        return frozenset(json.loads(_register().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):  # no register, or none that can be read: nothing is agreed
        return frozenset()


def _not_agreed(ref: LayerRef, path: Path) -> Problem:
    return Problem(
        "source-outside",
        same(ref.role),
        say(
            "lo studio chiede un file fuori dalla sua cartella: {p}.",
            "the study asks for a file outside its folder: {p}.",
            p=path,
        ),
        Text("Non viene letto senza consenso.", "It is not read without consent."),
        Text(
            "Per consentire: «puc-tool add» con quel file e --replace, o --copy per copiarlo nello studio.",
            "To agree: “puc-tool add” with that file and --replace, or --copy to copy it into the study.",
        ),
    )
