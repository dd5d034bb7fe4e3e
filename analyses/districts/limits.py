"""Everything that limits a district, as linear limits on its floor areas by use and on the parts of its ground.

Quantities: floor area of each use, and the ground of Se, Ve, Ac and Sp, all in m². Se is at most what the plan says and
what is not netted off; Ve, Ac and Sp are at least what the plan says; buildings (floor area over storeys) and private
parking stand on Se; the standards of art. 3 and art. 5 fit into Ac and the services added.

The mix of uses is that of the district, or anything under the largest shares that a scenario allows. The share of
industry always stays: art. 5 owes for the ground of industry, its share of St: linear only if the share is held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analyses.districts.goals import FLOOR_AREA, GREEN, HOMES, Goal
from analyses.districts.params import DUE_NAMES, SchedaParams
from analyses.districts.scenarios import USES
from analyses.standards.tables import PARTS
from layers.text import Text, number, say

FLOORS = tuple(f"{use}_m2" for use in USES)
GROUNDS = ("se_m2", "ve_m2", "ac_m2", "sp_m2")
VARIABLES = (*FLOORS, *GROUNDS)
Terms = Mapping[str, float]

_HELD = "industrial"
_NEEDED = ("floor_area_m2", "storeys_built", "net_buildable_m2", *GROUNDS, *(f"{use}_pct" for use in USES[:3]))
_LABELS = {
    "residential": Text("residenza", "housing"),
    "commercial": Text("commercio e direzionale", "commerce and offices"),
    "industrial": Text("produttivo", "industry"),
    "other": Text("altri usi", "other uses"),
}


@dataclass(frozen=True)
class Limit:
    """The sum of ``terms`` is at most, at least or exactly ``bound``. ``one_more`` says what one more of it is."""

    id: str
    label: Text
    one_more: Text
    terms: Terms
    sense: Literal["<=", ">=", "="]
    bound: float


@dataclass(frozen=True)
class District:
    """One district's sheet, with what a scenario asks of it: largest shares (%) by use, least amounts by goal."""

    sheet: pd.Series
    params: SchedaParams
    largest_pct: Mapping[str, float]
    least: Mapping[str, float]

    @property
    def is_known(self) -> bool:
        """Tell whether the district states all that its limits need."""
        return bool(self.sheet[list(_NEEDED)].notna().all())

    def share(self, use: str) -> float:
        """Return the share of a use in the floor area, 0 to 1."""
        if use == USES[-1]:
            return 1.0 - sum(self.share(each) for each in USES[:-1])
        return float(self.sheet[f"{use}_pct"]) / 100.0

    def added_m2(self, category: str) -> float:
        """Return the ground (m²) of the services of a category that the scenario adds."""
        return float(self.sheet[f"{category}_added_m2"])


def amount(goal: Goal, district: District) -> tuple[Terms, float]:
    """Return a goal as a linear function: its terms, and what is there whatever is decided.

    Both are in the goal's unit (m² or homes); a term is that unit for a m² of its variable.
    """
    if goal is FLOOR_AREA:
        return dict.fromkeys(FLOORS, 1.0), 0.0
    if goal is HOMES:
        return {"residential_m2": 1.0 / district.params.floor_area_per_home_m2}, 0.0
    params = district.params
    of_ac = params.verde_m2_per_person / sum(getattr(params, name) for name in DUE_NAMES)
    return {"ve_m2": 1.0, "ac_m2": of_ac}, district.added_m2("verde")


def limits(district: District, goal: Goal) -> tuple[Limit, ...]:
    """Return everything that limits ``district``; where green is sought, it keeps the floor area of its index."""
    kept = (_kept(district),) if goal is GREEN else ()
    return (*_of_index(district), *_of_ground(district), _of_standards(district), *_of_mix(district),
            *_of_scenario(district), *kept)  # fmt: skip


def _m2_of(it: str, en: str) -> Text:
    return Text(f"un m² in più di {it}", f"one m² more of {en}")


def _of_index(district: District) -> Iterator[Limit]:
    most = float(district.sheet["floor_area_m2"])
    yield Limit("index", Text("Indice territoriale", "Territorial index"),
                _m2_of("superficie ammessa dall'indice", "floor area allowed by the index"),
                dict.fromkeys(FLOORS, 1.0), "<=", most)  # fmt: skip


def _kept(district: District) -> Limit:
    return Limit("floor_area_kept", Text("Superficie lorda del piano", "Floor area of the plan"),
                 _m2_of("superficie lorda", "floor area"), dict.fromkeys(FLOORS, 1.0), ">=",
                 float(district.sheet["floor_area_m2"]))  # fmt: skip


def _built_on(district: District) -> Terms:
    """Return the ground under buildings and private parking for each m² of floor area."""
    params = district.params
    footprint = 1.0 / max(1.0, float(district.sheet["storeys_built"]))
    parking = params.storey_height_m / params.parking_m3_per_m2 / params.parking_levels
    return dict.fromkeys(FLOORS, footprint + parking)


def _of_ground(district: District) -> Iterator[Limit]:
    sheet = district.sheet
    se, st_m2 = Text("superficie edificabile Se", "building area Se"), float(sheet["st_m2"])
    one_se = _m2_of(se.it, se.en)
    built = _built_on(district)
    yield Limit("se", Text("Superficie edificabile Se", "Building area Se"), one_se, {"se_m2": 1.0}, "<=",
                float(sheet["se_m2"]))  # fmt: skip
    yield Limit("net", Text("Suolo non sottratto da vincoli", "Ground free of constraints"),
                _m2_of("suolo libero da vincoli", "ground free of constraints"), {"se_m2": 1.0}, "<=",
                float(sheet["net_buildable_m2"]))  # fmt: skip
    yield Limit("built", Text("Edifici e parcheggi pertinenziali entro Se", "Buildings and private parking within Se"),
                _m2_of("suolo per edifici e parcheggi", "ground for buildings and parking"),
                {**built, "se_m2": -1.0}, "<=", 0.0)  # fmt: skip
    for name, symbol, en in (("ve_m2", "Ve", "private green"), ("ac_m2", "Ac", "ceded areas"),
                             ("sp_m2", "Sp", "permeable area")):  # fmt: skip
        yield Limit(name[:2], say("{s} almeno {a} m²", "{s} at least {a} m²", s=symbol, a=number(float(sheet[name]))),
                    _m2_of(symbol, f"{symbol} ({en})"), {name: 1.0}, ">=", float(sheet[name]))  # fmt: skip
    yield Limit("parts", Text("Se + Ve + Ac entro St", "Se + Ve + Ac within St"), _m2_of("St", "St"),
                dict.fromkeys(GROUNDS[:3], 1.0), "<=", st_m2)  # fmt: skip
    yield Limit("permeable", Text("Sp fuori da edifici e parcheggi", "Sp clear of buildings and parking"),
                _m2_of("suolo per Sp, edifici e parcheggi", "ground for Sp, buildings and parking"),
                {**built, "sp_m2": 1.0}, "<=", st_m2)  # fmt: skip


def _of_standards(district: District) -> Limit:
    """Return that what is due by art. 3 and art. 5 fits into Ac and the services added."""
    params = district.params
    per_person = sum(getattr(params, name) for name in DUE_NAMES)
    industry_due = district.sheet["st_m2"] * district.share("industrial") * params.art5_industrial_pct / 100.0
    added = sum(district.added_m2(part) for part in PARTS)
    terms = {
        "residential_m2": per_person / params.floor_area_per_person_m2,
        "commercial_m2": params.art5_commercial_pct / 100.0,
        "ac_m2": -1.0,
    }
    return Limit("standards", Text("Dotazioni dovute, art. 3 e art. 5", "Standards due, art. 3 and art. 5"),
                 _m2_of("dotazioni già disponibili", "standards already there"), terms, "<=",
                 float(added - industry_due))  # fmt: skip


def _of_mix(district: District) -> Iterator[Limit]:
    """Yield what holds the mix: each share as it stands, or the largest shares; industry is always held."""
    held = USES[:-1] if not district.largest_pct else (_HELD,)
    for use in held:
        yield _share(use, district.share(use), "=", Text("quota fissata", "share held"))
    for use, most_pct in district.largest_pct.items():
        if use != _HELD:
            yield _share(use, most_pct / 100.0, "<=", Text("quota massima", "largest share"))


def _share(use: str, share: float, sense: Literal["<=", "="], what: Text) -> Limit:
    label = _LABELS[use]
    terms = {name: (1.0 if name == f"{use}_m2" else 0.0) - share for name in FLOORS}
    return Limit(f"share_{use}", say("{u}: {w} {p} %", "{u}: {w} {p} %", u=label, w=what, p=number(share * 100.0, 1)),
                 _m2_of(f"{label.it} oltre la quota", f"{label.en} above its share"), terms, sense, 0.0)  # fmt: skip


def _of_scenario(district: District) -> Iterator[Limit]:
    for goal in (FLOOR_AREA, HOMES, GREEN):
        if goal.id in district.least:
            terms, there = amount(goal, district)
            least = district.least[goal.id]
            label = say("Almeno {n} {w}", "At least {n} {w}", n=number(least), w=goal.of_it)
            yield Limit(f"least_{goal.id}", label, goal.one_more, terms, ">=", least - there)
