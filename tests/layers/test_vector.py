import hashlib
import json
import warnings

import geopandas as gpd
import pyogrio
import pytest
import shapely
from pyproj import CRS

from layers.formats import features
from layers.formats.vector import look, read, tables
from layers.glance import glance
from layers.problems import PucError, Severity
from layers.source import locate


def refusal(road, *arguments):
    with pytest.raises(PucError) as told:
        road(*arguments)
    (problem,) = told.value.problems
    return problem


def geojson(path, *features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return locate(path)


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.mark.parametrize("name", ["zone.gpkg", "zone.shp", "zone.fgb", "zone.tab"])
def test_that_every_format_gives_the_same_features(town, name):
    layer, said = read(locate(town(name)), None)
    # FlatGeobuf keeps its features in an order of its own.
    assert sorted(zip(layer["ZONA"], layer["NOME"], strict=True)) == [("A", "Città"), ("B", "Forlì")]
    assert layer.area.tolist() == pytest.approx([10_000, 10_000], abs=1)
    assert said == []


def test_that_what_python_says_of_programs_is_no_remark_on_the_data(town, monkeypatch):
    whole = features._whole

    def talkative(*words):
        warnings.warn("unclosed file", ResourceWarning, stacklevel=1)
        warnings.warn("Three rings left open", RuntimeWarning, stacklevel=1)
        return whole(*words)

    monkeypatch.setattr(features, "_whole", talkative)
    _, said = read(locate(town("zone.gpkg")), None)
    (problem,) = said
    assert problem.code == "source-remark"
    assert "Three rings left open" in problem.message.it


def test_that_reading_leaves_the_file_as_it_is(town):
    path = town("zone.gpkg")
    before = hashlib.sha256(path.read_bytes()).digest()
    read(locate(path), None)
    look(locate(path), "zone")
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [part.name for part in path.parent.iterdir()] == ["zone.gpkg"]


def test_that_a_table_is_looked_into_without_reading_it(town):
    seen = look(locate(town()), "zone")
    assert (seen.name, seen.geometry, seen.features, seen.encoding) == ("zone", "Polygon", 2, "UTF-8")
    assert seen.crs == CRS(7791)
    assert list(seen.fields) == ["ZONA", "NOME"]
    assert seen.extent == (566_000, 4_883_000, 566_200, 4_883_100)


def test_that_the_encoding_of_a_shapefile_is_told(town):
    assert look(locate(town("zone.shp", encoding="ISO-8859-1")), "zone").encoding == "ISO-8859-1"


def test_that_of_several_tables_one_has_to_be_chosen(town):
    town(layer="zone")
    source = locate(town(layer="vincoli", append=True))
    assert tables(source) == ("zone", "vincoli")
    assert refusal(read, source, None).sentence("it") == (
        "zone.gpkg: il file contiene più di una tabella (2). Sceglierne una con --layer: zone, vincoli."
    )
    assert len(read(source, "vincoli")[0]) == 2


@pytest.mark.parametrize("road", [look, read])
def test_that_a_table_that_is_not_there_is_told_with_those_that_are(town, road):
    assert refusal(road, locate(town(layer="zone")), "ambiti").sentence("it") == (
        "zone.gpkg: la tabella «ambiti» non c'è. Il file contiene: zone."
    )


def test_that_a_table_without_geometry_can_be_looked_into_but_not_drawn(tmp_path):
    plain = gpd.GeoDataFrame({"pop": [1]}, geometry=[shapely.Point(0, 0)], crs=7791).drop(columns="geometry")
    pyogrio.write_dataframe(plain, tmp_path / "pop.gpkg", layer="pop")
    source = locate(tmp_path / "pop.gpkg")
    seen = look(source, "pop")
    assert (seen.geometry, seen.crs, seen.extent, seen.features) == ("None", None, None, 1)
    assert refusal(read, source, None).sentence("it") == (
        "pop.gpkg: la tabella «pop» non ha geometria. Non può essere disegnata né misurata. "
        "Unirla a un livello di poligoni con --join, o indicare un altro file."
    )


def test_that_heights_are_left_behind_with_a_note(tmp_path):
    source = geojson(
        tmp_path / "punti.geojson",
        feature({"type": "Point", "coordinates": [9.8, 44.1, 12.0]}),
        feature({"type": "Point", "coordinates": [9.9, 44.1]}),
    )
    layer, said = read(source, None)
    assert not layer.has_z.any()
    assert [problem.sentence("it") for problem in said] == [
        "punti.geojson: elementi con una quota, che non viene letta: 1. Le superfici sono misurate in pianta."
    ]
    assert said[0].severity is Severity.INFO


def test_that_null_and_mixed_geometry_are_read_for_the_check_to_tell(tmp_path):
    source = geojson(
        tmp_path / "misto.geojson",
        feature(None, a=1),
        feature({"type": "Point", "coordinates": [9.8, 44.1]}, a=2),
        feature({"type": "LineString", "coordinates": [[9.8, 44.1], [9.9, 44.1]]}, a=3),
    )
    layer, _ = read(source, None)
    assert layer["a"].tolist() == [1, 2, 3]
    assert layer.geom_type.isna().tolist() == [True, False, False]


def test_that_a_layer_without_features_is_read_as_such(tmp_path):
    source = geojson(tmp_path / "vuoto.geojson")
    assert len(read(source, None)[0]) == 0
    assert look(source, "vuoto").extent is None


def test_that_a_layer_without_crs_says_so(town):
    path = town("zone.shp")
    path.with_suffix(".prj").unlink()
    source = locate(path)
    assert look(source, "zone").crs is None
    assert read(source, None)[0].crs is None


@pytest.mark.parametrize("road", [look, read])
def test_that_a_damaged_crs_is_told(town, road):
    path = town("zone.shp")
    path.with_suffix(".prj").write_text("PROJCS[")
    assert refusal(road, locate(path), "zone").message.it.startswith("il file non si legge: ")


def wrongly_labelled(town):
    path = town("zone.shp", encoding="ISO-8859-1")
    path.with_suffix(".cpg").write_text("UTF-8")
    return locate(path)


def test_that_text_in_another_encoding_than_said_is_read_in_the_likeliest_and_told(town):
    layer, said = read(wrongly_labelled(town), None)
    assert layer["NOME"].tolist() == ["Città", "Forlì"]
    assert [problem.sentence("it") for problem in said] == [
        "zone.shp: i testi non sono in UTF-8 come il file dichiara (.cpg): letti come Windows-1252, "
        "per esempio «Città». Se gli accenti sono sbagliati, indicare --encoding."
    ]


def test_that_text_in_another_encoding_than_the_one_given_is_refused(town):
    assert refusal(read, wrongly_labelled(town), None, "UTF-8").sentence("it") == (
        "zone.shp: i testi non si leggono come «UTF-8». "
        "Le lettere accentate andrebbero perse. "
        "Indicare la codifica con --encoding, per esempio --encoding ISO-8859-1."
    )


def test_that_the_encoding_given_is_the_one_that_holds(town):
    layer, _ = read(wrongly_labelled(town), None, "ISO-8859-1")
    assert layer["NOME"].tolist() == ["Città", "Forlì"]


def test_that_an_encoding_nobody_knows_is_refused(town):
    problem = refusal(read, wrongly_labelled(town), None, "klingon")
    assert problem.message.it == "i testi non si leggono come «klingon»."


def test_that_a_file_of_another_format_is_refused_by_its_content(town):
    path = town("zone.fgb")
    source = locate(path.rename(path.with_name("zone.gpkg")))
    assert refusal(look, source, "zone").sentence("it") == (
        "zone.gpkg: il contenuto è «FlatGeobuf», non GeoPackage come dice il nome. "
        "Dare al file il nome del suo formato."
    )
    assert refusal(read, source, "zone").code == "format-disguised"


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 90])
@pytest.mark.parametrize("name", ["zone.gpkg", "zone.shp", "zone.geojson", "zone.fgb", "zone.tab"])
def test_that_a_broken_file_is_told_without_its_place(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    source = locate(tmp_path / name)
    for road, table in ((tables, ()), (look, ("zone",)), (read, ("zone",))):
        problem = refusal(road, source, *table)
        assert problem.sentence("it").startswith(f"{name}: il file non si legge: ")
        assert str(tmp_path) not in problem.sentence("it")


def test_that_a_file_cut_short_is_broken(town):
    path = town()
    path.write_bytes(path.read_bytes()[:5000])
    assert refusal(read, locate(path), "zone").remedy.it == (
        "Chiedere una nuova copia del dato, o riesportarlo in GeoPackage."
    )


def test_that_a_message_of_the_library_that_is_no_text_is_told_all_the_same(town):
    # SQLite quotes the damaged definition of a table, and fiona's GDAL crashed on it.
    path = town()
    content = bytearray(path.read_bytes())
    at = content.index(b"CREATE TABLE gpkg_contents")
    content[at + 30 : at + 40] = b"\x8c\xe3\xff\xb0\xa7\xc5\x8c\xe3\xff\xb0"
    path.write_bytes(content)
    for road in (lambda source: tables(source), lambda source: look(source, "zone"), lambda source: read(source, None)):
        problem = refusal(road, locate(path))
        assert problem.code == "source-broken"
        assert len(problem.message.it) < 400


def around(corner):
    return shapely.set_coordinates(shapely.Polygon([(0, 0), (1, 0), (1, 1)]), [(0, 0), (100, 0), corner, (0, 0)])


@pytest.mark.parametrize("name", ["zone.gpkg", "zone.fgb", "zone.parquet"])
def test_that_features_that_lie_nowhere_are_left_out_and_counted(tmp_path, name):
    corners = [(float("inf"), 9.0), (9.0, float("-inf")), (float("nan"), 9.0), (1e15, 9.0), (100.0, 100.0)]
    frame = gpd.GeoDataFrame({"n": range(5)}, geometry=[around(corner) for corner in corners], crs=7791)
    if name.endswith(".parquet"):
        frame.to_parquet(tmp_path / name)
    else:
        pyogrio.write_dataframe(frame, tmp_path / name)
    layer, said = read(locate(tmp_path / name), None)
    assert layer["n"].tolist() == [4]
    (told,) = [each for each in said if each.code == "geometry-impossible"]
    assert (told.severity, "4 di 5" in told.sentence("it")) == (Severity.WARNING, True)


def test_that_features_that_lie_nowhere_are_no_obstacle_to_a_first_look(tmp_path):
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[around((float("inf"), 9.0))], crs=7791)
    pyogrio.write_dataframe(frame, tmp_path / "zone.gpkg")
    source = locate(tmp_path / "zone.gpkg")
    assert {each.code for each in glance(source, look(source, "zone"))} == {"geometry-impossible"}
