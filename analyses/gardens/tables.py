"""What the suitability for urban gardens gives: figures and tables, declared."""

from __future__ import annotations

from analyses.result import Column, FigureSpec, MadeOf, TableSpec
from layers.text import Text

_CELLS = "somma della parte di ogni cella dentro il confine, esatta; le quattro superfici ne sono la partizione"


def _area(figure_id: str, it: str, en: str) -> FigureSpec:
    return FigureSpec(figure_id, Text(it, en), "m²", 0, _CELLS)


FIGURES: tuple[FigureSpec, ...] = (
    _area("suitable_m2", "Terreno idoneo", "Suitable ground"),
    _area("excluded_m2", "Terreno escluso", "Excluded ground"),
    _area("unsuitable_m2", "Terreno non idoneo", "Unsuitable ground"),
    _area("no_data_m2", "Terreno che i dati non decidono", "Ground the data do not decide"),
    FigureSpec(
        "sites",
        Text("Siti", "Sites"),
        "",
        0,
        "terreno idoneo contiguo o di una stessa area, oltre il minimo",
        made_of="sites",
    ),
    FigureSpec("consistency_ratio", Text("Rapporto di consistenza", "Consistency ratio"), "", 3, "Saaty 1980: CI / RI"),
    FigureSpec(
        "concordance", Text("Concordanza fra i pesi (W)", "Concordance of weights (W)"), "", 3, "Kendall, sui siti"
    ),
)

_NAME = Column("name", Text("Nome", "Name"))
_AREA = Column("area_m2", Text("Superficie", "Area"), "m²", 6)
_SOURCE = Column("source", Text("Fonte", "Source"))

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
        Column("reasons", Text("Ragioni", "Reasons")),
    ),
    unit="site",
    made_of=MadeOf("sites", _BY_SITE),
)
EXCLUDED = TableSpec(
    "excluded",
    Text("Cause di esclusione", "Causes of exclusion"),
    (
        Column("cause", Text("Causa", "Cause")),
        _NAME,
        _SOURCE,
        _AREA,
        Column("area_alone_m2", Text("Superficie esclusa solo da essa", "Area only it excludes"), "m²", 6),
    ),
)
CRITERIA = TableSpec(
    "criteria",
    Text("Criteri", "Criteria"),
    (
        Column("criterion", Text("Criterio", "Criterion")),
        _NAME,
        Column("weight", Text("Peso", "Weight"), "", 6),
        Column("best", Text("Valore ottimo", "Best value"), "", 3),
        Column("worst", Text("Valore pessimo", "Worst value"), "", 3),
        Column("classes", Text("Punteggi delle classi", "Scores of the classes")),
        Column("share_missing_pct", Text("Superficie senza il dato", "Area without the datum"), "%", 4),
        _SOURCE,
    ),
)
SCENARIOS = TableSpec(
    "scenarios",
    Text("Scenari a confronto", "Scenarios side by side"),
    (
        Column("scenario", Text("Scenario", "Scenario")),
        _NAME,
        Column("suitable_m2", Text("Idoneo", "Suitable"), "m²", 6),
        Column("excluded_m2", Text("Escluso", "Excluded"), "m²", 6),
        Column("unsuitable_m2", Text("Non idoneo", "Unsuitable"), "m²", 6),
        Column("no_data_m2", Text("Non deciso", "Undecided"), "m²", 6),
        Column("sites", Text("Siti", "Sites"), "", 0),
    ),
)
BY_CLASS = TableSpec(
    "by_class",
    Text("Classi di idoneità", "Classes of suitability"),
    (Column("class", Text("Classe", "Class")), _NAME, _AREA),
)
REASONS = TableSpec(
    "reasons",
    Text("Ragioni di ogni sito", "Reasons of each site"),
    (
        Column("site", Text("Sito", "Site")),
        Column("criterion", Text("Criterio", "Criterion")),
        _NAME,
        Column("score", Text("Punteggio del criterio", "Criterion's score"), "", 6),
        Column("weight", Text("Peso", "Weight"), "", 6),
        Column("part", Text("Parte del punteggio del sito", "Part of the site's score"), "", 6, is_whole=False),
    ),
)
BY_DISAGREEMENT = TableSpec(
    "by_disagreement",
    Text("Classi di disaccordo fra i pesi", "Classes of disagreement of the weights"),
    (Column("class", Text("Classe", "Class")), _NAME, _AREA),
)
TABLES = (SITES, REASONS, BY_CLASS, BY_DISAGREEMENT, EXCLUDED, CRITERIA, SCENARIOS)
