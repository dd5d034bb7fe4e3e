"""What the suitability for urban gardens has to say besides its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analyses.decision.judgements import Advice
from analyses.decision.smallest_change import Change
from analyses.gardens.criteria import Criterion
from analyses.gardens.scenarios import Scenario
from analyses.gardens.surroundings import Reach
from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, hectares, listing, number, say

_GARDENS = Text("Orti urbani", "Urban gardens")
_RANKING = Text("Graduatoria dei siti", "Ranking of sites")

SOIL_ANALYSIS = Problem(
    "garden-soil-analysis",
    _GARDENS,
    Text("prima dell'uso serve sempre un'analisi del suolo.", "the soil must always be analysed before use."),
    Text(
        "L'idoneità è cartografica: non dice se il suolo è inquinato (D.Lgs 152/2006, DM 46/2019).",
        "Suitability comes from maps: it does not tell whether the soil is polluted (D.Lgs 152/2006, DM 46/2019).",
    ),
    NOTHING,
    Severity.WARNING,
)
SIN_ORDINANCE = Problem(
    "garden-sin-pitelli",
    roles.CONTAMINATED_SITES.title,
    Text(
        "nel sito di Pitelli (SIN/SIR) le ordinanze del Sindaco limitano la coltivazione di ortaggi e l'uso dei pozzi.",
        "in the site of Pitelli (SIN/SIR) the mayor's ordinances limit growing vegetables and the use of wells.",
    ),
    Text("Dentro il perimetro nessun orto è ammesso.", "Inside the perimeter no garden is allowed."),
    Text("Verificare le ordinanze in vigore.", "Check the ordinances in force."),
    Severity.WARNING,
)


def without_layer(criterion: Criterion) -> Problem:
    """Return the warning that a criterion is left out, with its weight."""
    return Problem(
        "garden-criterion-left-out",
        criterion.title,
        say("manca il livello ({s}).", "the layer is missing ({s}).", s=_titles(criterion)),
        say(
            "Il criterio non conta; il suo peso ({w}) va agli altri in proporzione.",
            "The criterion does not count; its weight ({w}) goes to the others in proportion.",
            w=number(criterion.weight, 2),
        ),
        Text("Aggiungere il livello.", "Add the layer."),
        Severity.WARNING,
    )


def unverified(criteria: Sequence[Criterion]) -> Problem:
    """Return the remark that thresholds are proposals."""
    return Problem(
        "garden-proposed-values",
        _GARDENS,
        say(
            "soglie e pesi proposti, non letti in una fonte: {c}.",
            "thresholds and weights proposed, not read in a source: {c}.",
            c=_listed(criteria),
        ),
        NOTHING,
        Text("Concordarli prima di usare la carta.", "Agree on them before using the map."),
        Severity.INFO,
    )


def no_site() -> Problem:
    """Return the warning that nothing is left."""
    return Problem(
        "garden-no-site",
        _RANKING,
        Text("nessun sito rimane.", "no site is left."),
        Text("La graduatoria è vuota.", "The ranking is empty."),
        Text(
            "Guardare in excluded.csv quale causa pesa di più, o abbassare il punteggio minimo.",
            "See in excluded.csv which cause weighs most, or lower the least score.",
        ),
        Severity.WARNING,
    )


def reach(reach: Reach, *, on_streets: bool) -> Problem:
    """Return the remark on how the residents in reach of a site were counted, and how those of a cell."""
    metres, detour = number(reach.demand_m), number(reach.detour, 2)
    return Problem(
        "garden-people-in-reach",
        _RANKING,
        _on_streets(metres) if on_streets else _in_straight_lines(metres, detour),
        say(
            "I punteggi delle celle usano la linea d'aria: × {f} per l'accesso, {m} m per la popolazione servita.",
            "The scores of cells use straight lines: × {f} for access, {m} m for the population served.",
            m=metres,
            f=detour,
        ),
        NOTHING,
        Severity.INFO,
    )


def _on_streets(metres: Text) -> Text:
    return say(
        "residenti nel raggio di un sito: {m} m a piedi lungo i percorsi, senza contare la pendenza.",
        "residents in reach of a site: {m} m on foot along the ways, slope not counted.",
        m=metres,
    )


def _in_straight_lines(metres: Text, detour: Text) -> Text:
    return say(
        "residenti nel raggio di un sito: linea d'aria × {f} fino a {m} m, perché mancano le strade.",
        "residents in reach of a site: straight line × {f} up to {m} m, as there are no streets.",
        m=metres,
        f=detour,
    )


def off_the_sites(area_m2: float, role: Text) -> Problem:
    """Return the remark on suitable ground that is of no site."""
    return Problem(
        "garden-suitable-off-sites",
        _RANKING,
        say(
            "{ha} di terreno idoneo non stanno in alcun sito ({r}).",
            "{ha} of suitable ground are in no site ({r}).",
            ha=hectares(area_m2),
            r=role,
        ),
        Text("Contano come terreno idoneo, non in graduatoria.", "They count as suitable, not in the ranking."),
        NOTHING,
        Severity.INFO,
    )


def not_applied(scenario: Scenario) -> Problem:
    """Return the warning that a scenario's layer is missing."""
    return Problem(
        "garden-scenario-not-applied",
        scenario.title,
        Text("manca il livello che lo scenario richiede.", "the layer that the scenario asks for is missing."),
        Text("Lo scenario vale come quello di base.", "The scenario is the same as the base case."),
        Text("Aggiungere il livello.", "Add the layer."),
        Severity.WARNING,
    )


def inconsistent(advice: Advice, ids: Sequence[str]) -> Problem:
    """Return the warning of judgements that contradict each other, and which one to think over."""
    return Problem(
        "garden-judgements-inconsistent",
        Text("Confronti a coppie", "Pairwise judgements"),
        say(
            "si contraddicono; disturba di più {a}:{b} = {s}.",
            "they contradict each other; {a}:{b} = {s} disturbs most.",
            a=ids[advice.first],
            b=ids[advice.second],
            s=number(advice.said, 2),
        ),
        Text("Il rapporto di consistenza supera 0,10.", "The consistency ratio is above 0.10."),
        say(
            "Con {v} il rapporto diventa {r}.",
            "With {v} the ratio becomes {r}.",
            v=number(advice.mended, 2),
            r=number(advice.consistency_ratio, 3),
        ),
        Severity.WARNING,
    )


def firmness_of_first(change: Change | None, names: Sequence[str], criteria: Sequence[Criterion],
                      weights: np.ndarray) -> Problem:  # fmt: skip
    """Return the smallest change of weights that levels another site with the first."""
    if change is None:
        message = Text("nessun altro insieme di pesi cambia il primo sito.", "no other weights change the first site.")
        return Problem("garden-first-choice", _RANKING, message, severity=Severity.INFO)
    moved = [
        f"{criteria[place].title.it} {_weight(weights[place])} → {_weight(change.weights[place])}"
        for place in np.flatnonzero(np.abs(change.weights - weights) > 1e-6).tolist()
    ]
    return Problem(
        "garden-first-choice",
        _RANKING,
        say(
            "il più piccolo cambiamento dei pesi che raggiunge il primo sito è {s}, a favore di {r}.",
            "the smallest change of weights that draws level with the first site is {s}, in favour of {r}.",
            s=number(change.size, 3),
            r=names[change.rival],
        ),
        say("Pesi: {m}.", "Weights: {m}.", m=listing(moved, most=12)),
        NOTHING,
        Severity.INFO,
    )


def not_a_sum() -> Problem:
    """Return the remark that the smallest change and the map of draws hold for the weighted sum only."""
    return Problem(
        "garden-first-choice-not-linear",
        _RANKING,
        Text(
            "con pesi ordinati (OWA) mancano il più piccolo cambiamento dei pesi e la carta delle estrazioni.",
            "with ordered weights (OWA) neither the smallest change of weights nor the map of draws is computed.",
        ),
        NOTHING,
        NOTHING,
        Severity.INFO,
    )


def _weight(weight: float) -> str:
    return number(float(weight), 3).it


def _titles(criterion: Criterion) -> Text:
    found = [roles.BY_ID[role].title for role in criterion.sources]
    return Text(" o ".join(each.it for each in found), " or ".join(each.en for each in found))


def _listed(criteria: Sequence[Criterion]) -> Text:
    return Text(", ".join(each.title.it for each in criteria), ", ".join(each.title.en for each in criteria))
