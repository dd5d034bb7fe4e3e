"""The sentences of a hazard sheet: subtitle, warning, footnotes, and an alternative text that can be recomputed."""

from __future__ import annotations

from collections.abc import Iterator

from analyses.hazard.classes import FLOOD, LANDSLIDE
from analyses.hazard.tables import DISCLAIMER
from layers.text import NOTHING, Text, counted, number, say
from puc_tool.maps.authority import of_communes
from puc_tool.maps.hazard_facts import Facts, ha_of
from puc_tool.maps.map_sentence import BESIDE
from puc_tool.maps.sheet import Note
from puc_tool.maps.soil_facts import ha

TITLE = Text("Pericolosità idrogeologica", "Hydrogeological hazard")
_DEMONSTRATION = Text(" (dati dimostrativi)", " (demonstration data)")
_ALONE = Text(
    "Classi non cumulate: ogni ettaro è contato nella classe più grave. Percentuali sulla superficie a terra.",
    "Classes are not cumulated: each hectare counts in its gravest class. Percentages of the land area.",
)
_PEOPLE = Text(
    "Residenti stimati: la popolazione delle sezioni è ripartita fra gli edifici residenziali.",
    "Residents are estimated: the sections' population is spread over residential buildings.",
)


def subtitle(facts: Facts) -> Text:
    """Return which hazards are shown."""
    if facts.hazards == (FLOOD, LANDSLIDE):
        return Text("Alluvioni e frane", "Floods and landslides")
    return Text("Alluvioni", "Floods") if facts.hazards == (FLOOD,) else Text("Frane", "Landslides")


def note() -> Note:
    """Return the sentence without which uses are never spoken of."""
    return Note(Text("Avvertenza.", "Caution."), DISCLAIMER, is_warning=True)


def footnotes(facts: Facts) -> tuple[Text, ...]:
    """Return how the numbers are meant, and every warning of the run."""
    told = [each for each in facts.written.record["problems"] if _is_told(each)]
    warnings = (
        Text(
            f"{each['where']}: {each['message']}",
            f"{each.get('where_en', each['where'])}: {each.get('message_en', each['message'])}",
        )
        for each in told
    )
    return (_ALONE, *((_PEOPLE,) if facts.has_people else ()), *warnings)


def alt(facts: Facts, communes: list[str], scale: Text, *, is_demonstration: bool) -> Text:
    """Return the map in sentences whose every number is a written one, rounded as it is printed."""
    what = _what(communes, scale, _DEMONSTRATION if is_demonstration else NOTHING)
    sentences = [what, *_shares(facts), NOTHING if facts.units is None else BESIDE]
    told = [each for each in sentences if each]
    return Text(" ".join(each.it for each in told), " ".join(each.en for each in told))


def _is_told(problem: dict[str, str]) -> bool:
    """Tell whether a remark of the run must stand on the sheet: warnings, and classes equalled by convention."""
    return problem["severity"] == "warning" or problem["code"] == "hazard-class-conventional"


def _what(communes: list[str], scale: Text, demonstration: Text) -> Text:
    return say(
        "Carta della pericolosità idrogeologica {c} alla scala {s}{d}.",
        "Hydrogeological hazard map {c} at the scale of {s}{d}.",
        c=of_communes(communes), s=scale, d=demonstration,
    )  # fmt: skip


def _shares(facts: Facts) -> Iterator[Text]:
    """Yield how much ground the grave classes take, and how many live there."""
    for stem, it, en in (
        ("flood_p2", "La pericolosità idraulica P2 e P3", "Flood hazard P2 and P3"),
        ("landslide_p3_p4", "La pericolosità da frana P3 e P4", "Landslide hazard P3 and P4"),
    ):
        area_m2, pct = facts.figure(f"{stem}_m2"), facts.figure(f"{stem}_pct")
        if area_m2 is not None and pct is not None:
            yield say(
                it + " interessa {a} ettari ({p}\u00a0%){w}.",
                en + " covers {a} hectares ({p}\u00a0%){w}.",
                a=ha(ha_of(area_m2)), p=number(pct, 1), w=_who(facts.figure(f"{stem}_people")),
            )  # fmt: skip


def _who(people: float | None) -> Text:
    if people is None:
        return NOTHING
    living = counted(people, (Text("abitante", "person lives"), Text("abitanti", "people live")))
    return say(", con circa {n}", ", where about {n}", n=living)
