"""The sentences and numbers that a neighbourhood's row tells, each only where its numbers are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analyses.planning_standards import STANDARDS
from analyses.service_coverage import SERVICE_COVERAGE as COVERAGE
from analyses.services.service_kinds import KINDS
from analyses.soil_consumption import SOIL_CONSUMPTION as SOIL
from layers.text import RESIDENTS, SITES, Text, begun, counted, held, joined, number, same, say, the_percent
from puc_tool.maps.soil_theme import PERMANENT, REVERSIBLE
from puc_tool.maps.style import FREE_LAND
from puc_tool.report.findings import M2_A_HA
from puc_tool.report.notebooks.hoods import HoodRows
from puc_tool.report.notebooks.notebook import KeyNumber, Part

FLOOD_CLASSES, LANDSLIDE_CLASSES = ("P1", "P2", "P3"), ("P3", "P4")
LEAST_M2 = 50.0
"""What is less prints as 0,00 ha and is not spoken of."""

ALL, YOUNG, OLD = "tutte", "0_14", "65_plus"
"""The ages of ``by_age.csv``."""

_MOST_SITES = 3


def share(percent: float) -> Text:
    """Return a share (0 to 100) with its article: «l'85,7 %», “85.7%”."""
    return held(the_percent(percent / 100.0))


def age_shares(people: Mapping[str, float | None]) -> tuple[float, ...]:
    """Return the shares of young, middle and old; nothing where an age is not known."""
    everyone, young, old = (people[age] for age in (ALL, YOUNG, OLD))
    if not everyone or young is None or old is None:
        return ()
    return 100 * young / everyone, 100 * (everyone - young - old) / everyone, 100 * old / everyone


def _people(rows: HoodRows) -> float | None:
    known = (rows.value(analysis, "population") for analysis in (COVERAGE, STANDARDS))
    return next((value for value in known if value is not None), None)


_DENSITY = Text("abitanti per ettaro (un quadrato di 100 m)", "residents a hectare (100 m square)")


def keys(rows: HoodRows) -> Iterator[KeyNumber]:
    """Yield the large numbers of the first page."""
    people, area = _people(rows), rows.value(SOIL, "area_m2")
    green, consumed = rows.value(STANDARDS, "verde_existing_m2"), rows.value(SOIL, "consumed_pct")
    if people is not None:
        yield KeyNumber(number(people), Text("abitanti", "residents"))
    if people is not None and area:
        density = number(people / (area / M2_A_HA))
        yield KeyNumber(density, _DENSITY)
    if people and green is not None:
        yield KeyNumber(
            say("{n} m²", "{n} m²", n=number(green / people, 1)),
            Text("di verde pubblico per abitante; la legge ne chiede 9", "of public green each; the law asks for 9"),
        )
    if consumed is not None:
        consumed_share = say("{n}{s}%", "{n}{s}%", n=number(consumed, 1), s=Text("\u00a0", ""))
        yield KeyNumber(consumed_share, Text("del suolo è consumato", "of the soil is consumed"))


_LIVING = (Text("persona abita qui", "person lives here"), Text("persone abitano qui", "people live here"))
_PLOTS = (Text("lotto da coltivare", "plot"), Text("lotti da coltivare", "plots"))
_SMALL_M2 = 1_000.0
_PLAIN = {
    "tpl": Text("Fermata dei mezzi pubblici", "Public transport stop"),
    "verde": Text("Parco o giardino di almeno mezzo ettaro", "Park or garden of at least half a hectare"),
}


def service(kind: str) -> Text:
    """Return what a kind of service is called by those who use it."""
    return _PLAIN.get(kind, KINDS[kind].label)


def ground(area_m2: float) -> Text:
    """Return an area in words that need no explaining: «23,9 ettari», «640 m²»."""
    if area_m2 < _SMALL_M2:
        return say("{n}\u00a0m²", "{n}\u00a0m²", n=number(area_m2))
    area = number(area_m2 / M2_A_HA, 2 if area_m2 < M2_A_HA * 10 else 1)
    return say("{n}\u00a0ettari", "{n}\u00a0hectares", n=area)


def who(rows: HoodRows) -> Iterator[Text]:
    """Yield who lives here."""
    people = _people(rows)
    if people is None:
        return
    yield say("{n}.", "{n}.", n=counted(people, _LIVING))
    shares = age_shares({age: rows.people_aged(age) for age in (ALL, YOUNG, OLD)})
    if shares:
        yield begun(say(
            "{o} ha 65 anni o più, {y} meno di 15.", "{o} are 65 or older, {y} under 15.",
            o=share(shares[2]), y=share(shares[0]),
        ))  # fmt: skip
    score = rows.value(COVERAGE, "access_15_min_score")
    if score is not None:
        yield say(
            "In un quarto d'ora a piedi si arriva in media a {n} tipi di servizio; nel comune a {m}.",
            "Within a quarter of an hour on foot one reaches {n} kinds of service on average; in the municipality {m}.",
            n=number(score, 1), m=number(rows.of_all(COVERAGE, "access_15_min_score") or 0.0, 1),
        )  # fmt: skip


def soil(rows: HoodRows) -> Iterator[Text]:
    """Yield how much soil is consumed and whether it grew."""
    area, consumed, net = (rows.value(SOIL, name) for name in ("area_m2", "consumed_m2", "net_m2"))
    if area is None or consumed is None:
        return
    yield say(
        "Su {a}, il suolo consumato (edifici, strade, piazzali) occupa {c}.",
        "Of {a}, consumed soil (buildings, streets, yards) covers {c}.",
        a=ground(area), c=ground(consumed),
    )  # fmt: skip
    if net is None:
        return
    when = rows.period(SOIL)
    if abs(net) < LEAST_M2:
        yield say("{w} non è cambiato.", "{w} it did not change.", w=when)
    elif net > 0:
        yield say("{w} è cresciuto di {n}.", "{w} it grew by {n}.", w=when, n=ground(net))
    else:
        yield say("{w} è calato di {n}.", "{w} it fell by {n}.", w=when, n=ground(-net))


def parts(rows: HoodRows) -> Iterator[Part]:
    """Yield the parts of the soil, which add up to the whole."""
    area, permanent, reversible = (rows.value(SOIL, name) for name in ("area_m2", "permanent_m2", "reversible_m2"))
    if not area or permanent is None or reversible is None:
        return
    free = max(0.0, 100.0 - 100 * (permanent + reversible) / area)
    yield Part(
        Text("permanente (edifici, asfalto)", "permanent (buildings, asphalt)"),
        100 * permanent / area,
        PERMANENT.colour,
    )
    yield Part(
        Text("reversibile (cantieri, ghiaia)", "reversible (building sites, gravel)"),
        100 * reversible / area,
        REVERSIBLE.colour,
    )
    yield Part(Text("altro suolo", "other soil"), free, FREE_LAND.colour)


def hazards(rows: HoodRows) -> Iterator[Text]:
    """Yield what may be flooded and what may slide."""
    area = rows.value(SOIL, "area_m2")
    flooded, often = rows.in_hazard("flood", FLOOD_CLASSES, "area_m2"), rows.in_hazard("flood", ("P3",), "area_m2")
    if flooded is not None and area:
        yield _flood_words(flooded, often or 0.0, area, rows.in_hazard("flood", FLOOD_CLASSES, "people"))
    sliding = rows.in_hazard("landslide", LANDSLIDE_CLASSES, "area_m2")
    if sliding is not None:
        yield (
            say("Le aree con pericolo di frana elevato o molto elevato misurano {a}.",
                "Ground with high or very high landslide hazard measures {a}.", a=ground(sliding))
            if sliding >= LEAST_M2
            else Text("Non ci sono aree con pericolo di frana elevato.", "No ground has high landslide hazard.")
        )  # fmt: skip


def _flood_words(flooded: float, often: float, area: float, people: float | None) -> Text:
    if flooded < LEAST_M2:
        return Text("Nessuna area del quartiere è fra quelle allagabili.", "No ground is among those that may flood.")
    more = say("; {s} anche spesso (P3)", "; {s} of it often (P3)", s=ground(often)) if often >= LEAST_M2 else same("")
    live = say(", con circa {n},", ", with about {n},", n=counted(people, RESIDENTS)) if people else same("")
    return begun(say(
        "{w} del quartiere{l} può essere allagato{m}.", "{w} of the neighbourhood{l} may be flooded{m}.",
        w=share(min(100.0, 100.0 * flooded / area)), m=more, l=live,
    ))  # fmt: skip


def garden_words(sites: pd.DataFrame) -> Iterator[Text]:
    """Yield what there is of sites suitable for gardens, the first ones by name."""
    if not len(sites):
        return
    area, plots = ground(float(sites["area_m2"].sum())), counted(float(sites["plots"].sum()), _PLOTS)
    yield say("Idoneo a nuovi orti: {n}, in tutto {a}, circa {p}.",
              "Suitable for new gardens: {n}, {a} in all, about {p}.",
              n=counted(len(sites), SITES), a=area, p=plots)  # fmt: skip
    named = [_site(row) for row in sites.head(_MOST_SITES).to_dict("records")]
    yield say("Nella graduatoria del comune: {s}.", "In the ranking of the municipality: {s}.",
              s=joined([same(each) for each in named], ", "))  # fmt: skip
    yield Text("Prima di coltivare serve l'analisi del terreno.", "Before growing food the soil must be analysed.")


def _site(row: Mapping[Any, Any]) -> str:
    return f"{row['name'] or row['site']} ({int(row['rank'])}°)"
