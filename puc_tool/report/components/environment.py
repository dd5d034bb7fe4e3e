"""Environment and energy: hazards, the sea, the energy of the districts, green for each inhabitant."""

from __future__ import annotations

from analyses.hazard_exposure import HAZARD_EXPOSURE as HAZARD
from analyses.planning_standards import STANDARDS
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS as DISTRICTS
from layers.text import Text
from puc_tool.report.telling import Bars, Component, Extremes, Indicator, Listing, MapOf, Rows, Told

_BASE = {"scenario": "base"}

_OVERLAY = Indicator(
    "hazard overlay",
    Text("Pericolosità idraulica e da frana", "Flood and landslide hazard"),
    (
        Told(
            HAZARD,
            Text(
                "La pericolosità idraulica media o elevata (P2 e P3) interessa {flood_p2_m2}, {flood_p2_pct:the} del "
                "territorio, con circa {flood_p2_people:residents} e {flood_p2_buildings:buildings}.",
                "Medium or high flood hazard (P2 and P3) touches {flood_p2_m2}, {flood_p2_pct:the} of the territory, "
                "with about {flood_p2_people:residents} and {flood_p2_buildings:buildings}.",
            ),
            where=("flood_p2_m2", "+"),
        ),
        Told(
            HAZARD,
            Text(
                "Nessuna area è in pericolosità idraulica media o elevata (P2 e P3): {flood_p2_m2}.",
                "No ground has medium or high flood hazard (P2 and P3): {flood_p2_m2}.",
            ),
            where=("flood_p2_m2", "0"),
        ),
        Told(
            HAZARD,
            Text(
                "La sola classe più grave (P3) occupa {flood_p3_m2}, con circa {flood_p3_people:residents}.",
                "The gravest class alone (P3) covers {flood_p3_m2}, with about {flood_p3_people:residents}.",
            ),
            where=("flood_p3_m2", "+"),
        ),
        Told(
            HAZARD,
            Text(
                "La pericolosità da frana elevata o molto elevata (P3 e P4) interessa {landslide_p3_p4_m2}, "
                "{landslide_p3_p4_pct:the} del territorio, con circa {landslide_p3_p4_people:residents} e "
                "{landslide_p3_p4_buildings:buildings}.",
                "High or very high landslide hazard (P3 and P4) touches {landslide_p3_p4_m2}, "
                "{landslide_p3_p4_pct:the} of the territory, with about {landslide_p3_p4_people:residents} and "
                "{landslide_p3_p4_buildings:buildings}.",
            ),
            where=("landslide_p3_p4_m2", "+"),
        ),
        Told(
            HAZARD,
            Text(
                "Nessuna area è in pericolosità da frana elevata o molto elevata (P3 e P4): {landslide_p3_p4_m2}.",
                "No ground has high or very high landslide hazard (P3 and P4): {landslide_p3_p4_m2}.",
            ),
            where=("landslide_p3_p4_m2", "0"),
        ),
        MapOf(HAZARD),
        Listing(
            HAZARD,
            Rows("by_class", most=20),
            ("hazard", "class", "source_class", "area_m2", "people", "buildings", "services"),
            Text("Superfici e persone per classe di pericolosità", "Area and people by hazard class"),
            note=Text(
                "Ogni superficie conta una volta, nella classe più grave. La riga «(nessuna classe)» è il "
                "territorio che la carta non classifica.",
                "Every area counts once, in its gravest class. The row “(no class)” is the ground that the map does "
                "not classify.",
            ),
        ),
        Bars(
            HAZARD,
            Rows("by_neighbourhood", "people", {"hazard": "flood", "class": "P3"}),
            "name",
            "people",
            Text(
                "Residenti in pericolosità idraulica P3, per quartiere",
                "Residents in flood hazard P3, by neighbourhood",
            ),
        ),
    ),
)

_SEA = Indicator(
    "sea level exposure",
    Text("Innalzamento del mare", "Sea level rise"),
    (
        Listing(
            HAZARD,
            Rows("sea_level", most=20),
            ("scenario", "level_m", "area_m2", "consumed_m2", "people", "services"),
            Text("Che cosa sta sotto il livello del mare, per scenario", "What lies below sea level, by scenario"),
            note=Text(
                "Modello statico, senza opere di difesa: indica dove guardare, non che cosa si allaga.",
                "Static model, without defence works: it tells where to look, not what is flooded.",
            ),
        ),
    ),
)

_PV = Indicator(
    "PV roof potential",
    Text("Fotovoltaico sui tetti dei distretti", "Photovoltaics on the roofs of the districts"),
    (
        Told(
            DISTRICTS,
            Text(
                "I tetti previsti nei distretti di trasformazione possono dare {pv_mwh_year} di energia elettrica.",
                "The roofs planned in the transformation districts can give {pv_mwh_year} of electricity.",
            ),
        ),
        Bars(
            DISTRICTS,
            Rows("by_district", "pv_mwh_year", _BASE),
            "name",
            "pv_mwh_year",
            Text("Energia fotovoltaica per distretto", "Photovoltaic energy by district"),
        ),
    ),
)

_CO2 = Indicator(
    "CO2",
    Text("Emissioni evitate", "Emissions avoided"),
    (
        Told(
            DISTRICTS,
            Text(
                "Quell'energia eviterebbe {co2_saved_t} di anidride carbonica.",
                "That energy would avoid {co2_saved_t} of carbon dioxide.",
            ),
        ),
    ),
)

_GREEN = Indicator(
    "green per inhabitant",
    Text("Verde per abitante", "Green for each inhabitant"),
    (
        Told(
            STANDARDS,
            Text(
                "Il verde pubblico attrezzato è {standard_verde_m2_per_person}.",
                "Equipped public green amounts to {standard_verde_m2_per_person}.",
            ),
        ),
        Told(
            STANDARDS,
            Text(
                "Rispetto al dovuto ci sono {standard_verde_balance_m2:abs} in più.",
                "That is {standard_verde_balance_m2:abs} more than is due.",
            ),
            where=("standard_verde_balance_m2", "+"),
        ),
        Told(
            STANDARDS,
            Text(
                "Rispetto al dovuto mancano {standard_verde_balance_m2:abs}.",
                "That is {standard_verde_balance_m2:abs} less than is due.",
            ),
            where=("standard_verde_balance_m2", "-"),
        ),
        Extremes(
            STANDARDS,
            Rows("by_neighbourhood"),
            "verde_balance_m2",
            Text(
                "Il quartiere con il saldo migliore è {most} ({most_value}), con il peggiore {least} ({least_value}).",
                "{most} has the best balance ({most_value}), {least} the worst ({least_value}).",
            ),
        ),
    ),
)

ENVIRONMENT = Component(
    "env",
    (
        Told(
            HAZARD,
            Text(
                "{flood_p2_pct:The} del territorio è in pericolosità idraulica media o elevata, "
                "{landslide_p3_p4_pct:the} in pericolosità da frana elevata o molto elevata.",
                "{flood_p2_pct:The} of the territory has medium or high flood hazard, "
                "{landslide_p3_p4_pct:the} high or very high landslide hazard.",
            ),
            is_lead=True,
        ),
    ),
    (_OVERLAY, _SEA, _PV, _CO2, _GREEN),
)
