"""What the standards scorecard has to say besides its numbers."""

from __future__ import annotations

from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, RESIDENTS, Text, counted, hectares, listing, say

_STANDARDS = Text("Standard", "Standards")


def in_no_unit(people: float, area_m2: float) -> Problem:
    """Return the remark on residents and facilities beyond the boundary: no row of a table has them."""
    return Problem(
        "standards-in-no-unit",
        _STANDARDS,
        say(
            "fuori dal confine: {p}, {ha} di attrezzature.",
            "beyond the boundary: {p}, {ha} of facilities.",
            p=counted(people, RESIDENTS),
            ha=hectares(area_m2),
        ),
        Text("Non vengono contati.", "They are not counted."),
        NOTHING,
        Severity.INFO,
    )


def unknown_people(names: list[str]) -> Problem:
    """Return the warning that the people of some districts can't be known."""
    return Problem(
        "standards-plan-unknown",
        roles.DISTRICTS.title,
        say(
            "mancano l'indice Ut o la quota residenziale: {n}.",
            "the index Ut or the residential share is missing: {n}.",
            n=listing(names),
        ),
        Text("Contano zero abitanti nuovi.", "They count no new people."),
        Text("Completare la scheda dei distretti.", "Complete the districts' data."),
        Severity.WARNING,
    )


def no_zones() -> Problem:
    """Return the warning that art. 4 can't be applied."""
    return Problem(
        "standards-no-zones",
        roles.ZONING.title,
        Text(
            "l'art. 4 chiede le zone A e B, e il piano non ha il campo «dm1444».",
            "art. 4 asks for zones A and B, and the plan has no field “dm1444”.",
        ),
        Text("Ogni area conta una volta sola.", "Every area counts once."),
        Text("Aggiungere la zonizzazione con le zone DM 1444.", "Add the zoning with the DM 1444 zones."),
        Severity.WARNING,
    )


def counted_twice(added_m2: float) -> Problem:
    """Return the warning of art. 4: how much more is counted than there is."""
    return Problem(
        "standards-counted-twice",
        _STANDARDS,
        say(
            "art. 4: le aree nelle zone A e B contano due volte, {ha} in più di quelle reali.",
            "art. 4: areas in zones A and B count twice, {ha} more than there are.",
            ha=hectares(added_m2),
        ),
        Text(
            "La superficie reale sta accanto, nella tabella delle superfici computate.",
            "The real area stands beside it, in the table of counted areas.",
        ),
        NOTHING,
        Severity.WARNING,
    )
