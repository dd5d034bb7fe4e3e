"""What a source holds, told from its metadata, before anything is decided."""

from __future__ import annotations

import zipfile

import geopandas
import pyogrio
import pytest
import rasterio
import shapely

from layers.problems import PucError
from layers.sampling import ROWS
from puc_tool.intake.inspection import find, inspect
from puc_tool.intake.inspection_words import sentence

KEYS = {"name", "kind", "geometry", "crs", "features", "fields", "extent", "encoding", "roles"}


def test_that_every_table_of_a_file_is_told_with_the_keys_of_the_contract(town):
    entries, problems = inspect(town / "data" / "borgo.gpkg", "it")
    assert problems == []
    assert [entry["name"] for entry in entries] == ["confine", "quartieri"]
    assert all(set(entry) == KEYS for entry in entries)
    outline = entries[0]
    assert (outline["kind"], outline["geometry"], outline["crs"]) == ("vector", "Polygon", "EPSG:3035")
    assert (outline["features"], set(outline["fields"])) == (1, {"name", "code"})
    assert outline["extent"] == [4_306_000.0, 2_336_000.0, 4_307_000.0, 2_337_000.0]


def test_that_a_raster_is_told_with_the_same_keys(town):
    (entry,), problems = inspect(town / "data" / "suolo_2012.tif", "it")
    assert problems == []
    assert set(entry) == KEYS
    assert (entry["kind"], entry["geometry"], entry["features"]) == ("raster", "Raster", 120 * 120)
    assert entry["extent"] == [4_305_900.0, 2_335_900.0, 4_307_100.0, 2_337_100.0]
    assert entry["roles"][0]["role"] == "soil_consumption"


def test_that_each_likely_role_says_how_sure_and_why(town):
    entries, _ = inspect(town / "data" / "borgo.gpkg", "en")
    likely = entries[1]["roles"]
    assert likely[0]["role"] == "neighbourhoods"
    assert all({"role", "confidence", "why"} <= set(each) and 0 < each["confidence"] <= 1 for each in likely)
    assert "the name (“quartieri”) is of: neighbourhoods" in likely[0]["why"]
    assert [each["confidence"] for each in likely] == sorted((each["confidence"] for each in likely), reverse=True)


def test_that_the_one_dataset_in_a_zip_is_looked_into(town, tmp_path):
    with zipfile.ZipFile(tmp_path / "suolo.zip", "w") as archive:
        archive.write(town / "data" / "suolo_2012.tif", "suolo_2012.tif")
    (entry,), _ = inspect(tmp_path / "suolo.zip", "it")
    assert entry["features"] == 120 * 120


def test_that_every_dataset_of_a_zip_is_told_under_the_name_that_add_wants(town, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(town / "data" / "suolo_2012.tif", "raster/suolo_2012.tif")
        archive.write(town / "data" / "borgo.gpkg", "borgo.gpkg")
        archive.writestr("rotto.gpkg", b"SQLite")
    entries, problems = inspect(tmp_path / "a.zip", "it")
    assert [(entry["name"], entry["kind"]) for entry in entries] == [
        ("borgo.gpkg/confine", "vector"),
        ("borgo.gpkg/quartieri", "vector"),
        ("raster/suolo_2012.tif", "raster"),
    ]
    # One that is broken does not take the others along.
    assert [(problem.code, problem.where.it) for problem in problems] == [("source-broken", "a.zip/rotto.gpkg")]


def test_that_what_there_is_to_say_of_a_raster_is_said(tmp_path):
    profile = {"width": 4, "height": 4, "count": 3, "dtype": "uint8", "crs": "EPSG:3035"}
    placed = rasterio.Affine(10, 0, 4_306_000, 0, -10, 2_337_000)
    with rasterio.open(tmp_path / "foto.tif", "w", driver="GTiff", transform=placed, **profile):
        pass
    _, problems = inspect(tmp_path / "foto.tif", "it")
    assert [problem.code for problem in problems] == ["raster-bands-left-out"]


def test_that_a_layer_without_crs_or_features_is_remarked(brought, faulty):
    for kind, code in (("no_crs", "crs-missing"), ("empty", "layer-empty")):
        _, problems = inspect(faulty(kind), "it")
        assert [problem.code for problem in problems] == [code]
        assert problems[0].severity == "warning"


def test_that_looking_reads_no_more_than_samples(town, monkeypatch):
    monkeypatch.setattr("layers.glance.MOST", 1)
    reads = []

    def read(*args, read_dataframe=pyogrio.read_dataframe, **words):
        reads.append((words["layer"], words.get("max_features")))
        return read_dataframe(*args, **words)

    monkeypatch.setattr("pyogrio.read_dataframe", read)
    inspect(town / "data" / "borgo.gpkg", "it")
    # One feature is all that there is of the outline, so that it is read whole.
    assert reads == [("confine", ROWS), ("confine", None), ("quartieri", ROWS), ("quartieri", 1)]


def test_that_a_dataset_of_the_wrong_shape_for_its_name_is_told_so(brought):
    path = brought / "quartieri.gpkg"
    geopandas.GeoDataFrame({"nome": ["A"]}, geometry=[shapely.Point(0, 0)], crs=3035).to_file(path)
    (found,) = find(path)
    assert "il nome fa pensare a Quartieri, ma la geometria è un'altra" in sentence(found, "it").it


def test_that_a_table_without_a_place_is_told_how_it_joins(brought):
    (brought / "t.csv").write_text("a;b\n1;2\n")
    assert "--join" in sentence(find(brought / "t.csv")[0], "it").it


def test_that_looking_changes_nothing(town, hashes):
    before = hashes(town)
    for path in sorted((town / "data").iterdir()):
        inspect(path, "it")
    assert hashes(town) == before


@pytest.mark.parametrize("kind", ["missing", "not_a_format", "broken_raster", "broken_vector", "not_a_zip", "xml"])
def test_that_what_cannot_be_opened_is_refused_with_a_remedy(faulty, kind):
    with pytest.raises(PucError) as caught:
        inspect(faulty(kind), "it")
    (problem,) = caught.value.problems
    assert problem.message
    assert problem.remedy


def test_that_the_sentence_for_people_names_what_matters(town):
    words = sentence(find(town / "data" / "borgo.gpkg")[0], "it")
    for each in ("confine", "Polygon", "EPSG:3035", "name, code", "boundary"):
        assert each in words.it
    assert "features" in words.en
