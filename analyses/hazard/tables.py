"""The tables of hazard exposure, declared: columns, labels, units. They are the data dictionary."""

from __future__ import annotations

from dataclasses import replace

from analyses.coded import MEASURES, italian
from analyses.hazard.sea_words import LEVELS
from analyses.result import Column, MadeOf, TableSpec, about_ground
from analyses.units import OUTSIDE
from layers.codelist import rows
from layers.text import Text


def _area(column_id: str, it: str, en: str) -> Column:
    return Column(column_id, Text(it, en), "m²", 6)


def _count(column_id: str, it: str, en: str) -> Column:
    return Column(column_id, Text(it, en), "", 0)


def _people(column_id: str, it: str, en: str) -> Column:
    return Column(column_id, Text(it, en), "ab", 3)


NOT_A_USE = ("hazard_code", "status", "source")
"""Columns of ``hazard_use_matrix.csv`` beside the uses."""

DISCLAIMER = Text(
    "Sintesi indicativa di pratica urbanistica. Valgono le norme di attuazione del Piano di bacino vigente; "
    "verificare sempre l'elaborato ufficiale.",
    "An indicative summary of planning practice. The norms of the basin plan in force apply; "
    "always check the official document.",
)
CAVEAT = Text(
    "modello statico, senza opere di difesa",
    "static model, without defence works",
)

_HAZARDS = {"flood": Text("alluvione", "flood"), "landslide": Text("frana", "landslide")}
_IN_NO_CLASS = {"": Text("(nessuna classe)", "(no class)")}
_HAZARD = (
    Column("hazard", Text("Pericolo", "Hazard"), words=_HAZARDS),
    Column("class", Text("Classe", "Class"), words=_IN_NO_CLASS),
)
_SOURCE_CLASS = Column("source_class", Text("Classe nella fonte", "Class in the source"), words=_IN_NO_CLASS)
_EXPOSED = (
    _people("people", "Residenti", "Residents"),
    _count("buildings", "Edifici", "Buildings"),
)
_PLANNED = (
    _area("floor_area_new_m2", "Superficie utile prevista in più", "Floor area the plan adds"),
    _people("people_new", "Abitanti previsti in più", "People the plan adds"),
)

_KEYS = tuple((name, name) for name in ("hazard", "class", "source_class"))
_LAYERS = ("fragments", "beyond")
_NESTED_AREA = MadeOf("fragments", columns={"area_nested_m2": "area_m2"}, tells=("area_nested_m2",))


def _of_class(*keys: tuple[str, str]) -> tuple[MadeOf, ...]:
    """Return the pieces of a class, or those in none."""
    return tuple(MadeOf(layer, keys) for layer in _LAYERS)


BY_CLASS = TableSpec(
    "by_class",
    Text("Pericolosità per classe", "Hazard by class"),
    (
        *_HAZARD,
        _SOURCE_CLASS,
        _area("area_m2", "Superficie della sola classe", "Area of the class alone"),
        _area("area_nested_m2", "Superficie con le classi più gravi", "Area with the graver classes"),
        *_EXPOSED,
        _count("services", "Servizi", "Services"),
        _area("consumed_m2", "Suolo consumato", "Consumed soil"),
    ),
    made_of=(
        *_of_class(*_KEYS),
        replace(_NESTED_AREA, keys=_KEYS[:1], word=("nested", "{class}")),
        *(replace(_NESTED_AREA, layer=layer, keys=_KEYS[:2]) for layer in _LAYERS),
    ),
    no_pieces=Text("In questo studio nessun terreno è di questa classe.", "No ground of this study is of this class."),
)  # fmt: skip

_UNIT_TITLES = {
    "neighbourhood": Text("per quartiere", "by neighbourhood"),
    "zone": Text("per zona di piano", "by zone"),
    "district": Text("per distretto", "by district"),
}


def _of_unit(unit: str) -> tuple[tuple[str, str], ...]:
    return (("code", unit), ("hazard", "hazard"), ("class", "class"))


BY_UNIT = {
    unit: TableSpec(
        f"by_{unit}",
        Text(f"Pericolosità {title.it}", f"Hazard {title.en}"),
        (
            Column("code", Text("Codice", "Code")),
            Column("name", Text("Nome", "Name"), words=italian(OUTSIDE)),
            *_HAZARD,
            _area("area_m2", "Superficie", "Area"),
            *_EXPOSED,
            *(_PLANNED if unit == "district" else ()),
        ),
        made_of=(*_of_class(*_of_unit(unit)), *(about_ground(layer, *_of_unit(unit)) for layer in _LAYERS)),
        no_pieces=Text(
            "In questa unità nessun terreno è di questa classe.", "No ground of this unit is of this class."
        ),
    )
    for unit, title in _UNIT_TITLES.items()
}
SEA_LEVEL = TableSpec(
    "sea_level",
    Text(f"Aree sotto il livello del mare ({CAVEAT.it})", f"Ground below sea level ({CAVEAT.en})"),
    (
        Column("scenario", Text("Scenario", "Scenario"), words=LEVELS),
        Column("level_m", Text("Livello", "Level"), "m", 3),
        _area("area_m2", "Superficie", "Area"),
        _area("consumed_m2", "Suolo consumato", "Consumed soil"),
        _people("people", "Residenti", "Residents"),
        _count("services", "Servizi", "Services"),
    ),
    made_of=(about_ground("sea_level", ("level_m", "level_m")),),
    no_pieces=Text("A questo livello non c'è terreno sott'acqua.", "At this level no ground lies below water."),
)
RECONCILIATION = TableSpec(
    "reconciliation",
    Text("Confronto con IdroGEO (ISPRA)", "Comparison with IdroGEO (ISPRA)"),
    (
        Column("figure", Text("Cifra", "Figure")),
        Column("unit", Text("Unità", "Unit"), words=MEASURES),
        Column("ours", Text("Questo studio", "This study"), "", 6),
        Column("published", Text("IdroGEO", "IdroGEO"), "", 6),
        Column("difference", Text("Differenza", "Difference"), "", 6),
        Column("difference_pct", Text("Differenza", "Difference"), "%", 3),
        Column("cause", Text("Cause possibili", "Possible causes")),
    ),
    no_pieces=Text(
        "È il confronto con una cifra pubblicata, che non ha pezzi; la nostra si spiega fra le cifre.",
        "It is held against a published figure, which has no pieces; ours is explained among the figures.",
    ),
)
_USES = {
    "manutenzione": Text("Manutenzione", "Maintenance"),
    "restauro_ristrutturazione": Text("Restauro e ristrutturazione", "Restoration and renovation"),
    "ampliamento": Text("Ampliamento", "Extension"),
    "nuova_costruzione": Text("Nuova costruzione", "New building"),
    "servizi_strategici": Text("Servizi strategici", "Strategic services"),
    "orti_urbani": Text("Orti urbani", "Urban gardens"),
    "parcheggi_raso": Text("Parcheggi a raso", "Ground-level parking"),
    "verde_parchi": Text("Verde e parchi", "Green and parks"),
}
_PRACTICE = {
    "si": Text("sì", "yes"),
    "no": Text("no", "no"),
    "limitato": Text("limitato", "limited"),
    "solo_naturale": Text("solo naturale", "natural only"),
    "con_studio": Text("con studio", "with a study"),
    "si_con_studio": Text("sì, con studio", "yes, with a study"),
    "con_studio_geologico": Text("con studio geologico", "with a geological study"),
    "con_studio_senza_sbancamenti": Text("con studio, senza sbancamenti", "with a study, without excavation"),
    "con_norme_comunali": Text("con norme comunali", "under municipal norms"),
    "con_allerta": Text("con sistema di allerta", "with an alert system"),
    "limitato_con_allerta": Text("limitato, con sistema di allerta", "limited, with an alert system"),
    "si_con_accorgimenti": Text("sì, con accorgimenti", "yes, with precautions"),
    "si_senza_aumento_carico": Text("sì, senza aumento di carico", "yes, without a greater load"),
    "si_senza_aumento_vulnerabilita": Text("sì, senza aumento di vulnerabilità", "yes, without greater vulnerability"),
    "si_senza_manufatti": Text("sì, senza manufatti", "yes, without structures"),
    "si_senza_manufatti_chiusi": Text("sì, senza manufatti chiusi", "yes, without closed structures"),
    "solo_lotti_interclusi_con_sicurezza": Text(
        "solo lotti interclusi, in sicurezza", "enclosed plots only, made safe"
    ),
}
_STATUSES = {
    "verified": Text("verificato", "verified"),
    "derived": Text("derivato", "derived"),
    "own_knowledge": Text("non verificato", "not verified"),
}
USES = TableSpec(
    "uses",
    Text("Usi per classe: sintesi indicativa, non norma", "Uses by class: an indicative summary, not a norm"),
    (
        *_HAZARD,
        _SOURCE_CLASS,
        *(Column(name, _USES[name], words=_PRACTICE) for name in rows("hazard_use_matrix")[0] if name not in NOT_A_USE),
        Column("status", Text("Stato", "Status"), words=_STATUSES),
        Column("disclaimer", Text("Avvertenza", "Disclaimer"), words=italian(DISCLAIMER)),
    ),
    made_of=tuple(about_ground(layer, *_KEYS) for layer in _LAYERS),
    no_pieces=BY_CLASS.no_pieces,
)
TABLES = (BY_CLASS, *BY_UNIT.values(), SEA_LEVEL, RECONCILIATION, USES)
