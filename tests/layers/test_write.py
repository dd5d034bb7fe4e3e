import errno
import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from geopandas.testing import assert_geodataframe_equal
from pyproj import CRS

from layers import write
from layers.formats.vector import read, tables
from layers.grid import Grid
from layers.problems import PucError
from layers.raster import ArrayRaster
from layers.source import locate

ROOT = Path(__file__).resolve().parents[2]


def zones():
    return gpd.GeoDataFrame({"zone": ["A", "B"]}, geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs=7791)


def cells():
    grid = Grid(CRS(7791), Affine(10, 0, 100, 0, -10, 200), 2, 2)
    return ArrayRaster(np.ma.masked_array(np.array([[1, 2], [3, 4]], np.uint8), [[0, 0], [0, 1]]), grid)


WRITERS = {
    "note.txt": lambda path: write.text(path, "perché no\n"),
    "note.bin": lambda path: write.data(path, b"\0\1"),
    "zone.gpkg": lambda path: write.geopackage(path, {"zone": zones()}),
    "dtm.tif": lambda path: write.geotiff(path, cells(), nodata=255),
}
each = pytest.mark.parametrize(("name", "writer"), WRITERS.items(), ids=WRITERS)


@each
def test_that_equal_content_gives_equal_bytes_and_nothing_else_is_left(tmp_path, name, writer):
    first, second = tmp_path / "a" / name, tmp_path / "b" / name
    writer(first)
    writer(second)
    assert first.read_bytes() == second.read_bytes()
    assert [part.name for part in first.parent.iterdir()] == [name]


@each
def test_that_a_file_that_is_there_is_replaced_whole(tmp_path, name, writer):
    writer(tmp_path / "new" / name)
    (tmp_path / name).write_bytes(b"old" * 100_000)
    writer(tmp_path / name)
    assert (tmp_path / name).read_bytes() == (tmp_path / "new" / name).read_bytes()


def full_disk(*_args):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@each
@pytest.mark.parametrize("step", ["sync", "rename"])
def test_that_a_full_disk_leaves_what_was_there_and_no_half_file(tmp_path, monkeypatch, name, writer, step):
    (tmp_path / name).write_bytes(b"old")
    monkeypatch.setattr(*((os, "fsync", full_disk) if step == "sync" else (Path, "replace", full_disk)))
    with pytest.raises(PucError) as told:
        writer(tmp_path / name)
    assert str(told.value) == (
        f"{name}: non si può scrivere: il disco è pieno. Quello che c'era prima è rimasto com'era. "
        "Controllare lo spazio sul disco e i permessi della cartella."
    )
    assert (tmp_path / name).read_bytes() == b"old"
    assert [part.name for part in tmp_path.iterdir()] == [name]


@each
def test_that_a_folder_that_is_none_is_explained(tmp_path, name, writer):
    (tmp_path / "results").write_text("a file in the folder's place")
    with pytest.raises(PucError, match=f"^{name}: non si può scrivere: "):
        writer(tmp_path / "results" / name)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
@each
def test_that_a_read_only_folder_is_explained(tmp_path, name, writer):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(PucError, match=f"^{name}: non si può scrivere: "):
        writer(closed / name)


def test_that_a_bug_while_writing_is_not_hidden_and_leaves_what_was_there(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ZeroDivisionError), write.replacing(tmp_path / "a.txt") as part:
        part.write_text(f"half{1 / 0}")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_that_text_is_utf_8_with_plain_newlines(tmp_path):
    write.text(tmp_path / "a.txt", "perché\nno\n")
    assert (tmp_path / "a.txt").read_bytes() == b"perch\xc3\xa9\nno\n"


def test_that_layers_come_back_as_they_were_written(tmp_path):
    write.geopackage(tmp_path / "a.gpkg", {"zone": zones(), "vincoli": zones().iloc[:1]})
    source = locate(tmp_path / "a.gpkg")
    assert tables(source) == ("zone", "vincoli")
    back, _ = read(source, "zone")
    # A table holds one geometry type: a polygon comes back as a multi-polygon of one part.
    assert set(back.geom_type) == {"MultiPolygon"}
    assert back.crs == CRS(7791)
    assert back["zone"].tolist() == ["A", "B"]
    assert back.area.tolist() == [1.0, 1.0]


def test_that_what_a_killed_run_left_behind_does_not_get_in(tmp_path):
    with write.replacing(tmp_path / "a.gpkg") as part:
        left_over = part
        part.write_bytes(b"half a geopackage")
    left_over.write_bytes(b"half a geopackage")
    write.geopackage(tmp_path / "a.gpkg", {"zone": zones()})
    assert tables(locate(tmp_path / "a.gpkg")) == ("zone",)


def test_that_masked_cells_become_nodata(tmp_path):
    write.geotiff(tmp_path / "a.tif", cells(), nodata=255)
    with rasterio.open(tmp_path / "a.tif") as dataset:
        assert dataset.read(1).tolist() == [[1, 2], [3, 255]]
        assert dataset.nodata == 255
        assert dataset.bounds == (100, 180, 120, 200)


def test_that_writing_leaves_what_is_handed_in_alone(tmp_path):
    layer, raster = zones(), cells()
    write.geopackage(tmp_path / "a.gpkg", {"zone": layer})
    write.geotiff(tmp_path / "a.tif", raster, nodata=255)
    assert_geodataframe_equal(layer, zones())
    assert np.ma.allequal(raster.cells, cells().cells)
    assert raster.cells.mask.tolist() == [[False, False], [False, True]]


def test_that_no_byte_of_a_raster_depends_on_threads_and_all_tiles_are_there(tmp_path, monkeypatch):
    # 600 × 700 cells: three rows of three tiles of 256, the last ones cut.
    values = np.random.default_rng(1).random((600, 700)).cumsum(axis=1).astype(np.float32)
    raster = ArrayRaster(np.ma.masked_less(values, 20.0), Grid(CRS(7791), Affine(10, 0, 100, 0, -10, 200), 700, 600))
    write.geotiff(tmp_path / "two.tif", raster, nodata=-1.0)
    monkeypatch.setattr(write, "THREADS", 1)
    write.geotiff(tmp_path / "one.tif", raster, nodata=-1.0)
    assert (tmp_path / "one.tif").read_bytes() == (tmp_path / "two.tif").read_bytes()
    with rasterio.open(tmp_path / "two.tif") as file:
        assert (file.read(1) == raster.cells.filled(-1.0)).all()


def test_that_a_disk_that_gets_full_under_gdal_is_told_in_words_and_leaves_no_half_file(tmp_path):
    script = (
        "import resource, signal, sys; from pathlib import Path; import geopandas, shapely\n"
        "from layers import write; from layers.problems import PucError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "frame = geopandas.GeoDataFrame({'a': [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs=3035)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))\n"
        "try: write.geopackage(Path(sys.argv[1]), {'a': frame})\n"
        "except PucError as error: print(error.problems[0].message.it)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "a.gpkg")]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout
    assert "per lo più perché il disco è pieno" in said
    assert list(tmp_path.iterdir()) == []
