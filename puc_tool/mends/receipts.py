"""The receipt of a mended copy: where it lies, what it says, whether it still holds. A study is not to be trusted.

A copy lies in ``data/mended/<role>[-<year>].gpkg`` with its receipt beside it as ``.json``; mended again, the second
lies in ``….2.gpkg``, and so on: study.toml is the one thing that changes, so a kill leaves the old or the new.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layers.problems import Problem, Severity
from layers.reference import LayerRef
from layers.source import fingerprint
from layers.text import Text

FOLDER = "data/mended"
VERSION = 1
_KEYS: Mapping[str, type] = {"originals": list, "entry": str, "mends": list, "told": list, "copy": dict}


@dataclass(frozen=True)
class Receipt:
    """A receipt as it lies in the study, one step for each time the layer was mended."""

    file: str
    steps: tuple[Mapping[str, Any], ...]

    @property
    def last(self) -> Mapping[str, Any]:
        """The last step."""
        return self.steps[-1]

    @property
    def mends(self) -> tuple[Mapping[str, Any], ...]:
        """Every mend of every step, in the order done."""
        return tuple(mend for step in self.steps for mend in step["mends"])

    @property
    def told(self) -> tuple[Problem, ...]:
        """What was said when the original was read and stays true of the copy."""
        return tuple(_problem(each) for step in self.steps for each in step["told"])


def copy_of(ref: LayerRef, step: int) -> str:
    """Return where the copy of the layer after its ``step``-th mending lies, relative to the study."""
    name = ref.role if ref.year is None else f"{ref.role}-{ref.year}"
    return f"{FOLDER}/{name}.gpkg" if step == 1 else f"{FOLDER}/{name}.{step}.gpkg"


def beside(copy: str) -> str:
    """Return where the receipt of ``copy`` lies."""
    return f"{copy.removesuffix('.gpkg')}.json"


def steps_of(ref: LayerRef) -> int:
    """Return how often the layer of ``ref`` has been mended, by the name of its source; 0 for a delivered layer."""
    if ref.source == copy_of(ref, 1):
        return 1
    step = ref.source.removeprefix(copy_of(ref, 1).removesuffix("gpkg")).removesuffix(".gpkg")
    return int(step) if step.isdecimal() and ref.source == copy_of(ref, int(step)) and int(step) > 1 else 0


def read(folder: Path, copy: str) -> Receipt | None:
    """Return the receipt of ``copy``, or None if there is none that can be believed."""
    file = beside(copy)
    try:
        content = json.loads((folder / file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    steps = content.get("steps") if isinstance(content, dict) and content.get("version") == VERSION else None
    if not isinstance(steps, list) or not steps or not all(map(_is_step, steps)):
        return None
    return Receipt(file, tuple(steps)) if steps[-1]["copy"].get("source") == copy else None


def is_intact(folder: Path, copy: str, receipt: Receipt | None) -> bool:
    """Tell whether ``copy`` is the very file that ``receipt`` tells of: then, and only then, it is ours to remove."""
    path = folder / copy
    if receipt is None or path.is_symlink() or not path.is_file():
        return False
    return is_file_of(path, receipt.last["copy"])


def is_file_of(path: Path, told: Mapping[str, Any]) -> bool:
    """Tell whether the dataset at ``path`` has the SHA-256 that ``told`` says."""
    try:
        return fingerprint(path) == told.get("sha256")
    except OSError:
        return False


def chain(folder: Path, ref: LayerRef) -> Mapping[str, object] | None:
    """Return what a run's record says of a mended layer: the originals, the receipt with its hash, what was done."""
    receipt = read(folder, ref.source) if steps_of(ref) else None
    if receipt is None:
        return None
    return {
        "originals": receipt.steps[0]["originals"],
        "receipt": receipt.file,
        "receipt_sha256": fingerprint(folder / receipt.file),
        "mends": [each["mend"] for each in receipt.mends],
    }


def problem_as_json(problem: Problem) -> Mapping[str, object]:
    """Return a problem with its words in both languages, as a receipt keeps it."""
    words = {name: words_as_json(getattr(problem, name)) for name in ("where", "message", "effect", "remedy")}
    return {"code": problem.code, "severity": problem.severity.value, **words}


def words_as_json(text: Text) -> Mapping[str, str]:
    """Return a text in both languages."""
    return {"it": text.it, "en": text.en}


def _problem(told: Mapping[str, Any]) -> Problem:
    where, message, effect, remedy = (_text(told[name]) for name in ("where", "message", "effect", "remedy"))
    return Problem(told["code"], where, message, effect, remedy, Severity(told["severity"]))


def _text(words: Mapping[str, str]) -> Text:
    return Text(words["it"], words["en"])


def _is_step(step: object) -> bool:
    if not isinstance(step, dict) or not all(isinstance(step.get(key), kind) for key, kind in _KEYS.items()):
        return False
    return all(map(_is_problem, step["told"])) and all(map(_is_mend, step["mends"])) and _is_hashed(step)


def _is_hashed(step: Mapping[str, Any]) -> bool:
    return all(
        isinstance(each, dict) and isinstance(each.get("sha256"), str) for each in (step["copy"], *step["originals"])
    )


def _is_mend(told: object) -> bool:
    if not isinstance(told, dict) or not isinstance(told.get("words"), list):
        return False
    if not all(isinstance(word, str) for word in told["words"]):
        return False
    return isinstance(told.get("mend"), str) and isinstance(told.get("features"), int)


def _is_problem(told: object) -> bool:
    if not isinstance(told, dict) or told.get("severity") not in set(Severity) or not isinstance(told.get("code"), str):
        return False
    words = [told.get(name) for name in ("where", "message", "effect", "remedy")]
    return all(isinstance(each, dict) and isinstance(each.get(lang), str) for each in words for lang in ("it", "en"))
