"""Nothing is ever written into a source, or beside it: whatever its format, and whatever state it is in."""

import gzip
import hashlib
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import rasterio
import rasterio.shutil
import shapely
from affine import Affine

from layers.formats import catalogue
from layers.formats.raster import open_raster
from layers.formats.vector import look, read, tables
from layers.problems import PucError
from layers.source import fingerprint, locate, parts

PLACE = (9.8, 44.1)
OSM = (
    '<?xml version="1.0"?><osm version="0.6"><node id="1" lat="44.1" lon="9.8"/><node id="2" lat="44.2" lon="9.8"/>'
    '<way id="3"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way></osm>'
)
KML = (
    '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>a</name><Placemark>'
    "<Point><coordinates>9.8,44.1</coordinates></Point></Placemark></Document></kml>"
)
GPX = (
    '<?xml version="1.0"?><gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">'
    '<wpt lat="44.1" lon="9.8"/></gpx>'
)
GML = (
    '<?xml version="1.0"?><FeatureCollection xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><zona fid="1">'
    '<gml:geom><gml:Point srsName="EPSG:4326"><gml:coordinates>9.8,44.1</gml:coordinates></gml:Point></gml:geom>'
    "</zona></gml:featureMember></FeatureCollection>"
)
GTFS = {
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\nA,Piazza,44.1,9.8\n",
    "trips.txt": "route_id,service_id,trip_id\nR,S,T\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT,08:00:00,08:00:00,A,1\n",
    "calendar_dates.txt": "service_id,date,exception_type\nS,20260106,1\n",
}


def features():
    return gpd.GeoDataFrame({"nome": ["Forlì"]}, geometry=[shapely.Point(PLACE)], crs=4326)


def by_gdal(name, **options):
    return lambda folder: pyogrio.write_dataframe(features(), folder / name, **options)


def as_text(name, content):
    return lambda folder: (folder / name).write_text(content, encoding="utf-8")


def packed(name, members):
    def write(folder):
        with zipfile.ZipFile(folder / name, "w") as made:
            for inner, content in members.items():
                made.writestr(inner, content)

    return write


def cells(name, driver, width=4, height=3):
    def write(folder):
        profile = {"count": 1, "dtype": "int16", "crs": "EPSG:4326", "width": width, "height": height}
        step = 1 / (width - 1)
        placed = Affine(step, 0, 9 - step / 2, 0, -step, 45 + step / 2)
        with rasterio.MemoryFile() as memory:
            with memory.open(driver="GTiff", transform=placed, **profile) as made:
                made.write(np.ones((1, height, width), dtype=np.int16))
            with memory.open() as made:
                rasterio.shutil.copy(made, folder / name, driver=driver)
        for written in set(folder.glob("*.aux.xml")):
            written.unlink()

    return write


def packed_osm(folder):
    (folder / "a.osm.gz").write_bytes(gzip.compress(OSM.encode()))


def workbook(folder):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["lon", "lat", "nome"])
    book.active.append([*PLACE, "Forlì"])
    book.save(folder / "a.xlsx")


MADE = {
    "shapefile": by_gdal("a.shp"),
    "geopackage": by_gdal("a.gpkg"),
    "geojson": by_gdal("a.geojson"),
    "flatgeobuf": by_gdal("a.fgb"),
    "mapinfo": by_gdal("a.tab"),
    "filegdb": by_gdal("a.gdb", driver="OpenFileGDB"),
    "geotiff": cells("a.tif", "GTiff"),
    "asciigrid": cells("a.asc", "AAIGrid", 3, 3),
    "hgt": cells("N44E009.hgt", "SRTMHGT", 1201, 1201),
    "netcdf": cells("a.nc", "netCDF"),
    "osm": packed_osm,
    "gtfs": packed("a.zip", GTFS),
    "kml": packed("a.kmz", {"doc.kml": KML}),
    "gpx": as_text("a.gpx", GPX),
    "gml": as_text("a.gml", GML),
    "dxf": lambda folder: pyogrio.write_dataframe(features()[["geometry"]], folder / "a.dxf", driver="DXF"),
    "sqlite": by_gdal("a.sqlite", driver="SQLite"),
    "geoparquet": lambda folder: features().to_parquet(folder / "a.parquet"),
    "csv": as_text("a.csv", "lon;lat;nome\n9,8;44,1;Forlì\n"),
    "workbook": workbook,
}


def main_file(folder):
    return next(path for path in sorted(folder.iterdir()) if catalogue.of(path) or path.suffix == ".zip")


def state(folder):
    """Return names, bytes and times of all that lies in ``folder``, and its own time."""
    files = sorted(path for path in folder.rglob("*"))
    held = [
        (str(path.relative_to(folder)), path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in files
        if path.is_file()
    ]
    return [str(path.relative_to(folder)) for path in files], held, folder.stat().st_mtime_ns


def go_through(path):
    """Look into and read all there is, as ``inspect`` and a run do."""
    source = locate(path)
    if source.format.is_raster:
        raster = open_raster(source)
        return raster.read(raster.grid.whole).count(), raster.thinned(4).cells.count()
    names = tables(source)
    return [(look(source, name), read(source, name)) for name in names if "stat" not in name]


def test_that_every_format_is_gone_through():
    assert set(MADE) == {entry.id for entry in catalogue.ALL}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("read_only", [False, True], ids=["a folder", "a read-only folder"])
def test_that_a_source_and_its_folder_are_left_as_they_are(tmp_path, name, read_only):
    folder = tmp_path / "dati"
    folder.mkdir()
    MADE[name](folder)
    if read_only:
        for path in (*folder.rglob("*"), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
    before = state(folder)
    fingerprint(main_file(folder))
    assert go_through(main_file(folder))
    assert state(folder) == before


@pytest.mark.parametrize("name", [name for name in MADE if name != "gtfs"])
def test_that_a_source_is_read_from_a_zip_that_is_left_as_it_is(tmp_path, name):
    folder, delivery = tmp_path / "dati", tmp_path / "consegna"
    folder.mkdir()
    delivery.mkdir()
    MADE[name](folder)
    with zipfile.ZipFile(delivery / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(folder.rglob("*")):
            made.write(path, path.relative_to(folder))
    before = state(delivery)
    assert go_through(delivery / "a.zip")
    assert state(delivery) == before


def write_ahead(path, *, merged):
    """Turn the database at ``path`` into one that writes ahead, and take one lot away; unless merged, in its -wal."""
    held = path.with_name("lavoro.gpkg")
    shutil.move(path, held)
    with closing(sqlite3.connect(held)) as database:
        database.execute("PRAGMA journal_mode = wal")
        database.execute("PRAGMA wal_autocheckpoint = 0")
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        if not merged:
            database.execute("UPDATE zone SET NOME = 'Nuova' WHERE ZONA = 'B'")
            database.commit()
            shutil.copy(held.with_name(f"{held.name}-wal"), path.with_name(f"{path.name}-wal"))
            shutil.copy(held, path)
    if merged:
        shutil.copy(held, path)
    for left in path.parent.glob("lavoro*"):
        left.unlink()
    assert path.read_bytes()[18:20] == b"\2\2"


@pytest.mark.parametrize("placed", ["as a file", "in a zip"])
def test_that_what_a_database_has_not_merged_yet_is_read_and_told(town, placed):
    path = town("zone.gpkg", layer="zone")
    write_ahead(path, merged=False)
    if placed == "in a zip":
        with zipfile.ZipFile(path.with_name("a.zip"), "w") as made:
            for part in (path, path.with_name("zone.gpkg-wal")):
                made.write(part, part.name)
                part.unlink()
        path = path.with_name("a.zip")
    before = state(path.parent)
    source = locate(path)
    seen, (layer, said) = look(source, "zone"), read(source, "zone")
    assert layer["NOME"].tolist() == ["Città", "Nuova"]
    assert [problem.code for problem in said] == [problem.code for problem in seen.remarks] == ["database-unmerged"]
    assert "zone.gpkg-wal" in said[0].message.it
    assert state(path.parent) == before


def test_that_a_database_that_writes_ahead_is_read_without_its_flag_being_turned(town):
    path = town("zone.gpkg", layer="zone")
    write_ahead(path, merged=True)
    before = state(path.parent)
    layer, said = read(locate(path), "zone")
    assert (layer["NOME"].tolist(), said) == (["Città", "Forlì"], [])
    assert look(locate(path), "zone").features == 2
    assert state(path.parent) == before


def test_that_what_is_not_merged_belongs_to_the_fingerprint(town):
    path = town("zone.gpkg", layer="zone")
    write_ahead(path, merged=False)
    before = fingerprint(path)
    assert [part.name for part in parts(path)] == ["zone.gpkg", "zone.gpkg-wal"]
    path.with_name("zone.gpkg-wal").unlink()
    assert fingerprint(path) != before


def test_that_a_schema_beside_a_gml_is_no_reason_to_write(tmp_path):
    folder = tmp_path / "dati"
    folder.mkdir()
    (folder / "a.gml").write_text(GML)
    (folder / "a.xsd").write_text('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>')
    before = state(folder)
    assert go_through(folder / "a.gml")
    assert state(folder) == before


@pytest.mark.parametrize("content", [b"", b"\0" * 100, json.dumps({"type": "FeatureCollection"}).encode()])
@pytest.mark.parametrize(
    "name", ["a.shp", "a.gpkg", "a.geojson", "a.fgb", "a.tab", "a.gml", "a.sqlite", "a.tif", "a.nc"]
)
def test_that_a_broken_source_is_left_as_it_is_too(tmp_path, name, content):
    folder = tmp_path / "dati"
    folder.mkdir()
    (folder / name).write_bytes(content)
    before = state(folder)
    try:
        go_through(folder / name)
    except PucError as error:
        assert error.problems  # noqa: PT017 - whether it is refused is not the question here
    assert state(folder) == before
