from itertools import pairwise

import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given
from hypothesis import strategies as st

from layers import roles
from layers.formats.vector import read
from layers.mend import repair
from layers.problems import Severity
from layers.source import locate
from layers.tiling import copies, gaps, tiling

COMMUNE = shapely.box(0, 0, 1000, 1000)  # 100 ha
LEFT, RIGHT = shapely.box(0, 0, 500, 1000), shapely.box(500, 0, 1000, 1000)


def zones(*geometry):
    return gpd.GeoDataFrame({"zone": list("ABCDEFGH")[: len(geometry)]}, geometry=list(geometry), crs=7791)


def told(layer, role=roles.ZONING):
    return [(problem.code, problem.severity.value) for problem in tiling(layer, role, COMMUNE)]


def test_that_units_that_tile_the_commune_leave_nothing_to_say():
    assert tiling(zones(LEFT, RIGHT), roles.ZONING, COMMUNE) == []


def test_that_a_gap_is_told_with_its_ground_and_where_to_look():
    # A hole of 100 m x 200 m = 2 ha of 100 ha; a point on its surface lies in it.
    holed = zones(shapely.difference(LEFT, shapely.box(100, 100, 200, 300)), RIGHT)
    (gap,) = tiling(holed, roles.ZONING, COMMUNE)
    assert gap.sentence("it") == (
        "Zonizzazione del piano: parti del comune che nessun poligono copre: 1, la più grande di 2,00\u202fha "
        "(a 150 200). Contano come «fuori da ogni unità»: 2,00\u202fha, il 2,00 % del comune. "
        "Se il livello doveva coprirle, completarlo."
    )
    assert gap.severity is Severity.WARNING


def test_that_a_thin_gap_is_a_sliver_and_a_wide_one_is_not():
    # 0.8 m x 1000 m: 800 m² over 2001.6 m of perimeter = 0.4 m. 2 m x 1000 m: 2000 over 2004 = 1 m.
    thin = gaps(zones(LEFT, shapely.box(500.8, 0, 1000, 1000)).geometry.to_numpy(), COMMUNE)
    wide = gaps(zones(LEFT, shapely.box(502, 0, 1000, 1000)).geometry.to_numpy(), COMMUNE)
    assert (len(thin.wide), len(thin.slivers)) == (0, 1)
    assert (len(wide.wide), len(wide.slivers)) == (1, 0)


def test_that_slivers_are_only_good_to_know_and_counted_apart():
    layer = zones(LEFT, shapely.box(500.8, 0, 900, 1000))
    # To the right 100 m x 1000 m = 10 ha are missing; in the middle 0.8 m x 1000 m = 0.08 ha.
    assert told(layer) == [("units-gaps", "warning"), ("units-slivers", "info")]
    gap, sliver = tiling(layer, roles.ZONING, COMMUNE)
    assert "10,0\u202fha, il 10,00 %" in gap.effect.it
    assert sliver.effect.it == "Contano come «fuori da ogni unità»: 0,08\u202fha."


def test_that_the_largest_gap_is_named_first():
    found = gaps(zones(shapely.box(0, 100, 1000, 970)).geometry.to_numpy(), COMMUNE)
    # Below 100 m, above 30 m are missing.
    assert shapely.area(found.wide).tolist() == pytest.approx([100_000, 30_000])


def test_that_what_lies_out_of_the_commune_fills_no_gap():
    found = gaps(zones(LEFT, RIGHT, shapely.box(2000, 0, 3000, 1000)).geometry.to_numpy(), COMMUNE)
    assert (len(found.wide), len(found.slivers), found.commune_m2) == (0, 0, 1_000_000)


def test_that_overlaps_name_both_codes_and_their_ground():
    # 20 m x 1000 m = 2 ha.
    (conflict,) = tiling(zones(LEFT, shapely.box(480, 0, 1000, 1000)), roles.ZONING, COMMUNE)
    assert conflict.sentence("it") == (
        "Zonizzazione del piano: coppie di poligoni in conflitto: 1; le più grandi: «A» e «B» 2,00\u202fha. "
        "Terreno conteso: 2,00\u202fha. Decidere di chi è e correggere i confini nel dato."
    )


def test_that_of_many_overlaps_the_five_largest_are_listed_largest_first():
    # Seven strips of 100 m, each 1 to 6 m over the one before it: B over A by 1 m, ..., G over F by 6 m.
    strips = [shapely.box(100 * i - i, 0, 100 * i + 100, 1000) for i in range(7)]
    (conflict, _) = tiling(zones(*strips), roles.ZONING, COMMUNE)
    assert "in conflitto: 6; le più grandi: «F» e «G» 0,60\u202fha; «E» e «F» 0,50\u202fha" in conflict.message.it
    assert "«A» e «B»" not in conflict.message.it
    # 1 + 2 + ... + 6 = 21 m x 1000 m.
    assert conflict.effect.it == "Terreno conteso: 2,10\u202fha."


def test_that_copies_are_counted_however_their_outline_is_drawn():
    again = shapely.Polygon([(500, 1000), (0, 1000), (0, 0), (500, 0)])
    assert copies(zones(LEFT, RIGHT, again, shapely.reverse(again)).geometry.to_numpy()).tolist() == [
        False, False, True, True,
    ]  # fmt: skip
    duplicate, conflict = tiling(zones(LEFT, RIGHT, again), roles.ZONING, COMMUNE)
    assert (duplicate.code, conflict.code) == ("units-duplicate", "units-in-conflict")
    assert duplicate.effect.it == "Terreno disegnato più di una volta: 50,0\u202fha."


def test_that_polygons_of_the_same_bounds_are_not_yet_copies():
    triangle = shapely.Polygon([(0, 0), (500, 0), (500, 1000)])
    other = shapely.Polygon([(0, 0), (500, 1000), (0, 1000)])
    assert not copies(zones(triangle, other).geometry.to_numpy()).any()


def test_that_districts_may_leave_ground_out_but_not_share_it():
    over = shapely.box(480, 0, 600, 1000)
    assert told(zones(LEFT), roles.DISTRICTS) == []
    assert told(zones(LEFT, over), roles.DISTRICTS) == [("units-in-conflict", "info")]


def test_that_roles_that_are_no_units_are_not_looked_at():
    assert told(zones(LEFT, LEFT), roles.FLOOD_HAZARD) == []


EDGES = st.lists(st.integers(1, 999), min_size=0, max_size=4, unique=True).map(lambda cuts: [0, *sorted(cuts), 1000])
SHIFT = st.integers(-300, 300)


@given(EDGES, SHIFT, SHIFT)
def test_that_shifted_units_leave_out_exactly_what_they_were_shifted_off(edges, east, north):
    strips = [shapely.box(left + east, north, right + east, 1000 + north) for left, right in pairwise(edges)]
    found = gaps(zones(*strips).geometry.to_numpy(), COMMUNE)
    # What is left of a square of 1000 m that is moved by e and n: (1000 - |e|) (1000 - |n|).
    still = (1000 - abs(east)) * (1000 - abs(north))
    left_out = shapely.area(found.wide).sum() + shapely.area(found.slivers).sum()
    assert left_out == pytest.approx(1_000_000 - still, abs=0.01)


@given(EDGES, st.permutations(range(5)))
def test_that_the_order_of_the_units_changes_no_gap(edges, order):
    strips = [shapely.box(left, 0, right, 900) for left, right in pairwise(edges)]
    mixed = [strips[i] for i in order if i < len(strips)]
    one, other = (gaps(zones(*each).geometry.to_numpy(), COMMUNE) for each in (strips, mixed))
    assert shapely.area(one.wide).tolist() == pytest.approx(shapely.area(other.wide).tolist())


def test_that_looking_leaves_the_layer_alone():
    layer = zones(LEFT, LEFT, shapely.box(480, 0, 900, 1000))
    before = layer.copy()
    tiling(layer, roles.ZONING, COMMUNE)
    assert_geodataframe_equal(layer, before)


def test_that_real_zones_and_their_hull_add_up(real_data):
    zoning, _ = read(locate(real_data / "zoning" / "plu_41175_ZONE_URBA.shp"), None)
    zoning, _ = repair(zoning, roles.ZONING)
    ground = shapely.convex_hull(shapely.union_all(zoning.geometry))
    found = gaps(zoning.geometry.to_numpy(), ground)
    left_out = shapely.area(found.wide).sum() + shapely.area(found.slivers).sum()
    covered = shapely.area(shapely.union_all(zoning.geometry))
    assert left_out + covered == pytest.approx(found.commune_m2, abs=10)
    assert "units-gaps" in [problem.code for problem in tiling(zoning.assign(zone="A"), roles.ZONING, ground)]
