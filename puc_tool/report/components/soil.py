"""Less soil consumption: how much is consumed, how it grows, in how many pieces the free land lies, what is re-used."""

from __future__ import annotations

from analyses.constraints_and_resources import CONTEXT_ANALYSIS as CONTEXT
from analyses.soil_consumption import SOIL_CONSUMPTION as CONSUMPTION
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS as DISTRICTS
from layers.text import Text
from puc_tool.report.telling import Bars, Component, Extremes, Indicator, Listing, MapOf, Rows, Told

_NET = "consumo_netto_ha"

_CONSUMED = Indicator(
    "consumed soil",
    Text("Quanto suolo è consumato", "How much soil is consumed"),
    (
        Told(
            CONSUMPTION,
            Text(
                "Il suolo consumato misura {suolo_consumato_ha}, {suolo_consumato_pct:the} del territorio; "
                "{impermeabilizzazione_pct:the} del territorio è impermeabile.",
                "Consumed soil measures {suolo_consumato_ha}, {suolo_consumato_pct:the} of the territory; "
                "{impermeabilizzazione_pct:the} of the territory is sealed.",
            ),
        ),
        Told(
            CONSUMPTION,
            Text("Sono {procapite_m2ab}.", "That is {procapite_m2ab}."),
        ),
        Told(
            CONSUMPTION,
            Text(
                "Le superfici artificiali misurano {superfici_artificiali_ha}, {superfici_artificiali_pct:the} del "
                "territorio.",
                "Artificial surfaces measure {superfici_artificiali_ha}, "
                "{superfici_artificiali_pct:the} of the territory.",
            ),
        ),
        MapOf(CONSUMPTION),
        Extremes(
            CONSUMPTION,
            Rows("by_neighbourhood"),
            "consumed_pct",
            Text(
                "Il quartiere con la quota più alta è {most} ({most_value}), con la più bassa {least} ({least_value}).",
                "The neighbourhood with the highest share is {most} ({most_value}), with the lowest {least} "
                "({least_value}).",
            ),
        ),
        Bars(
            CONSUMPTION,
            Rows("by_neighbourhood", "consumed_pct"),
            "name",
            "consumed_pct",
            Text("Quota di suolo consumato, per quartiere", "Share of consumed soil, by neighbourhood"),
        ),
        Told(
            CONTEXT,
            Text(
                "{constrained_pct:The} del suolo comunale ({constrained_ha}) è sotto almeno un vincolo.",
                "{constrained_pct:The} of the municipal ground ({constrained_ha}) is under at least one constraint.",
            ),
        ),
        MapOf(CONTEXT),
    ),
)

_GROWTH = Indicator(
    "net consumption",
    Text("Quanto cresce", "How it grows"),
    (
        Told(
            CONSUMPTION,
            Text(
                "{period} il consumo netto è stato di {consumo_netto_ha}, "
                "{consumo_netto_annuo_ha}: la differenza "
                "fra {consumo_lordo_ha} di nuovo consumo e {ripristino_ha} di suolo ripristinato.",
                "{period} net consumption was {consumo_netto_ha}, "
                "{consumo_netto_annuo_ha}: the difference "
                "between {consumo_lordo_ha} of new consumption and {ripristino_ha} of restored soil.",
            ),
        ),
        Told(
            CONSUMPTION,
            Text(
                "L'aumento è {incremento_pct:of}, pari a {densita_m2ha} di territorio.",
                "The increase is {incremento_pct:of}, or {densita_m2ha} of territory.",
            ),
            where=(_NET, "+"),
        ),
        Told(
            CONSUMPTION,
            Text(
                "La diminuzione è {incremento_pct:of}, pari a {densita_m2ha:abs} di territorio.",
                "The decrease is {incremento_pct:of}, or {densita_m2ha:abs} of territory.",
            ),
            where=(_NET, "-"),
        ),
        Listing(
            CONSUMPTION,
            Rows("by_neighbourhood", "net_m2", most=12, telling=("gross_m2", "restored_m2")),
            ("name", "area_m2", "consumed_m2", "consumed_pct", "gross_m2", "restored_m2", "net_m2"),
            Text("Suolo consumato e consumo netto, dai quartieri che crescono di più",
                 "Consumed soil and net consumption, from the neighbourhoods that grow most"),
        ),
        Listing(
            CONSUMPTION,
            Rows("plan", "avoidable_m2", most=20, telling=("committed_m2", "avoidable_m2", "recoverable_m2")),
            ("code", "name", "committed_m2", "avoidable_m2", "recoverable_m2"),
            Text("Che cosa il piano impegna, che cosa si può evitare o recuperare",
                 "What the plan commits, what can be avoided or recovered"),
        ),
    ),
)  # fmt: skip

_MARGINAL = Indicator(
    "marginal consumption",
    Text("Consumo marginale", "Marginal consumption"),
    (
        Told(
            CONSUMPTION,
            Text(
                "Il consumo marginale è di {consumo_marginale}: popolazione e suolo consumato vanno nello stesso "
                "verso.",
                "Marginal consumption is {consumo_marginale}: people and consumed soil go the same way.",
            ),
            where=("consumo_marginale", "+"),
        ),
        Told(
            CONSUMPTION,
            Text(
                "Il consumo marginale è di {consumo_marginale}: popolazione e suolo consumato vanno in versi opposti.",
                "Marginal consumption is {consumo_marginale}: people and consumed soil go opposite ways.",
            ),
            where=("consumo_marginale", "-"),
        ),
    ),
)

_SDG = Indicator(
    "SDG 11.3.1",
    Text("Obiettivo 11.3.1 delle Nazioni Unite", "United Nations target 11.3.1"),
    (
        Told(
            CONSUMPTION,
            Text(
                "Il rapporto fra il tasso di consumo del suolo e il tasso di crescita della "
                "popolazione è {sdg_11_3_1}.",
                "The ratio of the rate of soil consumption to the rate of population growth is {sdg_11_3_1}.",
            ),
        ),
    ),
)

_PIECES = Indicator(
    "fragmentation",
    Text("In quanti pezzi è il suolo libero", "In how many pieces the free land lies"),
    (
        Told(
            CONSUMPTION,
            Text(
                "Due punti presi a caso nel suolo libero stanno nella stessa macchia come se ogni macchia misurasse "
                "{meff_cut} (maglia effettiva): sono {seff}.",
                "Two points taken at random on free land lie in the same patch as if every patch measured {meff_cut} "
                "(effective mesh size): that is {seff}.",
            ),
        ),
        Told(
            CONSUMPTION,
            Text(
                "Contando le macchie intere, anche oltre il confine, la maglia effettiva è {meff_cbc}.",
                "Counting whole patches, beyond the boundary too, the effective mesh size is {meff_cbc}.",
            ),
        ),
    ),
)

_REUSE = Indicator(
    "districts re-use of consumed soil",
    Text("Distretti e riuso del suolo", "Districts and the re-use of soil"),
    (
        Told(
            DISTRICTS,
            Text(
                "I distretti di trasformazione ({districts}) aggiungono {floor_area_new_m2} di superficie lorda, circa "
                "{people_new:inhabitants} e {homes_new:homes}, e consumano almeno {soil_newly_consumed_m2} di suolo "
                "ancora libero.",
                "The transformation districts ({districts}) add {floor_area_new_m2} of floor area, about "
                "{people_new:inhabitants} and {homes_new:homes}, and consume at least {soil_newly_consumed_m2} of soil "
                "still free.",
            ),
        ),
        Listing(
            DISTRICTS,
            Rows("by_district", "st_m2", {"scenario": "base"}, most=15),
            ("name", "st_m2", "consumed_pct", "reused_m2", "soil_newly_consumed_m2", "net_buildable_m2", "people_new"),
            Text("Distretti: suolo riusato e suolo nuovo", "Districts: soil re-used and soil new"),
        ),
        MapOf(DISTRICTS),
    ),
)

SOIL = Component(
    "soil",
    (
        Told(
            CONSUMPTION,
            Text(
                "{suolo_consumato_pct:The} del territorio comunale è suolo consumato.",
                "{suolo_consumato_pct:The} of the municipal territory is consumed soil.",
            ),
            is_lead=True,
        ),
        Told(
            CONSUMPTION,
            Text(
                "{period} è cresciuto di {consumo_netto_ha}, {incremento_pct:the} in più.",
                "{period} it grew by {consumo_netto_ha}, {incremento_pct:the} more.",
            ),
            where=(_NET, "+"),
            is_lead=True,
        ),
        Told(
            CONSUMPTION,
            Text(
                "{period} è calato di {consumo_netto_ha:abs}, {incremento_pct:the} in meno.",
                "{period} it fell by {consumo_netto_ha:abs}, {incremento_pct:the} less.",
            ),
            where=(_NET, "-"),
            is_lead=True,
        ),
    ),
    (_CONSUMED, _GROWTH, _MARGINAL, _SDG, _PIECES, _REUSE),
)
