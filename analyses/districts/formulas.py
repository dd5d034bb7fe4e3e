"""The sheet of a transformation district as formulas: each is computed and printed from one declaration.

Source: PUC della Spezia (St, Se, Ve, Ac, Sp, Ut), RET 2016 (IT counts what stands), DM 1444/1968 art. 3 and 5,
L. 122/1989, D.Lgs 199/2021; ``urban_parameters.csv``, ``dm1444_standards.csv``, ``pv_params.csv``,
``emission_factors.csv``.

What a plan does not say: how Ac is divided among the categories of art. 3 (here: as they are due), and where in the
district it builds (here: first on soil already consumed, so that what is newly consumed is the least possible).
"""

from __future__ import annotations

from analyses.districts.standards_formulas import STANDARDS
from analyses.formula import Formula, Named, larger, share_of, smaller, whole_times
from layers.text import Text, same

ST, NEW, FLOOR = Named("st_m2"), Named("floor_area_new_m2"), Named("floor_area_m2")
SE, AC, SP = Named("se_m2"), Named("ac_m2"), Named("sp_m2")
_CONSUMED, _SEALED = Named("consumed_m2"), Named("sealed_m2")

_AREAS = (
    Formula("se_m2", same("Se"), Text("Superficie edificabile", "Building area"), "m²", ST * share_of("se_pct")),
    Formula("ve_m2", same("Ve"), Text("Verde privato", "Private green"), "m²", ST * share_of("ve_pct")),
    Formula("ac_m2", same("Ac"), Text("Aree di cessione", "Ceded areas"), "m²", ST * share_of("ac_pct")),
    Formula("sp_m2", same("Sp"), Text("Superficie permeabile", "Permeable area"), "m²", ST * share_of("sp_pct")),
    Formula(
        "rest_m2", Text("Resto", "Rest"), Text("Strade e altro", "Roads and other"), "m²", ST - SE - Named("ve_m2") - AC
    ),
    Formula("floor_area_m2", same("Sul"), Text("Superficie lorda", "Floor area"), "m²", ST * Named("ut_m2_m2")),
    Formula(
        "floor_area_new_m2",
        Text("Sul nuova", "New Sul"),
        Text("Superficie lorda nuova", "New floor area"),
        "m²",
        FLOOR - Named("floor_area_counted_m2"),
    ),
    Formula(
        "residential_m2",
        Text("Sul residenziale", "Residential Sul"),
        Text("Superficie residenziale", "Residential floor area"),
        "m²",
        FLOOR * share_of("residential_pct"),
    ),
    Formula(
        "commercial_m2",
        Text("Sul commerciale", "Commercial Sul"),
        Text("Superficie commerciale", "Commercial floor area"),
        "m²",
        FLOOR * share_of("commercial_pct"),
    ),
    Formula(
        "industrial_m2",
        Text("Sul produttiva", "Industrial Sul"),
        Text("Superficie produttiva", "Industrial floor area"),
        "m²",
        FLOOR * share_of("industrial_pct"),
    ),
    Formula(
        "other_uses_m2",
        Text("Sul altri usi", "Sul of other uses"),
        Text("Superficie per altri usi", "Floor area of other uses"),
        "m²",
        FLOOR - Named("residential_m2") - Named("commercial_m2") - Named("industrial_m2"),
    ),
    Formula(
        "ers_m2",
        Text("Sul ERS", "Social housing Sul"),
        Text("di cui edilizia sociale", "of which social housing"),
        "m²",
        FLOOR * share_of("ers_pct"),
    ),
)

_PERSON, _HOME = Named("floor_area_per_person_m2"), Named("floor_area_per_home_m2")
_NEW_HOUSING = NEW * share_of("residential_pct")
_PEOPLE = (
    Formula(
        "people",
        Text("Abitanti", "People"),
        Text("Abitanti insediabili", "People"),
        "ab",
        Named("residential_m2") / _PERSON,
    ),
    Formula(
        "people_new",
        Text("Abitanti nuovi", "New people"),
        Text("Abitanti nuovi", "New people"),
        "ab",
        _NEW_HOUSING / _PERSON,
    ),
    Formula("homes", Text("Alloggi", "Homes"), Text("Alloggi", "Homes"), "", Named("residential_m2") / _HOME),
    Formula(
        "homes_new", Text("Alloggi nuovi", "New homes"), Text("Alloggi nuovi", "New homes"), "", _NEW_HOUSING / _HOME
    ),
)

_SOIL = (
    Formula(
        "permeable_today_m2",
        Text("Permeabile oggi", "Permeable today"),
        Text("Suolo permeabile oggi", "Permeable ground today"),
        "m²",
        ST - _CONSUMED,
    ),
    Formula(
        "sealed_m2",
        Text("Suolo trasformato", "Artificial ground"),
        Text("Suolo artificiale di progetto", "Artificial ground planned"),
        "m²",
        ST - SP,
    ),
    Formula(
        "reused_m2",
        Text("Suolo riusato", "Soil used again"),
        Text("Suolo già consumato e riusato", "Consumed soil used again"),
        "m²",
        smaller(_CONSUMED, _SEALED),
    ),
    Formula(
        "soil_newly_consumed_m2",
        Text("Nuovo consumo", "Newly consumed"),
        Text("Suolo consumato in più", "Soil newly consumed"),
        "m²",
        larger(_SEALED - _CONSUMED, 0),
    ),
    Formula(
        "desealed_m2",
        Text("Suolo liberato", "Soil given back"),
        Text("Suolo restituito", "Soil given back"),
        "m²",
        larger(_CONSUMED - _SEALED, 0),
    ),
    Formula(
        "consumed_pct",
        Text("Consumato%", "Consumed%"),
        Text("Suolo già consumato", "Soil already consumed"),
        "%",
        _CONSUMED / ST * 100,
    ),
)

_ROOF, _MWH = Named("roof_m2"), Named("pv_mwh_year")
_ENERGY = (
    Formula(
        "storeys_built",
        Text("Piani", "Storeys"),
        Text("Piani", "Storeys"),
        "",
        whole_times(Named("max_height_m"), Named("storey_height_m")),
    ),
    Formula(
        "invariance_m3",
        Text("Volume d'invarianza", "Invariance volume"),
        Text("Volume per l'invarianza idraulica", "Volume for hydraulic invariance"),
        "m³",
        _SEALED / 10_000 * Named("invariance_m3_per_ha"),
    ),
    Formula(
        "roof_m2",
        Text("Tetti", "Roofs"),
        Text("Superficie dei tetti", "Roof area"),
        "m²",
        FLOOR / larger(Named("storeys_built"), 1),
    ),
    Formula(
        "pv_mwh_year",
        Text("FV", "PV"),
        Text("Energia fotovoltaica all'anno", "Photovoltaic energy a year"),
        "MWh/anno",
        _ROOF * Named("roof_use") * Named("kwp_density") * Named("pv_yield") / 1000,
    ),
    Formula(
        "co2_saved_t",
        Text("CO2 evitata", "CO2 saved"),
        Text("CO2 evitata all'anno", "CO2 saved a year"),
        "t/anno",
        _MWH * Named("emission_factor"),
    ),
)

FORMULAS: tuple[Formula, ...] = (*_AREAS, *_PEOPLE, *STANDARDS, *_SOIL, *_ENERGY)
