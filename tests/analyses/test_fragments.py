from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.fragments import Partition, fragments
from analyses.progress import Cancelled

GROUND = shapely.box(0, 0, 100, 100)


def partition(name, *polygons):
    parts, row = shapely.get_parts(np.array(polygons, dtype=object), return_index=True)
    return Partition(name, parts, row)


def stripes(name, *edges, upright=True):
    """Return stripes of the ground between ``edges``, in metres from the west (or the south)."""
    ends = [0, *edges, 100]
    boxes = [shapely.box(a, 0, b, 100) if upright else shapely.box(0, a, 100, b) for a, b in pairwise(ends)]
    return partition(name, *boxes)


def cells(count, seed, name):
    places = np.random.default_rng(seed).uniform(0, 100, (count, 2))
    found = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(places), extend_to=GROUND))
    return partition(name, *shapely.intersection(found, GROUND))


def sums(cut, *names):
    found = {}
    for piece, area in enumerate(cut.area_m2):
        key = tuple(int(cut.rows[name][piece]) for name in names)
        found[key] = found.get(key, 0.0) + area
    return found


def test_that_ground_is_cut_by_every_partition():
    # Uprights at 30 m, levels at 60 m: 30 × 60, 30 × 40, 70 × 60, 70 × 40.
    cut = fragments(GROUND, [stripes("a", 30), stripes("b", 60, upright=False)])
    assert sums(cut, "a", "b") == {(0, 0): 1800.0, (0, 1): 1200.0, (1, 0): 4200.0, (1, 1): 2800.0}


def test_that_parts_of_one_unit_keep_its_row():
    comb = shapely.union_all([shapely.box(0, 0, 10, 100), shapely.box(50, 0, 60, 100)])
    cut = fragments(GROUND, [partition("a", comb, GROUND.difference(comb))])
    assert sums(cut, "a") == {(0,): 2000.0, (1,): 8000.0}
    assert len(cut.area_m2) == 4, "two teeth, the ground between them and the ground beyond"


def test_that_the_order_of_cutting_changes_no_area():
    one, other = cells(7, 1, "a"), cells(9, 2, "b")
    there, back = sums(fragments(GROUND, [one, other]), "a", "b"), sums(fragments(GROUND, [other, one]), "a", "b")
    assert there.keys() == back.keys()
    assert list(there.values()) == pytest.approx([back[key] for key in there], rel=1e-9)


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**16))
@settings(max_examples=40)
def test_that_fragments_add_up_to_every_unit_of_every_partition(first, second, seed):
    by = [cells(first, seed, "a"), cells(second, seed + 1, "b"), stripes("c", 25, 50)]
    cut = fragments(GROUND, by)
    assert cut.area_m2.sum() == pytest.approx(10_000.0, rel=1e-12)
    for each in by:
        units = np.bincount(each.row, shapely.area(each.polygons))
        assert np.bincount(cut.rows[each.id], cut.area_m2, len(units)) == pytest.approx(units, rel=1e-9, abs=1e-5)


@pytest.mark.parametrize("shift", [0.0, 1e-12, 1e-9, 1e-7])
def test_that_edges_that_are_almost_one_leave_no_dust(shift):
    cut = fragments(GROUND, [stripes("a", 30, 70), stripes("b", 30 + shift, 70 - shift)])
    assert sums(cut, "a", "b").keys() <= {(0, 0), (1, 1), (2, 2), (1, 0), (1, 2)}
    assert cut.area_m2.sum() == pytest.approx(10_000.0, rel=1e-12)
    assert (cut.area_m2 >= 1e-6).all()


def test_that_a_ground_smaller_than_dust_is_kept():
    speck = shapely.box(0, 0, 1e-3, 1.5e-3)
    assert fragments(speck, [stripes("a", 0.0005)]).area_m2.sum() == pytest.approx(1.5e-6)


def test_that_overlapping_units_share_the_ground_in_proportion():
    # Both halves of a: the overlap of 20 m makes 120 m of 100.
    cut = fragments(GROUND, [partition("a", shapely.box(0, 0, 60, 100), shapely.box(40, 0, 100, 100))])
    assert cut.area_m2.tolist() == pytest.approx([5000.0, 5000.0])


def test_that_ground_without_partitions_is_its_parts():
    both = shapely.union_all([GROUND, shapely.box(200, 0, 210, 10)])
    assert sorted(fragments(both, []).area_m2.tolist()) == [100.0, 10_000.0]


def test_that_cutting_can_be_cancelled_before_each_partition():
    told = []

    def stop(share, message):
        told.append(share)
        if share >= 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        fragments(GROUND, [stripes("a", 30), stripes("b", 60)], report=stop)
    assert told == [0.0, 0.5]


def test_that_a_way_of_cutting_that_does_not_close_is_passed_over(monkeypatch):
    real = shapely.intersection

    def careless(first, second, **options):
        """Give the whole of a piece that only touches, as GEOS does in rare cases."""
        found = real(first, second, **options)
        return np.where(shapely.area(found) == 0.0, first, found) if not options else found

    monkeypatch.setattr("analyses.fragments.shapely.intersection", careless)
    cut = fragments(GROUND, [stripes("a", 50), stripes("b", 25)])
    assert sums(cut, "a", "b") == {(0, 0): 2500.0, (0, 1): 2500.0, (1, 1): 5000.0}
