"""Parting a district in a scenario: what is cut off becomes a district of its own, or is joined again. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

import shapely

from analyses.districts.scenarios import PartedDistrict
from layers.text import Text, say
from puc_tool.scenarios import scenario_texts
from puc_tool.working import edited_district
from puc_tool.working.session import Session

PART = Text("Dividi {d}: nasce {n}", "Split {d}: {n} is new")
JOIN = Text("Riunisci {n} a {d}", "Join {n} to {d} again")
SWAP = Text("Scambia {d} e {n}", "Swap {d} and {n}")
_NAME = Text("{t}, parte {l}", "{t}, part {l}")
_SAME_M2 = 1e-6


def free_code(session: Session, name: str, code: str) -> str:
    """Return a code that no district has yet, neither of the plan nor of the scenario: «WFb» of «WF»."""
    taken = {each for each, _ in edited_district.districts(session, name)}
    return next(each for each in _codes(_root(session, name, code)) if each not in taken)


def part_off(session: Session, name: str, code: str, parts: tuple[shapely.Geometry, shapely.Geometry]) -> str:
    """Let the first part be the district ``code``, and the second a new one; return the code it was given.

    Raises PucError, with the scenario as it was, if it can't be so.
    """
    source, new = _root(session, name, code), free_code(session, name, code)
    title = say(_NAME.it, _NAME.en, t=dict(edited_district.districts(session)).get(source, source),
                l=new.removeprefix(source))  # fmt: skip
    made = PartedDistrict(new, source, parts[1], title.it)
    said = say(PART.it, PART.en, d=code, n=new)
    edited_district.edit(session, name, lambda words: scenario_texts.with_part(name, words, made, code, parts[0]), said)
    return new


def swap(session: Session, name: str, code: str, other: str) -> None:
    """Give each of two districts of a scenario the other's outline; raises PucError if it can't be so."""
    one, two = (edited_district.outline(session, name, each) for each in (code, other))

    def act(words: str) -> str:
        return scenario_texts.with_outline(name, scenario_texts.with_outline(name, words, code, two), other, one)

    if one is not None and two is not None:
        edited_district.edit(session, name, act, say(SWAP.it, SWAP.en, d=code, n=other))


def restored(session: Session, name: str, code: str) -> str:
    """Give a district the outline of the plan back, without the parts that were cut off it; join a new one again.

    Returns the code of the plan's district that is left; raises PucError if it can't be so.
    """
    part = edited_district.parted(session, name, code)
    return _without_parts(session, name, code) if part is None else _joined(session, name, part)


def _without_parts(session: Session, name: str, code: str) -> str:
    found = edited_district.scenario(session, name)
    parts = [each for each in found.parted if each.part_of == code] if found else []

    def act(words: str) -> str:
        for each in parts:
            words = scenario_texts.without_part(name, words, each, None)
        return scenario_texts.with_outline(name, words, code, None)

    edited_district.edit(session, name, act)
    return code


def _joined(session: Session, name: str, part: PartedDistrict) -> str:
    """Join a part again; the scenario says nothing of the outline any more where it is that of the plan again."""
    left = edited_district.outline(session, name, part.part_of)
    whole = part.outline if left is None else shapely.union(left, part.outline)
    plan = edited_district.plan_outline(session, part.part_of)
    is_plan = plan is not None and shapely.area(shapely.symmetric_difference(whole, plan)) <= _SAME_M2
    said = say(JOIN.it, JOIN.en, n=part.district, d=part.part_of)
    edited_district.edit(
        session, name, lambda words: scenario_texts.without_part(name, words, part, None if is_plan else whole), said
    )
    return part.part_of


def _root(session: Session, name: str, code: str) -> str:
    """Return the district of the plan that a district of a scenario is, or is a part of."""
    part = edited_district.parted(session, name, code)
    return code if part is None else part.part_of


def _codes(root: str) -> Iterator[str]:
    """Yield WFb, WFc … WFz, WF2, WF3 …: the plan's own district is the first part."""
    yield from (f"{root}{letter}" for letter in ascii_lowercase[1:])
    yield from (f"{root}{count}" for count in range(2, 10_000))
