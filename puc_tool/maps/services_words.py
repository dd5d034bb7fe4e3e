"""The sentences of the services sheet: subtitle, proposals, footnotes, and an alternative text to be recomputed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from analyses.services.params import COVERAGE, MEDIAN
from layers.text import NOTHING, PEOPLE, Text, counted, joined, number, say, the_percent
from puc_tool.maps.authority import of_communes
from puc_tool.maps.map_sentence import BESIDE
from puc_tool.maps.services_facts import Facts
from puc_tool.maps.sheet import Note
from puc_tool.maps.soil_facts import percent

TITLE = Text("Servizi per quartiere", "Services by neighbourhood")
_DEMONSTRATION = Text(" (dati dimostrativi)", " (demonstration data)")
_INSIDE = Text(
    "Nel bacino si arriva al servizio entro la soglia, cammino fino alla strada compreso; chi vive lontano dalla "
    "propria strada può risultare servito fuori dal bacino, o non servito dentro.",
    "From the catchment the service is reached within the threshold, the walk to the street included; who lives far "
    "from their street may be served outside it, or not served inside.",
)
_PEOPLE = Text(
    "Residenti stimati: la popolazione delle sezioni è ripartita fra gli edifici residenziali.",
    "Residents are estimated: the sections' population is spread over residential buildings.",
)
_UNVERIFIED = Text(
    "Soglie e velocità sono valori di riferimento da confermare.", "Thresholds and speeds are defaults to be confirmed."
)

_PLACINGS = {
    COVERAGE: Text(
        "massima copertura, il maggior numero di residenti entro la soglia",
        "maximal covering, most residents within the threshold",
    ),
    MEDIAN: Text("p-mediana, il minor cammino medio", "p-median, the shortest mean walk"),
}


def minutes(facts: Facts) -> Text:
    """Return «entro 10 minuti a piedi»."""
    value = float(facts.row["threshold_min"])
    return say(
        "entro {m} minuti a piedi", "within {m} minutes on foot", m=number(value, 0 if value == int(value) else 1)
    )


def subtitle(facts: Facts) -> Text:
    """Return the kind of service shown, and its threshold."""
    return say("{k}, {m}", "{k}, {m}", k=facts.title, m=minutes(facts))


def note(facts: Facts) -> Note | None:
    """Return where the next services help most, in the order of the map's numbers; None without proposals."""
    if facts.proposals is None:
        return None
    rows = facts.proposals.to_dict("records")
    named = [
        say("{r} {n} (+{g})", "{r} {n} (+{g})", r=row["rank"], n=row["name"],
            g=counted(row["people_gained"], PEOPLE, "\u00a0"))
        for row in rows
    ]  # fmt: skip
    text = say("{l}. {c}", "{l}. {c}", l=joined(named, "; "), c=_change(facts.params.placing, rows[0], rows[-1]))
    return Note(Text("Dove un servizio in più aiuta di più.", "Where one more service helps most."), text)


def _change(placing: str, first: Mapping[Hashable, Any], last: Mapping[Hashable, Any]) -> Text:
    """Return what the proposals change of what they were chosen for."""
    if placing == MEDIAN:
        return say(
            "Cammino medio: da {b} a {a} minuti.",
            "Mean walk: from {b} to {a} minutes.",
            b=number(first["mean_before_min"], 1),
            a=number(last["mean_after_min"], 1),
        )
    return say(
        "Residenti serviti: da {b} a {a}.",
        "Residents served: from {b} to {a}.",
        b=percent(first["covered_before_pct"]),
        a=percent(last["covered_after_pct"]),
    )


def footnotes(facts: Facts) -> Iterator[Text]:
    """Yield how people walk, what a catchment is, how the numbers are meant, and every warning of the run."""
    yield _basis(facts)
    yield _INSIDE
    ages = list(_ages(facts))
    if ages:
        yield say("Serviti per età: {a}.", "Served by age: {a}.", a=joined(ages, ", "))
    yield _PEOPLE
    yield _UNVERIFIED
    if facts.proposals is not None:
        yield _chosen(facts.params.placing, float(facts.proposals["gap_pct"].max()))
    for each in facts.written.record["problems"]:
        if each["severity"] == "warning":
            yield Text(
                f"{each['where']}: {each['message']}",
                f"{each.get('where_en', each['where'])}: {each.get('message_en', each['message'])}",
            )


def _chosen(placing: str, gap_pct: float) -> Text:
    """Return how the sites were chosen, and whether any others could be better."""
    proof = (
        say("non dimostrata la migliore, scarto fino a {g}", "not proven best, gap up to {g}", g=percent(gap_pct))
        if gap_pct > 0.0
        else Text("dimostrata la migliore (scarto 0)", "proven best (gap 0)")
    )
    return say("Siti: {w}; scelta {p}.", "Sites: {w}; choice {p}.", w=_PLACINGS[placing], p=proof)


def _basis(facts: Facts) -> Text:
    walker = facts.params.walker
    if facts.is_straight:
        return say(
            "Distanze in linea d'aria × {f}, {w} a {v}\u00a0km/h.",
            "Straight-line distances × {f}, {w} at {v}\u00a0km/h.",
            f=number(facts.params.detour_factor, 2), w=walker.label, v=number(walker.speed_kmh, 1),
        )  # fmt: skip
    return say(
        "Cammino sulla rete stradale, {w}, {v}\u00a0km/h in piano; salite e scale rallentano.",
        "Walks on the streets, {w}, {v}\u00a0km/h on the flat; slopes slow down.",
        w=walker.label,
        v=number(walker.speed_kmh, 1),
    )


def _ages(facts: Facts) -> Iterator[Text]:
    for age, label in (("0_14", Text("fino a 14 anni", "up to 14")), ("65_plus", Text("da 65 anni", "65 and over"))):
        served = facts.of_age(age)
        if served is not None:
            yield say("{l} {p}", "{l} {p}", l=label, p=percent(served))


def alt(facts: Facts, communes: list[str], scale: Text, *, is_demonstration: bool) -> Text:
    """Return the map in sentences whose every number is a written one, rounded as it is printed."""
    gained = NOTHING if facts.proposals is None else _gain(float(facts.proposals["people_gained"].sum()))
    return say(
        "Carta dei servizi {c} alla scala {s}{d}: {k}. Raggiunge il servizio {m} "
        "{p} degli abitanti; chi non lo raggiunge: {n}.{g} {b}",
        "Map of services {c} at the scale of {s}{d}: {k}. {p} of inhabitants reach the service {m}; without it: {n}."
        "{g} {b}",
        c=of_communes(communes), s=scale, d=_DEMONSTRATION if is_demonstration else NOTHING, k=facts.title,
        p=the_percent(float(facts.row["covered_pct"]) / 100), m=minutes(facts), n=number(facts.left), g=gained,
        b=BESIDE,
    )  # fmt: skip


def _gain(people: float) -> Text:
    return say(" Le proposte ne servirebbero {n} in più.", " The proposals would serve {n} more.", n=number(people))
