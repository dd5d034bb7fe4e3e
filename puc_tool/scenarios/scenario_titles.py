"""What the scenarios of a study are called: their files' titles, for whom their names are only names of files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from layers.problems import PucError
from layers.text import Text, same
from puc_tool.scenarios import scenario_texts
from puc_tool.scenarios.scenario_files import paths
from puc_tool.study import Study


def titles(study: Study) -> Mapping[str, Text]:
    """Return the title of every scenario by its name; one that can't be read or understood has only its name."""
    found = {}
    for path in paths(study):
        try:
            found[path.stem] = title(path.stem, path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            found[path.stem] = same(path.stem)
    return found


@lru_cache(maxsize=4096)
def title(name: str, words: str) -> Text:
    """Return what a scenario is called; one that can't be understood has only its name."""
    try:
        return same(scenario_texts.understood(name, words).title or name)
    except PucError:
        return same(name)
