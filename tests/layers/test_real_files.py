"""Whatever lies in the folder of real, messy files ends in data or in a problem we can word, never in a traceback."""

import os
from pathlib import Path

import pytest
from pyproj import CRS

from layers.formats.raster import open_raster
from layers.formats.vector import look, read, tables
from layers.intake import Ground, take_in
from layers.problems import PucError
from layers.reference import LayerRef
from layers.roles import REFERENCE
from layers.source import fingerprint, locate

FOLDER = Path(os.environ.get("PUC_REAL_DATA") or "no-such-folder")
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
each = pytest.mark.parametrize("name", FILES or ["(none)"])


def outcome(road, *arguments):
    """Return what the road gives, or the sentence by which it refuses."""
    try:
        return road(*arguments)
    except PucError as error:
        return " ".join(problem.sentence("it") for problem in error.problems)


def open_tables(source):
    return [(outcome(look, source, table), outcome(read, source, table)) for table in tables(source)]


def seen(path):
    source = locate(path)
    if not source.format.is_raster:
        return open_tables(source)
    raster = open_raster(source)
    return raster.read(raster.grid.whole).shape


@each
def test_that_every_real_file_is_read_or_refused_in_our_words(real_data, name):
    before = fingerprint(real_data / name)
    assert outcome(seen, real_data / name)
    assert fingerprint(real_data / name) == before


@each
def test_that_every_real_file_can_be_brought_to_la_spezia_or_is_told_why_not(real_data, name):
    intake = take_in(LayerRef("reference", name), REFERENCE, real_data, Ground(CRS(7791)))
    assert intake.layer is not None or intake.problems


REFUSED = {
    "stress/broken_zips/badzip.zip": "archive-broken",
    "stress/broken_zips/noshp.zip": "archive-empty",
    "stress/broken_zips/bad.shp": "source-broken",
    "stress/qgis/mixed_layers.gpkg": "table-unclear",
    "landuse_dem/EMSR190_16CAMERINO_vector.zip": "archive-several",
}


@pytest.mark.parametrize(("name", "code"), REFUSED.items(), ids=REFUSED)
def test_that_a_real_broken_file_is_refused_for_what_is_wrong_with_it(real_data, name, code):
    with pytest.raises(PucError) as told:
        read(locate(real_data / name), None)
    assert [problem.code for problem in told.value.problems] == [code]
