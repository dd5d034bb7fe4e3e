"""What speaks against a run before it starts: criteria, judgements, weight sets, the size of the grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np

from analyses.analysis import ROLE_LACKING
from analyses.decision.judgements import MOST_CRITERIA
from analyses.gardens import scenarios
from analyses.gardens.criteria import PEOPLE, WALK, Criterion
from analyses.gardens.criterion_checks import NAME, of_criterion, unknown
from analyses.gardens.disagreement import breaks
from analyses.gardens.params import GardenParams, Judgement
from analyses.gardens.room import MOST_BYTES, MOST_CELLS, needed
from analyses.gardens.surroundings import Reach, rim_of
from analyses.gardens.vetoes import MOST_OF_CRITERIA
from analyses.gardens.weights import judged, matrix, read
from layers import roles, scratch
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, listing, number, same, say

_JUDGEMENTS = Text("Confronti a coppie", "Pairwise judgements")


def problems(inputs: Mapping[str, Any], params: GardenParams) -> list[Problem]:
    """Return every reason why these parameters can't be used on these layers."""
    ids = {criterion.id for criterion in params.criterion}
    said = [
        *(each for criterion in params.criterion for each in of_criterion(criterion)),
        *_weights(inputs, params),
        *_limits(params.criterion),
        *_judgements(params.judgement, ids),
        *_sets(params, ids),
        *_grid(inputs, params),
        *_candidates(inputs),
        *_breaks(breaks(params)),
    ]
    if params.scenario not in scenarios.BY_ID:
        said.append(unknown("scenario", params.scenario, list(scenarios.BY_ID)))
    return said


def _weights(inputs: Mapping[str, Any], params: GardenParams) -> Iterator[Problem]:
    weighing = [criterion for criterion in params.criterion if criterion.weight > 0.0]
    if not weighing:
        yield Problem(
            "garden-no-weight",
            same(NAME),
            Text("tutti i criteri pesano zero.", "all criteria weigh nothing."),
            NOTHING,
            Text("Dare un peso ad almeno un criterio.", "Give at least one criterion a weight."),
        )
    elif not any(_has_layer(inputs, criterion) for criterion in weighing):
        yield Problem(
            ROLE_LACKING,
            same(NAME),
            Text("nessun criterio con un peso ha il suo livello.", "no criterion with a weight has its layer."),
            NOTHING,
            Text("Aggiungere i livelli dei criteri.", "Add the layers of the criteria."),
        )


def _limits(criteria: tuple[Criterion, ...]) -> Iterator[Problem]:
    count = sum(criterion.veto_at is not None for criterion in criteria)
    if count > MOST_OF_CRITERIA:
        yield Problem(
            "garden-vetoes-too-many",
            same(NAME),
            say("i criteri che escludono sono {n}.", "there are {n} that exclude ground.", n=count),
            say(
                "Al massimo {m}: le cause di ogni cella si scrivono in 32 bit.",
                "At most {m}: the causes of each cell are written in 32 bits.",
                m=MOST_OF_CRITERIA,
            ),
            Text("Togliere «veto_at» ad alcuni criteri.", "Take “veto_at” away from some criteria."),
        )


def _has_layer(inputs: Mapping[str, Any], criterion: Criterion) -> bool:
    sources = (
        (*criterion.sources, roles.NEIGHBOURHOODS.id) if criterion.measure in (WALK, PEOPLE) else criterion.sources
    )
    return any(inputs.get(role) not in (None, ()) if isinstance(inputs.get(role), tuple) else
               inputs.get(role) is not None for role in sources)  # fmt: skip


def _judgements(judgements: tuple[Judgement, ...], ids: set[str]) -> Iterator[Problem]:
    known = [each for each in judgements if ids.issuperset(each.pair) and len(set(each.pair)) == 2]
    for each in judgements:
        if each not in known:
            yield unknown(f"judgement.{each.id}", each.id, ["criterio:criterio"])
    names = judged(known)
    if len({frozenset(each.pair) for each in known}) < len(known):
        yield _judged_twice()
    gaps = [f"{names[i]}:{names[j]}" for i, j in combinations(range(len(names)), 2) if np.isnan(matrix(known)[i, j])]
    if gaps:
        yield Problem(
            "garden-judgement-missing",
            _JUDGEMENTS,
            say("mancano: {g}.", "missing: {g}.", g=listing(gaps)),
            Text("I pesi non si possono calcolare.", "The weights can't be computed."),
            Text("Confrontare ogni coppia una volta.", "Judge each pair once."),
        )
    if len(names) > MOST_CRITERIA:
        yield Problem(
            "garden-judgements-too-many",
            _JUDGEMENTS,
            say("i criteri sono {n}, al massimo {m}.", "criteria: {n}, at most {m}.", n=len(names), m=MOST_CRITERIA),
            NOTHING,
            Text("Confrontare meno criteri.", "Judge fewer criteria."),
        )


def _judged_twice() -> Problem:
    return Problem(
        "garden-judged-twice",
        _JUDGEMENTS,
        Text("una coppia è confrontata due volte.", "a pair is judged twice."),
        NOTHING,
        Text("Tenere un solo confronto per coppia.", "Keep one judgement per pair."),
    )


def _sets(params: GardenParams, ids: set[str]) -> Iterator[Problem]:
    for each in params.weight_set:
        found = read(each)
        strange = sorted(set(found or {}) - ids)
        if found is None or sum(found.values()) <= 0.0:
            yield Problem(
                "garden-weight-set-unreadable",
                same(f"{NAME}.weight_set.{each.id}"),
                say("i pesi «{w}» non si leggono.", "the weights “{w}” can't be read.", w=each.weights),
                NOTHING,
                Text("Scriverli così: «slope 0.3; water 0.1».", "Write them so: “slope 0.3; water 0.1”."),
            )
        for name in strange:
            yield unknown(f"weight_set.{each.id}", name, sorted(ids))


def _breaks(least: tuple[float, float, float]) -> Iterator[Problem]:
    if list(least) != sorted(set(least)):
        yield Problem(
            "garden-breaks-not-ascending",
            same(f"{NAME}.disagreement_*"),
            Text("le soglie del disaccordo non sono in ordine crescente.", "limits of disagreement do not ascend."),
            Text("Una classe della carta sarebbe vuota.", "A class of the map would be empty."),
            Text("Dare soglie crescenti: lieve, evidente, forte.", "Let them ascend: slight, clear, strong."),
        )


def _grid(inputs: Mapping[str, Any], params: GardenParams) -> Iterator[Problem]:
    rim = rim_of(params.criterion, Reach(params.demand_m, params.detour), params.cell_m)
    found = needed(inputs["boundary"].geometry, params.cell_m, rim)
    over = max(found.grid / MOST_CELLS, found.memory / MOST_BYTES)
    if over >= 1.0:
        least = params.cell_m * over**0.5
        yield Problem(
            "garden-grid-too-large",
            same(f"{NAME}.cell_m"),
            say("servirebbero {n} milioni di celle.", "{n} million cells would be needed.", n=number(found.grid / 1e6)),
            say(
                "Possono essere meno di {c} milioni, e occupare in memoria al massimo {m} GB (qui {b}).",
                "There may be fewer than {c} million, in at most {m} GB of memory (here {b}).",
                c=number(MOST_CELLS / 1e6), m=number(MOST_BYTES / 1e9), b=number(found.memory / 1e9),
            ),
            say("Usare celle di almeno {m} m.", "Use cells of at least {m} m.", m=number(least + 0.05, 1)),
        )  # fmt: skip
    elif not scratch.has_room(found.disk(len(params.criterion))):
        yield scratch.no_room(found.disk(len(params.criterion)))


def _candidates(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a warning where areas to choose from are given, and none of them lies in the commune."""
    role = roles.PARCELS if inputs.get(roles.PUBLIC_LAND.id) is None else roles.PUBLIC_LAND
    lands = inputs.get(role.id)
    if lands is not None and not len(inputs["boundary"].sindex.query(lands.geometry, predicate="intersects")[0]):
        yield Problem(
            "garden-no-candidate",
            role.title,
            Text("nessuna area è nel comune.", "no area is in the municipality."),
            Text("Non rimane alcun sito fra cui scegliere.", "No site is left to choose from."),
            Text(
                "Caricare le aree del comune, o togliere il livello: i siti saranno il terreno idoneo contiguo.",
                "Load the municipality's areas, or take the layer away: then sites are connected suitable ground.",
            ),
            Severity.WARNING,
        )
