"""The scenarios' files beside the history that changes them: read into its state, written from it, never over others.

The place ``("scenario", id)`` has the text of ``scenarios/<id>.toml``; a scenario that is not there has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from layers import write
from layers.problems import Problem, PucError
from layers.text import Text, same
from puc_tool.scenarios.scenario_files import is_name
from puc_tool.study import SCENARIOS
from puc_tool.working.history import Act, Place, Value

SCENARIO = "scenario"


def place(name: str) -> Place:
    """Return the place of a scenario's text."""
    return SCENARIO, name


def read(folder: Path) -> Mapping[Place, Value]:
    """Return the texts of a study's scenarios; one that can't be read stays out, and is told when it is used."""
    return {place(path.stem): words for path in _paths(folder) if (words := _text(path)) is not None}


class ScenarioFiles:
    """Writes the scenarios that a history changed; ``before`` is the state that it began from."""

    def __init__(self, folder: Path, before: Mapping[Place, Value]) -> None:
        self._folder, self._before = folder, before
        self._known: dict[str, set[Value]] = {}

    def note(self, act: Act) -> None:
        """Remember every text that an act may bring into a file, so that it is known again as ours."""
        for change in act.step.changes if act.step else ():
            name = change.place[1] if change.place[:1] == (SCENARIO,) and len(change.place) == 2 else ""
            if is_name(name):
                known = self._known.setdefault(name, {self._before.get(place(name))})
                known.update((change.before, change.after))

    def save(self, state: Mapping[Place, Value]) -> None:
        """Let the files say what ``state`` says; those that only others changed are theirs.

        Raises PucError, with that file as it is, where somebody else has changed it meanwhile, or it can't be written.
        """
        problems = [problem for name in sorted(self._known) for problem in self._save(name, state)]
        if problems:
            raise PucError(*problems)

    def _save(self, name: str, state: Mapping[Place, Value]) -> Iterator[Problem]:
        path = self._folder / SCENARIOS / f"{name}.toml"
        wanted, there = state.get(place(name)), _text(path)
        if wanted == there:
            return
        if there not in self._known[name]:
            yield _changed_meanwhile(path)
        elif wanted is None:
            path.unlink(missing_ok=True)
        else:
            write.text(path, str(wanted))


def _paths(folder: Path) -> list[Path]:
    held = folder / SCENARIOS
    return sorted(path for path in held.glob("*.toml") if is_name(path.stem)) if held.is_dir() else []


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _changed_meanwhile(path: Path) -> Problem:
    return Problem(
        "scenario-changed-meanwhile",
        same(f"{SCENARIOS}/{path.name}"),
        Text("è stato cambiato da altri mentre lo studio era aperto.", "others changed it while the study was open."),
        Text(
            "Il file resta com'è; le modifiche di questa finestra restano nel diario.",
            "The file stays as it is; this window's changes stay in the journal.",
        ),
        Text("Annullare le modifiche allo scenario, o salvarlo con un altro nome.",
             "Undo the changes of the scenario, or give it another name."),
    )  # fmt: skip
