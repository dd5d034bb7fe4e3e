"""Scenarios are patches on the plan: changed parameters, redrawn outlines, another mix of uses, services added.

A scenario is applied to the districts as they stand; baseline + patch = scenario, and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.standards.areas import CATEGORY_OF
from analyses.standards.tables import PARTS

BASE, TODAY = "base", "oggi"
"""The plan in force; the city as it stands, before any plan. No scenario's file may be called so."""

GEOMETRY, PART_OF = "geometry", "part_of"
USES = ("residential", "commercial", "industrial", "other")


@dataclass(frozen=True)
class Edit:
    """One change to one district: a new ``value`` of ``field``, or the ends of its range; or a new outline."""

    district: str
    field: str
    value: float | str | shapely.Geometry
    high: float | None = None

    @property
    def label(self) -> str:
        """Return the edit as tables name it: «WF: ut_m2_m2»."""
        return f"{self.district}: {self.field}"

    @property
    def point(self) -> float | str | shapely.Geometry:
        """Return the value, of a range the middle."""
        if self.high is None or not isinstance(self.value, float):
            return self.value
        return (self.value + self.high) / 2.0


@dataclass(frozen=True)
class AddedService:
    """A service that a scenario adds in a district, with the area it takes; without a ``place`` in its middle."""

    district: str
    kind: str
    area_m2: float
    name: str = ""
    place: shapely.Point | None = None

    @property
    def label(self) -> str:
        """Return the service as tables name it: «WF: + verde Parco del molo»."""
        return f"{self.district}: + {self.kind} {self.name}".rstrip()


@dataclass(frozen=True)
class PartedDistrict:
    """A new district: the part ``outline`` of the plan's district ``part_of``, with a code and ``edits`` of its own.

    It states what the plan states of that district, but for its edits; the floor area that stands already stays with
    the district it was parted from, for nobody says on which part it stands.
    """

    district: str
    part_of: str
    outline: shapely.Geometry
    name: str = ""
    edits: tuple[Edit, ...] = ()

    @property
    def label(self) -> str:
        """Return the new district as tables name it: «WFb: part_of WF»."""
        return f"{self.district}: {PART_OF} {self.part_of}"


ScenarioPart = Edit | AddedService | PartedDistrict
"""What a scenario does, one by one."""


@dataclass(frozen=True)
class Scenario:
    """A patch: what it changes and adds, in the order of its file.

    ``largest_pct`` are the largest shares of its uses that a district allows, ``least`` what it must give at least
    (floor area, homes, green); both only guide the search for what binds. ``unchanged`` are the districts that its file
    names and changes nothing of.
    """

    id: str
    title: str = ""
    edits: tuple[Edit, ...] = ()
    services: tuple[AddedService, ...] = ()
    largest_pct: Mapping[tuple[str, str], float] = field(default_factory=dict)
    least: Mapping[tuple[str, str], float] = field(default_factory=dict)
    unchanged: tuple[str, ...] = ()
    parted: tuple[PartedDistrict, ...] = ()

    @property
    def is_base(self) -> bool:
        """Tell whether it is the plan in force."""
        return self.id == BASE

    @property
    def parts(self) -> tuple[ScenarioPart, ...]:
        """Return everything it does, one by one; a new district with its values is one thing."""
        return (*self.edits, *self.services, *self.parted)

    @property
    def every_edit(self) -> tuple[Edit, ...]:
        """Return its edits with those of the new districts."""
        return (*self.edits, *(edit for each in self.parted for edit in each.edits))

    @property
    def districts(self) -> tuple[str, ...]:
        """Return the codes of the districts it does something to, each once."""
        named = (*(part.district for part in self.parts), *(code for code, _ in (*self.largest_pct, *self.least)))
        return tuple(dict.fromkeys(named))

    def only(self, parts: Sequence[ScenarioPart]) -> Scenario:
        """Return the scenario with ``parts`` alone; a service in a new district that is not among them is none."""
        parted = tuple(part for part in parts if isinstance(part, PartedDistrict))
        gone = {each.district for each in self.parted} - {each.district for each in parted}
        services = (part for part in parts if isinstance(part, AddedService) and part.district not in gone)
        edits = tuple(part for part in parts if isinstance(part, Edit))
        return replace(self, edits=edits, services=tuple(services), parted=parted)


@dataclass(frozen=True)
class Plan:
    """Districts as numbers and outlines: ``frame`` (``district_scheda.stated``) and a polygon for each row."""

    frame: pd.DataFrame
    outlines: np.ndarray

    def patched(self, scenario: Scenario) -> Plan:
        """Return the plan with the scenario's new districts, edits and services, the new districts last.

        Raises KeyError for a district it has not.
        """
        frame, outlines = self._with_parted(scenario.parted)
        rows = {code: place for place, code in enumerate(frame["code"])}
        for edit in scenario.every_edit:
            if edit.field == GEOMETRY:
                outlines[rows[edit.district]] = edit.value
            else:
                frame.loc[rows[edit.district], edit.field] = edit.point
        for part in PARTS:
            frame[f"{part}_added_m2"] = 0.0
        for service in scenario.services:
            category = CATEGORY_OF.get(service.kind, "")
            if category:
                frame.loc[rows[service.district], f"{category}_added_m2"] += service.area_m2
        return Plan(frame, outlines)

    def _with_parted(self, parted: tuple[PartedDistrict, ...]) -> tuple[pd.DataFrame, np.ndarray]:
        if not parted:
            return self.frame.copy(), self.outlines.copy()
        rows = {code: place for place, code in enumerate(self.frame["code"])}
        made = self.frame.iloc[[rows[each.part_of] for each in parted]].assign(
            code=[each.district for each in parted],
            name=[each.name or each.district for each in parted],
            floor_area_existing_m2=0.0,
        )
        drawn = np.empty(len(parted), dtype=object)
        drawn[:] = [each.outline for each in parted]
        return pd.concat([self.frame, made], ignore_index=True), np.concatenate([self.outlines, drawn])


def together(plans: Iterable[Plan]) -> Plan:
    """Return several plans as one, one after the other."""
    held = list(plans)
    frame = pd.concat([plan.frame for plan in held], ignore_index=True)
    return Plan(frame, np.concatenate([plan.outlines for plan in held]))


def ordered(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """Return the baseline, which changes nothing, then the scenarios by name."""
    return (Scenario(BASE, "Piano vigente"), *sorted(scenarios, key=lambda each: each.id))


def redrawn(scenarios: Sequence[Scenario]) -> Iterator[shapely.Geometry]:
    """Yield every outline that the scenarios draw anew."""
    for scenario in scenarios:
        for edit in scenario.edits:
            if isinstance(edit.value, shapely.Geometry):
                yield edit.value
        yield from (each.outline for each in scenario.parted)


def plan_of(frame: pd.DataFrame, districts: GeoDataFrame) -> Plan:
    """Return the plan as it stands, without services added."""
    return Plan(frame.assign(**{f"{part}_added_m2": 0.0 for part in PARTS}), districts.geometry.to_numpy().copy())
