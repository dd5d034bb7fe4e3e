"""The figures of hazard exposure: area, share, people and buildings of each national class.

Flood scenarios are nested (what frequent floods reach, rare ones reach as well), so a flood figure counts its class and
the graver ones; landslide classes exclude each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analyses.formula_reading import formula
from analyses.hazard.classes import FLOOD, LANDSLIDE, ROLES, graded_classes, national_classes
from analyses.result import Figure, FigureSpec
from analyses.territory import TERRITORY
from layers.text import Text, joined, same, say

NAMES = {FLOOD: "flood", LANDSLIDE: "landslide"}
"""What each hazard is called in figures and tables."""

NO_PEOPLE = Text(
    "Manca la popolazione: aggiungere le sezioni di censimento o i residenti dei quartieri.",
    "There is no population: add the census sections or the neighbourhoods' residents.",
)
NO_BUILDINGS = Text("Mancano gli edifici.", "There are no buildings.")


@dataclass(frozen=True)
class Measure:
    """One thing that is counted in a class; ``column`` is that of the fragments."""

    id: str
    column: str
    label: Text
    unit: str
    decimals: int
    why: Text


MEASURES = (
    Measure("m2", "area_m2", Text("Superficie", "Area"), "m²", 0, Text("", "")),
    Measure("pct", "area_m2", Text("Quota del territorio", "Share of the territory"), "%", 1, Text("", "")),
    Measure("people", "people", Text("Residenti", "Residents"), "ab", 0, NO_PEOPLE),
    Measure("buildings", "buildings", Text("Edifici", "Buildings"), "", 0, NO_BUILDINGS),
)


@dataclass(frozen=True)
class Group:
    """The classes that one set of figures counts together."""

    hazard: str
    stem: str
    classes: tuple[str, ...]
    label: Text


def groups(codelist: str) -> tuple[Group, ...]:
    """Return the groups of a hazard's figures, the mildest class first, as the contract lists them."""
    return _flood_groups() if codelist == FLOOD else _landslide_groups()


def figures(codelist: str, by_class: pd.DataFrame | None, area_m2: float) -> Iterator[Figure]:
    """Yield the figures of a hazard from the sums of its classes; None for a hazard that the study does not have.

    ``by_class`` is indexed by class and has ``area_m2`` and what else is known.
    """
    for group in groups(codelist):
        for measure in MEASURES:
            spec = SPECS[f"{group.stem}_{measure.id}"]
            if by_class is None:
                yield Figure(spec, None, _no_layer(codelist))
            elif measure.column not in by_class:
                yield Figure(spec, None, measure.why)
            else:
                value = float(by_class[measure.column].reindex(list(group.classes)).fillna(0.0).sum())
                yield Figure(spec, 100.0 * value / area_m2 if measure.id == "pct" else value)


def stems_of(codelist: str, code: str) -> str:
    """Return the figures that ground of class ``code`` counts for, as «flood_p1 flood_p2»."""
    return " ".join(group.stem for group in groups(codelist) if code in group.classes)


def _flood_groups() -> tuple[Group, ...]:
    order = national_classes(FLOOD)
    return tuple(
        Group("flood", f"flood_{code.lower()}", order[: place + 1], _flood_label(order[: place + 1]))
        for place, code in reversed(list(enumerate(order)))
    )


def _flood_label(classes: tuple[str, ...]) -> Text:
    code = classes[-1]
    if len(classes) == 1:
        return say("pericolosità idraulica {c}", "flood hazard {c}", c=code)
    return say("pericolosità idraulica {c} e più grave", "flood hazard {c} and graver", c=code)


def _landslide_groups() -> tuple[Group, ...]:
    graded = graded_classes(LANDSLIDE)
    single = [
        Group("landslide", f"landslide_{code.lower()}", (code,),
              say("pericolosità da frana {c}", "landslide hazard {c}", c=code))
        for code in reversed(graded)
    ]  # fmt: skip
    attention = Group("landslide", "landslide_aa", ("AA",), Text("aree di attenzione per frana", "attention areas"))
    high = Group(
        "landslide", "landslide_p3_p4", graded[:2], Text("pericolosità da frana P3 e P4", "landslide hazard P3 and P4")
    )
    return (*single, attention, high)


def _no_layer(codelist: str) -> Text:
    return say("Manca il livello «{r}».", "The layer “{r}” is missing.", r=ROLES[codelist].title)


def _spec(group: Group, measure: Measure) -> FigureSpec:
    label = say("{m} in {g}", "{m} in {g}", m=measure.label, g=group.label)
    counted = "inner points" if measure.id == "buildings" else measure.id
    method = f"sum({counted} of fragments of class {' + '.join(group.classes)})"
    if measure.id == "pct":
        method = f"100*{group.stem}_m2/area of the boundary"
    return FigureSpec(
        f"{group.stem}_{measure.id}", label, measure.unit, measure.decimals, method,
        made_of=f"fragments.{measure.column}", only=("figures", group.stem),
        formula=formula(f"100*{group.stem}_m2/{TERRITORY.id}") if measure.id == "pct" else None,
        rule=_rule(group, measure),
    )  # fmt: skip


def _rule(group: Group, measure: Measure) -> Text:
    classes = joined((same(each) for each in group.classes), " + ")
    counted = Text("Edifici", "Buildings") if measure.id == "buildings" else measure.label
    return say(
        "Somma di «{m}» sui frammenti di territorio nelle classi {c}.",
        "Sum of “{m}” over the fragments of ground in the classes {c}.",
        c=classes, m=counted,
    )  # fmt: skip


SPECS: Mapping[str, FigureSpec] = {
    spec.id: spec
    for codelist in NAMES
    for group in groups(codelist)
    for spec in (_spec(group, measure) for measure in MEASURES)
}
FIGURES = tuple(SPECS.values())
