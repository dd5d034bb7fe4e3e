"""The same is asked of every mend, and of the order in which they are done."""

import itertools
import re

import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from layers import roles
from layers.intake import Ground
from layers.mends import registry
from layers.mends.mend import Context
from layers.mends.settings import Option, Pairs, Tolerance
from layers.problems import PucError
from layers.reference import LayerRef

each = pytest.mark.parametrize("mend", registry.ALL, ids=lambda mend: mend.id)

# A bow-tie, a copy, an overlap of 0.2 m, a row without geometry, a gap of 0.2 m: something for everybody.
GEOMETRY = (
    shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]),
    box(20, 0, 30, 10),
    box(20, 0, 30, 10),
    box(29.8, 0, 40, 10),
    None,
    box(40.2, 0, 50, 10),
)
ZONES = ["A", "B", "B", "C", "D", "E"]
GROUND = box(0, 0, 50, 10)


@each
def test_that_a_mend_is_told_in_both_languages(mend):
    for text in (mend.title, mend.about, mend.why):
        assert text.it
        assert text.en
        assert text.it != text.en
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", mend.id)


@each
def test_that_what_a_mend_requires_is_done_before_it(mend):
    order = [known.id for known in registry.ALL]
    assert all(order.index(need) < order.index(mend.id) for need in mend.requires)


@each
def test_that_every_setting_reads_its_own_default_back(mend):
    for setting in mend.settings:
        if not isinstance(setting, Pairs):
            assert setting.takes(str(setting.default))
            assert setting.read([str(setting.default)]) == setting.default


@each
def test_that_rasters_are_not_mended(mend):
    assert not mend.suits(roles.ELEVATION)


@each
def test_that_a_sound_layer_needs_no_mend(mend, drawn, context):
    sound = drawn(box(0, 0, 25, 10), box(25, 0, 50, 10), zone=["A", "B"])
    assert mend.propose(sound, context(boundary=GROUND)) is None


@each
def test_that_an_empty_layer_needs_no_mend(mend, drawn, context):
    assert mend.propose(drawn(box(0, 0, 1, 1), zone=["A"]).iloc[:0], context(boundary=GROUND)) is None


def test_that_what_is_proposed_is_what_is_done(drawn, context):
    where = context(boundary=GROUND)
    layer = drawn(*GEOMETRY, zone=ZONES)
    proposals = registry.propose(layer, where)
    assert [each.mend.id for each in proposals] == ["drop-empty", "repair", "dedupe", "settle-overlaps", "close-gaps"]
    chosen = {each.mend.id: () for each in proposals if each.chosen}
    assert list(chosen) == ["drop-empty", "repair", "dedupe", "settle-overlaps"]
    assert registry.apply(layer, where, chosen).lines == tuple(each.line for each in proposals if each.chosen)


def test_that_the_order_they_are_asked_for_in_makes_no_difference(drawn, context):
    layer, where = drawn(*GEOMETRY, zone=ZONES), context(boundary=GROUND)
    wanted = ("close-gaps", "dedupe", "settle-overlaps")
    results = [registry.apply(layer, where, dict.fromkeys(order, ())).layer for order in itertools.permutations(wanted)]
    for other in results[1:]:
        assert_geodataframe_equal(results[0], other)


def test_that_repair_is_done_before_what_would_trip_over_broken_geometry(drawn, context):
    mended = registry.apply(drawn(*GEOMETRY, zone=ZONES), context(boundary=GROUND), {"close-gaps": ()})
    assert [line.mend for line in mended.lines] == ["repair", "close-gaps"]


def test_that_the_lines_add_up_from_the_first_area_to_the_last(drawn, context):
    # 50 (bow-tie) + 100 + 100 + 102 + 98 = 450; without the copy 350; without the overlap of 0.2 x 10 m 348; the gap
    # of 0.2 x 10 m closed 350.
    wanted = dict.fromkeys(("repair", "dedupe", "settle-overlaps", "close-gaps"), ())
    lines = registry.apply(drawn(*GEOMETRY, zone=ZONES), context(boundary=GROUND), wanted).lines
    assert [line.after_m2 for line in lines] == pytest.approx([450.0, 350.0, 348.0, 350.0])
    assert [line.before_m2 for line in lines[1:]] == [line.after_m2 for line in lines[:-1]]


def test_that_mending_twice_changes_nothing_more(drawn, context):
    where, wanted = context(boundary=GROUND), dict.fromkeys(registry.BY_ID, ())
    once = registry.apply(drawn(*GEOMETRY, zone=ZONES), where, wanted)
    twice = registry.apply(once.layer, once.context, wanted)
    assert [line.features for line in twice.lines] == [0] * len(registry.ALL)


@pytest.mark.parametrize("word", ["0", "21", "1e3", "-1", "largo", "nan"])
def test_that_a_tolerance_out_of_bounds_or_in_words_is_refused(word, drawn, context):
    with pytest.raises(PucError) as refusal:
        registry.apply(drawn(*GEOMETRY), context(), {"close-gaps": [word]})
    assert [problem.code for problem in refusal.value.problems] == ["mend-setting"]
    assert refusal.value.problems[0].remedy


SHIFT = st.floats(-0.3, 0.3).map(lambda value: round(value, 3))


@given(
    st.lists(st.tuples(SHIFT, SHIFT, SHIFT, SHIFT), min_size=9, max_size=9),
    st.sets(st.sampled_from(["snap", "settle-overlaps", "close-gaps", "dedupe", "repair"]), min_size=1),
)
def test_that_any_mends_of_a_shaken_plan_lose_no_unit_and_keep_their_books(shifts, wanted):
    # Nine blocks of 20 m whose four sides each stand up to 0.3 m off.
    places = [(20 * col, 20 * row) for col in range(3) for row in range(3)]
    blocks = [box(x + a, y + b, x + 20 + c, y + 20 + d) for (x, y), (a, b, c, d) in zip(places, shifts, strict=True)]
    layer = gpd.GeoDataFrame({"zone": list("ABCDEFGHI")}, geometry=blocks, crs=7791)
    where = Context(roles.ZONING, Ground(layer.crs, box(0, 0, 60, 60)), LayerRef("zoning", "x"))
    mended = registry.apply(layer, where, dict.fromkeys(wanted, ()))
    assert mended.layer["zone"].tolist() == layer["zone"].tolist()
    assert mended.layer.geometry.is_valid.all()
    assert (mended.layer.area - 400).abs().max() < 8 * 20
    by_id = {line.mend: line for line in mended.lines}
    for mend, sign in (("settle-overlaps", -1), ("close-gaps", 1)):
        if mend in by_id:
            line = by_id[mend]
            assert line.after_m2 == pytest.approx(line.before_m2 + sign * line.area_m2, abs=1e-5)


def test_that_every_kind_of_setting_is_met():
    kinds = {type(setting) for mend in registry.ALL for setting in mend.settings}
    assert kinds == {Tolerance, Option, Pairs}
