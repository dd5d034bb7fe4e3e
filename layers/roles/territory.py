"""The commune, its parts and who lives there."""

from __future__ import annotations

from layers.codelist import rows
from layers.roles.fields import CODE, NAME, POPULATION, amount, text
from layers.spec import Field, Kind, Role, Shape
from layers.text import Text
from layers.vocabulary import Pattern

COMMUNE_CODE = Pattern(r"(?:0\d\d|1[01]\d)\d{3}")
SECTION_CODE = Pattern(r"\d{11,13}")
IDROGEO = tuple(
    row[column]
    for column in ("csv_area_field", "csv_pct_field", "csv_population_field")
    for row in rows("idrogeo_fields")
    if row["class"] and row[column]
)
"""The indicators of ISPRA's IdroGEO table, joined to the communes to compare figures with."""

BOUNDARY = Role(
    "boundary",
    Text("Confine comunale", "Municipal boundary"),
    Text(
        "Il territorio dello studio; ogni superficie si chiude su di esso.",
        "The ground every area adds up to.",
    ),
    (Shape.POLYGON,),
    (
        text("name", "Nome", "Name", required=True, seen_as=("comune", "comune_nom", "com_name", *NAME)),
        text(
            "code",
            "Codice ISTAT",
            "ISTAT code",
            known_by=COMMUNE_CODE,
            seen_as=("pro_com_t", "com_istat_code", "comune_ist", "pro_com", "istat", *CODE),
        ),
    ),
    is_partition=True,
    carries=IDROGEO,
)
NEIGHBOURHOODS = Role(
    "neighbourhoods",
    Text("Quartieri", "Neighbourhoods"),
    Text(
        "Le parti della città per cui si contano suolo, persone e servizi.",
        "The parts of the city that are counted.",
    ),
    (Shape.POLYGON,),
    (
        text("name", "Nome", "Name", required=True, seen_as=NAME),
        text("code", "Codice", "Code", seen_as=CODE),
        POPULATION,
    ),
    is_partition=True,
    covers_commune=True,
    typical_m2=(2e5, 1e8),
)
CENSUS = Role(
    "census",
    Text("Sezioni di censimento", "Census sections"),
    Text("Dove vivono le persone, per età.", "Where people live, by age."),
    (Shape.POLYGON, Shape.POINT),
    (
        Field("population", POPULATION.label, Kind.NUMBER, True, "ab", 0.0, seen_as=POPULATION.seen_as),
        amount("population_0_14", "Residenti di 0-14 anni", "Residents aged 0-14", "ab"),
        amount("population_65_plus", "Residenti di 65 anni e più", "Residents aged 65 and over", "ab"),
        amount("households", "Famiglie", "Households", "", seen_as=("famiglie", "pf1")),
        text(
            "code",
            "Sezione",
            "Section",
            known_by=SECTION_CODE,
            seen_as=("sez2011", "sez21_id", "sez2021", "sez", "sezione", "ace", *CODE),
        ),
    ),
    yearly=True,
    spans_commune=True,
    typical_m2=(1e3, 5e7),
)
