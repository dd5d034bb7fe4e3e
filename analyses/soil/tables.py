"""The tables of soil consumption, declared: columns, labels, units. They are the data dictionary."""

from __future__ import annotations

from analyses.coded import OVERLAYS, PLACES, UNIT_KINDS, italian
from analyses.result import PLACE, Column, MadeOf, TableSpec
from analyses.soil.figures import FIGURES
from analyses.soil.measured import NO_ELEVATION, NO_SLOPE
from analyses.units import OUTSIDE
from layers.codelist import label, rows
from layers.text import Text, say


def _area(column_id: str, it: str, en: str) -> Column:
    return Column(column_id, Text(it, en), "m²", 6)


_UNIT = (
    Column("code", Text("Codice", "Code")),
    Column("name", Text("Nome", "Name"), words=PLACES | italian(NO_SLOPE, NO_ELEVATION)),
    _area("area_m2", "Superficie", "Area"),
)
_SOIL = (
    _area("consumed_m2", "Suolo consumato", "Consumed soil"),
    Column("consumed_pct", Text("Suolo consumato", "Consumed soil"), "%", 6),
    _area("permanent_m2", "di cui permanente", "of which permanent"),
    _area("reversible_m2", "di cui reversibile", "of which reversible"),
)
_ARTIFICIAL = (
    _area("artificial_m2", "Superfici artificiali", "Artificial surfaces"),
    Column("artificial_pct", Text("Superfici artificiali", "Artificial surfaces"), "%", 6),
    _area("artificial_partial_m2", "Verde urbano e impianti sportivi (141, 142)", "Urban green and sport (141, 142)"),
)
_NO_DATA = _area("no_data_m2", "Senza dato", "No data")
_CHANGE = (
    _area("gross_m2", "Consumo lordo", "Gross consumption"),
    _area("restored_m2", "Ripristino", "Restored"),
    _area("net_m2", "Consumo netto", "Net consumption"),
)

UNIT_TITLES = {
    "commune": Text("per comune", "by commune"),
    "neighbourhood": Text("per quartiere", "by neighbourhood"),
    "zone": Text("per zona di piano", "by zone"),
    "district": Text("per distretto", "by district"),
    "flood_class": Text("per pericolosità idraulica", "by flood hazard"),
    "landslide_class": Text("per pericolosità da frana", "by landslide hazard"),
    "coast_strip": Text("per distanza dalla costa", "by distance from the coast"),
    "water_150": Text("entro 150 m dai corpi idrici", "within 150 m of water"),
    "slope_class": Text("per pendenza", "by slope"),
    "elevation_class": Text("per quota", "by elevation"),
}
BY_UNIT = {
    unit: TableSpec(
        f"by_{unit}",
        Text(f"Suolo {title.it}", f"Soil {title.en}"),
        (*_UNIT, *_SOIL, *_ARTIFICIAL, _NO_DATA, *_CHANGE),
        made_of=(MadeOf("fragments", (("code", unit),)), MadeOf("terrain", (("code", unit),))),
    )
    for unit, title in UNIT_TITLES.items()
}
_SOIL_CODES = {
    row["code"]: say("{c} {w}", "{c} {w}", c=row["code"], w=label(row)) for row in rows("ispra_soil_consumption")
}
_CROSSED_WORDS = OVERLAYS | {"": OUTSIDE}
TRANSITION = TableSpec(
    "transition",
    Text("Passaggi di classe fra le due date", "Class transitions between the two dates"),
    (
        Column("from_code", Text("Codice alla prima data", "Code at the first date"), words=_SOIL_CODES),
        Column("to_code", Text("Codice alla seconda data", "Code at the second date"), words=_SOIL_CODES),
        _area("area_m2", "Superficie", "Area"),
    ),
    made_of=(MadeOf("transition", ((PLACE, "value"),)),),
    no_pieces=Text("Nessuna cella del confine fa questo passaggio.", "No cell of the boundary makes this transition."),
)
_CROSSED_KEYS = (("code_a", "{unit_a}"), ("code_b", "{unit_b}"))
CROSSED = TableSpec(
    "crossed",
    Text("Unità incrociate a due a due", "Units crossed two by two"),
    (
        Column("unit_a", Text("Prima unità", "First unit"), words=UNIT_KINDS),
        Column("code_a", Text("Codice della prima", "Code of the first"), words=_CROSSED_WORDS),
        Column("unit_b", Text("Seconda unità", "Second unit"), words=UNIT_KINDS),
        Column("code_b", Text("Codice della seconda", "Code of the second"), words=_CROSSED_WORDS),
        _area("area_m2", "Superficie", "Area"),
        _SOIL[0],
        _ARTIFICIAL[0],
    ),
    made_of=(MadeOf("fragments", _CROSSED_KEYS), MadeOf("terrain", _CROSSED_KEYS)),
)
PLAN = TableSpec(
    "plan",
    Text("Suolo che il piano impegna", "Soil that the plan commits"),
    (
        *_UNIT[:2],
        _area("committed_m2", "Impegnato: libero in zona edificabile", "Committed: free in a buildable zone"),
        _area("avoidable_m2", "di cui evitabile", "of which avoidable"),
        _area("recoverable_m2", "Recuperabile: reversibile in zona non edificabile",
              "Recoverable: reversible in a zone not buildable"),
    ),
    unit="zone",
    made_of=(MadeOf("fragments", (("code", "zone"),)),),
)  # fmt: skip
PATH = TableSpec(
    "path_2050",
    Text("Verso il consumo netto zero", "Towards no net consumption"),
    (
        Column("year", Text("Anno", "Year")),
        _area("budget_m2", "Consumo netto ancora possibile", "Net consumption still possible"),
        Column("used_m2", Text("Consumo netto avvenuto", "Net consumption that took place"), "m²", 6, is_whole=False),
    ),
    no_pieces=Text(
        "È un percorso negli anni verso il consumo netto zero: non sta in un luogo.",
        "It is a path over the years towards no net consumption: it lies in no place.",
    ),
)
ZONING_TRANSITION = TableSpec(
    "zoning_transition",
    Text("Passaggi di zona fra i due piani", "Zone transitions between the two plans"),
    (
        Column("zone_from", Text("Zona prima", "Zone before"), words=italian(OUTSIDE)),
        Column("zone_to", Text("Zona dopo", "Zone after"), words=italian(OUTSIDE)),
        _area("area_m2", "Superficie", "Area"),
    ),
    made_of=(MadeOf("zoning_changes", (("zone_from", "zone_from"), ("zone_to", "zone_to"))),),
)
_CAUSES = italian(
    Text("confine", "boundary"),
    Text("proiezione", "projection"),
    Text("risoluzione", "resolution"),
    Text("edizione, codici e resto", "edition, codes and the rest"),
)
_EDITIONS = italian(*(label(row, "edition") for row in rows("published_soil_figures") if row["edition_it"]))
RECONCILIATION = TableSpec(
    "reconciliation",
    Text("Confronto con le cifre pubblicate", "Comparison with published figures"),
    (
        Column("figure", Text("Cifra", "Figure"), words={each.id: each.label for each in FIGURES}),
        Column("ours", Text("Nostra", "Ours"), decimals=6),
        Column("published", Text("Pubblicata", "Published"), decimals=6),
        Column("edition", Text("Edizione", "Edition"), words=_EDITIONS),
        Column("difference", Text("Differenza", "Difference"), decimals=6),
        Column("cause", Text("Causa", "Cause"), words=_CAUSES),
        Column("share", Text("Parte della differenza", "Part of the difference"), decimals=6, is_whole=False),
    ),
    no_pieces=Text(
        "È il confronto con una cifra pubblicata, che non ha pezzi; la nostra si spiega fra le cifre.",
        "It is held against a published figure, which has no pieces; ours is explained among the figures.",
    ),
)
FRAGMENTS = TableSpec(
    "fragments",
    Text("Frammenti di territorio", "Fragments of ground"),
    (
        Column("id", Text("Frammento", "Fragment"), decimals=0),
        *(Column(unit, Text(f"Codice {title.it}", f"Code {title.en}")) for unit, title in UNIT_TITLES.items()),
        _UNIT[2],
        *(column for column in (*_SOIL, *_ARTIFICIAL) if column.unit != "%"),
        _area("special_m2", "Coperture particolari non consumate (201-205)", "Special covers, not consumed (201-205)"),
        _NO_DATA,
        *_CHANGE,
        _area("sealed_m2", "Da reversibile a permanente", "From reversible to permanent"),
        *PLAN.columns[2:],
    ),
)
"""A layer of ``layers.gpkg``: what figures and tables are sums of. Its rows add up to the boundary."""

TERRAIN = TableSpec(
    "terrain",
    Text("Frammenti per pendenza e quota", "Fragments by slope and elevation"),
    tuple(column for column in FRAGMENTS.columns if column not in PLAN.columns[2:]),
)
"""Fragments once for each class of slope and elevation they have: what tables by these classes are sums of."""

ZONING_CHANGES = TableSpec(
    "zoning_changes",
    Text("Pezzi di territorio fra i due piani", "Pieces of ground between the two plans"),
    (
        Column("id", Text("Pezzo", "Piece"), decimals=0),
        *ZONING_TRANSITION.columns,
        _area("changed_m2", "di cui con zona cambiata", "of which with another zone"),
    ),
)
LAYERS: tuple[TableSpec, ...] = (FRAGMENTS, TERRAIN, ZONING_CHANGES)

TABLES: tuple[TableSpec, ...] = (*BY_UNIT.values(), TRANSITION, CROSSED, PLAN, PATH, RECONCILIATION, ZONING_TRANSITION)
