"""A quaderno as data: what two pages say of one neighbourhood, every number from the written results."""

from __future__ import annotations

from dataclasses import dataclass

from layers.text import NOTHING, Text
from puc_tool.report.notebooks.hoods import Hood


@dataclass(frozen=True)
class KeyNumber:
    """A large number and what it says."""

    value: Text
    caption: Text


@dataclass(frozen=True)
class Share:
    """A share of the neighbourhood (0 to 100) beside that of the whole commune, None where it is not known."""

    label: Text
    here_pct: float
    commune_pct: float | None = None


@dataclass(frozen=True)
class Part:
    """A part of a bar that adds up to the whole, in per cent, in its colour."""

    label: Text
    share_pct: float
    colour: str


@dataclass(frozen=True)
class Telling:
    """Some sentences under a heading; without any, ``instead`` says why."""

    title: Text
    sentences: tuple[Text, ...]
    instead: Text = NOTHING
    warning: Text = NOTHING


@dataclass(frozen=True)
class Plan:
    """A district that touches the neighbourhood: what it is called, its state, its ground inside, new people in all."""

    name: Text
    state: Text
    area: Text
    people: Text


@dataclass(frozen=True)
class Notebook:
    """Two pages of one neighbourhood."""

    hood: Hood
    number: int
    count: int
    keys: tuple[KeyNumber, ...]
    who: Telling
    ages: tuple[Share, ...]
    services: tuple[Share, ...]
    services_instead: Text
    soil: Telling
    soil_parts: tuple[Part, ...]
    water: Telling
    gardens: Telling
    compared: tuple[Share, ...]
    plans: tuple[Plan, ...]
    plans_instead: Text
    sources: tuple[tuple[Text, Text], ...]
