from dataclasses import replace

import numpy as np
import pytest
import shapely

from analyses.fragments import Partition, fragments
from analyses.proof import Proof, proof, proven
from layers.problems import Severity

GROUND = shapely.box(0, 0, 100, 100)


def partition(name, *polygons):
    parts, row = shapely.get_parts(np.array(polygons, dtype=object), return_index=True)
    return Partition(name, parts, row)


def cells(count, seed, name):
    places = np.random.default_rng(seed).uniform(0, 100, (count, 2))
    found = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(places), extend_to=GROUND))
    return partition(name, *shapely.intersection(found, GROUND))


def test_that_both_ways_find_the_same_ground_under_every_combination():
    halves = partition("halves", shapely.box(0, 0, 30, 100), shapely.box(30, 0, 100, 100))
    levels = partition("levels", shapely.box(0, 0, 100, 60), shapely.box(0, 60, 100, 100))
    assert proof(GROUND, [halves, levels], fragments(GROUND, [halves, levels])) == Proof(
        4, pytest.approx(0.0, abs=1e-9)
    )


@pytest.mark.parametrize("seed", range(5))
def test_that_the_ways_agree_on_slanting_cells_of_three_kinds(seed):
    kinds = [cells(9, seed, "a"), cells(14, seed + 50, "b"), cells(5, seed + 90, "c")]
    assert proof(GROUND, kinds, fragments(GROUND, kinds)).apart_m2 < 1e-6


def test_that_ground_given_to_the_wrong_unit_is_found():
    levels = partition("levels", shapely.box(0, 0, 100, 60), shapely.box(0, 60, 100, 100))
    cut = fragments(GROUND, [levels])
    # 6,000 m² and 4,000 m², each told of the other: 2,000 m² apart.
    wrong = replace(cut, rows={"levels": 1 - cut.rows["levels"]})
    assert proof(GROUND, [levels], wrong).apart_m2 == pytest.approx(2000.0)


def test_that_ground_that_has_vanished_is_found():
    levels = partition("levels", shapely.box(0, 0, 100, 60), shapely.box(0, 60, 100, 100))
    cut = fragments(GROUND, [levels])
    lost = replace(cut, polygons=cut.polygons[:1], area_m2=cut.area_m2[:1], rows={"levels": cut.rows["levels"][:1]})
    assert proof(GROUND, [levels], lost).apart_m2 == pytest.approx(4000.0)


def test_that_agreement_is_told_with_the_combinations_and_never_as_less_than_it_is():
    told = proven([Proof(812, 0.0021), Proof(30, 0.0)])
    assert told.severity is Severity.INFO
    assert told.message.it == "misurate per due vie indipendenti; incroci: 842, scarto più grande: 0,003 m²."


def test_that_a_difference_anybody_could_see_is_a_warning():
    assert proven([Proof(10, 2.0)]).severity is Severity.WARNING
