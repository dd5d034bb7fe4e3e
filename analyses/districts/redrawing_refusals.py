"""Why an outline can't be drawn so, worded for a planner."""

from __future__ import annotations

import re

from layers.problems import Problem
from layers.text import Text, number, say

_WHERE = Text("Contorno", "Outline")
_AS_IT_WAS = Text("Il contorno resta com'era.", "The outline stays as it was.")
_AT = re.compile(r"\[(-?[\d.]+) (-?[\d.]+)\]")


def crosses(reason: str) -> Problem:
    """Say where an outline crosses or touches itself; ``reason`` is GEOS's."""
    found = _AT.search(reason)
    message = Text("le sue linee si incrociano.", "its lines cross.")
    if found is not None:
        east, north = (number(float(each)) for each in found.groups())
        message = say("le sue linee si incrociano in E {e} N {n}.", "its lines cross at E {e} N {n}.", e=east, n=north)
    remedy = Text("Spostare il vertice senza scavalcare un lato.", "Move the corner without stepping over a side.")
    return Problem("outline-crosses", _WHERE, message, _AS_IT_WAS, remedy)


def too_few() -> Problem:
    """Say that three corners are needed."""
    message = Text("con meno di tre vertici non racchiude nulla.", "with fewer than three corners it encloses nothing.")
    return Problem("outline-too-few", _WHERE, message, _AS_IT_WAS, Text("Aggiungere un vertice.", "Add a corner."))


def too_small(area_m2: float) -> Problem:
    """Say that no ground is left."""
    message = say("racchiude solo {a} m².", "it encloses only {a} m².", a=number(area_m2, 2))
    return Problem("outline-too-small", _WHERE, message, _AS_IT_WAS, Text("Allargarlo.", "Make it larger."))


def no_cut() -> Problem:
    """Say that a line does not cut the outline."""
    message = Text("la linea non lo attraversa da lato a lato.", "the line does not cross it from side to side.")
    remedy = Text("Cominciare e finire la linea fuori dal contorno.", "Begin and end the line outside the outline.")
    return Problem("outline-not-cut", _WHERE, message, _AS_IT_WAS, remedy)
