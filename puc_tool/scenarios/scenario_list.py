"""The one list of a study's scenarios: what each is called, how much it changes, whether another is better in all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache

from analyses.districts.scenarios import BASE
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.problems import Problem
from layers.text import NOTHING, Text, same, say
from puc_tool.scenarios import scenario_texts
from puc_tool.scenarios.scenario_desk import ScenarioDesk
from puc_tool.scenarios.scenario_titles import title
from puc_tool.working import scenario_view
from puc_tool.working.scenario_steps import texts, title_of
from puc_tool.working.scenario_view import UNSAVED
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session

PLAN = Text("Piano vigente", "Plan in force")
TRIED = Text("Prova su {d}, non salvata", "Try on {d}, not saved")
TRIED_ON = Text("{b}: prova su {d}, non salvata", "{b}: try on {d}, not saved")


@dataclass(frozen=True)
class Row:
    """A scenario as the list shows it; ``dominated_by`` are titles.

    ``is_measured``: its figures are known; ``is_rival``: it is one of those that are held against each other here.
    ``is_run``: its figures are those of the written results too. ``faults`` say why it can't be reckoned.
    """

    id: str
    title: Text
    edits: tuple[Text, ...] = ()
    dominated_by: tuple[Text, ...] = ()
    is_measured: bool = False
    is_rival: bool = False
    is_run: bool = False
    faults: tuple[Problem, ...] = ()
    note: Text = NOTHING

    @property
    def is_base(self) -> bool:
        """Tell whether it is the plan in force."""
        return self.id == BASE


def rows(session: Session, desk: ScenarioDesk | None, code: str = "") -> tuple[Row, ...]:
    """Return the plan in force, then the scenarios by name; with a ``code``, as they do in that district.

    Without a desk nothing is known of them but how they are called.
    """
    known = texts(session)
    titles = {BASE: PLAN} | {name: title(name, words) for name, words in sorted(known.items())}
    if desk is None:
        return tuple(Row(name, title) for name, title in titles.items())
    edits = {each.id: each.edits for each in desk.listed}
    better = {name: [each for each in names if each in titles] for name, names in _better(desk, code).items()}
    written = _written(session)
    return tuple(
        Row(
            name,
            title,
            edits.get(name, ()),
            tuple(titles[each] for each in better.get(name, ())),
            name in edits,
            name in better,
            name in written and (name == BASE or written[name] == _hash(known[name])),
            desk.faults.get(name, ()),
            same(_note(known[name])) if name in known else NOTHING,
        )
        for name, title in titles.items()
    )


def tried_row(session: Session, base: str) -> Row:
    """Return what is tried on a scenario, and not saved yet, as something to be compared."""
    codes = ", ".join(dict.fromkeys(code for code, _ in scenario_view.tried_on(session.history.state, base)))
    title = say(TRIED.it, TRIED.en, d=codes)
    return Row(UNSAVED, title if base == BASE else say(TRIED_ON.it, TRIED_ON.en, b=title_of(session, base), d=codes))


def units_of(desk: ScenarioDesk | None, *scenarios: str) -> tuple[Unit, ...]:
    """Return the districts of the plan, then those that these scenarios make of it."""
    plans = [desk.case.plan, *(desk.case.plans[each] for each in scenarios if each in desk.case.plans)] if desk else []
    named = (zip(plan.frame["code"], plan.frame["name"], strict=True) for plan in plans)
    return tuple(dict.fromkeys(Unit("district", str(code), str(name)) for each in named for code, name in each))


_note = lru_cache(maxsize=4096)(scenario_texts.note_of)


def _better(desk: ScenarioDesk, code: str) -> Mapping[str, list[str]]:
    """Return, for each scenario that is compared, those at least as good in all and better in something."""
    found = desk.compared_by(code)
    pairs = zip(found["scenario"], found["dominated_by"], strict=True)
    return {scenario: names.split(", ") if names else [] for scenario, names in pairs}


def _written(session: Session) -> Mapping[str, str]:
    """Return the SHA-256 of each scenario that the results in hand were made with, and the plan, if the parameters are.

    Nothing where the results in hand are of another analysis or of other parameters.
    """
    found = session.results.found if session.results else None
    if found is None or found.analysis.id != TRANSFORMATION_DISTRICTS.id:
        return {}
    params, _ = session.params()
    # As a record holds them: tuples are lists there.
    if params is None or found.parameters != json.loads(json.dumps(asdict(params))):
        return {}
    patches = found.record.get("scenarios", [])
    names = {str(each["file"]).removeprefix("scenarios/").removesuffix(".toml"): each["sha256"] for each in patches}
    return {BASE: "", **names}


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8")).hexdigest()
