"""The studies that were opened last on this machine: a short list beside the user's settings, little trusted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_state_path

from layers import write
from layers.problems import PucError
from puc_tool import study_reading
from puc_tool.study import FILE

LIST = "recent_studies.json"
MOST = 4


@dataclass(frozen=True)
class Recent:
    """A study: its folder and how it is called."""

    folder: Path
    title: str
    is_demonstration: bool


def place() -> Path:
    """Return where the list lies: in the user's own folder for the state of programs."""
    return user_state_path("puc-tool", appauthor=False) / LIST


def recent(listed_in: Path) -> tuple[Recent, ...]:
    """Return the studies of the list that can still be read, the last one first."""
    found = (_read(folder) for folder in _folders(listed_in))
    return tuple(each for each in found if each is not None)


def opened(folder: Path, listed_in: Path) -> None:
    """Put a study first in the list; a list that can't be written is no reason to stop."""
    others = [each for each in _folders(listed_in) if each != folder.resolve()]
    kept: Sequence[Path] = [folder.resolve(), *others][:MOST]
    with suppress(PucError, OSError):
        listed_in.parent.mkdir(parents=True, exist_ok=True)
        write.text(listed_in, json.dumps([str(each) for each in kept], ensure_ascii=False, indent=1) + "\n")


def _folders(listed_in: Path) -> list[Path]:
    try:
        said = json.loads(listed_in.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [Path(each) for each in said if isinstance(each, str)] if isinstance(said, list) else []


def _read(folder: Path) -> Recent | None:
    """Return the study in ``folder``, or None where there is none any more."""
    if not (folder / FILE).is_file():
        return None
    try:
        study = study_reading.read(folder)
    except PucError:
        return None
    return Recent(folder, study.title, study.is_demonstration)
