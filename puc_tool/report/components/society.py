"""Society: who reaches which service, standards due and there, gardens, children and the old."""

from __future__ import annotations

from analyses.garden_suitability import GARDEN_SUITABILITY as GARDENS
from analyses.planning_standards import STANDARDS
from analyses.service_coverage import SERVICE_COVERAGE as COVERAGE
from layers.text import Text
from puc_tool.report.telling import Bars, Component, Extremes, Indicator, Listing, MapOf, Rows, Told

_BALANCE = "standard_totale_balance_m2"

_SERVICES = Indicator(
    "service coverage by neighbourhood",
    Text("Servizi raggiunti a piedi", "Services reached on foot"),
    (
        Told(
            COVERAGE,
            Text(
                "In media un residente ha {access_15_min_score} tipi di servizio entro quindici minuti a piedi.",
                "On average a resident has {access_15_min_score} kinds of service within fifteen minutes on foot.",
            ),
        ),
        Told(
            COVERAGE,
            Text(
                "Chi non ne raggiunge alcuno: circa {unreachable_people:residents}.",
                "Without any in reach: about {unreachable_people:residents}.",
            ),
            where=("unreachable_people", "+"),
        ),
        Told(
            COVERAGE,
            Text(
                "Arriva a una scuola primaria {covered_primaria_pct:the} dei residenti, a un ambulatorio "
                "{covered_medico_pct:the}, a una fermata {covered_tpl_pct:the}, a un parco di almeno mezzo ettaro "
                "{covered_verde_pct:the}.",
                "{covered_primaria_pct} of residents reach a primary school, {covered_medico_pct} a surgery, "
                "{covered_tpl_pct} a bus stop, {covered_verde_pct} a park of at least half a hectare.",
            ),
        ),
        MapOf(COVERAGE),
        Extremes(
            COVERAGE,
            Rows("by_neighbourhood"),
            "access_15_min_score",
            Text(
                "Il quartiere meglio servito è {most} (tipi di servizio: {most_value}), il peggio servito {least} "
                "({least_value}).",
                "The best served neighbourhood is {most} (kinds of service: {most_value}), the worst served {least} "
                "({least_value}).",
            ),
        ),
        Listing(
            COVERAGE,
            Rows("by_kind", most=30),
            ("kind", "services", "threshold_min", "covered_people", "covered_pct", "minutes_median"),
            Text("Copertura per tipo di servizio", "Coverage by kind of service"),
        ),
        Bars(
            COVERAGE,
            Rows("by_neighbourhood", "access_15_min_score", most=15, least_first=True),
            "name",
            "access_15_min_score",
            Text(
                "Tipi di servizio entro quindici minuti, i quartieri meno serviti",
                "Kinds of service within 15 minutes, the least served neighbourhoods",
            ),
        ),
    ),
)

_STANDARDS = Indicator(
    "standards balance",
    Text("Bilancio degli standard", "Balance of standards"),
    (
        Told(
            STANDARDS,
            Text(
                "Le aree per servizi sono {standard_totale_m2_per_person}: istruzione "
                "{standard_istruzione_m2_per_person}, interesse comune {standard_interesse_comune_m2_per_person}, "
                "verde {standard_verde_m2_per_person}, parcheggi {standard_parcheggi_m2_per_person}.",
                "Areas for services are {standard_totale_m2_per_person}: education "
                "{standard_istruzione_m2_per_person}, common interest {standard_interesse_comune_m2_per_person}, green "
                "{standard_verde_m2_per_person}, parking {standard_parcheggi_m2_per_person}.",
            ),
        ),
        Told(
            STANDARDS,
            Text("Rispetto al dovuto mancano {standard_totale_balance_m2:abs}.",
                 "That is {standard_totale_balance_m2:abs} less than is due."),
            where=(_BALANCE, "-"),
        ),
        Told(
            STANDARDS,
            Text("Rispetto al dovuto ci sono {standard_totale_balance_m2:abs} in più.",
                 "That is {standard_totale_balance_m2:abs} more than is due."),
            where=(_BALANCE, "+"),
        ),
        Listing(
            STANDARDS,
            Rows("by_neighbourhood", "population", most=15),
            ("name", "population", "istruzione_balance_m2", "interesse_comune_balance_m2", "verde_balance_m2",
             "parcheggi_balance_m2", "totale_balance_m2"),
            Text("Saldo degli standard per quartiere", "Balance of standards by neighbourhood"),
        ),
    ),
)  # fmt: skip

_GARDENS = Indicator(
    "gardens",
    Text("Orti urbani", "Urban gardens"),
    (
        Told(
            GARDENS,
            Text(
                "Il terreno idoneo agli orti è {suitable_m2} (siti: {sites}); {excluded_m2} "
                "sono esclusi da un divieto "
                "o da un limite, qualunque sia il loro pregio.",
                "Ground suitable for gardens is {suitable_m2} (sites: {sites}); {excluded_m2} "
                "are excluded by a rule or "
                "a limit, whatever their merit.",
            ),
        ),
        Listing(
            GARDENS,
            Rows("sites", most=10),
            ("rank", "name", "area_m2", "plots", "score", "rank_low", "rank_high", "people"),
            Text("I primi siti della graduatoria", "The first sites of the ranking"),
            note=Text(
                "«Posto migliore» e «posto peggiore» dicono quanto la graduatoria tiene se i pesi cambiano.",
                "“Best rank” and “worst rank” tell how firmly the ranking stands if the weights change.",
            ),
        ),
        Listing(
            GARDENS,
            Rows("excluded", "area_m2"),
            ("name", "area_m2", "area_alone_m2"),
            Text("Perché il resto è escluso", "Why the rest is excluded"),
            note=Text("Le cause si sovrappongono: le superfici non si sommano.",
                      "Causes overlap: the areas do not add up."),
        ),
        MapOf(GARDENS),
    ),
)  # fmt: skip

_VULNERABLE = Indicator(
    "vulnerable population access",
    Text("Bambini e anziani", "Children and the elderly"),
    tuple(
        Bars(
            COVERAGE,
            Rows("by_age", "people", {"kind": kind, "age": age}, most=12),
            "name",
            "covered_pct",
            Text(it, en),
        )
        for kind, age, it, en in (
            (
                "primaria",
                "0_14",
                "Residenti fino a 14 anni che raggiungono una scuola primaria, nei quartieri che ne hanno di più",
                "Residents up to 14 who reach a primary school, in the neighbourhoods that have most of them",
            ),
            (
                "medico",
                "65_plus",
                "Residenti da 65 anni in su che raggiungono un ambulatorio, nei quartieri che ne hanno di più",
                "Residents of 65 and over who reach a surgery, in the neighbourhoods that have most of them",
            ),
        )
    ),
)

SOCIETY = Component(
    "soc",
    (
        Told(
            COVERAGE,
            Text(
                "Arriva a piedi a una scuola primaria {covered_primaria_pct:the} dei residenti, a un ambulatorio "
                "{covered_medico_pct:the}.",
                "{covered_primaria_pct} of residents can walk to a primary school, {covered_medico_pct} to a surgery.",
            ),
            is_lead=True,
        ),
    ),
    (_SERVICES, _STANDARDS, _GARDENS, _VULNERABLE),
)
