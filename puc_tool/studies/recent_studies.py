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
from layers.text import Text
from puc_tool.studies import study_reading
from puc_tool.study import FILE

LIST = "recent_studies.json"
GONE = Text("Cartella o disco non trovati", "Folder or disk not found")
BROKEN = Text("study.toml non si legge", "study.toml can't be read")
MOST = 4


@dataclass(frozen=True)
class Recent:
    """A study: its folder and how it is called; ``trouble`` says why it can't be opened any more."""

    folder: Path
    title: str
    is_demonstration: bool
    trouble: Text | None = None
    title_en: str = ""

    @property
    def named(self) -> Text:
        """What it is called in both languages."""
        return Text(self.title, self.title_en or self.title)


def place() -> Path:
    """Return where the list lies: in the user's own folder for the state of programs."""
    return user_state_path("puc-tool", appauthor=False) / LIST


def recent(listed_in: Path) -> tuple[Recent, ...]:
    """Return the studies of the list, the last one first; what can't be opened any more says why."""
    return tuple(_read(folder) for folder in _folders(listed_in))


def opened(folder: Path, listed_in: Path) -> None:
    """Put a study first in the list; a list that can't be written is no reason to stop."""
    others = [each for each in _folders(listed_in) if each != folder.resolve()]
    _write([folder.resolve(), *others][:MOST], listed_in)


def forget(folder: Path, listed_in: Path) -> None:
    """Take a study off the list; the study itself is not touched."""
    _write([each for each in _folders(listed_in) if each != folder], listed_in)


def forget_all(listed_in: Path) -> None:
    """Take every study off the list; no study is touched."""
    _write((), listed_in)


def _write(kept: Sequence[Path], listed_in: Path) -> None:
    with suppress(PucError, OSError):
        listed_in.parent.mkdir(parents=True, exist_ok=True)
        write.text(listed_in, json.dumps([str(each) for each in kept], ensure_ascii=False, indent=1) + "\n")


def _folders(listed_in: Path) -> list[Path]:
    try:
        said = json.loads(listed_in.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [Path(each) for each in said if isinstance(each, str)] if isinstance(said, list) else []


def _read(folder: Path) -> Recent:
    if not _is_there(folder):
        return Recent(folder, folder.name, False, GONE)
    try:
        study = study_reading.read(folder)
    except PucError:
        return Recent(folder, folder.name, False, BROKEN)
    return Recent(folder, study.title, study.is_demonstration, title_en=study.title_en)


def _is_there(folder: Path) -> bool:
    try:
        return (folder / FILE).is_file()
    except OSError:
        return False
