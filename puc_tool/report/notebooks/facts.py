"""From the written results to the numbers and sentences of one neighbourhood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Analysis
from analyses.districts.terms import term
from analyses.garden_suitability import GARDEN_SUITABILITY as GARDENS
from analyses.hazard_exposure import HAZARD_EXPOSURE as HAZARD
from analyses.service_coverage import SERVICE_COVERAGE as COVERAGE
from analyses.soil_consumption import SOIL_CONSUMPTION as SOIL
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS as DISTRICTS
from layers import roles
from layers.text import Text, number, same, say
from puc_tool.maps import credentials
from puc_tool.report.findings import Findings, amount
from puc_tool.report.notebooks.hoods import Hood, HoodRows, HoodTables
from puc_tool.report.notebooks.notebook import Notebook, Plan, Share, Telling
from puc_tool.report.notebooks.words import (
    ALL,
    FLOOD_CLASSES,
    LEAST_M2,
    OLD,
    YOUNG,
    age_shares,
    garden_words,
    hazards,
    keys,
    parts,
    service,
    soil,
    who,
)
from puc_tool.study import Study

SERVICES = ("farmacia", "medico", "primaria", "tpl", "verde", "biblioteca", "mercato", "orto")
"""The services a notebook tells, as far as the study has them."""

_MOST_PLANS = 5


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
            tuple(keys(rows)),
            Telling(Text("Chi ci vive", "Who lives here"), tuple(who(rows)), self._missing(COVERAGE)),
            tuple(self._ages(rows)),
            tuple(self._services(rows)), self._missing(COVERAGE),
            Telling(Text("Suolo", "Soil"), tuple(soil(rows)), self._missing(SOIL)),
            tuple(parts(rows)),
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
                    for age in (ALL, YOUNG, OLD)}  # fmt: skip
        here = {age: rows.people_aged(age) for age in (ALL, YOUNG, OLD)}
        ours, theirs = age_shares(here), age_shares(everyone)
        for label, mine, all_of_them in zip(_AGES, ours, theirs, strict=False):
            yield Share(label, mine, all_of_them)

    def _services(self, rows: HoodRows) -> Iterator[Share]:
        for kind in SERVICES:
            value = rows.value(COVERAGE, f"covered_{kind}_pct")
            if value is not None:
                named = say("{s} ({m}\u00a0min)", "{s} ({m}\u00a0min)", s=service(kind), m=self._minutes.get(kind, "–"))
                yield Share(named, value, self._figure(COVERAGE, f"covered_{kind}_pct"))

    @cached_property
    def _minutes(self) -> Mapping[str, Text]:
        """Within how many minutes a service of each kind counts as reached."""
        found = self._findings.of(COVERAGE)
        table = found.table("by_kind") if found else None
        if table is None:
            return {}
        return {
            str(kind): number(float(most)) for kind, most in zip(table["kind"], table["threshold_min"], strict=True)
        }

    def _water(self, rows: HoodRows) -> Telling:
        title = Text("Acqua e frane", "Water and landslides")
        flooded = rows.in_hazard("flood", FLOOD_CLASSES, "area_m2")
        is_exposed = flooded is not None and flooded >= LEAST_M2
        return Telling(title, tuple(hazards(rows)), self._missing(HAZARD), _ALERT if is_exposed else Text("", ""))

    def _gardens(self, hood: Hood) -> Telling:
        title = Text("Orti", "Gardens")
        if self._sites is None:
            return Telling(title, (), self._missing(GARDENS))
        middles = shapely.point_on_surface(self._sites.geometry.to_numpy())
        inside = self._sites[shapely.intersects(middles, hood.ground)].sort_values("rank")
        return Telling(title, tuple(garden_words(inside)), _NO_GARDENS)

    def _compared(self, rows: HoodRows) -> Iterator[Share]:
        area = rows.value(SOIL, "area_m2")
        flooded = rows.in_hazard("flood", FLOOD_CLASSES, "area_m2")
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
            yield Share(_NEAR_GREEN, green,
                        self._figure(COVERAGE, "who_green_pct"))  # fmt: skip

    def _plans(self, hood: Hood) -> Iterator[Plan]:
        """Yield the districts with ground in the neighbourhood, the largest part first."""
        if self._districts is None:
            return
        layer = self._districts
        if "scenario" in layer:
            layer = layer[layer["scenario"] == "base"]
        inside = shapely.area(shapely.intersection(layer.geometry.to_numpy(), hood.ground))
        touching = layer.assign(inside_m2=inside)[inside >= LEAST_M2].sort_values("inside_m2", ascending=False)
        for row in touching.head(_MOST_PLANS).to_dict("records"):
            people = row.get("people_new")
            yield Plan(
                same(row["name"]),
                term(row["state"]) if row.get("state") else same("–"),
                amount(float(row["inside_m2"]), "m²", 2),
                same("–") if people is None or pd.isna(people) else number(people),
            )

    def _sources(self) -> tuple[tuple[Text, Text], ...]:
        """Return what the results of these pages were computed from, and whose it is."""
        used = (roles.NEIGHBOURHOODS, roles.CENSUS, roles.SERVICES, roles.SOIL_CONSUMPTION, roles.FLOOD_HAZARD,
                roles.LANDSLIDE_HAZARD, roles.DISTRICTS)  # fmt: skip
        return tuple((role.title, credentials.named(ref)) for role in used for ref in self._study.of_role(role.id)[-1:])


_AGES = (Text("0–14", "0–14"), Text("15–64", "15–64"), Text("65 e oltre", "65 and over"))
_OVER_65 = Text("Abitanti di 65 anni e più", "Residents of 65 and over")
_NEAR_GREEN = Text("Abitanti con mezzo ettaro di verde entro 300 m (regola OMS)",
                   "Residents with half a hectare of green within 300 m (WHO rule)")  # fmt: skip
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
