"""The tables of soil consumption, declared: columns, labels, units. They are the data dictionary."""

from __future__ import annotations

from analyses.result import Column, TableSpec
from layers.text import Text


def _area(column_id: str, it: str, en: str) -> Column:
    return Column(column_id, Text(it, en), "m²", 6)


_UNIT = (
    Column("code", Text("Codice", "Code")),
    Column("name", Text("Nome", "Name")),
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
}
BY_UNIT = {
    unit: TableSpec(
        f"by_{unit}",
        Text(f"Suolo {title.it}", f"Soil {title.en}"),
        (*_UNIT, *_SOIL, *_ARTIFICIAL, _NO_DATA, *_CHANGE),
    )
    for unit, title in UNIT_TITLES.items()
}
TRANSITION = TableSpec(
    "transition",
    Text("Passaggi di classe fra le due date", "Class transitions between the two dates"),
    (
        Column("from_code", Text("Codice alla prima data", "Code at the first date")),
        Column("to_code", Text("Codice alla seconda data", "Code at the second date")),
        _area("area_m2", "Superficie", "Area"),
    ),
)
TABLES: tuple[TableSpec, ...] = (*BY_UNIT.values(), TRANSITION)
