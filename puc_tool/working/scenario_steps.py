"""What is done to the list of scenarios, each a step of the history: made, copied, renamed, removed, saved from tries.

A scenario is known by the name of its file, which never changes, and called by its title, which may.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from layers.text import Lang, Text, say
from puc_tool.scenarios import scenario_texts
from puc_tool.scenarios.scenario_files import is_name
from puc_tool.scenarios.scenario_keeping import SCENARIO, place
from puc_tool.working import study_settings as settings
from puc_tool.working import trying
from puc_tool.working.history import Place, Value
from puc_tool.working.session import Session

NEW, COPY = Text("Nuovo scenario {s}", "New scenario {s}"), Text("Duplica lo scenario {s}", "Duplicate scenario {s}")
RENAME, REMOVE = Text("Rinomina lo scenario {s}", "Rename scenario {s}"), Text("Elimina lo scenario {s}",
                                                                               "Delete scenario {s}")  # fmt: skip
SAVE = Text("Salva la prova nello scenario {s}", "Save what is tried into scenario {s}")
_COPY_OF = Text("{t} (copia)", "{t} (copy)")
_LONGEST = 40


def texts(session: Session) -> Mapping[str, str]:
    """Return the text of every scenario, by its name."""
    return {at[1]: str(words) for at, words in session.history.state.items() if at[0] == SCENARIO}


def make(session: Session, title: str) -> str:
    """Add a scenario that changes nothing yet; return its name."""
    name = name_for(session, title)
    _do(session, NEW, title, {place(name): scenario_texts.new(name, title)})
    return name


def duplicate(session: Session, name: str, lang: Lang) -> str:
    """Add a scenario that does the same as another; return its name. Raises PucError for one that has faults."""
    words = texts(session)[name]
    title = say(_COPY_OF.it, _COPY_OF.en, t=scenario_texts.understood(name, words).title or name).to(lang)
    copy = name_for(session, title)
    _do(session, COPY, name, {place(copy): scenario_texts.with_title(copy, words, title)})
    return copy


def rename(session: Session, name: str, title: str) -> None:
    """Call a scenario otherwise; words of nothing but spaces leave it as it was. Raises PucError if it has faults."""
    if title.strip():
        _do(session, RENAME, name, {place(name): scenario_texts.with_title(name, texts(session)[name], title.strip())})


def remove(session: Session, name: str) -> None:
    """Take a scenario out of the study; a step back brings it again."""
    _do(session, REMOVE, name, {place(name): None})


def save_tried(session: Session, title: str, name: str = "") -> str:
    """Put the fields that are tried into the scenario ``name``, or a new one called ``title``, and try them no more.

    One step. Returns the scenario's name; raises PucError, with everything as it was, for values that can't stand.
    """
    tried = trying.edits(session)
    into = name or name_for(session, title)
    before = texts(session).get(into) or scenario_texts.new(into, title)
    after = scenario_texts.with_numbers(into, before, tried)
    _do(session, SAVE, into, {place(into): after} | {settings.tried(*each): None for each in tried})
    return into


def name_for(session: Session, title: str) -> str:
    """Return a name for a file after a title, which no scenario of the study has yet: «parco-urbano-2»."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "scenario"
    taken = texts(session)
    names = [stem, *(f"{stem}-{count}" for count in range(2, len(taken) + 4))]
    return next(each for each in names if each not in taken and is_name(each))


def _do(session: Session, title: Text, name: str, values: Mapping[Place, Value]) -> None:
    if not session.is_read_only:
        session.history.do(say(title.it, title.en, s=name), values)
