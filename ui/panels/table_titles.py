"""What the tables of results are called where there is little room: on the choices over them."""

from __future__ import annotations

from layers.text import Text

TITLES = {
    "commune": Text("Comune", "Commune"),
    "neighbourhood": Text("Quartieri", "Neighbourhoods"),
    "zone": Text("Zone", "Zones"),
    "district": Text("Distretti", "Districts"),
    "transition": Text("Passaggi", "Changes"),
    "flood_class": Text("Alluvioni", "Floods"),
    "landslide_class": Text("Frane", "Landslides"),
    "coast_strip": Text("Costa", "Coast"),
    "slope_class": Text("Pendenza", "Slope"),
    "elevation_class": Text("Quota", "Elevation"),
    "water_150": Text("Acqua", "Water"),
    "crossed": Text("Incroci", "Crossings"),
    "plan": Text("Piano", "Plan"),
    "path_2050": Text("Verso il 2050", "To 2050"),
    "reconciliation": Text("Confronto con le cifre pubblicate", "Beside published figures"),
    "zoning_transition": Text("Cambi di zona", "Changes of zone"),
    "class": Text("Classi", "Classes"),
    "sea_level": Text("Livello del mare", "Sea level"),
    "uses": Text("Usi", "Uses"),
    "plan_by_neighbourhood": Text("Con il piano", "With the plan"),
    "counted": Text("Superfici", "Areas"),
    "context": Text("Quartieri per tipo", "Neighbourhoods by kind"),
    "kind": Text("Per tipo", "By kind"),
}
