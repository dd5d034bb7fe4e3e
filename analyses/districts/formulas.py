"""The sheet of a transformation district as formulas: each is computed and printed from one declaration.

Source: PUC della Spezia (St, Se, Ve, Ac, Sp, Ut), RET 2016 (IT counts what stands), DM 1444/1968 art. 3 and 5,
L. 122/1989, D.Lgs 199/2021; ``urban_parameters.csv``, ``dm1444_standards.csv``, ``pv_params.csv``,
``emission_factors.csv``.

What a plan does not say: how Ac is divided among the categories of art. 3 (here: as they are due), and where in the
district it builds (here: first on soil already consumed, so that what is newly consumed is the least possible).
"""

from __future__ import annotations

from dataclasses import dataclass

from analyses.districts.formula import Named, Quantity, larger, smaller, whole_times
from analyses.districts.params import DUE_NAMES
from analyses.standards.tables import CATEGORIES, PARTS, TOTAL
from layers.text import Text


@dataclass(frozen=True)
class Formula:
    """How a column of the sheet is reckoned. ``symbol`` is how other formulas name it."""

    column: str
    symbol: str
    label: Text
    unit: str
    how: Quantity


def _pct(name: str) -> Quantity:
    return Named(name) / 100


ST, NEW, FLOOR = Named("st_m2"), Named("floor_area_new_m2"), Named("floor_area_m2")
SE, AC, SP, PEOPLE = Named("se_m2"), Named("ac_m2"), Named("sp_m2"), Named("people")
_CONSUMED, _SEALED = Named("consumed_m2"), Named("sealed_m2")
_ART3_A_PERSON = Named(DUE_NAMES[0]) + Named(DUE_NAMES[1]) + Named(DUE_NAMES[2]) + Named(DUE_NAMES[3])

_AREAS = (
    Formula("se_m2", "Se", Text("Superficie edificabile", "Building area"), "m²", ST * _pct("se_pct")),
    Formula("ve_m2", "Ve", Text("Verde privato", "Private green"), "m²", ST * _pct("ve_pct")),
    Formula("ac_m2", "Ac", Text("Aree di cessione", "Ceded areas"), "m²", ST * _pct("ac_pct")),
    Formula("sp_m2", "Sp", Text("Superficie permeabile", "Permeable area"), "m²", ST * _pct("sp_pct")),
    Formula("rest_m2", "Resto", Text("Strade e altro", "Roads and other"), "m²", ST - SE - Named("ve_m2") - AC),
    Formula("floor_area_m2", "Sul", Text("Superficie lorda", "Floor area"), "m²", ST * Named("ut_m2_m2")),
    Formula("floor_area_new_m2", "Sul nuova", Text("Superficie lorda nuova", "New floor area"), "m²",
            FLOOR - Named("floor_area_counted_m2")),
    Formula("residential_m2", "Sul residenziale", Text("Superficie residenziale", "Residential floor area"), "m²",
            FLOOR * _pct("residential_pct")),
    Formula("commercial_m2", "Sul commerciale", Text("Superficie commerciale", "Commercial floor area"), "m²",
            FLOOR * _pct("commercial_pct")),
    Formula("industrial_m2", "Sul produttiva", Text("Superficie produttiva", "Industrial floor area"), "m²",
            FLOOR * _pct("industrial_pct")),
    Formula("other_uses_m2", "Sul altri usi", Text("Superficie per altri usi", "Floor area of other uses"), "m²",
            FLOOR - Named("residential_m2") - Named("commercial_m2") - Named("industrial_m2")),
    Formula("ers_m2", "Sul ERS", Text("di cui edilizia sociale", "of which social housing"), "m²",
            FLOOR * _pct("ers_pct")),
)  # fmt: skip

_PERSON, _HOME = Named("floor_area_per_person_m2"), Named("floor_area_per_home_m2")
_NEW_HOUSING = NEW * _pct("residential_pct")
_PEOPLE = (
    Formula("people", "Abitanti", Text("Abitanti insediabili", "People"), "ab", Named("residential_m2") / _PERSON),
    Formula("people_new", "Abitanti nuovi", Text("Abitanti nuovi", "New people"), "ab", _NEW_HOUSING / _PERSON),
    Formula("homes", "Alloggi", Text("Alloggi", "Homes"), "", Named("residential_m2") / _HOME),
    Formula("homes_new", "Alloggi nuovi", Text("Alloggi nuovi", "New homes"), "", _NEW_HOUSING / _HOME),
)


SHORT = {
    "istruzione": "Istruzione", "interesse_comune": "Interesse comune", "verde": "Verde", "parcheggi": "Parcheggi",
}  # fmt: skip


def _standards(category: str) -> tuple[Formula, Formula, Formula]:
    """Return due, planned and balance of one category of art. 3."""
    label, person = CATEGORIES[category].label, Named(f"{category}_m2_per_person")
    share_of_ac, added = AC * person / _ART3_A_PERSON, Named(f"{category}_added_m2")
    names = [f"{category}_{what}_m2" for what in ("due", "planned", "balance")]
    it, en, short = label.it, label.en, SHORT[category]
    return (
        Formula(names[0], f"{short} dovuti", Text(f"{it}: dovuti", f"{en}: due"), "m²", PEOPLE * person),
        Formula(names[1], f"{short} previsti", Text(f"{it}: previsti", f"{en}: planned"), "m²", share_of_ac + added),
        Formula(names[2], f"{short} saldo", Text(f"{it}: saldo", f"{en}: balance"), "m²",
                Named(names[1]) - Named(names[0])),
    )  # fmt: skip


def _sum_of(what: str) -> Quantity:
    first, *others = (Named(f"{part}_{what}_m2") for part in PARTS)
    total: Quantity = first
    for other in others:
        total = total + other
    return total


_TOTALS = tuple(
    Formula(f"{TOTAL}_{what}_m2", f"Totale {word}", Text(f"Totale: {word}", f"Total: {english}"), "m²", _sum_of(what))
    for what, word, english in (
        ("due", "dovuti", "due"),
        ("planned", "previsti", "planned"),
        ("balance", "saldo", "balance"),
    )
)
_COMMERCIAL_DUE = Named("commercial_m2") * _pct("art5_commercial_pct")
_ART5 = (
    Formula("art5_due_m2", "Art. 5 dovuti", Text("Art. 5: spazi pubblici dovuti", "Art. 5: public space due"), "m²",
            _COMMERCIAL_DUE + ST * _pct("industrial_pct") * _pct("art5_industrial_pct")),
    Formula("art5_parking_due_m2", "Art. 5 parcheggi", Text("di cui parcheggi", "of which parking"), "m²",
            _COMMERCIAL_DUE / 2),
    Formula("public_balance_m2", "Saldo pubblico",
            Text("Saldo degli spazi pubblici, art. 3 e art. 5", "Balance of public space, art. 3 and art. 5"), "m²",
            Named(f"{TOTAL}_balance_m2") - Named("art5_due_m2")),
    Formula("private_parking_due_m2", "Parcheggi pertinenziali",
            Text("Parcheggi pertinenziali dovuti", "Private parking due"), "m²",
            FLOOR * Named("storey_height_m") / Named("parking_m3_per_m2")),
)  # fmt: skip

_SOIL = (
    Formula("permeable_today_m2", "Permeabile oggi", Text("Suolo permeabile oggi", "Permeable ground today"), "m²",
            ST - _CONSUMED),
    Formula("sealed_m2", "Suolo trasformato", Text("Suolo artificiale di progetto", "Artificial ground planned"), "m²",
            ST - SP),
    Formula("reused_m2", "Suolo riusato", Text("Suolo già consumato e riusato", "Consumed soil used again"), "m²",
            smaller(_CONSUMED, _SEALED)),
    Formula("soil_newly_consumed_m2", "Nuovo consumo", Text("Suolo consumato in più", "Soil newly consumed"), "m²",
            larger(_SEALED - _CONSUMED, 0)),
    Formula("desealed_m2", "Suolo liberato", Text("Suolo restituito", "Soil given back"), "m²",
            larger(_CONSUMED - _SEALED, 0)),
    Formula("consumed_pct", "Consumato%", Text("Suolo già consumato", "Soil already consumed"), "%",
            _CONSUMED / ST * 100),
)  # fmt: skip

_ROOF, _MWH = Named("roof_m2"), Named("pv_mwh_year")
_ENERGY = (
    Formula("storeys_built", "Piani", Text("Piani", "Storeys"), "",
            whole_times(Named("max_height_m"), Named("storey_height_m"))),
    Formula("invariance_m3", "Volume d'invarianza", Text("Volume per l'invarianza idraulica",
            "Volume for hydraulic invariance"), "m³", _SEALED / 10_000 * Named("invariance_m3_per_ha")),
    Formula("roof_m2", "Tetti", Text("Superficie dei tetti", "Roof area"), "m²",
            FLOOR / larger(Named("storeys_built"), 1)),
    Formula("pv_mwh_year", "FV", Text("Energia fotovoltaica all'anno", "Photovoltaic energy a year"), "MWh/anno",
            _ROOF * Named("roof_use") * Named("kwp_density") * Named("pv_yield") / 1000),
    Formula("co2_saved_t", "CO2 evitata", Text("CO2 evitata all'anno", "CO2 saved a year"), "t/anno",
            _MWH * Named("emission_factor")),
)  # fmt: skip

FORMULAS: tuple[Formula, ...] = (
    *_AREAS, *_PEOPLE, *(formula for part in PARTS for formula in _standards(part)), *_TOTALS, *_ART5, *_SOIL, *_ENERGY,
)  # fmt: skip
