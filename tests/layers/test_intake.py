import hashlib

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from affine import Affine
from pyproj import CRS

from layers import roles, write
from layers.grid import Grid
from layers.intake import Ground, missing_role, take_in
from layers.raster import ArrayRaster
from layers.reference import Join, LayerRef

UTM = CRS(7791)
# The ground of the study: 1 km x 1 km around the two zones that the fixture ``town`` writes.
BOUNDARY = shapely.box(565_900, 4_882_900, 566_900, 4_883_900)
GROUND = Ground(UTM, BOUNDARY)
# A commune that is the two zones, 2 ha of the 100 above.
FILLED = Ground(UTM, shapely.box(566_000, 4_883_000, 566_200, 4_883_100))
ZONE = {"zone": "ZONA"}


def zoning(path, ground=GROUND, **reference):
    reference = {"fields": ZONE} | reference
    return take_in(LayerRef("zoning", path.name, **reference), roles.ZONING, path.parent, ground)


def codes(intake):
    return [problem.code for problem in intake.problems]


def test_that_a_sound_layer_is_taken_in_with_its_count_and_area(town):
    # Two squares of 100 m x 100 m.
    intake = zoning(town(), FILLED)
    assert codes(intake) == []
    assert intake.layer["zone"].tolist() == ["A", "B"]
    assert (intake.features, intake.operation) == (2, None)
    assert intake.area_m2 == pytest.approx(20_000)


def test_that_a_layer_in_gauss_boaga_is_moved_and_the_operation_recorded(town):
    intake = zoning(town("zone.gpkg", crs="EPSG:3003"))
    assert intake.layer.crs == UTM
    assert intake.operation.accuracy_m == 4.0
    # Two squares of 100 m: 800 m of outline, good to 4 m: 3 200 m².
    approximate = next(problem for problem in intake.problems if problem.code == "crs-approximate")
    assert approximate.effect.it == "Elementi: 2; lungo i loro bordi è incerta una fascia di al più 0,32\u202fha."
    # What PROJ takes from one CRS to the other and back again comes to the same place.
    assert intake.layer.total_bounds == pytest.approx([566_000, 4_883_000, 566_200, 4_883_100], abs=0.01)


def test_that_a_missing_crs_is_asked_for_and_the_one_given_is_used(town):
    path = town("zone.shp")
    path.with_suffix(".prj").unlink()
    assert zoning(path).layer is None
    assert codes(zoning(path)) == ["crs-missing"]
    assert zoning(path, crs="EPSG:7791").area_m2 == pytest.approx(20_000)


def test_that_an_unknown_crs_is_refused(town):
    assert codes(zoning(town(), crs="EPSG:0")) == ["crs-unknown"]


def test_that_the_wrong_crs_puts_the_layer_far_away_and_is_told(town):
    # Zone 32's coordinates read as zone 33's: six degrees to the east, near 480 km at this latitude.
    intake = zoning(town(), crs="EPSG:7792")
    assert codes(intake) == ["layer-elsewhere"]
    assert intake.layer is None
    assert intake.problems[0].message.it.startswith("il livello cade fuori dal territorio dello studio, a 4")


def test_that_metres_read_as_degrees_are_refused_not_crashed_on(town):
    assert codes(zoning(town(), crs="EPSG:4326")) == ["crs-no-operation"]


def test_that_without_a_boundary_a_layer_may_lie_anywhere(town):
    assert zoning(town(), Ground(UTM), crs="EPSG:7792").layer is not None


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ({"layer": "ambiti"}, "table-missing"),
        ({"fields": {"zone": "COD"}}, "field-mapped-missing"),
        ({"fields": {}}, "field-missing"),
        ({"where": "ZONA = 'Z'"}, "layer-empty"),
        ({"where": "ZONA ="}, "selection-unreadable"),
        ({"join": Join("manca.csv", "ZONA", "z")}, "source-missing"),
    ],
)
def test_that_what_is_asked_of_the_data_and_not_there_is_refused(town, reference, code):
    intake = zoning(town(), **reference)
    assert intake.layer is None
    assert code in codes(intake)


def test_that_a_missing_file_is_a_problem_of_the_layer(tmp_path):
    assert codes(zoning(tmp_path / "zone.gpkg")) == ["source-missing"]


def test_that_a_joined_table_gives_its_fields(town):
    path = town()
    (path.parent / "norme.csv").write_text("sigla,art\nA,12\nB,13\n")
    intake = zoning(path, join=Join("norme.csv", "ZONA", "sigla"), fields=ZONE | {"norm": "art"})
    assert intake.layer["norm"].tolist() == ["12", "13"]


def written(path, *geometry, **columns):
    placed = gpd.GeoSeries(geometry, crs=UTM).translate(566_000, 4_883_000)
    layer = gpd.GeoDataFrame(columns, geometry=placed)
    pyogrio.write_dataframe(layer, path, geometry_type="Unknown")
    return path


def test_that_a_bow_tie_is_repaired_in_memory_and_its_file_is_not_touched(tmp_path):
    # Two triangles of 50 m x 100 m / 2: 2 500 m² each, drawn in one stroke.
    path = written(tmp_path / "a.gpkg", shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)]), ZONA=["A"])
    before = hashlib.sha256(path.read_bytes()).digest()
    intake = zoning(path)
    assert intake.problems[0].effect.it == "La loro superficie passa da 0,0 a 5.000,0 m²."
    assert intake.area_m2 == pytest.approx(5_000)
    assert hashlib.sha256(path.read_bytes()).digest() == before


def test_that_mixed_and_missing_geometry_is_told_and_left_out(tmp_path):
    square = shapely.box(0, 0, 100, 100)
    path = tmp_path / "a.gpkg"
    written(path, square, shapely.Point(5, 5), shapely.box(200, 0, 300, 100), ZONA=["A", "B", "C"])
    intake = zoning(path)
    assert codes(intake) == ["geometry-mixed", "units-gaps"]
    assert intake.layer["zone"].tolist() == ["A", "C"]


def test_that_zones_that_cover_each_other_are_refused(tmp_path):
    path = written(tmp_path / "a.gpkg", shapely.box(0, 0, 100, 100), shapely.box(50, 0, 150, 100), ZONA=["A", "B"])
    intake = zoning(path)
    assert (intake.layer, codes(intake)) == (None, ["units-in-conflict", "units-gaps", "units-overlap"])
    assert "0,50\u202fha in tutto, la più grande fra «A» e «B»" in intake.problems[-1].message.it


def test_that_what_zones_leave_out_of_the_commune_is_counted_and_the_layer_taken_in(town):
    # 2 ha of 100 are zones.
    intake = zoning(town())
    assert codes(intake) == ["units-gaps"]
    assert intake.problems[0].effect.it == "Contano come «fuori da ogni unità»: 98,0\u202fha, il 98,00 % del comune."
    assert intake.layer is not None


def test_that_roles_that_need_not_cover_the_commune_say_nothing_of_gaps(town):
    reference = LayerRef("districts", town().name, fields={"code": "ZONA", "name": "NOME"})
    assert codes(take_in(reference, roles.DISTRICTS, town().parent, GROUND)) == []


def test_that_a_layer_without_crs_is_told_which_one_brings_it_into_the_commune(town):
    path = town("zone.shp", crs="EPSG:3003")
    path.with_suffix(".prj").unlink()
    intake = zoning(path)
    assert (codes(intake), intake.layer) == (["crs-missing"], None)
    assert intake.problems[0].remedy.it.startswith("Con EPSG:3003 il livello cade per il 100,0 % nel riquadro")
    assert intake.problems[0].remedy.it.endswith("Se la fonte lo conferma, indicare --crs EPSG:3003.")


@pytest.mark.parametrize(
    ("true", "said", "code"),
    [("EPSG:7791", "EPSG:7792", "layer-elsewhere"), ("EPSG:3003", "EPSG:3004", "crs-no-operation")],
)
def test_that_a_layer_said_to_be_in_the_wrong_crs_is_told_the_right_one(town, true, said, code):
    intake = zoning(town("zone.gpkg", crs=true), crs=said)
    assert codes(intake) == [code]
    assert intake.problems[0].remedy.it.endswith(f"--crs {true}.")


def test_that_metres_said_to_be_degrees_are_told_their_crs(town):
    assert "--crs EPSG:7791" in zoning(town(), crs="EPSG:4326").problems[0].remedy.it


def test_that_gauss_boaga_without_the_rome_datum_is_told_and_not_moved(town):
    bare = "+proj=tmerc +lat_0=0 +lon_0=9 +k=0.9996 +x_0=1500000 +y_0=0 +ellps=intl +units=m"
    intake = zoning(town("zone.gpkg", crs="EPSG:3003"), crs=bare)
    assert codes(intake) == ["crs-without-rome-datum", "crs-no-operation"]
    assert intake.layer is None
    assert all("--crs EPSG:3003" in problem.remedy.it for problem in intake.problems)


def test_that_gauss_boaga_on_wgs84_is_moved_as_it_says_with_a_warning(town):
    bare = "+proj=tmerc +lat_0=0 +lon_0=9 +k=0.9996 +x_0=1500000 +y_0=0 +datum=WGS84 +units=m"
    intake = zoning(town("zone.gpkg", crs="EPSG:3003"), crs=bare)
    assert codes(intake)[0] == "crs-without-rome-datum"
    assert intake.layer is not None


def test_that_layers_that_are_no_units_may_cover_each_other(tmp_path):
    path = written(tmp_path / "a.gpkg", shapely.box(0, 0, 100, 100), shapely.box(50, 0, 150, 100), K=["P3", "P2"])
    reference = LayerRef("flood_hazard", path.name, fields={"class": "K"})
    intake = take_in(reference, roles.FLOOD_HAZARD, tmp_path, GROUND)
    assert codes(intake) == []
    assert intake.area_m2 == pytest.approx(20_000)


@pytest.fixture
def heights(tmp_path):
    grid = Grid(UTM, Affine(100, 0, 565_900, 0, -100, 4_883_900), 10, 10)
    write.geotiff(tmp_path / "dtm.tif", ArrayRaster(np.ma.masked_array(np.ones((10, 10), np.float32)), grid), -9999)
    return tmp_path


def elevation(folder, **reference):
    return take_in(LayerRef("elevation", "dtm.tif", **reference), roles.ELEVATION, folder, GROUND)


def test_that_a_raster_stays_in_its_own_cells_and_is_counted_by_them(heights):
    intake = elevation(heights)
    assert (codes(intake), intake.features, intake.operation, intake.area_m2) == ([], 100, None, None)
    assert intake.layer.grid.bounds == (565_900, 4_882_900, 566_900, 4_883_900)


def test_that_a_raster_in_the_wrong_crs_lies_elsewhere(heights):
    intake = elevation(heights, crs="EPSG:7792")
    assert codes(intake) == ["layer-elsewhere"]
    assert intake.problems[0].remedy.it.endswith("--crs EPSG:7791.")


def test_that_a_raster_in_gauss_boaga_is_told_how_well_it_is_placed(heights):
    # Gauss-Boaga is the same grid 1 000 028 m to the east, near enough for cells of 100 m.
    grid = Grid(CRS(3003), Affine(100, 0, 1_565_900, 0, -100, 4_883_950), 11, 11)
    write.geotiff(heights / "dtm.tif", ArrayRaster(np.ma.masked_array(np.ones((11, 11), np.float32)), grid), -9999)
    approximate = elevation(heights).problems[-1]
    assert approximate.code == "crs-approximate"
    assert approximate.effect.it == "Celle: 121."


def test_that_buildings_of_one_sheet_are_taken_in_and_told_to_stop_short(town):
    # 2 ha of zones in a commune of 100 ha.
    intake = take_in(LayerRef("buildings", town().name), roles.BUILDINGS, town().parent, GROUND)
    assert codes(intake) == ["layer-stops-short"]
    assert intake.layer is not None


def test_that_a_raster_in_another_crs_records_how_it_is_reached(heights):
    # Only the datum differs: the cells are where they were.
    assert elevation(heights, crs="EPSG:25832").operation.accuracy_m == 0.0


def test_that_a_raster_can_t_be_zones_and_zones_can_t_be_heights(heights, town):
    raster_as_zones = take_in(LayerRef("zoning", "dtm.tif"), roles.ZONING, heights, GROUND)
    assert [problem.sentence("it") for problem in raster_as_zones.problems] == [
        "Zonizzazione del piano: «dtm.tif» è un raster. Per questo ruolo servono punti, linee o poligoni. "
        "Indicare un livello vettoriale."
    ]
    zones_as_raster = take_in(LayerRef("elevation", town().name), roles.ELEVATION, heights, GROUND)
    assert [problem.sentence("it") for problem in zones_as_raster.problems] == [
        "Quote del terreno: «zone.gpkg» non è un raster. Per questo ruolo servono celle. "
        "Indicare un GeoTIFF, una griglia ASCII o un HGT."
    ]


def test_that_an_unknown_role_is_told_with_where_to_find_them():
    assert missing_role("zone").sentence("it") == (
        "zone: questo ruolo non esiste. I ruoli si vedono con «puc-tool list roles»."
    )


def test_that_the_real_commune_is_taken_in_as_it_is(real_data):
    reference = LayerRef("boundary", "laspezia_clip.gpkg", "comune_laspezia", values={"code": "011015"})
    intake = take_in(reference, roles.BOUNDARY, real_data, Ground(UTM))
    assert intake.layer["name"].tolist() == ["La Spezia"]
    # ISTAT gives La Spezia 51.39 km²; this boundary is generalised.
    assert intake.area_m2 / 1e6 == pytest.approx(51.4, abs=0.6)


def test_that_real_points_without_crs_are_refused_until_one_is_given(real_data):
    folder = real_data / "stress" / "no_crs"
    reference = LayerRef("services", "points_wgs84_no_prj.shp", fields={"kind": "CATEGORY"})
    assert "crs-missing" in codes(take_in(reference, roles.SERVICES, folder, Ground(UTM)))


def test_that_a_real_empty_layer_is_refused(real_data):
    folder = real_data / "stress" / "qgis"
    intake = take_in(LayerRef("services", "empty_spatial_layer.shp"), roles.SERVICES, folder, GROUND)
    assert codes(intake) == ["layer-empty"]
