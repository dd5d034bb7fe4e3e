"""Figures and tables of the transformation districts, declared: they are the data dictionary."""

from __future__ import annotations

from dataclasses import replace

from analyses.coded import MEASURES, YES_NO, italian
from analyses.coded import SCENARIOS as KNOWN_SCENARIOS
from analyses.districts import named
from analyses.districts.formulas import FORMULAS
from analyses.districts.terms import TERMS
from analyses.result import Column, MadeOf, TableSpec, about_ground
from analyses.units import OUTSIDE
from layers.text import Text

_CODE = Column("code", Text("Codice", "Code"))
_NAME = Column("name", Text("Nome", "Name"), words=italian(OUTSIDE))
_SCENARIO = Column("scenario", Text("Scenario", "Scenario"), words=KNOWN_SCENARIOS)
_TITLED = replace(_SCENARIO, named_by="title")
_DISTRICT = (_CODE, _NAME, _SCENARIO)
_DECIMALS = 6


def _area(name: str, it: str, en: str) -> Column:
    return Column(name, Text(it, en), "m²", _DECIMALS)


_READ = {"homes": 0, "homes_new": 0, "storeys_built": 1}
"""Decimals that people read of what is a floor area by a parameter."""
SHEET_COLUMNS: tuple[Column, ...] = tuple(
    Column(each.column, each.label, each.unit, _DECIMALS, _READ.get(each.column), formula=each.how) for each in FORMULAS
)
_MEASURED_FIRST = (_area("st_m2", "Superficie territoriale, misurata", "Territorial area, measured"),)
_MEASURED = (
    _area("consumed_m2", "Suolo già consumato", "Soil already consumed"),
    _area("hazard_m2", "In classi di pericolosità che vietano", "In hazard classes that forbid building"),
    _area("contaminated_m2", "In siti contaminati", "In contaminated sites"),
    _area("net_buildable_m2", "Superficie netta trasformabile", "Net ground for building"),
    Column("residents", Text("Residenti di oggi", "Residents today"), "ab", _DECIMALS),
)
_STATED = (
    Column("kind", Text("Tipo", "Kind"), words=TERMS),
    Column("norm", Text("Norma", "Norm"), words=named.NORMS),
    Column("state", Text("Stato", "State"), words=TERMS),
    Column("index_kind", Text("Tipo di indice", "Index kind"), words=named.INDEX_KINDS),
    Column("ut_m2_m2", Text("Indice territoriale", "Territorial index"), "m²/m²", _DECIMALS, read=2),
    Column("max_height_m", Text("Altezza massima", "Maximum height"), "m", 2),
    _area("floor_area_existing_m2", "Superficie esistente", "Existing floor area"),
)
_BY_CODE, _IN_FORCE = (("code", "code"),), ("scenario", "base")
"""The layers of the results are those of the plan in force."""

_OF_DISTRICT = (about_ground("districts", *_BY_CODE),)
_OF_STUDY = Text(
    "La cifra è di tutto lo studio o di uno scenario intero: chiedere dei distretti, uno per uno.",
    "The number is of the whole study or of a whole scenario: ask of the districts, one by one.",
)

BY_DISTRICT = TableSpec(
    "by_district",
    Text("Schede dei distretti", "Sheets of the districts"),
    (*_DISTRICT, *_MEASURED_FIRST, *SHEET_COLUMNS, *_MEASURED, *_STATED),
    made_of=(MadeOf("districts", _BY_CODE, only=_IN_FORCE), *_OF_DISTRICT),
)
USES = TableSpec(
    "uses",
    Text("Destinazioni d'uso", "Uses"),
    (*_DISTRICT, Column("use", Text("Uso", "Use"), words=named.USE_WORDS),
     Column("share_pct", Text("Quota", "Share"), "%", _DECIMALS),
     _area("floor_area_m2", "Superficie lorda", "Floor area")),
    unit="district",
    made_of=_OF_DISTRICT,
)  # fmt: skip
CONSTRAINTS = TableSpec(
    "constraints",
    Text("Suolo sottratto, per causa", "Ground netted off, by cause"),
    (_CODE, _SCENARIO, Column("cause", Text("Causa", "Cause"), words=named.CAUSES, named_by="label"),
     Column("label", Text("Descrizione", "Description"), words=italian(*named.CAUSES.values())),
     Column("source", Text("Fonte", "Source")), _area("area_m2", "Superficie", "Area"),
     _area("area_alone_m2", "di cui per questa sola causa", "of which under this cause alone"),
     Column("nets_off", Text("Sottrae", "Nets off"), words=YES_NO)),
    unit="district",
    made_of=(MadeOf("causes", (*_BY_CODE, ("cause", "cause")), only=_IN_FORCE), *_OF_DISTRICT),
)  # fmt: skip
FORMULA_TABLE = TableSpec(
    "formulas",
    Text("Ogni cifra con la sua formula", "Each figure with its formula"),
    (_CODE, _SCENARIO, Column("column", Text("Colonna", "Column"), words=named.COLUMN_WORDS),
     Column("formula", Text("Formula", "Formula"), english="formula_en"),
     Column("with_values", Text("Con i valori", "With its values"), english="with_values_en"),
     Column("value", Text("Valore", "Value"), "", _DECIMALS), Column("unit", Text("Unità", "Unit"), words=MEASURES),
     Column("formula_en", Text("Formula, in inglese", "Formula, in English")),
     Column("with_values_en", Text("Con i valori, in inglese", "With its values, in English"))),
    unit="district",
    made_of=_OF_DISTRICT,
)  # fmt: skip


INDICATORS: tuple[Column, ...] = tuple(
    replace(column, formula=None)
    for column in (*SHEET_COLUMNS, *_MEASURED)
    if column.id
    in (
        "floor_area_m2", "floor_area_new_m2", "people", "people_new", "homes_new", "ac_m2", "ve_m2", "sp_m2",
        "totale_balance_m2", "public_balance_m2", "private_parking_due_m2", "soil_newly_consumed_m2", "desealed_m2",
        "net_buildable_m2", "pv_mwh_year", "co2_saved_t",
    )
)  # fmt: skip
"""What scenarios are compared by: sums over the districts, which no formula of one district gives."""

SCENARIOS = TableSpec(
    "scenarios",
    Text("Scenari a confronto", "Scenarios compared"),
    (_TITLED, Column("title", Text("Titolo", "Title"), words=italian(*KNOWN_SCENARIOS.values())), *INDICATORS,
     Column("green_m2_per_person", Text("Verde per abitante", "Green per person"), "m²/ab", _DECIMALS),
     Column("people_in_hazard", Text("Abitanti in aree pericolose", "People on hazardous ground"), "ab", _DECIMALS),
     Column("dominated", Text("Dominato", "Dominated"), words=YES_NO),
     Column("dominated_by", Text("Dominato da", "Dominated by"), words=KNOWN_SCENARIOS, between=", ")),
    made_of=(MadeOf("districts", only=_IN_FORCE), about_ground("districts")),
)  # fmt: skip
PARETO = TableSpec(
    "pareto",
    Text("Scenari di ogni distretto, il piano vigente fra loro", "Scenarios of each district, the plan among them"),
    (_CODE, _TITLED, Column("title", Text("Titolo", "Title"), words=italian(*KNOWN_SCENARIOS.values())),
     *(column for column in INDICATORS
       if column.id in ("homes_new", "soil_newly_consumed_m2", "public_balance_m2", "co2_saved_t")),
     Column("green_m2_per_person", Text("Verde per abitante", "Green per person"), "m²/ab", _DECIMALS, is_whole=False),
     Column("people_in_hazard", Text("Abitanti in aree pericolose", "People on hazardous ground"), "ab", _DECIMALS,
            is_whole=False),
     Column("dominated", Text("Dominato", "Dominated"), words=YES_NO),
     Column("dominated_by", Text("Dominato da", "Dominated by"), words=KNOWN_SCENARIOS, between=", ")),
    unit="district",
    made_of=_OF_DISTRICT,
)  # fmt: skip
EFFECTS = TableSpec(
    "effects",
    Text("Che cosa muove ogni indicatore", "What moves each indicator"),
    (_SCENARIO, Column("indicator", Text("Indicatore", "Indicator"), words=named.COLUMN_WORDS),
     Column("edit", Text("Modifica", "Edit")),
     Column("effect", Text("Effetto", "Effect"), "", _DECIMALS), Column("unit", Text("Unità", "Unit"), words=MEASURES)),
    no_pieces=_OF_STUDY,
)  # fmt: skip
RANGES = TableSpec(
    "ranges",
    Text("Intervalli", "Ranges"),
    (_CODE, _SCENARIO, Column("column", Text("Colonna", "Column"), words=named.COLUMN_WORDS),
     Column("low", Text("Minimo", "Lowest"), "", _DECIMALS), Column("high", Text("Massimo", "Highest"), "", _DECIMALS),
     Column("unit", Text("Unità", "Unit"), words=MEASURES)),
    unit="district",
    made_of=_OF_DISTRICT,
    no_pieces=_OF_STUDY,
)  # fmt: skip
_REALISED = _area("floor_area_realised_m2", "Superficie realizzata", "Floor area realised")
_REALISED_PCT = Column("realised_pct", Text("Quota realizzata", "Share realised"), "%", _DECIMALS, is_whole=False)
REGISTER = TableSpec(
    "register",
    Text("Registro dei distretti", "Register of the districts"),
    (Column("state", Text("Stato", "State"), words=TERMS), Column("districts", Text("Distretti", "Districts"), "", 0),
     _area("st_m2", "Superficie territoriale", "Territorial area"),
     _area("floor_area_existing_m2", "Superficie esistente", "Existing floor area"),
     _area("floor_area_new_m2", "Superficie nuova", "New floor area"), _REALISED, _REALISED_PCT),
    made_of=(about_ground("districts", ("state", "state")),),
    no_pieces=_OF_STUDY,
)  # fmt: skip
_REGISTER_ENTRY = (
    Column("stage", Text("Fase", "Stage"), words=TERMS), Column("state", Text("Stato", "State"), words=TERMS),
    Column("day", Text("Dal", "Since")), Column("instrument", Text("Strumento attuativo", "Instrument")),
)  # fmt: skip
PROGRESS = TableSpec(
    "progress",
    Text("Avanzamento dei distretti", "Progress of the districts"),
    (_CODE, _NAME, *_REGISTER_ENTRY,
     Column("floor_area_new_m2", Text("Superficie nuova", "New floor area"), "m²", _DECIMALS, is_whole=False),
     _REALISED, _REALISED_PCT),
    unit="district",
    made_of=_OF_DISTRICT,
)  # fmt: skip
HISTORY = TableSpec(
    "history",
    Text("Registro dei distretti, anno per anno", "Register of the districts, year by year"),
    (_CODE, _NAME, *_REGISTER_ENTRY, _REALISED, _REALISED_PCT),
    unit="district",
    made_of=_OF_DISTRICT,
)
ENERGY = TableSpec(
    "energy",
    Text("Sole sui tetti", "Sun on roofs"),
    (Column("item", Text("Voce", "Item"), words=named.ITEMS), _SCENARIO,
     Column("roof_m2", Text("Superficie dei tetti", "Roof area"), "m²", _DECIMALS, is_whole=False),
     Column("pv_mwh_year", Text("Energia fotovoltaica all'anno", "Photovoltaic energy a year"), "MWh/anno", _DECIMALS,
            is_whole=False),
     Column("co2_saved_t", Text("CO2 evitata all'anno", "CO2 saved a year"), "t/anno", _DECIMALS, is_whole=False),
     Column("baseline_pct", Text("Sulle emissioni di partenza del PAES", "Of the PAES baseline"), "%", _DECIMALS,
            is_whole=False),
     Column("target_pct", Text("Sull'obiettivo locale del PAES", "Of the local PAES target"), "%", _DECIMALS,
            is_whole=False)),
    no_pieces=_OF_STUDY,
)  # fmt: skip
EQUALISATION = TableSpec(
    "equalisation",
    Text("Perequazione per proprietario", "Equalisation by owner"),
    (Column("district", Text("Distretto", "District")), _SCENARIO,
     Column("owner", Text("Proprietario", "Owner"), words=named.NO_OWNER),
     Column("parcels", Text("Particelle", "Parcels"), "", 0), _area("area_m2", "Superficie conferita", "Area brought"),
     _area("rights_m2", "Diritti edificatori", "Building rights"), _area("cession_m2", "Cessione", "Cession")),
    unit="district",
    made_of=(about_ground("districts", ("district", "code")),),
)  # fmt: skip
BINDING = TableSpec(
    "binding",
    Text("Che cosa vincola", "What binds"),
    (_CODE, _SCENARIO, Column("goal", Text("Obiettivo", "Goal"), words=named.GOAL_WORDS),
     Column("outcome", Text("Esito", "Outcome"), words=named.OUTCOMES),
     Column("most", Text("Massimo", "Most"), "", _DECIMALS, is_whole=False),
     Column("unit", Text("Unità", "Unit"), words=MEASURES),
     Column("constraint", Text("Vincolo", "Constraint"), english="constraint_en"),
     Column("constraint_en", Text("Vincolo, in inglese", "Constraint, in English")),
     Column("shadow_price", Text("Prezzo ombra", "Shadow price"), "", _DECIMALS, is_whole=False),
     Column("words", Text("In parole", "In words"), english="words_en"),
     Column("words_en", Text("In parole, in inglese", "In words, in English"))),
    unit="district",
    made_of=_OF_DISTRICT,
    no_pieces=_OF_STUDY,
)  # fmt: skip
