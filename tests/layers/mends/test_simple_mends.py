import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from shapely import box

from layers import roles
from layers.mends.decode import DECODE
from layers.mends.dedupe import DEDUPE
from layers.mends.drop_empty import DROP_EMPTY
from layers.mends.explode import EXPLODE
from layers.mends.recode import RECODE
from layers.mends.repair import REPAIR
from layers.mends.reproject import REPROJECT
from layers.shaping import shape

SQUARE, OTHER = box(0, 0, 10, 10), box(20, 0, 30, 10)
BOW_TIE = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])


def test_that_rows_without_geometry_are_taken_out_and_named(drawn, context):
    step = DROP_EMPTY.apply(drawn(SQUARE, None, shapely.Polygon(), zone=["A", "B", "C"]), context())
    assert step.layer["zone"].tolist() == ["A"]
    assert (step.line.features, step.line.first) == (2, ((2, "B"), (3, "C")))


def test_that_a_bow_tie_keeps_both_halves(drawn, context):
    # Two triangles of 10 m base and 5 m height: 25 m² each; the square is sound.
    step = REPAIR.apply(drawn(BOW_TIE, OTHER, None), context())
    assert step.layer.area[:2].tolist() == pytest.approx([50.0, 100.0])
    assert (step.line.features, step.line.area_m2) == pytest.approx((1, 50.0))
    assert step.line.details == {"method": "structure"}


def test_that_what_shrinks_to_nothing_is_taken_out_and_told(drawn, context):
    step = REPAIR.apply(drawn(shapely.Polygon([(0, 0), (10, 0), (5, 0)]), SQUARE, zone=["A", "B"]), context())
    assert step.layer["zone"].tolist() == ["B"]
    assert "ridotti a un punto o a una linea: 1" in step.line.left[0].it


def test_that_a_copy_in_everything_is_taken_out(drawn, context):
    # The outline of the second begins elsewhere and runs the other way.
    turned = shapely.Polygon([(10, 10), (10, 0), (0, 0), (0, 10)])
    step = DEDUPE.apply(drawn(SQUARE, turned, OTHER, zone=["A", "A", "A"]), context())
    assert step.layer.index.tolist() == [0, 2]
    assert (step.line.features, step.line.area_m2, step.line.after_m2) == pytest.approx((1, 100.0, 200.0))
    assert not step.line.left


def test_that_a_copy_in_geometry_alone_stays_unless_asked_for(drawn, context):
    twice = drawn(SQUARE, SQUARE, zone=["A", "B"])
    kept = DEDUPE.apply(twice, context())
    assert (len(kept.layer), kept.line.features) == (2, 0)
    assert "attributi diversi, rimasti: 1" in kept.line.left[0].it
    assert DEDUPE.apply(twice, context(), ["geometry"]).layer["zone"].tolist() == ["A"]
    proposal = DEDUPE.propose(twice, context())
    assert not proposal.chosen
    assert proposal.line.left


def test_that_rows_without_geometry_are_no_copies_of_each_other(drawn, context):
    assert DEDUPE.propose(drawn(None, None, SQUARE), context()) is None


COLLECTION = shapely.GeometryCollection([SQUARE, shapely.LineString([(0, 0), (50, 0)]), shapely.Point(5, 5)])


def test_that_of_a_collection_the_part_that_the_role_takes_stays(drawn, context):
    mixed = drawn(COLLECTION, OTHER)
    step = EXPLODE.apply(mixed, context())
    assert step.layer.geom_type.tolist() == ["Polygon", "Polygon"]
    assert (step.line.features, step.line.area_m2) == pytest.approx((1, 100.0))


def test_that_collections_within_collections_are_taken_apart(drawn, context):
    nested = shapely.GeometryCollection([shapely.GeometryCollection([SQUARE, OTHER]), shapely.Point(5, 5)])
    step = EXPLODE.apply(drawn(nested), context())
    assert step.layer.area.tolist() == pytest.approx([200.0])
    assert step.layer.geom_type.tolist() == ["MultiPolygon"]


def test_that_a_collection_without_a_fit_part_stays_and_is_told(drawn, context):
    lines = shapely.GeometryCollection([shapely.LineString([(0, 0), (50, 0)])])
    step = EXPLODE.apply(drawn(lines, SQUARE), context())
    assert step.layer.geom_type[0] == "GeometryCollection"
    assert "rimaste com'erano: 1" in step.line.left[0].it


def test_that_coordinates_come_into_the_study_s_crs_with_their_operation(drawn, context):
    # One square of 100 m by La Spezia, in UTM of WGS 84: the same ground within the accuracy told.
    layer = drawn(box(567_000, 4_884_000, 567_100, 4_884_100), crs=32632)
    step = REPROJECT.apply(layer, context())
    assert step.layer.crs == context().ground.crs
    assert (step.line.details["from"], step.line.details["to"]) == ("EPSG:32632", "EPSG:7791")
    assert {"operation", "accuracy_m", "missing_grids"} <= set(step.line.details)
    assert step.line.after_m2 == pytest.approx(10_000, rel=1e-6)


def test_that_degrees_have_no_area_before(drawn, context):
    layer = drawn(box(567_000, 4_884_000, 567_100, 4_884_100)).to_crs(4326)
    step = REPROJECT.apply(layer, context())
    assert step.line.before_m2 is None
    assert step.line.after_m2 == pytest.approx(10_000, rel=1e-6)


def test_that_an_operation_known_to_some_metres_is_told_and_not_chosen(drawn, context):
    proposal = REPROJECT.propose(drawn(box(1_567_000, 4_884_000, 1_567_100, 4_884_100), crs=3003), context())
    assert "crs-approximate" in {problem.code for problem in proposal.line.told}
    assert not proposal.chosen


def test_that_a_layer_already_there_is_not_reprojected(drawn, context):
    assert REPROJECT.propose(drawn(SQUARE), context()) is None


CODES = {"zone": ["R1", "E1", "X"], "DM": ["AC1", "B", "boh"]}
ROW = (SQUARE, OTHER, box(40, 0, 50, 10))
MAPPED = {"fields": {"dm1444": "DM"}, "codes": {"AC1": "A"}}


def test_that_codes_become_the_role_s_as_every_reading_would_have_them(drawn, context):
    layer, where = drawn(*ROW, **CODES), context(**MAPPED)
    step = RECODE.apply(layer, where)
    assert step.layer["dm1444"].tolist() == ["A", "B", "boh"]
    assert step.layer["DM"].tolist() == CODES["DM"]
    assert step.line.details == {"codes": {"dm1444": {"AC1 → A": 1}}}
    assert (step.line.features, step.line.area_m2) == pytest.approx((1, 100.0))
    assert "boh" in step.line.left[0].it
    before, _ = shape(layer, roles.ZONING, where.ref)
    after, _ = shape(step.layer, roles.ZONING, step.context.ref)
    assert_geodataframe_equal(before, after)
    assert (step.context.ref.fields, step.context.ref.codes) == ({}, {})


def test_that_a_mapping_may_be_given_on_the_spot(drawn, context):
    step = RECODE.apply(drawn(*ROW, **CODES), context(**MAPPED), ["boh=E"])
    assert step.layer["dm1444"].tolist() == ["A", "B", "E"]
    assert not step.line.left


def test_that_a_value_that_stands_for_all_is_recoded_too(drawn, context):
    where = context(**{**MAPPED, "values": {"buildable": "ZZ", "norm": "AC1"}, "codes": {"AC1": "A", "ZZ": "no"}})
    step = RECODE.apply(drawn(*ROW, **CODES), where)
    assert step.context.ref.values == {"buildable": "no", "norm": "AC1"}


def test_that_codes_already_the_role_s_are_nothing_to_mend(drawn, context):
    assert RECODE.propose(drawn(SQUARE, zone=["A"], dm1444=["A"]), context()) is None


def test_that_codes_are_replaced_by_the_words_of_their_domain(drawn, context):
    where = context(domains={"COD": {"1": "Residenziale", "2": "Agricola"}}, codes={"1": "B"})
    step = DECODE.apply(drawn(*ROW, COD=[1.0, 2.0, 9.0]), where)
    assert step.layer["COD"].tolist() == ["Residenziale", "Agricola", "9"]
    assert (step.line.features, step.line.area_m2) == pytest.approx((2, 200.0))
    assert [each.it for each in step.line.left] == ["«COD»: codici senza parole, rimasti: 9."]
    # Where the study mapped the code, it now maps its words.
    assert step.context.ref.codes["Residenziale"] == "B"


def test_that_a_source_without_domains_has_nothing_to_decode(drawn, context):
    assert DECODE.propose(drawn(SQUARE, COD=[1]), context()) is None


@pytest.mark.parametrize("mend", [DROP_EMPTY, REPAIR, DEDUPE, EXPLODE, RECODE, DECODE], ids=lambda mend: mend.id)
def test_that_a_mend_leaves_the_layer_handed_in_as_it_was(mend, context):
    layer = gpd.GeoDataFrame(
        {"zone": ["A", "A", "B", "C"], "DM": ["AC1", "AC1", "1", None]},
        geometry=[SQUARE, SQUARE, BOW_TIE, None],
        crs=7791,
    )
    layer.loc[4] = ["D", "B", COLLECTION]
    before = layer.copy()
    step = mend.apply(layer, context(domains={"DM": {"1": "Uno"}}, **MAPPED))
    assert step.line.features > 0
    assert_geodataframe_equal(layer, before)


def test_that_of_a_collection_a_role_of_lines_keeps_the_lines(drawn, context):
    step = EXPLODE.apply(drawn(COLLECTION), context(roles.STREETS))
    assert step.layer.geom_type.tolist() == ["LineString"]
    assert step.layer.length.tolist() == pytest.approx([50.0])


def test_that_attributes_that_are_lists_can_be_compared(drawn, context):
    tagged = drawn(SQUARE, SQUARE, SQUARE, tags=[["a"], ["a"], ["b"]])
    assert DEDUPE.apply(tagged, context()).layer.index.tolist() == [0, 2]


def test_that_a_layer_without_any_geometry_is_brought_over_as_it_is(drawn, context):
    step = REPROJECT.apply(drawn(None, shapely.Polygon(), crs=4326), context())
    assert (step.layer.crs, step.line.features) == (context().ground.crs, 0)
