"""A grid that the study brings is used there and nowhere else, to the millimetre, and the record says which it was."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
from affine import Affine
from geopandas import GeoSeries
from pyproj import CRS, Transformer

from analyses.areal_scale import outlines_on
from layers import datum_grids, roles, write
from layers.crs import operation, remarks, reproject, transformer
from layers.datum_grids import DatumGrid
from layers.grid import Grid
from layers.intake import Ground, take_in
from layers.mends.mend import Context
from layers.mends.reproject import reproject as mend_reproject
from layers.problems import PucError
from layers.raster import ArrayRaster
from layers.reference import LayerRef
from layers.text import same

IGM = "35160622_47161840_R40_F00.gsb"
"""The name by which PROJ's database knows the IGM's grid from Roma 40 to RDN2008."""

SPEZIA = (9.5, 43.9, 10.1, 44.4)
HERE = (9.7, 44.0, 9.95, 44.2)
SOUTH_S, EAST_S = -2.5, 1.25
"""The made-up shift, in seconds of arc: 2.5" to the north and 1.25" to the east, some 77 m and 28 m."""

UTM, ROME_WEST, ROME = CRS(7791), CRS(3003), CRS(4265)
EAST, NORTH = 1_566_000.0, 4_883_000.0


@pytest.fixture
def igm(tmp_path, ntv2):
    """Return the folder of a study that brings the grid, in a place whose name is no simple word."""
    study = tmp_path / 'Studio "La Spezia", è'.replace(",", "")
    ntv2(study / "grids" / IGM, south_s=SOUTH_S, east_s=EAST_S, bounds=SPEZIA)
    return study


@pytest.fixture
def grids(igm):
    found, said = datum_grids.read(igm)
    assert said == []
    return found


def shifted(east: float, north: float) -> tuple[float, float]:
    """Return where the made-up shift puts a point of EPSG:3003, in EPSG:7791, without any grid.

    The projection is taken off, the seconds are added, the other projection is put on.
    """
    lon, lat = Transformer.from_crs(ROME_WEST, ROME, always_xy=True).transform(east, north)
    return Transformer.from_crs(6706, UTM, always_xy=True).transform(lon + EAST_S / 3600, lat - SOUTH_S / 3600)


def test_that_a_grid_of_the_study_moves_every_corner_to_the_millimetre(grids):
    layer = gpd.GeoDataFrame(geometry=[shapely.box(EAST, NORTH, EAST + 2000, NORTH + 1000)], crs=ROME_WEST)
    moved, used = reproject(layer, UTM, grids)
    corners = shapely.get_coordinates(layer.geometry.to_numpy())
    wanted = np.array([shifted(*xy) for xy in corners])
    assert np.abs(shapely.get_coordinates(moved.geometry.to_numpy()) - wanted).max() < 0.001
    assert (used.accuracy_m, used.missing_grids) == (0.1, ())


def test_that_without_the_grid_the_same_corners_lie_elsewhere_and_the_grid_is_missed():
    layer = gpd.GeoDataFrame(geometry=[shapely.Point(EAST, NORTH)], crs=ROME_WEST)
    moved, used = reproject(layer, UTM)
    assert moved.geometry[0].distance(shapely.Point(shifted(EAST, NORTH))) > 10
    assert (used.accuracy_m, used.missing_grids, used.grids) == (4.0, (IGM,), ())


@pytest.mark.parametrize(
    ("source", "xy"),
    [
        (3003, (EAST, NORTH)),
        (4265, (9.82, 44.09)),  # latitude first, by its authority
        (4806, (9.82 - 12.452333, 44.09)),  # from the meridian of Rome, latitude first
    ],
)
def test_that_the_grid_is_used_as_proj_itself_would_use_it(grids, source, xy):
    # The independent way: a process of its own in which PROJ is given the folder on its search path.
    ours = transformer(CRS(source), UTM, HERE, grids).transform(*xy)
    code = (
        "import sys, pyproj\n"
        "from pyproj.aoi import AreaOfInterest\n"
        "pyproj.datadir.append_data_dir(sys.argv[1])\n"
        f"way = pyproj.Transformer.from_crs({source}, 7791, always_xy=True, area_of_interest=AreaOfInterest(*{HERE}))\n"
        f"print(*map(repr, way.transform(*{xy})))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, grids[0].path.parent], capture_output=True, text=True, check=True
    )
    assert ours == pytest.approx([float(word) for word in said.stdout.split()], abs=1e-6)


def test_that_there_and_back_by_the_grid_is_the_same_place(grids):
    there = transformer(ROME_WEST, UTM, HERE, grids).transform(EAST, NORTH)
    assert transformer(UTM, ROME_WEST, HERE, grids).transform(*there) == pytest.approx((EAST, NORTH), abs=1e-4)


def test_that_the_record_names_the_grid_with_its_sha256(grids, igm):
    sha256 = hashlib.sha256((igm / "grids" / IGM).read_bytes()).hexdigest()
    told = operation(ROME_WEST, UTM, HERE, grids).as_json()
    assert told["grids"] == [{"file": IGM, "sha256": sha256}]
    assert told["operation"] == "Inverse of Italy zone 1 + Monte Mario to RDN2008 (5) + UTM zone 32N"


def test_that_the_use_of_a_grid_is_told(grids):
    (told,) = remarks(operation(ROME_WEST, UTM, HERE, grids), same("Zonizzazione"), same(""))
    assert told.sentence("it") == (
        "Zonizzazione: conversione EPSG:3003 → EPSG:7791 con la griglia 35160622_47161840_R40_F00.gsb dello studio, "
        "buona a circa 0,1 m."
    )


def test_that_a_grid_stays_with_its_study_in_this_thread_and_in_every_other(grids):
    wanted, bare = shifted(EAST, NORTH), transformer(ROME_WEST, UTM, HERE).transform(EAST, NORTH)
    folder, variable = pyproj.datadir.get_data_dir(), os.environ.get("PROJ_DATA")

    def both(_: int) -> tuple[tuple[float, float], tuple[float, float]]:
        with_grid = transformer(ROME_WEST, UTM, HERE, grids).transform(EAST, NORTH)
        return with_grid, transformer(ROME_WEST, UTM, HERE).transform(EAST, NORTH)

    with ThreadPoolExecutor(4) as pool:
        for with_grid, without in pool.map(both, range(40)):
            assert with_grid == pytest.approx(wanted, abs=0.001)
            assert without == bare
    assert (pyproj.datadir.get_data_dir(), os.environ.get("PROJ_DATA")) == (folder, variable)


def test_that_two_studies_may_bring_different_grids_of_one_name(grids, tmp_path, ntv2):
    ntv2(tmp_path / "other" / "grids" / IGM, south_s=SOUTH_S - 1, east_s=EAST_S, bounds=SPEZIA)
    others, _ = datum_grids.read(tmp_path / "other")
    first, second = (transformer(ROME_WEST, UTM, HERE, each).transform(EAST, NORTH) for each in (grids, others))
    # One second of arc of latitude is about 30.86 m at 44°.
    assert second[1] - first[1] == pytest.approx(30.86, abs=0.05)
    assert grids[0].sha256 != others[0].sha256


def test_that_the_outlines_on_a_raster_go_the_same_way_as_the_record_says(grids):
    cells = Grid(ROME_WEST, Affine(10, 0, EAST - 500, 0, -10, NORTH + 500), 100, 100, grids)
    place = shapely.Point(shifted(EAST, NORTH)).buffer(5, quad_segs=1)
    outline = outlines_on(cells, GeoSeries([place], crs=UTM)).polygons[0]
    # The made-up point is the corner of cell (50, 50).
    assert shapely.get_coordinates(outline.centroid)[0] == pytest.approx((50, 50), abs=0.001)
    assert outlines_on(cells.part(cells.whole), GeoSeries([place], crs=UTM)).polygons[0].equals(outline)


def test_that_a_raster_taken_into_a_study_with_a_grid_is_placed_by_it(igm, grids):
    left, bottom = shifted(EAST, NORTH)
    boundary = shapely.box(left, bottom, left + 500, bottom + 500)
    cells = Grid(ROME_WEST, Affine(100, 0, EAST - 200, 0, -100, NORTH + 800), 11, 11)
    write.geotiff(igm / "dtm.tif", ArrayRaster(np.ma.masked_array(np.ones((11, 11), np.float32)), cells), -9999)
    intake = take_in(LayerRef("elevation", "dtm.tif"), roles.ELEVATION, igm, Ground(UTM, boundary, grids))
    assert intake.operation.grids == grids
    assert intake.layer.grid.datum_grids == grids


def test_that_a_mended_copy_goes_the_same_way_as_a_layer_that_is_read(grids):
    layer = gpd.GeoDataFrame({"zone": ["A"]}, geometry=[shapely.Point(EAST, NORTH).buffer(10)], crs=ROME_WEST)
    context = Context(roles.ZONING, Ground(UTM, grids=grids), LayerRef("zoning", "a.gpkg"))
    outcome = mend_reproject(layer, context, {})
    assert outcome.layer.geometry[0].centroid.distance(shapely.Point(shifted(EAST, NORTH))) < 0.001
    assert [problem.code for problem in outcome.told] == ["crs-by-grid"]


def test_that_a_grid_that_ends_before_the_layer_is_not_used_and_that_is_told(tmp_path, ntv2):
    ntv2(tmp_path / "grids" / IGM, south_s=0, east_s=0, bounds=(9.5, 43.9, 9.8, 44.4))
    grids, _ = datum_grids.read(tmp_path)
    used = operation(ROME_WEST, UTM, HERE, grids)
    assert (used.accuracy_m, used.grids, used.short_grids) == (4.0, (), (IGM,))
    (told,) = remarks(used, same("Zonizzazione"), same(""))
    assert told.message.it == (
        "conversione EPSG:3003 → EPSG:7791 buona a circa 4 m: "
        "la griglia 35160622_47161840_R40_F00.gsb dello studio non copre tutto il livello."
    )


def test_that_case_and_ending_of_the_name_do_not_matter():
    assert DatumGrid(Path("a") / IGM.replace(".gsb", ".TIF").lower(), "").answers_to(IGM)
    assert not DatumGrid(Path("a") / IGM.replace("R40", "E50"), "").answers_to(IGM)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("44200950.gr2", b"verto", "PROJ apre solo griglie .gsb, .tif"),
        ("44200950.gr1", b"verto", "PROJ apre solo griglie .gsb, .tif"),
        (IGM, b"not a grid", "non è una griglia, o è incompleta"),
        (IGM, b"", "non è una griglia, o è incompleta"),
        ("a.tif", b"II*\0", "non è una griglia, o è incompleta"),
        ("a,b.gsb", b"", "nel percorso c'è una virgola"),
    ],
)
def test_that_a_file_that_proj_can_t_use_is_told_with_the_reason(tmp_path, name, content, why):
    (tmp_path / "grids").mkdir()
    (tmp_path / "grids" / name).write_bytes(content)
    grids, (told,) = datum_grids.read(tmp_path)
    assert grids == ()
    assert told.sentence("it") == (
        f"grids/{name}: questa griglia non viene usata: {why}. Le conversioni restano buone come senza griglia. "
        "Chiedere all'IGM la griglia in formato NTv2 (.gsb)."
    )


def test_that_a_link_out_of_the_study_is_not_followed(tmp_path, ntv2):
    outside = ntv2(tmp_path / "elsewhere" / IGM, south_s=0, east_s=0, bounds=SPEZIA)
    (tmp_path / "study" / "grids").mkdir(parents=True)
    (tmp_path / "study" / "grids" / IGM).symlink_to(outside)
    grids, (told,) = datum_grids.read(tmp_path / "study")
    assert grids == ()
    assert "è un rimando a un file fuori dallo studio" in told.message.it


def test_that_a_grid_cut_short_never_moves_anything_silently(tmp_path, ntv2):
    path = ntv2(tmp_path / "grids" / IGM, south_s=0, east_s=0, bounds=SPEZIA)
    path.write_bytes(path.read_bytes()[:500])
    grids, _ = datum_grids.read(tmp_path)
    assert operation(ROME_WEST, UTM, HERE, grids).grids == ()


def test_that_a_study_without_the_folder_brings_nothing(tmp_path):
    assert datum_grids.read(tmp_path) == ((), [])
    assert datum_grids.fingerprints(tmp_path) == {}


def test_that_a_grid_nobody_asks_for_is_told_with_the_names_that_would_be(grids):
    assert datum_grids.idle(grids, [IGM], []) == []
    (told,) = datum_grids.idle(grids, [], ["35160622_47161840_E50_F00.gsb"])
    assert told.sentence("it") == (
        "grids/35160622_47161840_R40_F00.gsb: nessuna conversione dei livelli usa questa griglia. "
        "PROJ cerca le griglie per nome: questo studio userebbe 35160622_47161840_E50_F00.gsb."
    )


@pytest.mark.parametrize(
    "crs",
    [4004, 4022, "+proj=tmerc +lon_0=9 +k=0.9996 +x_0=1500000 +ellps=intl", 'LOCAL_CS["a",UNIT["metre",1]]'],
    ids=["Bessel, datum unknown", "International, datum unknown", "Gauss-Boaga without datum", "a survey's own"],
)
def test_that_where_proj_knows_only_the_ballpark_nothing_is_moved_grid_or_not(grids, crs):
    for brought in ((), grids):
        with pytest.raises(PucError) as told:
            operation(CRS(crs), UTM, HERE, brought)
        assert [problem.code for problem in told.value.problems] == ["crs-no-operation"]
