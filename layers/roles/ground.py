"""The ground itself: its use, its relief, its waters and what threatens it."""

from __future__ import annotations

from layers.roles.fields import NAME, coded, text
from layers.spec import Role, Shape
from layers.text import Text
from layers.vocabulary import Choice, CorineLike, Listed

LAND_USE = Role(
    "land_use",
    Text("Uso del suolo", "Land use"),
    Text("Carta dell'uso del suolo con codici CORINE.", "Land-use map with CORINE-like codes."),
    (Shape.POLYGON,),
    (
        coded(
            "code",
            "Codice CORINE",
            "CORINE code",
            CorineLike(),
            required=True,
            seen_as=(
                "code_18",
                "code_12",
                "code_06",
                "code_00",
                "code_90",
                "clc18",
                "clc12",
                "clc",
                "code_2018",
                "code_2012",
                "code_2006",
                "cod_uso",
                "uso",
                "liv3",
                "codice",
            ),
        ),
    ),
    yearly=True,
    is_partition=True,
    covers_commune=True,
    typical_m2=(1e3, 1e8),
)
SOIL_CONSUMPTION = Role(
    "soil_consumption",
    Text("Consumo di suolo (ISPRA)", "Soil consumption (ISPRA)"),
    Text("Raster ISPRA/SNPA con i codici del consumo di suolo.", "ISPRA/SNPA raster of soil-consumption codes."),
    (Shape.RASTER,),
    yearly=True,
    cells=Listed("ispra_soil_consumption"),
)
LANDSLIDE_HAZARD = Role(
    "landslide_hazard",
    Text("Pericolosità da frana", "Landslide hazard"),
    Text("Classi ISPRA P1-P4 e AA, o del piano di bacino.", "ISPRA classes P1-P4 and AA, or the basin plan's."),
    (Shape.POLYGON,),
    (
        coded(
            "class",
            "Classe di pericolosità",
            "Hazard class",
            Listed("pai_landslide", spellings=("raw_value",), last_words=("P4", "P3", "P2", "P1", "AA")),
            required=True,
            seen_as=("per_fr_ita", "classe", "pericolosita", "pericolo", "susc"),
        ),
    ),
    spans_commune=True,
)
FLOOD_HAZARD = Role(
    "flood_hazard",
    Text("Pericolosità idraulica", "Flood hazard"),
    Text("Scenari PGRA P1-P3 o fasce del piano di bacino.", "PGRA scenarios P1-P3 or bands of the basin plan."),
    (Shape.POLYGON,),
    (
        coded(
            "class",
            "Classe di pericolosità",
            "Hazard class",
            Listed("pgra_flood", spellings=("raw_value", "eu_scenario"), last_words=("P3", "P2", "P1")),
            required=True,
            seen_as=("scenario", "classe", "fascia", "pericolosita", "pericolo"),
        ),
    ),
)
ELEVATION = Role(
    "elevation",
    Text("Quote del terreno", "Elevation"),
    Text("Modello digitale del terreno, in metri.", "Digital terrain model, in metres."),
    (Shape.RASTER,),
)
HYDROGRAPHY = Role(
    "hydrography",
    Text("Idrografia", "Hydrography"),
    Text("Corsi d'acqua, laghi, mare.", "Streams, lakes, sea."),
    (Shape.LINE, Shape.POLYGON),
    (
        text("name", "Nome", "Name", seen_as=NAME),
        coded(
            "kind",
            "Tipo",
            "Kind",
            Choice(
                (
                    ("river", ("fiume", "torrente", "stream", "canale")),
                    ("covered", ("tombinato", "culvert")),
                    ("lake", ("lago", "water")),
                    ("sea", ("mare",)),
                )
            ),
            seen_as=("tipo", "waterway"),
        ),
    ),
)
WATER_POINTS = Role(
    "water_points",
    Text("Punti d'acqua", "Water points"),
    Text("Fontane, pozzi, condotte per irrigare.", "Fountains, wells, mains for watering."),
    (Shape.POINT, Shape.LINE),
    (text("name", "Nome", "Name", seen_as=NAME),),
)
COASTLINE = Role(
    "coastline",
    Text("Linea di costa", "Coastline"),
    Text("Il limite tra terra e mare.", "Where land meets the sea."),
    (Shape.LINE,),
    (text("name", "Nome", "Name", seen_as=NAME),),
)
