"""What speaks against a plan of districts and its scenarios: every fault at once, before anything is reckoned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely

from analyses.districts.causes import class_problems
from analyses.districts.params import SchedaParams
from analyses.districts.scenarios import BASE, USES, Plan, Scenario, ordered, plan_of
from analyses.districts.scheda import SHARES, stated
from layers import roles
from layers.mend import overlaps
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, hectares, listing, number, same, say, the_percent
from layers.union import union_of_parts

_SLACK_PCT = 1e-6
_LEAST_M2 = 1.0
_DECLARED_SLACK = 0.02
_PARTS_OF_ST = ("se_pct", "ve_pct", "ac_pct")
_MEND = Text("Correggere le quote del distretto.", "Mend the district's shares.")


def problems(inputs: Mapping[str, Any], params: SchedaParams) -> list[Problem]:
    """Return every fault of the districts and of each scenario; warnings on what is odd but can be reckoned."""
    districts, boundary = inputs.get("districts"), inputs.get("boundary")
    if districts is None or boundary is None:
        return []
    plan = plan_of(stated(districts), districts)
    ground = union_of_parts(boundary.geometry.to_numpy())
    said = [*class_problems(params), *_twice(plan), *_declared(districts)]
    for scenario in ordered(inputs.get("scenarios") or ()):
        said += scenario_problems(scenario, plan, ground)
    return said


def scenario_problems(scenario: Scenario, plan: Plan, ground: shapely.Geometry) -> list[Problem]:
    """Return what speaks against one scenario of ``plan`` in a commune on ``ground``."""
    # Without a district of that name there is no plan to look at.
    return [*_gone(scenario, plan), *_parted(scenario, plan)] or [
        *_faults(scenario, plan, ground),
        *_too_little(scenario),
        *_standing(scenario, plan),
    ]


def _faults(scenario: Scenario, plan: Plan, ground: shapely.Geometry) -> Iterator[Problem]:
    """Yield the faults of the plan as the scenario makes it, in the districts that it touches."""
    patched = plan.patched(scenario)
    touched = {part.district for part in scenario.parts} if not scenario.is_base else set(plan.frame["code"])
    for place in np.flatnonzero(patched.frame["code"].isin(touched)):
        where = _where(scenario, str(patched.frame["code"].iloc[place]))
        row = patched.frame.iloc[place]
        yield from _shares(where, row, says_mix=_says_mix(scenario, str(row["code"])))
        yield from _outline(where, patched.outlines[place], ground)
    yield from _overlaps(scenario, patched, touched)


def _where(scenario: Scenario, code: str) -> Text:
    if scenario.is_base:
        return Text(f"Distretto {code}", f"District {code}")
    return Text(f"Scenario {scenario.id}, distretto {code}", f"Scenario {scenario.id}, district {code}")


def _says_mix(scenario: Scenario, code: str) -> bool:
    """Tell whether the scenario states the whole mix of uses, so that the rest is meant."""
    return set(SHARES[:3]) <= {edit.field for edit in scenario.every_edit if edit.district == code}


def _shares(where: Text, row: pd.Series, *, says_mix: bool) -> Iterator[Problem]:
    of_st = float(row[list(_PARTS_OF_ST)].sum())
    if of_st > 100.0 + _SLACK_PCT:
        yield _fault("district-areas-over-st", where, "Se + Ve + Ac fanno il {p} % di St.",
                     "Se + Ve + Ac make {p} % of St.", p=number(of_st, 1))  # fmt: skip
    negative = [name for name, value in row.items() if isinstance(value, float) and value < 0.0]
    if negative:
        yield _fault("district-negative", where, "valori negativi: {n}.", "negative values: {n}.", n=listing(negative))
    of_uses = float(row[list(SHARES[:3])].sum())
    if of_uses > 100.0 + _SLACK_PCT:
        yield _fault("district-uses-over", where, "le quote degli usi fanno il {p} %.", "the uses make {p} %.",
                     p=number(of_uses, 1))  # fmt: skip
    elif not says_mix and bool(row[list(SHARES[:3])].notna().any()) and of_uses < 100.0 - _SLACK_PCT:
        yield _other_uses(where, 100.0 - of_uses)
    if float(row["ers_pct"]) > float(row["residential_pct"]) + _SLACK_PCT:
        yield _fault("district-ers-over", where, "l'edilizia sociale ({e} %) supera la residenza ({r} %).",
                     "social housing ({e} %) is more than housing ({r} %).", e=number(float(row["ers_pct"]), 1),
                     r=number(float(row["residential_pct"]), 1))  # fmt: skip


def _outline(where: Text, outline: shapely.Geometry, ground: shapely.Geometry) -> Iterator[Problem]:
    if outline.is_empty or not outline.is_valid or shapely.area(outline) <= 0.0:
        yield _fault("district-outline", where, "il perimetro è vuoto o si interseca.",
                     "the outline is empty or crosses itself.")  # fmt: skip
    elif shapely.area(shapely.intersection(outline, ground)) <= 0.0:
        yield _fault("district-outside", where, "sta tutto fuori dal comune.", "it lies wholly outside the commune.")


def _overlaps(scenario: Scenario, plan: Plan, touched: set[str]) -> Iterator[Problem]:
    valid = np.flatnonzero(shapely.is_valid(plan.outlines) & ~shapely.is_empty(plan.outlines))
    codes = plan.frame["code"].to_numpy()[valid]
    for first, second, area_m2 in zip(*overlaps(plan.outlines[valid]), strict=True):
        if area_m2 > _LEAST_M2 and {codes[first], codes[second]} & touched:
            yield _fault("district-overlap", _where(scenario, f"{codes[first]}"),
                         "si sovrappone a {o} per {ha}.", "it overlaps {o} by {ha}.", o=codes[second],
                         ha=hectares(float(area_m2)))  # fmt: skip


def _gone(scenario: Scenario, plan: Plan) -> Iterator[Problem]:
    known = list(plan.frame["code"])
    new = {each.district for each in scenario.parted}
    sources = (each.part_of for each in scenario.parted)
    for code in dict.fromkeys(
        (*(each for each in scenario.districts if each not in new), *scenario.unchanged, *sources)
    ):
        if code not in known:
            yield Problem(
                "scenario-district-gone",
                same(f"scenarios/{scenario.id}.toml"),
                say("il distretto «{c}» non c'è.", "there is no district “{c}”.", c=code),
                Text("La modifica non ha su che cosa agire.", "The patch has nothing to act on."),
                say("I distretti sono: {k}.", "The districts are: {k}.", k=listing(known, most=30)),
            )


def _parted(scenario: Scenario, plan: Plan) -> Iterator[Problem]:
    """Yield the new districts that would have the code of one of the plan."""
    known = set(plan.frame["code"])
    for each in scenario.parted:
        if each.district in known:
            yield Problem(
                "scenario-district-there",
                same(f"scenarios/{scenario.id}.toml"),
                say("«{c}», parte di {p}, ha il codice di un distretto del piano.",
                    "“{c}”, part of {p}, has the code of a district of the plan.", c=each.district, p=each.part_of),
                Text("I due non si distinguono.", "The two can't be told apart."),
                Text("Dare alla parte un altro codice.", "Give the part another code."),
            )  # fmt: skip


def _standing(scenario: Scenario, plan: Plan) -> Iterator[Problem]:
    """Yield where floor area already stands in a district that is parted: on which part, nobody says."""
    standing_m2 = dict(zip(plan.frame["code"], plan.frame["floor_area_existing_m2"].to_numpy(float), strict=True))
    for each in scenario.parted:
        says = any(edit.field == "floor_area_existing_m2" for edit in each.edits)
        if standing_m2[each.part_of] > 0.0 and not says:
            yield Problem(
                "scenario-part-standing",
                _where(scenario, each.district),
                say("la superficie esistente di {p} ({a} m²) resta tutta a {p}.",
                    "the existing floor area of {p} ({a} m²) stays with {p}.",
                    p=each.part_of, a=number(standing_m2[each.part_of])),
                Text("Dove l'indice è It conta solo là.", "Where the index is It it counts there alone."),
                Text("Se è su questa parte, scriverla nei valori dei due distretti.",
                     "If it stands on this part, type it into the values of both districts."),
                Severity.INFO,
            )  # fmt: skip


def _too_little(scenario: Scenario) -> Iterator[Problem]:
    """Yield the districts whose largest shares leave part of the floor area without a use."""
    for code in dict.fromkeys(code for code, _ in scenario.largest_pct):
        most = sum(scenario.largest_pct.get((code, use), 100.0) for use in USES)
        if most < 100.0 - _SLACK_PCT:
            yield _fault("district-largest-uses", _where(scenario, code),
                         "le quote massime degli usi fanno solo il {p} %.", "the largest uses make only {p} %.",
                         p=number(most, 1))  # fmt: skip


def _twice(plan: Plan) -> Iterator[Problem]:
    codes = plan.frame["code"]
    for code in codes[codes.duplicated()].unique():
        yield Problem(
            "district-code-twice",
            roles.DISTRICTS.title,
            say("più distretti hanno il codice «{c}».", "several districts have the code “{c}”.", c=code),
            Text("Le schede non si distinguono.", "Their sheets can't be told apart."),
            Text("Dare a ciascuno un codice, o unirne i perimetri.", "Give each a code, or join their outlines."),
        )


def _declared(districts: Any) -> Iterator[Problem]:
    """Yield the districts whose measured area is more than 2 % off the one that the plan declares."""
    if "area_declared_m2" not in districts:
        return
    declared, measured = districts["area_declared_m2"].to_numpy(float), districts.area.to_numpy()
    off = np.abs(measured - declared) > _DECLARED_SLACK * declared
    for place in np.flatnonzero(off):
        yield Problem(
            "district-area-differs",
            _where(Scenario(BASE), str(districts["code"].iloc[place])),
            say("St misurata {m}, dichiarata {d}.", "St measured {m}, declared {d}.",
                m=hectares(float(measured[place])), d=hectares(float(declared[place]))),
            Text("Vale la misurata: indici e quote si applicano a quella.", "The measured one holds for all figures."),
            Text("Controllare il perimetro o la scheda.", "Check the outline or the plan's sheet."),
            Severity.WARNING,
        )  # fmt: skip


def _other_uses(where: Text, rest_pct: float) -> Problem:
    return Problem(
        "district-other-uses",
        where,
        say("gli usi indicati lasciano senza destinazione {p} della superficie lorda.",
            "the uses leave {p} of the floor area without a use.",
            p=the_percent(rest_pct / 100.0)),
        Text("Conta come «altri usi»: non deve standard dell'art. 3 né dell'art. 5.",
             "It counts as other uses: it owes no standards of art. 3 or art. 5."),
        Text("Se ha un uso, completarne la quota.", "If it has a use, complete its share."),
        Severity.WARNING,
    )  # fmt: skip


def _fault(code: str, where: Text, it: str, en: str, **values: object) -> Problem:
    remedy = _MEND if "area" in code or "uses" in code or "ers" in code else NOTHING
    effect = Text("La scheda non si può calcolare.", "The sheet can't be reckoned.")
    return Problem(code, where, say(it, en, **values), effect, remedy)
