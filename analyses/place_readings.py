"""How the layers that may apply at a place are read: which fields say code, name, class, norm and source of a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd
from geopandas import GeoDataFrame

from analyses.attributes import first_said, words
from analyses.constraint_kinds import KINDS
from analyses.hazard.classes import FLOOD, LANDSLIDE, class_label
from layers import roles
from layers.codelist import rows
from layers.spec import Role


@dataclass(frozen=True)
class Reading:
    """How a role is asked: which of its fields are a row's code, name and class ("" where it has none).

    ``overlaps``: its features may lie on each other, and each applies in full. ``hazard``: its list of classes.
    """

    role: Role
    code: str = ""
    name: str = "name"
    rank: str = ""
    overlaps: bool = False
    hazard: str = ""


READINGS: tuple[Reading, ...] = (
    Reading(roles.NEIGHBOURHOODS, code="code"),
    Reading(roles.ZONING, code="zone", rank="dm1444"),
    Reading(roles.DISTRICTS, code="code", rank="kind"),
    Reading(roles.LANDSLIDE_HAZARD, code="source_class", rank="class", hazard=LANDSLIDE),
    Reading(roles.FLOOD_HAZARD, code="source_class", rank="class", hazard=FLOOD),
    Reading(roles.CONTAMINATED_SITES, rank="status", overlaps=True),
    Reading(roles.CONSTRAINTS, code="kind", overlaps=True),
    Reading(roles.PUBLIC_LAND, code="owner", rank="status", overlaps=True),
)

ROLES: tuple[Role, ...] = tuple(reading.role for reading in READINGS)

_BY_ROLE = {reading.role.id: reading for reading in READINGS}


@dataclass(frozen=True)
class Asked:
    """A layer that may apply, with the source and the year that the study names."""

    role: Role
    layer: GeoDataFrame
    source: str
    year: int | None = None

    @property
    def reading(self) -> Reading:
        """How its role is asked."""
        return _BY_ROLE[self.role.id]


def named_answers(inside: GeoDataFrame, asked: Asked) -> GeoDataFrame:
    """Return the columns of an answer; what a feature does not say itself, the code list and the study say."""
    reading = asked.reading
    code = words(inside, reading.code)
    names, norms = _official(reading)
    columns = {
        "code": code,
        "name": first_said(words(inside, reading.name), code.map(lambda each: names.get(each, ""))),
        "class": words(inside, reading.rank),
        "norm": first_said(words(inside, "norm"), code.map(lambda each: norms.get(each, ""))),
        "source": first_said(words(inside, "source"), pd.Series(asked.source, index=inside.index, dtype=object)),
    }
    return GeoDataFrame(columns, geometry=inside.geometry, crs=inside.crs, index=inside.index)


@cache
def _official(reading: Reading) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the names and the norms that a code list gives to codes; a norm not read at its source is marked so."""
    if reading.hazard:
        return {row["code"]: class_label(row["code"], reading.hazard).it for row in rows(reading.hazard)}, {}
    if reading.role is not roles.CONSTRAINTS:
        return {}, {}
    names = {kind: each.label.it for kind, each in KINDS.items()}
    return names, {kind: each.norm.it for kind, each in KINDS.items()}
