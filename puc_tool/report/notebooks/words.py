"""The sentences and numbers that a neighbourhood's row tells, each only where its numbers are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analyses.planning_standards import STANDARDS
from analyses.service_coverage import SERVICE_COVERAGE as COVERAGE
from analyses.soil_consumption import SOIL_CONSUMPTION as SOIL
from layers.text import Text, counted, listing, number, same, say, the_percent
from puc_tool.maps.soil_theme import PERMANENT, REVERSIBLE
from puc_tool.maps.style import FREE_LAND
from puc_tool.report.findings import M2_A_HA, amount
from puc_tool.report.notebooks.hoods import HoodRows
from puc_tool.report.notebooks.notebook import KeyNumber, Part

FLOOD_CLASSES, LANDSLIDE_CLASSES = ("P1", "P2", "P3"), ("P3", "P4")
LEAST_M2 = 50.0
"""What is less prints as 0,00 ha and is not spoken of."""

ALL, YOUNG, OLD = "tutte", "0_14", "65_plus"
"""The ages of ``by_age.csv``."""

_MOST_SITES = 3


def age_shares(people: Mapping[str, float | None]) -> tuple[float, ...]:
    """Return the shares of young, middle and old; nothing where an age is not known."""
    everyone, young, old = (people[age] for age in (ALL, YOUNG, OLD))
    if not everyone or young is None or old is None:
        return ()
    return 100 * young / everyone, 100 * (everyone - young - old) / everyone, 100 * old / everyone


def _people(rows: HoodRows) -> float | None:
    known = (rows.value(analysis, "population") for analysis in (COVERAGE, STANDARDS))
    return next((value for value in known if value is not None), None)


def keys(rows: HoodRows) -> Iterator[KeyNumber]:
    """Yield the large numbers of the first page."""
    people, area = _people(rows), rows.value(SOIL, "area_m2")
    green, consumed = rows.value(STANDARDS, "verde_existing_m2"), rows.value(SOIL, "consumed_pct")
    if people is not None:
        yield KeyNumber(number(people), Text("abitanti", "residents"))
    if people is not None and area:
        density = number(people / (area / M2_A_HA))
        yield KeyNumber(say("{n} ab/ha", "{n} per ha", n=density), Text("abitanti per ettaro", "residents a hectare"))
    if people and green is not None:
        yield KeyNumber(
            say("{n} m²", "{n} m²", n=number(green / people, 1)),
            Text("di verde per abitante; la legge ne chiede 9", "of green each; the law asks for 9"),
        )
    if consumed is not None:
        share = say("{n}{s}%", "{n}{s}%", n=number(consumed, 1), s=Text("\u00a0", ""))
        yield KeyNumber(share, Text("del suolo è consumato", "of the soil is consumed"))


_PLOTS = (Text("lotto", "plot"), Text("lotti", "plots"))


def who(rows: HoodRows) -> Iterator[Text]:
    """Yield who lives here."""
    people = _people(rows)
    if people is None:
        return
    if number(people).it == "1":
        yield Text("Ci vive una persona.", "One person lives here.")
    else:
        yield say("Ci vivono {n} persone.", "{n} people live here.", n=number(people))
    shares = age_shares({age: rows.people_aged(age) for age in (ALL, YOUNG, OLD)})
    if shares:
        yield say(
            "Su cento abitanti, {o} hanno 65 anni o più e {y} meno di 15.",
            "Of a hundred residents, {o} are 65 or older and {y} under 15.",
            o=number(shares[2]), y=number(shares[0]),
        )  # fmt: skip
    score = rows.value(COVERAGE, "access_15_min_score")
    if score is not None:
        yield say(
            "In un quarto d'ora a piedi si arriva in media a {n} tipi di servizio.",
            "Within a quarter of an hour on foot one reaches {n} kinds of service on average.",
            n=number(score, 1),
        )


def soil(rows: HoodRows) -> Iterator[Text]:
    """Yield how much soil is consumed and whether it grew."""
    area, consumed, net = (rows.value(SOIL, name) for name in ("area_m2", "consumed_m2", "net_m2"))
    if area is None or consumed is None:
        return
    yield say(
        "Su {a}, {c} sono occupati da edifici, strade e piazzali.",
        "Of {a}, {c} are covered by buildings, streets and yards.",
        a=amount(area, "m²", 1), c=amount(consumed, "m²", 1),
    )  # fmt: skip
    if net is not None and abs(net) >= LEAST_M2:
        words = (
            ("Fra le due date rilevate il suolo consumato è cresciuto di {n}.", "Between the two dates it grew by {n}.")
            if net > 0
            else ("Fra le due date rilevate è calato di {n}.", "Between the two dates it fell by {n}.")
        )
        yield say(*words, n=amount(abs(net), "m²", 2))
    elif net is not None:
        yield Text("Fra le due date rilevate non è cambiato.", "Between the two dates it did not change.")


def parts(rows: HoodRows) -> Iterator[Part]:
    """Yield the parts of the soil, which add up to the whole."""
    area, permanent, reversible = (rows.value(SOIL, name) for name in ("area_m2", "permanent_m2", "reversible_m2"))
    if not area or permanent is None or reversible is None:
        return
    free = max(0.0, 100.0 - 100 * (permanent + reversible) / area)
    yield Part(Text("permanente", "permanent"), 100 * permanent / area, PERMANENT.colour)
    yield Part(Text("reversibile", "reversible"), 100 * reversible / area, REVERSIBLE.colour)
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
                "Ground with high or very high landslide hazard measures {a}.", a=amount(sliding, "m²", 2))
            if sliding >= LEAST_M2
            else Text("Non ci sono aree con pericolo di frana elevato.", "No ground has high landslide hazard.")
        )  # fmt: skip


def _flood_words(flooded: float, often: float, area: float, people: float | None) -> Text:
    if flooded < LEAST_M2:
        return Text("Nessuna area del quartiere è fra quelle allagabili.", "No ground is among those that may flood.")
    share = the_percent(min(1.0, flooded / area))
    more = (
        say(", {s} anche spesso (P3)", ", {s} of it often (P3)", s=amount(often, "m²", 2))
        if often >= LEAST_M2
        else same("")
    )
    live = (
        say("; gli abitanti sono circa {n}", "; about {n} people live there", n=number(people)) if people else same("")
    )
    told = say("{w} del quartiere può essere allagato{m}{l}.", "{w} of the neighbourhood may be flooded{m}{l}.",
               w=share, m=more, l=live)  # fmt: skip
    return Text(told.it[0].upper() + told.it[1:], told.en.replace(" %", "%"))


def garden_words(sites: pd.DataFrame) -> Iterator[Text]:
    """Yield what there is of sites suitable for gardens, the first ones by name."""
    if not len(sites):
        return
    area, plots = amount(float(sites["area_m2"].sum()), "m²", 2), counted(float(sites["plots"].sum()), _PLOTS)
    if len(sites) == 1:
        yield say("Un sito di {a} è idoneo a nuovi orti: circa {p}.",
                  "One site of {a} is suitable for new gardens: about {p}.", a=area, p=plots)  # fmt: skip
    else:
        yield say("{n} siti, in tutto {a}, sono idonei a nuovi orti: circa {p}.",
                  "{n} sites, {a} in all, are suitable for new gardens: about {p}.",
                  n=number(len(sites)), a=area, p=plots)  # fmt: skip
    named = [_site(row) for row in sites.head(_MOST_SITES).to_dict("records")]
    yield say("I primi in graduatoria: {s}.", "First in the ranking: {s}.", s=listing(named, _MOST_SITES))
    yield Text("Prima di coltivare serve l'analisi del terreno.", "Before growing food the soil must be analysed.")


def _site(row: Mapping[Any, Any]) -> str:
    return f"{row['name'] or row['site']} (n. {int(row['rank'])})"
