"""What is done to the list of scenarios, each a step of the history: made, copied, renamed, removed, saved from tries.

A scenario is known by the name of its file, which never changes, and called by its title, which may.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from analyses.districts.scenarios import BASE
from layers.problems import PucError
from layers.text import Lang, Text, same, say
from puc_tool.scenarios import scenario_texts
from puc_tool.scenarios.scenario_files import is_name
from puc_tool.scenarios.scenario_keeping import SCENARIO, place
from puc_tool.working import scenario_view
from puc_tool.working.history import Place, Value
from puc_tool.working.session import Session

NEW, COPY = Text("Nuovo scenario {s}", "New scenario {s}"), Text("Duplica lo scenario {s}", "Duplicate scenario {s}")
RENAME, REMOVE = Text("Rinomina lo scenario {s}", "Rename scenario {s}"), Text("Elimina lo scenario {s}",
                                                                               "Delete scenario {s}")  # fmt: skip
SAVE = Text("Salva la prova nello scenario {s}", "Save what is tried into scenario {s}")
_COPY_OF = Text("{t} (copia)", "{t} (copy)")
_TRIED, _TRIED_ON = Text("Prova su {d}", "Try on {d}"), Text("{b}: {t}", "{b}: {t}")
_FROM = Text("Parte da «{b}».", "Starts from “{b}”.")
_LONGEST = 40


def texts(session: Session) -> Mapping[str, str]:
    """Return the text of every scenario, by its name."""
    return {at[1]: str(words) for at, words in session.history.state.items() if at[0] == SCENARIO}


def make(session: Session, title: str) -> str:
    """Add a scenario that changes nothing yet, and show it; return its name."""
    name = name_for(session, title)
    _do(session, NEW, title, {place(name): scenario_texts.new(name, title), **scenario_view.taken(name)})
    return name


def duplicate(session: Session, name: str, lang: Lang) -> str:
    """Add a scenario that does the same as another, and show it; return its name.

    Raises PucError for one that has faults.
    """
    words = texts(session)[name]
    title = say(_COPY_OF.it, _COPY_OF.en, t=scenario_texts.understood(name, words).title or name).to(lang)
    copy = name_for(session, title)
    after = scenario_texts.with_title(copy, words, title)
    _do(session, COPY, name, {place(copy): after, **scenario_view.taken(copy)})
    return copy


def rename(session: Session, name: str, title: str) -> None:
    """Call a scenario otherwise; words of nothing but spaces leave it as it was. Raises PucError if it has faults."""
    if title.strip():
        _do(session, RENAME, name, {place(name): scenario_texts.with_title(name, texts(session)[name], title.strip())})


def remove(session: Session, name: str) -> None:
    """Take a scenario out of the study; a step back brings it again."""
    _do(session, REMOVE, name, {place(name): None, **scenario_view.without(session.history.state, name)})


def save_tried(session: Session, lang: Lang, name: str = "", base: str = BASE) -> str:
    """Put the fields that are tried on ``base`` into the scenario ``name``, or a new one, and try them no more.

    A new one has all that ``base`` changes, and says in its note what it came from. One step, which shows it. Returns
    the scenario's name; raises PucError, with everything as it was, for values that can't stand.
    """
    tried = scenario_view.tried_on(session.history.state, base)
    title = _title_of_tried(session, base, tried).to(lang)
    into = name or name_for(session, title)
    before = texts(session).get(into) or _begun(session, into, title, base, lang)
    after = scenario_texts.with_numbers(into, before, tried)
    _do(session, SAVE, into, {place(into): after, **scenario_view.saved(session.history.state, base, into)})
    return into


def title_of(session: Session, name: str) -> Text:
    """Return what a scenario is called; one that can't be understood has only its name."""
    words = texts(session).get(name)
    try:
        return same((scenario_texts.understood(name, words).title if words is not None else "") or name)
    except PucError:
        return same(name)


def _title_of_tried(session: Session, base: str, tried: Mapping[tuple[str, str], float]) -> Text:
    codes = ", ".join(dict.fromkeys(code for code, _ in tried))
    title = say(_TRIED.it, _TRIED.en, d=codes)
    return title if base == BASE else say(_TRIED_ON.it, _TRIED_ON.en, b=title_of(session, base), t=title)


def _begun(session: Session, name: str, title: str, base: str, lang: Lang) -> str:
    """Return the text that a scenario begins from: nothing changed yet, or all that another changes."""
    if base == BASE:
        return scenario_texts.new(name, title)
    note = say(_FROM.it, _FROM.en, b=title_of(session, base)).to(lang)
    return scenario_texts.with_note(name, scenario_texts.with_title(name, texts(session)[base], title), note)


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
