import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from layers.crs import (
    Operation,
    geographic_bounds,
    is_metric,
    name_of,
    operation,
    parse,
    remarks,
    reproject,
    transformer,
)
from layers.problems import PucError
from layers.text import Text, same

UTM, ROME_WEST, ED50, DEGREES = CRS(7791), CRS(3003), CRS(23032), CRS(4326)
LA_SPEZIA = (9.7, 44.0, 9.95, 44.2)
HERE = same("Zonizzazione")


def points(*xy, crs):
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(*zip(*xy, strict=True)), crs=crs)


@pytest.mark.parametrize("text", ["EPSG:7791", "epsg:7791", UTM.to_wkt()])
def test_that_a_crs_is_named_by_code_or_wkt(text):
    assert parse(text, HERE) == UTM


@pytest.mark.parametrize("text", ["EPSG:0", "", "Gauss-Boaga", "\0", "EPSG:7791; DROP"])
def test_that_an_unknown_crs_is_refused_with_an_example(text):
    with pytest.raises(PucError) as told:
        parse(text, HERE)
    assert str(told.value) == (
        f"Zonizzazione: il sistema di riferimento «{text}» non è noto. Senza, le coordinate non hanno un luogo. "
        "Indicare un codice EPSG, per esempio EPSG:7791."
    )


@pytest.mark.parametrize(
    ("code", "metric"), [(7791, True), (3003, True), (3035, True), (4326, False), (2249, False), (4978, False)]
)
def test_that_only_a_plane_in_metres_is_metric(code, metric):
    # 2249 is in US feet, 4978 is metres from the Earth's centre.
    assert is_metric(CRS(code)) is metric


def test_that_a_crs_without_a_code_is_called_by_its_name():
    assert name_of(UTM) == "EPSG:7791"
    assert name_of(CRS('LOCAL_CS["rilievo",UNIT["metre",1]]')) == "rilievo"


def test_that_the_operation_from_gauss_boaga_is_told_with_its_accuracy_and_the_missing_grid():
    # The Italian grid of the IGM is not in PROJ's package: what is left is good to 4 m, and that is said.
    used = operation(ROME_WEST, UTM, LA_SPEZIA)
    assert used.accuracy_m == 4.0
    assert used.missing_grids == ("35160622_47161840_R40_F00.gsb",)
    assert "Monte Mario to ETRS89 (1)" in used.description


def test_that_of_several_operations_the_one_used_is_named():
    # For ED50 PROJ keeps several candidates and, asked before, names none and no accuracy.
    used = operation(ED50, UTM, LA_SPEZIA)
    assert "ED50 to ETRS89 (10)" in used.description
    assert used.accuracy_m == 2.0


def test_that_the_operation_named_is_the_one_that_moves_the_coordinates():
    left, bottom, right, top = 564_000.0, 4_881_000.0, 569_000.0, 4_886_000.0
    grid = np.meshgrid(np.linspace(left, right, 5), np.linspace(bottom, top, 5))
    free = Transformer.from_crs(ED50, UTM, always_xy=True)
    ours = transformer(ED50, UTM, LA_SPEZIA)
    assert np.allclose(ours.transform(*grid), free.transform(*grid), atol=1e-6)


@pytest.mark.parametrize("code", [3003, 23032, 4265, 4326, 6706, 25832, 32632])
def test_that_no_usual_crs_of_italy_is_moved_by_the_ballpark(code):
    used = operation(CRS(code), UTM, LA_SPEZIA)
    assert "ballpark" not in used.description.lower()
    assert used.accuracy_m is not None


def test_that_the_record_of_a_run_holds_the_operation():
    assert set(operation(DEGREES, UTM, LA_SPEZIA).as_json()) == {
        "from", "to", "operation", "accuracy_m", "missing_grids", "grids",
    }  # fmt: skip


def test_that_bounds_are_told_in_degrees_west_south_east_north():
    # The central meridian of zone 32 is 9° east; 4 873 000 m north is near 44°.
    west, south, east, north = geographic_bounds((500_000, 4_873_000, 501_000, 4_874_000), UTM)
    assert west == pytest.approx(9.0, abs=0.001)
    assert 43.9 < south < north < 44.1
    assert west < east < 9.02


def test_that_a_point_lands_where_the_meridian_is():
    # On the central meridian every point of zone 32 is 500 000 m east.
    moved, _ = reproject(points((9.0, 44.1), crs=DEGREES), UTM)
    assert moved.geometry.x.tolist() == pytest.approx([500_000.0], abs=0.01)


def test_that_a_layer_already_there_is_handed_back_without_an_operation():
    there = points((566_000, 4_883_000), crs=UTM)
    assert reproject(there, UTM) == (there, None)


def test_that_a_layer_without_features_only_changes_its_crs():
    moved, used = reproject(gpd.GeoDataFrame(geometry=[], crs=ROME_WEST), UTM)
    assert (len(moved), moved.crs, used) == (0, UTM, None)


def test_that_the_layer_handed_in_is_left_alone_and_index_and_fields_are_kept():
    layer = points((9.8, 44.1), (9.9, 44.1), crs=DEGREES).assign(zone=["A", "B"]).set_index(np.array([3, 1]))
    before = layer.copy()
    moved, _ = reproject(layer, UTM)
    assert_geodataframe_equal(layer, before)
    assert (moved.index.tolist(), moved["zone"].tolist()) == ([3, 1], ["A", "B"])


@given(st.floats(7.0, 14.0), st.floats(37.0, 46.0))
def test_that_there_and_back_is_the_same_place(east, north):
    start = points((east, north), crs=CRS(6706))
    there, _ = reproject(start, UTM)
    back, _ = reproject(there, CRS(6706))
    assert back.geometry[0].distance(start.geometry[0]) < 1e-8


@pytest.mark.parametrize(
    ("crs", "xy"),
    [
        (DEGREES, (566_000, 4_883_000)),  # metres said to be degrees
        (ROME_WEST, (9.8, 44.1)),  # degrees said to be metres
        (ROME_WEST, (1e30, 1e30)),
        (CRS('LOCAL_CS["rilievo",UNIT["metre",1]]'), (10, 10)),
    ],
    ids=["metres as degrees", "degrees as metres", "beyond the Earth", "a survey's own"],
)
def test_that_coordinates_that_can_t_be_of_their_crs_are_refused(crs, xy):
    with pytest.raises(PucError) as told:
        reproject(points(xy, (xy[0] + 1, xy[1] + 1), crs=crs), UTM)
    (problem,) = told.value.problems
    assert problem.message.it == "fra i due sistemi di riferimento non c'è una trasformazione nota in questo luogo."
    assert problem.remedy.it == "Verificare il sistema di riferimento del livello e indicarlo con --crs."


def test_that_one_point_beyond_the_reach_of_a_crs_is_not_let_through_as_infinity():
    # The far side of the Earth has no place on this plane: PROJ answers with infinity.
    plane = CRS("+proj=gnom +lat_0=44 +lon_0=9 +datum=WGS84")
    with pytest.raises(PucError, match="non c'è una trasformazione nota"):
        reproject(gpd.GeoDataFrame(geometry=[shapely.Point(9, 44), shapely.Point(-171, -40)], crs=DEGREES), plane)


def test_that_an_operation_good_to_metres_is_remarked_upon_with_the_grid_it_lacks():
    (remark,) = remarks(operation(ROME_WEST, UTM, LA_SPEZIA), HERE, Text("Elementi: 2.", "Features: 2."))
    assert remark.sentence("it") == (
        "Zonizzazione: conversione EPSG:3003 → EPSG:7791 buona a circa 4 m senza la griglia "
        "35160622_47161840_R40_F00.gsb. Elementi: 2. "
        "Per posizioni più precise chiedere il livello già in EPSG:7791, convertito con le griglie IGM. "
        "Oppure mettere la griglia nella cartella «grids» dello studio."
    )
    assert remark.severity == "info"


@pytest.mark.parametrize("code", [4326, 6706, 25832, 32632])
def test_that_operations_good_to_a_metre_are_not_remarked_upon(code):
    assert remarks(operation(CRS(code), UTM, LA_SPEZIA), HERE, HERE) == []


@pytest.mark.parametrize(
    ("accuracy", "grids", "told"),
    [(1.0, (), False), (1.5, (), True), (None, (), True), (0.5, ("a.gsb",), True)],
)
def test_that_a_remark_is_made_past_a_metre_or_where_a_grid_is_missing(accuracy, grids, told):
    assert bool(remarks(Operation("a", "b", "c", accuracy, grids), HERE, HERE)) is told


def test_that_where_nothing_was_moved_there_is_nothing_to_remark():
    assert remarks(None, HERE, HERE) == []
