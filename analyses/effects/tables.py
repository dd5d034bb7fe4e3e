"""Figures and tables of what scenarios do to the city, declared: they are the data dictionary."""

from __future__ import annotations

from analyses.coded import MEASURES, SCENARIOS, italian
from analyses.formula_reading import formula
from analyses.result import Column, FigureSpec, TableSpec, about_ground
from analyses.services.service_kinds import KINDS
from analyses.standards.tables import CATEGORIES
from analyses.units import OUTSIDE
from layers.text import Text, say

_HEAD = (
    Column("code", Text("Codice", "Code")),
    Column("name", Text("Quartiere", "Neighbourhood"), words=italian(OUTSIDE)),
    Column("scenario", Text("Scenario", "Scenario"), words=SCENARIOS),
)
POPULATION = Column("population", Text("Residenti", "Residents"), "ab", 6)
_BALANCES = tuple(
    Column(f"{each.id}_balance_m2", Text(f"{each.label.it}: saldo", f"{each.label.en}: balance"), "m²", 6)
    for each in CATEGORIES.values()
)
_COVERAGE = (
    Column(
        "access_15_min_score", Text("Tipi di servizio entro 15 minuti", "Kinds of service within 15 minutes"), "", 6
    ),
    Column("unreachable_people", Text("Residenti senza servizi", "Residents who reach none"), "ab", 6),
    *(
        Column(f"covered_{each.id}_pct", say("{k}: residenti serviti", "{k}: residents served", k=each.label), "%", 6)
        for each in KINDS.values()
    ),
)
_HAZARD = (
    Column("flood_people", Text("Residenti in aree alluvionabili", "Residents in flood hazard"), "ab", 6),
    Column("landslide_people", Text("Residenti in aree di frana", "Residents in landslide hazard"), "ab", 6),
)
_SOIL = (
    Column("consumed_m2", Text("Suolo consumato", "Consumed soil"), "m²", 6),
    Column("consumed_pct", Text("Suolo consumato", "Consumed soil"), "%", 6),
)
INDICATORS: tuple[Column, ...] = (POPULATION, *_BALANCES, *_COVERAGE, *_HAZARD, *_SOIL)

_OF_UNIT = (about_ground("neighbourhood", ("code", "code")),)
BY_NEIGHBOURHOOD = TableSpec(
    "by_neighbourhood",
    Text("Quartieri oggi, con il piano e con ogni scenario", "Neighbourhoods today, with the plan and each scenario"),
    (*_HEAD, *INDICATORS),
    made_of=_OF_UNIT,
)
CHANGES = TableSpec(
    "changes",
    Text("Prima e dopo, per quartiere", "Before and after, by neighbourhood"),
    (
        *_HEAD,
        Column("indicator", Text("Indicatore", "Indicator"), words={column.id: column.label for column in INDICATORS}),
        Column("unit", Text("Unità", "Unit"), words=MEASURES),
        Column("before", Text("Oggi", "Today"), "", 6),
        Column("after", Text("Dopo", "After"), "", 6),
        Column("change", Text("Differenza", "Change"), "", 6, formula=formula("after - before")),
    ),
    unit="neighbourhood",
    made_of=_OF_UNIT,
)

_SUM = "sum over the neighbourhoods with the plan in force"


def _of_units(figure_id: str, label: Text, unit: str, what: Text) -> FigureSpec:
    """Return a figure that is added up over the neighbourhoods."""
    rule = Text(f"{what.it}; somma sui quartieri con il piano vigente.", f"{what.en}; {_SUM}.")
    method = f"{what.en}; {_SUM}"
    return FigureSpec(figure_id, label, unit, 0, method, made_of="neighbourhood", is_sum=False, rule=rule)


FIGURES: tuple[FigureSpec, ...] = (
    FigureSpec("scenarios", Text("Scenari", "Scenarios"), "", 0, "count, the plan in force among them",
               rule=Text("Si contano, il piano vigente fra loro.", "They are counted, the plan in force among them."),
               no_pieces=Text("Uno scenario riguarda tutto lo studio.", "A scenario is about the whole study.")),
    _of_units("population_with_plan", Text("Residenti con il piano", "Residents with the plan"), "ab",
              Text("Residenti e abitanti della Sul nuova", "residents and the people of the new floor area")),
    _of_units("totale_balance_with_plan_m2",
              Text("Saldo degli standard con il piano", "Balance of standards with the plan"), "m2",
              Text("Aree esistenti, Ac che l'art. 5 non prende e servizi aggiunti, meno il dovuto",
                   "existing areas, Ac that art. 5 does not take and services added, less what is due")),
    _of_units("flood_people_with_plan", Text("Residenti in aree alluvionabili con il piano",
              "Residents in flood hazard with the plan"), "ab",
              Text("Residenti, e abitanti nuovi sul suolo netto del loro distretto, nelle classi scelte",
                   "residents, and new people on the net ground of their district, in the classes set")),
    _of_units("consumed_with_plan_m2", Text("Suolo consumato con il piano", "Consumed soil with the plan"), "m2",
              Text("Suolo consumato oggi, più quello che i distretti consumano, meno quello che restituiscono",
                   "soil consumed today, more what districts consume newly, less what they give back")),
)  # fmt: skip
TABLES: tuple[TableSpec, ...] = (BY_NEIGHBOURHOOD, CHANGES)
