"""What to know of a place that is asked about: what of it lies beyond the study, what counts more than once."""

from __future__ import annotations

import shapely

from layers.problems import Problem, Severity
from layers.spec import Role
from layers.text import NOTHING, Text, number, say

_PLACE = Text("Il luogo", "The place")
_NOISE_M2 = 0.01


def beyond(place: shapely.Geometry, boundary: shapely.Geometry) -> list[Problem]:
    """Return an error where nothing of ``place`` lies on ``boundary``, a warning where a part does not."""
    if not shapely.intersects(place, boundary):
        return [_elsewhere(float(shapely.distance(place, boundary)))]
    beyond_m2 = float(shapely.area(shapely.difference(place, boundary)))
    return [_partly_beyond(beyond_m2)] if beyond_m2 > _NOISE_M2 else []


def counted_twice(role: Role, area_m2: float) -> Problem:
    """Return the remark that features of ``role`` lie on each other in the place."""
    return Problem(
        "applies-overlap",
        role.title,
        say("terreno che sta in più di una riga: {n} m².", "ground that stands in more than one row: {n} m².",
            n=number(area_m2, 1)),
        Text("Ogni riga conta per intero: la somma supera la superficie del luogo.",
             "Each row counts in full: the sum exceeds the area of the place."),
        NOTHING,
        Severity.INFO,
    )  # fmt: skip


def _elsewhere(gap_m: float) -> Problem:
    return Problem(
        "place-elsewhere",
        _PLACE,
        say("cade fuori dal confine dello studio, a {km} km.", "it lies outside the study's boundary, {km} km away.",
            km=number(gap_m / 1000, 1)),
        Text("Nessun livello dello studio vi si applica.", "No layer of the study applies there."),
        Text("Controllare le coordinate: sono nel sistema di riferimento dello studio, est prima di nord.",
             "Check the coordinates: they are in the study's CRS, east before north."),
    )  # fmt: skip


def _partly_beyond(area_m2: float) -> Problem:
    return Problem(
        "place-partly-beyond",
        _PLACE,
        say("{n} m² cadono fuori dal confine dello studio.", "{n} m² lie beyond the study's boundary.",
            n=number(area_m2, 1)),
        Text("Contano nella superficie del luogo e nella riga di ciò che non sta in alcuna unità.",
             "They count in the area of the place and in the row of what is in no unit."),
        NOTHING,
        Severity.WARNING,
    )  # fmt: skip
