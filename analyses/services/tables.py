"""Figures and tables of service coverage, declared: they are the data dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analyses.coded import italian
from analyses.formula_reading import formula
from analyses.result import PLACE, Column, FigureSpec, MadeOf, Operand, TableSpec, Within, about_ground
from analyses.services.service_kinds import KINDS, Kind
from analyses.services.time_bins import BOUNDS
from analyses.services.walking_pace import PROFILES
from analyses.units import OUTSIDE
from layers.text import Text, say

_COVERED = "100 × people whose nearest service is within the threshold of its kind / people (walking time home→service)"
_SCORE = "mean over people of the kinds of service within 15 minutes on foot, out of the kinds the study has"


_CODE, _NAME = Column("code", Text("Codice", "Code")), Column("name", Text("Nome", "Name"), words=italian(OUTSIDE))
PEOPLE = Operand("people", Text("Residenti", "Residents"), "ab", 0, formula("by_neighbourhood.population"))
NO_UNITS = Text(
    "Senza quartieri i risultati non conservano pezzi per questa cifra: si conta su tutti i residenti.",
    "Without neighbourhoods the results keep no pieces for this figure: it is counted over all residents.",
)


def covered_figure(kind: Kind) -> FigureSpec:
    """Return the figure of people covered by a kind."""
    label = say("Residenti serviti: {k}", "Residents served: {k}", k=kind.label)
    return FigureSpec(
        f"covered_{kind.id}_pct", label, "%", 1, _COVERED, is_verified=False,
        made_of=f"neighbourhood.population * covered_{kind.id}_pct / 100", no_pieces=NO_UNITS,
        formula=formula(f"100 * by_kind[{kind.id}].covered_people / {PEOPLE.id}"),
        rule=say(
            "Residenti il cui servizio più vicino è entro la soglia del suo tipo ({k}), a piedi da casa, / residenti.",
            "People whose nearest service is within the threshold of its kind ({k}), walking from home, / residents.",
            k=kind.label,
        ),
    )  # fmt: skip


UNREACHABLE_PEOPLE = FigureSpec(
    "unreachable_people",
    Text("Residenti che non raggiungono alcun servizio", "Residents who reach no service"),
    "ab", 0, "people farther from the streets than the limit, or on streets that lead to no service",
    made_of="unreachable.people",
    rule=Text(
        "Residenti più lontani dalle strade del limite, o su strade che non portano ad alcun servizio.",
        "Residents farther from the streets than the limit, or on streets that lead to no service.",
    ),
    no_pieces=Text("Ogni residente raggiunge qualche servizio.", "Every resident reaches some service."),
)  # fmt: skip
SCORE = FigureSpec(
    "access_15_min_score", Text("Tipi di servizio entro 15 minuti", "Kinds of service within 15 minutes"),
    "", 1, _SCORE,
    made_of="neighbourhood", is_sum=False, no_pieces=NO_UNITS,
    rule=Text(
        "Media sui residenti dei tipi di servizio entro 15 minuti a piedi, fra i tipi che lo studio ha.",
        "Mean over residents of the kinds of service within 15 minutes on foot, out of the kinds the study has.",
    ),
)  # fmt: skip
GREEN_STRAIGHT = FigureSpec(
    "who_green_pct",
    Text("Residenti con verde vicino (regola OMS)", "Residents with green nearby (WHO rule)"),
    "%", 1, "100 × people within 300 m in a straight line of public green of at least 0.5 ha / people",
    made_of="neighbourhood.population * who_green_pct / 100", no_pieces=NO_UNITS,
    rule=Text(
        "100 × residenti con verde pubblico di almeno 0,5 ha entro 300 m in linea d'aria / residenti.",
        "100 × residents within 300 m in a straight line of public green of at least 0.5 ha / residents.",
    ),
)  # fmt: skip
FIGURES: tuple[FigureSpec, ...] = (
    SCORE, UNREACHABLE_PEOPLE, GREEN_STRAIGHT, *(covered_figure(kind) for kind in KINDS.values())
)  # fmt: skip

_KINDS = {each.id: each.label for each in KINDS.values()}
_KIND = Column("kind", Text("Tipo", "Kind"), words=_KINDS)
_PEOPLE = Column("people", Text("Residenti", "Residents"), "ab", 6)
_BASES = italian(
    Text("linea d'aria", "straight line"),
    *(say("rete, {p}", "network, {p}", p=each.label) for each in PROFILES.values()),
)
_AGES = {
    "tutte": Text("tutte", "all"),
    "0_14": Text("fino a 14 anni", "up to 14"),
    "65_plus": Text("da 65 anni", "65 and over"),
}
_OUT_OF_REACH = italian(
    Text("lontano dai percorsi", "far from the streets"), Text("rete staccata", "cut off from the network")
)
_BASIS = Column("basis", Text("Misura", "Measure"), words=_BASES, between=" × ")


_BY_CODE, _BY_KIND = (("code", "code"),), (("kind", "kind"),)
_OF_UNIT = (about_ground("neighbourhood", *_BY_CODE),)


def by_neighbourhood(kinds: Iterable[Kind] = KINDS.values()) -> TableSpec:
    """Return the table by neighbourhood for these kinds."""
    listed = tuple(kinds)
    counts = (
        Column(f"services_{each.id}", say("{k}: servizi", "{k}: services", k=each.label), "", 0) for each in listed
    )
    covered = (
        Column(f"covered_{each.id}_pct", say("{k}: residenti serviti", "{k}: residents served", k=each.label), "%", 6)
        for each in listed
    )
    return TableSpec(
        "by_neighbourhood",
        Text("Copertura dei servizi per quartiere", "Service coverage by neighbourhood"),
        (
            _CODE, _NAME, Column("population", Text("Residenti", "Residents"), "ab", 6),
            Column("access_15_min_score", SCORE.label, "", 6),
            Column("unreachable_people", UNREACHABLE_PEOPLE.label, "ab", 6),
            Column("who_green_pct", GREEN_STRAIGHT.label, "%", 6),
            *counts, *covered, _BASIS,
        ),
        made_of=(
            MadeOf("unreachable", _BY_CODE, {"unreachable_people": "people"}),
            about_ground("neighbourhood", *_BY_CODE),
        ),
    )  # fmt: skip


BY_AGE = TableSpec(
    "by_age",
    Text("Residenti serviti per età", "Residents served by age"),
    (
        _CODE, _NAME, _KIND, Column("age", Text("Età", "Age"), words=_AGES), _PEOPLE,
        Column("covered_people", Text("Residenti serviti", "Residents served"), "ab", 6),
        Column("covered_pct", Text("Residenti serviti", "Residents served"), "%", 6), _BASIS,
    ),
    unit="neighbourhood",
    made_of=_OF_UNIT,
)  # fmt: skip
BY_KIND = TableSpec(
    "by_kind",
    Text("Copertura per tipo di servizio", "Coverage by kind of service"),
    (
        replace(_KIND, named_by="label"),
        Column("label", Text("Descrizione", "Description"), words=italian(*_KINDS.values())),
        Column("services", Text("Servizi", "Services"), "", 0),
        Column("threshold_min", Text("Soglia", "Threshold"), "min", 2),
        Column("covered_people", Text("Residenti serviti", "Residents served"), "ab", 6),
        Column("covered_pct", Text("Residenti serviti", "Residents served"), "%", 6),
        Column("minutes_median", Text("Minuti al più vicino, metà dei residenti", "Minutes to nearest, half of people"),
               "min", 2),
        Column("minutes_p90", Text("Minuti al più vicino, nove su dieci", "Minutes to nearest, nine in ten"), "min", 2),
        Column("gini", Text("Gini fra i quartieri", "Gini between neighbourhoods"), "", 4),
        Column("least_over_most", Text("Quartiere minimo / massimo", "Least over most neighbourhood"), "", 4),
        Column("capacity", Text("Capienza", "Capacity"), "", 6, 0),
        Column("capacity_out_of_reach", Text("Capienza che nessuno raggiunge", "Capacity nobody reaches"), "", 6, 0),
        Column("deficit_people", Text("Residenti sotto la dotazione media (2SFCA)", "Residents below the mean (2SFCA)"),
               "ab", 6),
        Column("deficit_decay_people", Text("Residenti sotto la dotazione media (E2SFCA)",
                                            "Residents below the mean (E2SFCA)"), "ab", 6),
        _BASIS,
    ),
    made_of=(
        MadeOf("neighbourhood", (), {"covered_people": "population * covered_{kind}_pct / 100"}),
        about_ground("catchments", *_BY_KIND),
    ),
    no_pieces=Text("Per questo tipo non c'è alcun bacino.", "There is no catchment of this kind."),
)  # fmt: skip
_BY_PLACE = ((PLACE, "id"),)
BY_SERVICE = TableSpec(
    "by_service",
    Text("Carico di ogni servizio", "Load of each service"),
    (
        _KIND, _NAME, Column("people_in_reach", Text("Residenti entro la soglia", "Residents within reach"), "ab", 6),
        Column("capacity", Text("Capienza", "Capacity"), "", 6, 0),
        Column("load_pct", Text("Residenti per capienza", "Residents per capacity"), "%", 6),
        _BASIS,
    ),
    made_of=(
        MadeOf(
            "service_catchments", _BY_PLACE, tells=("people_in_reach", "load_pct"),
            around=about_ground("services", *_BY_PLACE),
        ),
        MadeOf("services", _BY_PLACE),
    ),
    no_pieces=Text("Senza residenti non si misura alcun carico.", "Without residents no load is measured."),
)  # fmt: skip
TIMES = TableSpec(
    "times",
    Text("Minuti al servizio più vicino", "Minutes to the nearest service"),
    (_KIND, Column("minutes", Text("Minuti", "Minutes"), words=italian(Text("oltre 60", "over 60"))), _PEOPLE),
    made_of=(
        MadeOf(
            "homes",
            columns={"people": "people * in_study"},
            within=Within("minutes", "minutes_{kind}", BOUNDS),
        ),
    ),
    no_pieces=Text(
        "Nessuno abita così lontano da un servizio di questo tipo.", "Nobody lives that far from this kind."
    ),
)
UNREACHABLE = TableSpec(
    "unreachable",
    Text("Chi non raggiunge alcun servizio", "Who reaches no service"),
    (
        _CODE, _NAME, Column("cause", Text("Causa", "Cause"), words=_OUT_OF_REACH),
        Column("east_m", Text("Est", "East"), "m", 1),
        Column("north_m", Text("Nord", "North"), "m", 1), _PEOPLE,
    ),
    unit="neighbourhood",
    made_of=(about_ground("unreachable", *_BY_CODE, ("cause", "cause")),),
)  # fmt: skip
_GAINS = (
    Column("people_gained", Text("Residenti serviti in più", "More residents served"), "ab", 6),
    Column("people_gained_0_14", Text("di cui fino a 14 anni", "of them up to 14"), "ab", 6),
    Column("people_gained_65_plus", Text("di cui da 65 anni", "of them 65 and over"), "ab", 6),
)
PROPOSALS = TableSpec(
    "proposals",
    Text("Dove collocare i prossimi servizi", "Where to place the next services"),
    (
        _KIND, Column("rank", Text("Ordine", "Rank"), "", 0), _NAME,
        *_GAINS,
        Column("covered_before_pct", Text("Serviti prima", "Served before"), "%", 6),
        Column("covered_after_pct", Text("Serviti dopo", "Served after"), "%", 6),
        Column("mean_before_min", Text("Cammino medio prima", "Mean walk before"), "min", 6),
        Column("mean_after_min", Text("Cammino medio dopo", "Mean walk after"), "min", 6),
        Column("gap_pct", Text("Scarto dall'ottimo", "Gap to the optimum"), "%", 6),
    ),
    made_of=(about_ground("proposals", *_BY_KIND, ("rank", "rank")),),
)  # fmt: skip
GAINED = TableSpec(
    "gained_by_neighbourhood",
    Text("Residenti serviti in più, per quartiere", "More residents served, by neighbourhood"),
    (
        _KIND, Column("rank", Text("Ordine", "Rank"), "", 0), Column("site", Text("Sito", "Site")), _CODE, _NAME,
        *_GAINS,
    ),
    unit="neighbourhood",
    made_of=_OF_UNIT,
)  # fmt: skip
TABLES: tuple[TableSpec, ...] = (
    by_neighbourhood(), BY_AGE, BY_KIND, BY_SERVICE, TIMES, UNREACHABLE, PROPOSALS, GAINED
)  # fmt: skip
