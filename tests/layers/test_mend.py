import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import example, given
from hypothesis import strategies as st

from layers import roles
from layers.formats.vector import read
from layers.mend import fit_shapes, partition, repair
from layers.problems import Severity
from layers.source import locate

# Two triangles that meet in (5, 5): 10 m base and 5 m height each, 25 m² + 25 m²; drawn in one stroke, so that
# one turns left and one right and their areas cancel out.
BOW_TIE = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
SOUND = shapely.box(20, 0, 30, 10)


def layer(*geometry, **columns):
    return gpd.GeoDataFrame(columns or None, geometry=list(geometry), crs=7791)


def sentences(said):
    return [problem.sentence("it") for problem in said]


def test_that_a_bow_tie_keeps_both_its_halves_and_gets_a_receipt():
    mended, said = repair(layer(BOW_TIE, SOUND), roles.ZONING)
    assert mended.geometry.is_valid.all()
    assert mended.area.tolist() == pytest.approx([50.0, 100.0])
    assert sentences(said) == [
        "Zonizzazione del piano: geometrie non valide, riparate nella copia di lavoro (metodo «structure»): 1. "
        "La loro superficie passa da 0,0 a 50,0 m². Il file originale resta com'è."
    ]


def test_that_a_hole_that_touches_its_outline_stays_a_hole():
    # A hole of 4 m x 4 m that shares an edge with the outline: 100 - 16 = 84 m².
    with_hole = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(0, 3), (4, 3), (4, 7), (0, 7)]])
    mended, _ = repair(layer(with_hole), roles.ZONING)
    assert mended.area.tolist() == pytest.approx([84.0])


def test_that_a_sound_layer_is_handed_back_as_it_is():
    sound = layer(SOUND)
    assert repair(sound, roles.ZONING) == (sound, [])


def test_that_repairing_leaves_the_layer_handed_in_alone_and_keeps_fields_and_index():
    broken = layer(BOW_TIE, SOUND, zone=["A", "B"]).set_index(np.array([4, 2]))
    before = broken.copy()
    mended, _ = repair(broken, roles.ZONING)
    assert_geodataframe_equal(broken, before)
    assert (mended.index.tolist(), mended["zone"].tolist()) == ([4, 2], ["A", "B"])


def test_that_a_spike_leaves_no_line_behind():
    spike = shapely.Polygon([(0, 0), (10, 0), (10, 10), (10, 30), (10, 10), (0, 10)])
    mended, _ = repair(layer(spike), roles.ZONING)
    assert mended.geom_type.tolist() == ["Polygon"]
    assert mended.area.tolist() == pytest.approx([100.0])


def test_that_what_shrinks_to_nothing_is_counted_and_told():
    flat = shapely.Polygon([(0, 0), (10, 0), (5, 0)])
    mended, said = repair(layer(flat, SOUND), roles.ZONING)
    assert len(mended) == 1
    assert sentences(said)[1] == (
        "Zonizzazione del piano: elementi senza estensione, ridotti a un punto o a una linea: 1. "
        "Non vengono contati. Ridisegnarli nel dato."
    )
    assert [problem.severity for problem in said] == [Severity.WARNING, Severity.WARNING]


def test_that_a_layer_that_shrinks_to_nothing_whole_is_refused():
    _, said = repair(layer(shapely.Polygon([(0, 0), (10, 0), (5, 0)])), roles.ZONING)
    assert said[-1].severity is Severity.ERROR


def test_that_a_line_with_one_bad_part_keeps_the_good_one_even_where_polygons_are_taken_too():
    lines = shapely.MultiLineString([[(0, 0), (10, 0)], [(5, 5), (5, 5)]])
    mended, _ = repair(layer(lines, SOUND), roles.CONSTRAINTS)
    assert mended.length.tolist() == pytest.approx([10.0, 40.0])


CORNERS = st.tuples(st.integers(0, 20), st.integers(0, 20))


TWICE_ALONG_ITS_DIAGONAL = [(1, 1), (0, 0), (1, 0), (1, 1), (0, 0), (0, 1)]
"""GEOS 3.14 makes two triangles of it that share a side."""


@given(st.lists(st.lists(CORNERS, min_size=3, max_size=8), min_size=1, max_size=5))
@example([TWICE_ALONG_ITS_DIAGONAL])
def test_that_whatever_was_drawn_comes_out_valid_and_within_its_hull(rings):
    drawn = layer(*(shapely.Polygon(ring) for ring in rings))
    mended, _ = repair(drawn, roles.ZONING)
    assert mended.geometry.is_valid.all()
    assert set(mended.geom_type) <= {"Polygon", "MultiPolygon"}
    hulls = drawn.geometry.convex_hull.loc[mended.index]
    assert (mended.area <= hulls.area + 1e-9).all()


def test_that_only_shapes_the_role_takes_are_kept():
    mixed = layer(SOUND, shapely.Point(0, 0), None, shapely.Polygon(), shapely.GeometryCollection([SOUND]))
    assert fit_shapes(mixed, roles.ZONING).index.tolist() == [0]
    assert fit_shapes(mixed, roles.SERVICES).index.tolist() == [0, 1]


# A ground of 1 km x 1 km in two halves; the right one begins a little too far to the west.
def halves(overlap_m, **columns):
    return layer(shapely.box(0, 0, 500, 1000), shapely.box(500 - overlap_m, 0, 1000, 1000), **columns)


def test_that_a_slight_overlap_goes_to_the_first_polygon_with_a_warning():
    # 0.5 m x 1000 m = 500 m², under 0.001 of about 1 000 000 m².
    settled, said = partition(halves(0.5), roles.ZONING)
    assert settled.area.tolist() == pytest.approx([500_000, 500_000])
    assert sentences(said) == [
        "Zonizzazione del piano: coppie di poligoni che si sovrappongono appena: 1, 500,0 m² in tutto. "
        "Nella copia di lavoro quel terreno è del poligono che viene prima, ed è contato una volta sola. "
        "Il file originale resta com'è."
    ]
    assert said[0].severity is Severity.WARNING


def test_that_a_large_overlap_is_refused_with_its_area_and_the_widest_pair():
    # 20 m x 1000 m = 20 000 m² = 2 ha of 102 ha: more than a thousandth.
    overlapping = halves(20, zone=["A", "B"])
    same, said = partition(overlapping, roles.ZONING)
    assert same is overlapping
    assert sentences(said) == [
        "Zonizzazione del piano: coppie di poligoni che coprono lo stesso terreno: 1, 2,00\u202fha in tutto, "
        "la più grande fra «A» e «B», 2,00\u202fha. Quel terreno sarebbe contato due volte. "
        "Correggere i confini nel dato."
    ]
    assert said[0].severity is Severity.ERROR


def test_that_a_polygon_without_a_name_is_called_by_its_row():
    _, said = partition(halves(20, zone=[None, "B"]), roles.ZONING)
    assert "fra «1» e «B»" in said[0].message.it


def test_that_polygons_side_by_side_are_handed_back_as_they_are():
    apart = halves(0)
    assert partition(apart, roles.ZONING) == (apart, [])


def test_that_edges_cut_at_other_points_are_no_overlap():
    # The same edge, with one corner more on one side: not the same points, but no ground twice.
    left = shapely.Polygon([(0, 0), (500, 0), (500, 333), (500, 1000), (0, 1000)])
    both = layer(left, shapely.box(500, 0, 1000, 1000))
    assert partition(both, roles.ZONING)[1] == []


def test_that_partition_leaves_the_layer_handed_in_alone():
    overlapping = halves(0.5, zone=["A", "B"])
    before = overlapping.copy()
    partition(overlapping, roles.ZONING)
    assert_geodataframe_equal(overlapping, before)


NUDGE = st.floats(0, 0.2).map(lambda value: round(value, 3))


@given(st.integers(2, 4), st.integers(2, 4), st.lists(NUDGE, min_size=16, max_size=16))
def test_that_settled_polygons_cover_the_same_ground_once(columns, rows, nudges):
    # Blocks of 100 m, each grown by up to 0.2 m over its neighbours: at most 40 + 40 m² of 10 000 m².
    boxes = [
        shapely.box(100 * col, 100 * row, 100 * col + 100, 100 * row + 100).buffer(
            nudges[4 * col + row], join_style="mitre"
        )
        for col in range(columns)
        for row in range(rows)
    ]
    drawn = layer(*boxes)
    settled, said = partition(drawn, roles.ZONING)
    if any(problem.severity is Severity.ERROR for problem in said):
        assert settled is drawn
        return
    ground = shapely.union_all(boxes)
    assert settled.geometry.is_valid.all()
    assert shapely.area(shapely.union_all(settled.geometry)) == pytest.approx(shapely.area(ground), abs=1e-3)
    # Nothing is counted twice: the parts add up to the whole.
    assert settled.area.sum() == pytest.approx(shapely.area(ground), abs=1e-3)


def test_that_real_zones_with_slivers_are_settled(real_data):
    zones, _ = read(locate(real_data / "zoning" / "plu_41175_ZONE_URBA.shp"), None)
    zones, _ = repair(zones, roles.ZONING)
    settled, said = partition(zones, roles.ZONING)
    # 14.1 km² of zones, of which 4 709 m² twice: a third of a thousandth.
    assert zones.area.sum() / 1e6 == pytest.approx(14.1, abs=0.05)
    assert [problem.code for problem in said] == ["units-overlap-settled"]
    assert "si sovrappongono appena: 159, 4.709,1 m²" in said[0].message.it
    assert settled.area.sum() == pytest.approx(shapely.area(shapely.union_all(zones.geometry)), abs=0.1)


def test_that_real_overlapping_polygons_are_refused(real_data):
    polygons, _ = read(locate(real_data / "stress" / "qgis" / "polys_overlapping.shp"), None)
    _, said = partition(polygons.to_crs(5070), roles.ZONING)
    assert [problem.code for problem in said] == ["units-overlap"]
