"""What the codes that several tables hold are called; a table's column names the words its own codes stand for."""

from __future__ import annotations

from collections.abc import Mapping

from analyses.units import OUTSIDE
from layers import roles
from layers.codelist import label, rows
from layers.text import Text

Words = dict[str, Text]
"""What each code of a column is called."""


def italian(*labels: Text) -> Words:
    """Return the words of cells that hold a label in Italian already: they are said in the other language too."""
    return {each.it: each for each in labels}


def named(labels: Mapping[str, Text]) -> Words:
    """Return the words of codes, known by their Italian label as well."""
    return {**labels, **italian(*labels.values())}


ROLES: Words = {role.id: role.title for role in roles.ALL}
YES_NO = italian(Text("sì", "yes"), Text("no", "no"))
_HAZARDS = ("hydraulic", "landslide")
OVERLAYS: Words = {
    row["class_id"]: label(row) for row in rows("soil_overlay_classes") if row["overlay"] not in _HAZARDS
}
"""Strips of coast and water, classes of slope and elevation."""
HAZARD_CLASSES: Words = italian(*(label(row) for name in ("pgra_flood", "pai_landslide") for row in rows(name)))
"""Classes of flood and landslide hazard, of every plan that is known."""
PLACES: Words = {**italian(*OVERLAYS.values()), **HAZARD_CLASSES, **italian(OUTSIDE)}
"""What the units of a table are called, where they are none of the user's own."""
SCENARIOS: Words = {"base": Text("Piano vigente", "Plan in force"), "oggi": Text("Oggi", "Today")}
"""The scenarios of districts that every study has; those of the user's own keep their name."""

UNIT_KINDS: Words = {
    "commune": Text("comune", "commune"),
    "neighbourhood": Text("quartiere", "neighbourhood"),
    "zone": Text("zona di piano", "plan zone"),
    "district": Text("distretto", "district"),
    "flood_class": Text("pericolosità idraulica", "flood hazard"),
    "landslide_class": Text("pericolosità da frana", "landslide hazard"),
    "coast_strip": Text("distanza dalla costa", "distance from the coast"),
    "water_150": Text("vicinanza all'acqua", "nearness to water"),
    "slope_class": Text("pendenza", "slope"),
    "elevation_class": Text("quota", "elevation"),
}
MEASURES = italian(
    Text("MWh/anno", "MWh/year"), Text("t/anno", "t/year"), Text("ab", "inh."), Text("m²/ab", "m²/inh.")
) | {"m2": Text("m²", "m²"), "m2/ab": Text("m²/ab", "m²/inh.")}  # fmt: skip
"""Units of measure that a column of words holds."""
