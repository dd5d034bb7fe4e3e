import pytest

from layers.formats import catalogue
from layers.formats.signature import STARTS, reason
from layers.source import Source


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("zone.shp", b"", "è vuoto (0 byte)"),
        ("zone.dxf", b"", "è vuoto (0 byte)"),
        ("zone.shp", b"PK\x03\x04 ...", "è uno zip, non Shapefile come dice il nome"),
        ("zone.gpkg", b"%PDF-1.7", "è un PDF, non GeoPackage come dice il nome"),
        ("zone.fgb", b"hello", "non comincia come FlatGeobuf: è rovinato, o è un'altra cosa"),
        ("dtm.tif", b"\x1f\x8b\x08", "è un file compresso con gzip, non GeoTIFF come dice il nome"),
        ("zone.gpkg", b"SQLite format 3\0 ...", "disk image is malformed"),
        ("zone.dxf", b"hello", "disk image is malformed"),
    ],
)
def test_that_the_first_bytes_tell_why_a_file_cannot_be_read(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    source = Source(tmp_path / name, catalogue.of(name))
    told = reason(source, ValueError("disk image is malformed"))
    assert told.it == words
    assert told.en


def test_that_every_start_is_of_a_format_that_is_opened():
    assert STARTS.keys() <= {each.id for each in catalogue.ALL}


def test_that_surfaces_in_space_are_called_by_their_name(tmp_path):
    (tmp_path / "a.gpkg").write_bytes(STARTS["geopackage"][0])
    told = reason(Source(tmp_path / "a.gpkg", catalogue.of("a.gpkg")), ValueError("Unknown WKB type 16"))
    assert "multipatch" in told.it
