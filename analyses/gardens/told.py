"""What a run has to say besides its numbers: the printed warnings, what is missing, what is only proposed."""

from __future__ import annotations

from collections.abc import Iterator

from analyses.attributes import words
from analyses.gardens import remarks, scenarios
from analyses.gardens.criteria import UNVERIFIED
from analyses.gardens.people_in_reach import streets_to_walk
from analyses.gardens.status import SUITABLE
from analyses.gardens.surroundings import Surroundings
from analyses.gardens.weighing import Weighed, Weighing
from layers import roles
from layers.problems import Problem

_LA_SPEZIA = "011015"
_SUM = 0.5


def told(weighing: Weighing, weighed: Weighed) -> Iterator[Problem]:
    """Yield the warnings of the map, of its criteria and judgements, and of its sites."""
    yield remarks.SOIL_ANALYSIS
    if has_pitelli(weighing.around):
        yield remarks.SIN_ORDINANCE
    yield from _of_criteria(weighing)
    if weighing.advice is not None:
        yield remarks.inconsistent(*weighing.advice)
    if weighing.params.orness != _SUM:
        yield remarks.not_a_sum()
    if weighing.around.residents is not None:
        yield from weighing.around.residents.problems
    yield from _of_sites(weighing, weighed)


def has_pitelli(around: Surroundings) -> bool:
    """Tell whether the study is of La Spezia, or names the site of Pitelli, whose ordinances hold there alone."""
    boundary, sites = (around.layers.get(role.id) for role in (roles.BOUNDARY, roles.CONTAMINATED_SITES))
    of_la_spezia = boundary is not None and _LA_SPEZIA in set(words(boundary, "code"))
    return of_la_spezia or (sites is not None and bool(words(sites, "name").str.contains("pitelli", case=False).any()))


def _of_criteria(weighing: Weighing) -> Iterator[Problem]:
    for criterion in weighing.params.criterion:
        if criterion.weight > 0.0 and criterion not in weighing.criteria:
            yield remarks.without_layer(criterion)
    proposed = [criterion for criterion in weighing.counted if criterion.id in UNVERIFIED]
    if proposed:
        yield remarks.unverified(proposed)


def _of_sites(weighing: Weighing, weighed: Weighed) -> Iterator[Problem]:
    around, scenario = weighing.around, scenarios.BY_ID[weighing.params.scenario]
    for each in scenarios.ALL:  # all of them stand side by side in the tables
        if each is not scenarios.BASE and each.id not in weighing.left_out:
            yield remarks.not_applied(each)
    if not len(weighed.found):
        yield remarks.no_site()
    elif around.residents is not None:
        yield remarks.reach(around.reach, on_streets=streets_to_walk(around.layers) is not None)
    lands = weighing.lands(scenario)
    off_m2 = weighed.verdict.area_m2(around.ground, SUITABLE) - float(weighed.found.area.sum())
    if lands is not None and off_m2 > weighing.params.least_site_m2:
        is_public = lands is around.layers.get(roles.PUBLIC_LAND.id)
        yield remarks.off_the_sites(off_m2, (roles.PUBLIC_LAND if is_public else roles.PARCELS).title)
