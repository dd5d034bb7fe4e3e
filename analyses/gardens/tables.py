"""What the suitability for urban gardens gives: figures and tables, declared."""

from __future__ import annotations

from dataclasses import replace

from analyses.coded import ROLES, italian
from analyses.gardens import vetoes
from analyses.gardens.classes import CLASSES
from analyses.gardens.classes import EXCLUDED as EXCLUDED_CLASS
from analyses.gardens.criteria import TITLES
from analyses.gardens.disagreement import CLASSES as DISAGREEMENTS
from analyses.gardens.disagreement import OUT
from analyses.gardens.scenarios import BY_ID as SCENARIOS_OF
from analyses.gardens.status import EXCLUDED as EXCLUDED_CELL
from analyses.gardens.status import NO_DATA, SUITABLE, UNSUITABLE
from analyses.result import Column, FigureSpec, MadeOf, TableSpec, about_ground
from layers.codelist import rows
from layers.text import Text

_CELLS = "somma della parte di ogni cella dentro il confine, esatta; le quattro superfici ne sono la partizione"


_IN_WORDS = Text(
    "Somma della parte di ogni cella dentro il confine, esatta; le quattro superfici fanno tutto il territorio.",
    "Sum of the part of each cell within the boundary, exact; the four areas make the whole territory.",
)


def _area(figure_id: str, status: int, it: str, en: str) -> FigureSpec:
    return FigureSpec(
        figure_id, Text(it, en), "m²", 0, _CELLS, made_of="status.area_m2", only=("value", str(status)), rule=_IN_WORDS,
    )  # fmt: skip


_OF_JUDGEMENTS = Text(
    "Misura l'accordo fra giudizi e pesi, non un pezzo di territorio.",
    "It measures how judgements and weights agree, no piece of ground.",
)
FIGURES: tuple[FigureSpec, ...] = (
    _area("suitable_m2", SUITABLE, "Terreno idoneo", "Suitable ground"),
    _area("excluded_m2", EXCLUDED_CELL, "Terreno escluso", "Excluded ground"),
    _area("unsuitable_m2", UNSUITABLE, "Terreno non idoneo", "Unsuitable ground"),
    _area("no_data_m2", NO_DATA, "Terreno che i dati non decidono", "Ground the data do not decide"),
    FigureSpec(
        "sites",
        Text("Siti", "Sites"),
        "",
        0,
        "terreno idoneo contiguo o di una stessa area, oltre il minimo",
        made_of="sites",
        rule=Text(
            "Terreno idoneo contiguo, o di una stessa area, oltre la superficie minima.",
            "Suitable ground that hangs together, or of one lot, above the least area.",
        ),
    ),
    FigureSpec(
        "consistency_ratio",
        Text("Rapporto di consistenza", "Consistency ratio"),
        "",
        3,
        "Saaty 1980: CI / RI",
        rule=Text(
            "Indice di consistenza dei giudizi a coppie / indice casuale (Saaty 1980).",
            "Consistency index of the judgements in pairs / random index (Saaty 1980).",
        ),
        no_pieces=_OF_JUDGEMENTS,
    ),
    FigureSpec(
        "concordance",
        Text("Concordanza fra i pesi (W)", "Concordance of weights (W)"),
        "",
        3,
        "Kendall, sui siti",
        rule=Text(
            "W di Kendall: quanto si somigliano le graduatorie dei siti secondo i diversi pesi.",
            "Kendall's W: how alike the rankings of the sites are under the different weights.",
        ),
        no_pieces=_OF_JUDGEMENTS,
    ),
)

_NAME = Column("name", Text("Nome", "Name"))
_AREA = Column("area_m2", Text("Superficie", "Area"), "m²", 6)
_SOURCE = Column("source", Text("Fonte", "Source"))
_CRITERION = Column("criterion", Text("Criterio", "Criterion"), words=TITLES, named_by="name")
_CRITERION_NAME = replace(_NAME, words=italian(*TITLES.values()))

_CLASS = Column("class", Text("Classe", "Class"), named_by="name")
_BY_SITE = (("site", "site"),)

SITES = TableSpec(
    "sites",
    Text("Siti per orti", "Garden sites"),
    (
        Column("rank", Text("Posto", "Rank"), "", 0),
        Column("site", Text("Sito", "Site")),
        _NAME,
        Column("owner", Text("Proprietà", "Owner")),
        _AREA,
        Column("plots", Text("Orti", "Plots"), "", 0),
        Column("score", Text("Punteggio", "Score"), "", 6),
        Column("score_low", Text("Punteggio minimo", "Lowest score"), "", 6),
        Column("score_high", Text("Punteggio massimo", "Highest score"), "", 6),
        Column("rank_low", Text("Posto migliore", "Best rank"), "", 0),
        Column("rank_high", Text("Posto peggiore", "Worst rank"), "", 0),
        Column("top_share_pct", Text("Estrazioni fra i primi", "Draws among the first"), "%", 2),
        Column("people", Text("Residenti nel raggio", "Residents in reach"), "ab", 1),
        Column("reasons", Text("Ragioni", "Reasons"), english="reasons_en"),
        Column("reasons_en", Text("Ragioni, in inglese", "Reasons, in English")),
    ),
    unit="site",
    made_of=(MadeOf("sites", _BY_SITE),),
)
_CAUSES = italian(*TITLES.values(), *vetoes.TITLES, *(each.title for each in SCENARIOS_OF.values()))
EXCLUDED = TableSpec(
    "excluded",
    Text("Cause di esclusione", "Causes of exclusion"),
    (
        Column("cause", Text("Causa", "Cause"), words=TITLES, named_by="name"),
        replace(_NAME, words=_CAUSES),
        replace(_SOURCE, english="source_en"),
        Column("source_en", Text("Fonte, in inglese", "Source, in English")),
        _AREA,
        Column("area_alone_m2", Text("Superficie esclusa solo da essa", "Area only it excludes"), "m²", 6),
    ),
    made_of=(MadeOf("causes", columns={"area_alone_m2": "area_m2"}, is_bits=True, alone=("area_alone_m2",)),),
    no_pieces=Text("Per nessuna cella è questa la causa.", "Of no cell is this the cause."),
)
CRITERIA = TableSpec(
    "criteria",
    Text("Criteri", "Criteria"),
    (
        _CRITERION,
        _CRITERION_NAME,
        Column("weight", Text("Peso", "Weight"), "", 6),
        Column("best", Text("Valore ottimo", "Best value"), "", 3),
        Column("worst", Text("Valore pessimo", "Worst value"), "", 3),
        Column("classes", Text("Punteggi delle classi", "Scores of the classes")),
        Column("share_missing_pct", Text("Superficie senza il dato", "Area without the datum"), "%", 4),
        replace(_SOURCE, words=ROLES, between=" "),
    ),
    no_pieces=Text(
        "È un peso o una soglia scelta per tutto lo studio: vale ovunque.",
        "It is a weight or a threshold chosen for the whole study: it holds everywhere.",
    ),
)
SCENARIOS = TableSpec(
    "scenarios",
    Text("Scenari a confronto", "Scenarios side by side"),
    (
        Column("scenario", Text("Scenario", "Scenario"), named_by="name"),
        replace(_NAME, words=italian(*(each.title for each in SCENARIOS_OF.values()))),
        Column("suitable_m2", Text("Idoneo", "Suitable"), "m²", 6),
        Column("excluded_m2", Text("Escluso", "Excluded"), "m²", 6),
        Column("unsuitable_m2", Text("Non idoneo", "Unsuitable"), "m²", 6),
        Column("no_data_m2", Text("Non deciso", "Undecided"), "m²", 6),
        Column("sites", Text("Siti", "Sites"), "", 0),
    ),
    made_of=(MadeOf("scenario_sites", (("scenario", "scenario"),), {"sites": ""}),),
    no_pieces=Text(
        "Le celle dei risultati sono quelle dello scenario scelto: degli altri restano le superfici e i siti.",
        "The cells of the results are those of the scenario chosen: of the others areas and sites are kept.",
    ),
)
_CODES = [row["fao"] for row in sorted(rows("suitability_classes"), key=lambda row: -float(row["min"]))]
_NUMBERS = {code: str(place) for place, code in enumerate((*_CODES, "excluded", "undecided"), 1)}
"""The number of a class in the raster is its place, best first."""
BY_CLASS = TableSpec(
    "by_class",
    Text("Classi di idoneità", "Classes of suitability"),
    (_CLASS, replace(_NAME, words=italian(*(each.title for each in CLASSES))), _AREA),
    made_of=(MadeOf("class", (("class", "value"),), codes=_NUMBERS),),
    no_pieces=Text("Nessuna cella è di questa classe.", "No cell is of this class."),
)
REASONS = TableSpec(
    "reasons",
    Text("Ragioni di ogni sito", "Reasons of each site"),
    (
        Column("site", Text("Sito", "Site")),
        _CRITERION,
        _CRITERION_NAME,
        Column("score", Text("Punteggio del criterio", "Criterion's score"), "", 6),
        Column("weight", Text("Peso", "Weight"), "", 6),
        Column("part", Text("Parte del punteggio del sito", "Part of the site's score"), "", 6, is_whole=False),
    ),
    unit="site",
    made_of=(about_ground("sites", *_BY_SITE),),
)
_DISAGREEMENT_NUMBERS = {code: str(place) for place, code in enumerate((*DISAGREEMENTS, OUT), 1)}
BY_DISAGREEMENT = TableSpec(
    "by_disagreement",
    Text("Classi di disaccordo fra i pesi", "Classes of disagreement of the weights"),
    (_CLASS, replace(_NAME, words=italian(EXCLUDED_CLASS.title, *DISAGREEMENTS.values())), _AREA),
    made_of=(MadeOf("disagreement_class", (("class", "value"),), codes=_DISAGREEMENT_NUMBERS),),
    no_pieces=Text("Nessuna cella è di questa classe.", "No cell is of this class."),
)
TABLES = (SITES, REASONS, BY_CLASS, BY_DISAGREEMENT, EXCLUDED, CRITERIA, SCENARIOS)
