"""From the written results to the numbers and sentences of one neighbourhood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Analysis
from analyses.garden_suitability import GARDEN_SUITABILITY as GARDENS
from analyses.hazard_exposure import HAZARD_EXPOSURE as HAZARD
from analyses.service_coverage import SERVICE_COVERAGE as COVERAGE
from analyses.services.service_kinds import KINDS
from analyses.soil_consumption import SOIL_CONSUMPTION as SOIL
from analyses.standards import STANDARDS
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS as DISTRICTS
from layers import roles
from layers.text import Text, joined, listing, number, same, say, the_percent
from puc_tool.maps.soil_theme import PERMANENT, REVERSIBLE
from puc_tool.maps.style import FREE_LAND
from puc_tool.report.findings import M2_A_HA, Findings, amount
from puc_tool.report.notebooks.hoods import Hood, HoodRows, HoodTables
from puc_tool.report.notebooks.notebook import KeyNumber, Notebook, Part, Plan, Share, Telling
from puc_tool.study import Study

SERVICES = ("farmacia", "medico", "primaria", "tpl", "verde", "biblioteca", "mercato", "orto")
"""The services a notebook tells, as far as the study has them."""

_FLOOD, _LANDSLIDE = ("P1", "P2", "P3"), ("P3", "P4")
_LEAST_M2 = 50.0
_ALL, _YOUNG, _OLD = "tutte", "0_14", "65_plus"
_MOST_SITES, _MOST_PLANS = 3, 5


class Facts:
    """What was found of every neighbourhood of one study."""

    def __init__(self, study: Study, findings: Findings, everyone: tuple[Hood, ...]) -> None:
        self._study, self._findings, self._everyone = study, findings, everyone
        self._tables = HoodTables(findings)
        self._sites = self._layer(GARDENS, "sites")
        self._districts = self._layer(DISTRICTS, "districts")

    def notebook(self, hood: Hood) -> Notebook:
        """Return the two pages of ``hood``."""
        rows = HoodRows(hood, self._tables)
        return Notebook(
            hood, self._everyone.index(hood) + 1, len(self._everyone),
            tuple(_keys(rows)),
            Telling(Text("Chi ci vive", "Who lives here"), tuple(_who(rows)), self._missing(COVERAGE)),
            tuple(self._ages(rows)),
            tuple(self._services(rows)), self._missing(COVERAGE),
            Telling(Text("Suolo", "Soil"), tuple(_soil(rows)), self._missing(SOIL)),
            tuple(_parts(rows)),
            self._water(rows), self._gardens(hood),
            tuple(self._compared(rows)),
            tuple(self._plans(hood)), self._missing(DISTRICTS) or _NO_PLANS,
            self._sources(),
        )  # fmt: skip

    def _missing(self, analysis: Analysis) -> Text:
        """Return that an analysis has not been run; nothing where it has."""
        if self._findings.of(analysis) is not None:
            return Text("", "")
        return say("Non ancora calcolato: {a}.", "Not computed yet: {a}.", a=analysis.title)

    def _layer(self, analysis: Analysis, name: str) -> GeoDataFrame | None:
        found = self._findings.of(analysis)
        return found.written.layer(name) if found else None

    def _figure(self, analysis: Analysis, figure_id: str) -> float | None:
        found = self._findings.of(analysis)
        return found.value(figure_id) if found else None

    def _ages(self, rows: HoodRows) -> Iterator[Share]:
        """Yield the three ages beside those of all neighbourhoods together."""
        everyone = {age: sum(v for (_, _, each), v in self._tables.ages.items() if each == age)
                    for age in (_ALL, _YOUNG, _OLD)}  # fmt: skip
        here = {age: rows.people_aged(age) for age in (_ALL, _YOUNG, _OLD)}
        ours, theirs = _age_shares(here), _age_shares(everyone)
        for label, mine, all_of_them in zip(_AGES, ours, theirs, strict=False):
            yield Share(label, mine, all_of_them)

    def _services(self, rows: HoodRows) -> Iterator[Share]:
        for kind in SERVICES:
            value = rows.value(COVERAGE, f"covered_{kind}_pct")
            if value is not None:
                yield Share(KINDS[kind].label, value, self._figure(COVERAGE, f"covered_{kind}_pct"))

    def _water(self, rows: HoodRows) -> Telling:
        title = Text("Acqua e frane", "Water and landslides")
        flooded = rows.in_hazard("flood", _FLOOD, "area_m2")
        is_exposed = flooded is not None and flooded >= _LEAST_M2
        return Telling(title, tuple(_hazards(rows)), self._missing(HAZARD), _ALERT if is_exposed else Text("", ""))

    def _gardens(self, hood: Hood) -> Telling:
        title = Text("Orti", "Gardens")
        if self._sites is None:
            return Telling(title, (), self._missing(GARDENS))
        middles = shapely.point_on_surface(self._sites.geometry.to_numpy())
        inside = self._sites[shapely.intersects(middles, hood.ground)].sort_values("rank")
        return Telling(title, tuple(_garden_words(inside)), _NO_GARDENS)

    def _compared(self, rows: HoodRows) -> Iterator[Share]:
        area = rows.value(SOIL, "area_m2")
        flooded = rows.in_hazard("flood", _FLOOD, "area_m2")
        ages = list(self._ages(rows))
        if ages:
            yield Share(_OVER_65, ages[-1].here_pct, ages[-1].commune_pct)
        consumed = rows.value(SOIL, "consumed_pct")
        if consumed is not None:
            yield Share(Text("Suolo consumato", "Consumed soil"), consumed, self._figure(SOIL, "suolo_consumato_pct"))
        if flooded is not None and area:
            share = min(100.0, 100 * flooded / area)
            yield Share(Text("Superficie allagabile (P1–P3)", "Ground that may flood (P1–P3)"), share,
                        self._figure(HAZARD, "flood_p1_pct"))  # fmt: skip
        green = rows.value(COVERAGE, "who_green_pct")
        if green is not None:
            yield Share(Text("Abitanti con verde vicino (regola OMS)", "Residents with green nearby (WHO rule)"), green,
                        self._figure(COVERAGE, "who_green_pct"))  # fmt: skip

    def _plans(self, hood: Hood) -> Iterator[Plan]:
        """Yield the districts with ground in the neighbourhood, the largest part first."""
        if self._districts is None:
            return
        layer = self._districts
        if "scenario" in layer:
            layer = layer[layer["scenario"] == "base"]
        inside = shapely.area(shapely.intersection(layer.geometry.to_numpy(), hood.ground))
        touching = layer.assign(inside_m2=inside)[inside >= _LEAST_M2].sort_values("inside_m2", ascending=False)
        for row in touching.head(_MOST_PLANS).to_dict("records"):
            people = row.get("people_new")
            yield Plan(
                same(row["name"]),
                same(row.get("state") or "–"),
                amount(float(row["inside_m2"]), "m²", 2),
                same("–") if people is None or pd.isna(people) else number(people),
            )

    def _sources(self) -> Text:
        """Return the sources of the layers that the results of these pages were computed from, each once."""
        used = (roles.NEIGHBOURHOODS, roles.CENSUS, roles.SERVICES, roles.SOIL_CONSUMPTION, roles.FLOOD_HAZARD,
                roles.LANDSLIDE_HAZARD, roles.DISTRICTS)  # fmt: skip
        told = (
            say("{t}: {c}.", "{t}: {c}.", t=role.title, c=(ref.credit or ref.source.rpartition("/")[2]).rstrip("."))
            for role in used
            for ref in self._study.of_role(role.id)[-1:]
        )
        return joined(told, " ")


_AGES = (Text("0–14", "0–14"), Text("15–64", "15–64"), Text("65 e oltre", "65 and over"))
_OVER_65 = Text("Abitanti con più di 65 anni", "Residents over 65")
_ALERT = Text(
    "In caso di allerta rossa non scendere in cantine e sottopassi e segui gli avvisi del Comune.",
    "In a red alert do not go down into cellars and underpasses, and follow the municipality's notices.",
)
_NO_PLANS = Text(
    "Nessun distretto di trasformazione tocca il quartiere.", "No transformation district touches the neighbourhood."
)
_NO_GARDENS = Text(
    "Nessun sito del quartiere è risultato idoneo a nuovi orti.",
    "No site of the neighbourhood proved suitable for new gardens.",
)


def _age_shares(people: Mapping[str, float | None]) -> tuple[float, ...]:
    """Return the shares of young, middle and old; nothing where an age is not known."""
    everyone, young, old = (people[age] for age in (_ALL, _YOUNG, _OLD))
    if not everyone or young is None or old is None:
        return ()
    return 100 * young / everyone, 100 * (everyone - young - old) / everyone, 100 * old / everyone


def _people(rows: HoodRows) -> float | None:
    known = (rows.value(analysis, "population") for analysis in (COVERAGE, STANDARDS))
    return next((value for value in known if value is not None), None)


def _keys(rows: HoodRows) -> Iterator[KeyNumber]:
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


def _who(rows: HoodRows) -> Iterator[Text]:
    people = _people(rows)
    if people is None:
        return
    yield say("Ci vivono {n} persone.", "{n} people live here.", n=number(people))
    shares = _age_shares({age: rows.people_aged(age) for age in (_ALL, _YOUNG, _OLD)})
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


def _soil(rows: HoodRows) -> Iterator[Text]:
    area, consumed, net = (rows.value(SOIL, name) for name in ("area_m2", "consumed_m2", "net_m2"))
    if area is None or consumed is None:
        return
    yield say(
        "Su {a}, {c} sono occupati da edifici, strade e piazzali.",
        "Of {a}, {c} are covered by buildings, streets and yards.",
        a=amount(area, "m²", 1), c=amount(consumed, "m²", 1),
    )  # fmt: skip
    if net is not None and abs(net) >= _LEAST_M2:
        words = (
            ("Fra le due date rilevate il suolo consumato è cresciuto di {n}.", "Between the two dates it grew by {n}.")
            if net > 0
            else ("Fra le due date rilevate è calato di {n}.", "Between the two dates it fell by {n}.")
        )
        yield say(*words, n=amount(abs(net), "m²", 2))
    elif net is not None:
        yield Text("Fra le due date rilevate non è cambiato.", "Between the two dates it did not change.")


def _parts(rows: HoodRows) -> Iterator[Part]:
    area, permanent, reversible = (rows.value(SOIL, name) for name in ("area_m2", "permanent_m2", "reversible_m2"))
    if not area or permanent is None or reversible is None:
        return
    free = max(0.0, 100.0 - 100 * (permanent + reversible) / area)
    yield Part(Text("permanente", "permanent"), 100 * permanent / area, PERMANENT.colour)
    yield Part(Text("reversibile", "reversible"), 100 * reversible / area, REVERSIBLE.colour)
    yield Part(Text("altro suolo", "other soil"), free, FREE_LAND.colour)


def _hazards(rows: HoodRows) -> Iterator[Text]:
    area = rows.value(SOIL, "area_m2")
    flooded, often = rows.in_hazard("flood", _FLOOD, "area_m2"), rows.in_hazard("flood", ("P3",), "area_m2")
    if flooded is not None and area:
        yield _flood_words(flooded, often or 0.0, area, rows.in_hazard("flood", _FLOOD, "people"))
    sliding = rows.in_hazard("landslide", _LANDSLIDE, "area_m2")
    if sliding is not None:
        yield (
            say("Le aree con pericolo di frana elevato o molto elevato misurano {a}.",
                "Ground with high or very high landslide hazard measures {a}.", a=amount(sliding, "m²", 2))
            if sliding >= _LEAST_M2
            else Text("Non ci sono aree con pericolo di frana elevato.", "No ground has high landslide hazard.")
        )  # fmt: skip


def _flood_words(flooded: float, often: float, area: float, people: float | None) -> Text:
    if flooded < _LEAST_M2:
        return Text("Nessuna area del quartiere è fra quelle allagabili.", "No ground is among those that may flood.")
    share = the_percent(min(1.0, flooded / area))
    more = (
        say(", {s} anche spesso (P3)", ", {s} of it often (P3)", s=amount(often, "m²", 2))
        if often >= _LEAST_M2
        else same("")
    )
    live = (
        say("; vi abitano circa {n} persone", "; about {n} people live there", n=number(people)) if people else same("")
    )
    told = say("{w} del quartiere può essere allagato{m}{l}.", "{w} of the neighbourhood may be flooded{m}{l}.",
               w=share, m=more, l=live)  # fmt: skip
    return Text(told.it[0].upper() + told.it[1:], told.en.replace(" %", "%"))


def _garden_words(sites: pd.DataFrame) -> Iterator[Text]:
    if not len(sites):
        return
    area, plots = amount(float(sites["area_m2"].sum()), "m²", 2), number(float(sites["plots"].sum()))
    if len(sites) == 1:
        yield say("Un sito di {a} è idoneo a nuovi orti: circa {p} lotti.",
                  "One site of {a} is suitable for new gardens: about {p} plots.", a=area, p=plots)  # fmt: skip
    else:
        yield say("{n} siti, in tutto {a}, sono idonei a nuovi orti: circa {p} lotti.",
                  "{n} sites, {a} in all, are suitable for new gardens: about {p} plots.",
                  n=number(len(sites)), a=area, p=plots)  # fmt: skip
    named = [_site(row) for row in sites.head(_MOST_SITES).to_dict("records")]
    yield say("I primi in graduatoria: {s}.", "First in the ranking: {s}.", s=listing(named, _MOST_SITES))
    yield Text("Prima di coltivare serve l'analisi del terreno.", "Before growing food the soil must be analysed.")


def _site(row: Mapping[Any, Any]) -> str:
    return f"{row['name'] or row['site']} (n. {int(row['rank'])})"
