"""KML, GPX, GML, DXF and SQLite: what other programs hand over."""

import socket
import zipfile

import geopandas as gpd
import pyogrio
import pytest
import shapely

from layers.formats.vector import look, read, tables
from layers.problems import PucError
from layers.source import fingerprint, locate


def refusal(road, *arguments):
    with pytest.raises(PucError) as told:
        road(*arguments)
    (problem,) = told.value.problems
    return problem


def document(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def kml(body, head=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<Folder><name>Pozzi</name>{body}</Folder></Document></kml>"
    )


POINT = "<Placemark><name>Forlì</name><Point><coordinates>9.8,44.1,12</coordinates></Point></Placemark>"
GPX = (
    '<?xml version="1.0"?><gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">'
    '<wpt lat="44.1" lon="9.8"><name>Forlì</name></wpt>{more}</gpx>'
)
GML = (
    '<?xml version="1.0" encoding="UTF-8"?><FeatureCollection xmlns:gml="http://www.opengis.net/gml" {more}>'
    '<gml:featureMember><zona fid="1"><nome>Forlì</nome><gml:geom><gml:Point srsName="EPSG:7791"><gml:coordinates>'
    "566000,4883000</gml:coordinates></gml:Point></gml:geom></zona></gml:featureMember></FeatureCollection>"
)


def test_that_kml_is_read_in_degrees_and_without_heights(tmp_path):
    source = locate(document(tmp_path / "pozzi.kml", kml(POINT)))
    seen = look(source, "Pozzi")
    assert (tables(source), seen.features, seen.crs.to_epsg(), seen.extent) == (
        ("Pozzi",), 1, 4326, (9.8, 44.1, 9.8, 44.1),
    )  # fmt: skip
    layer, said = read(source, None)
    assert layer.loc[0, "Name"] == "Forlì"
    assert layer.crs.to_epsg() == 4326
    assert [problem.code for problem in said] == ["geometry-height-dropped"]


@pytest.mark.parametrize("name", ["doc.kml", "pozzi.kml"])
def test_that_a_kmz_is_its_kml(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "pozzi.kmz", "w") as archive:
        archive.writestr(name, kml(POINT))
        archive.writestr("files/icona.png", b"x")
    layer, _ = read(locate(tmp_path / "pozzi.kmz"), None)
    assert [(point.x, point.y) for point in layer.geometry] == [(9.8, 44.1)]


def test_that_gpx_tells_only_the_tables_it_fills(tmp_path):
    source = locate(document(tmp_path / "giro.gpx", GPX.format(more="")))
    assert tables(source) == ("waypoints",)
    assert read(source, None)[0]["name"].tolist() == ["Forlì"]
    track = '<trk><trkseg><trkpt lat="44.1" lon="9.8"/><trkpt lat="44.2" lon="9.8"/></trkseg></trk>'
    both = locate(document(tmp_path / "giro.gpx", GPX.format(more=track)))
    assert tables(both) == ("waypoints", "tracks", "track_points")
    assert read(both, "tracks")[0].geom_type.tolist() == ["MultiLineString"]


def test_that_gml_is_read_and_nothing_is_written_beside_it(tmp_path):
    source = locate(document(tmp_path / "zone.gml", GML.format(more="")))
    seen = look(source, "zona")
    assert (tables(source), seen.features, seen.crs.to_epsg()) == (("zona",), 1, 7791)
    layer, _ = read(source, None)
    assert (layer.loc[0, "nome"], layer.geometry[0].x, layer.geometry[0].y) == ("Forlì", 566000.0, 4883000.0)
    assert [path.name for path in tmp_path.iterdir()] == ["zone.gml"]


def test_that_gml_never_calls_the_network(tmp_path):
    # Whoever fetched the schema, or followed the reference, would knock at this port.
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        here = f"http://127.0.0.1:{door.getsockname()[1]}"
        schema = f"{here}/wfs?SERVICE=WFS&amp;VERSION=1.1.0&amp;REQUEST=DescribeFeatureType&amp;TYPENAME=zona"
        more = (
            'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="http://example.org/zona {schema}"'
        )
        text = GML.format(more=more).replace("<nome>", f'<gml:altro xlink:href="{here}/altro.gml#a"/><nome>')
        source = locate(document(tmp_path / "zone.gml", text))
        look(source, tables(source)[0])
        read(source, None)
        with pytest.raises(BlockingIOError):
            door.accept()


def test_that_a_dxf_has_no_crs_and_keeps_its_layers(tmp_path):
    shapes = [shapely.Point(1, 2), shapely.LineString([(0, 0), (3, 4)])]
    drawing = gpd.GeoDataFrame({"Layer": ["POZZI", "STRADE"]}, geometry=shapes, crs=7791)
    pyogrio.write_dataframe(drawing, tmp_path / "rilievo.dxf", driver="DXF")
    source = locate(tmp_path / "rilievo.dxf")
    assert look(source, tables(source)[0]).crs is None
    layer, _ = read(source, None)
    assert layer.crs is None
    assert dict(zip(layer["Layer"], layer.geom_type, strict=True)) == {"POZZI": "Point", "STRADE": "LineString"}


@pytest.mark.parametrize("spatialite", ["YES", "NO"])
def test_that_sqlite_is_read_and_left_as_it_is(tmp_path, spatialite):
    path = tmp_path / "zone.sqlite"
    zones = gpd.GeoDataFrame({"zona": ["A"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=7791)
    try:
        pyogrio.write_dataframe(zones, path, driver="SQLite", layer="zone", SPATIALITE=spatialite)
    except pyogrio.errors.DataSourceError:
        pytest.skip("this GDAL writes no SpatiaLite")
    before = fingerprint(path)
    layer, _ = read(locate(path), "zone")
    assert (layer["zona"].tolist(), layer.area.tolist(), layer.crs.to_epsg()) == (["A"], [1.0], 7791)
    assert look(locate(path), "zone").features == 1
    assert fingerprint(path) == before


ENTITY = '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ELSEWHERE = {
    "entity.kml": kml(POINT, ENTITY),
    "entity.gpx": GPX.format(more="").replace("<gpx", f"{ENTITY}<gpx", 1),
    "entity.gml": GML.format(more="").replace("<FeatureCollection", f"{ENTITY}<FeatureCollection", 1),
    "late.gml": f"<!--{' ' * 70_000}-->" + GML.format(more="").partition("?>")[2],
    "virtual.gml": '<OGRVRTDataSource><OGRVRTLayer name="http://www.opengis.net/gml"/></OGRVRTDataSource>',
    "service.gml": "<OGRWFSDataSource><URL>http://www.opengis.net/gml</URL></OGRWFSDataSource>",
    "map.kml": "<GDAL_WMS></GDAL_WMS>",
    "page.gml": "<html><body>404</body></html>",
    "points.gpx": kml(POINT),
}


@pytest.mark.parametrize(("name", "text"), ELSEWHERE.items(), ids=ELSEWHERE)
def test_that_xml_of_another_root_or_with_a_document_type_is_not_opened(tmp_path, name, text):
    assert refusal(locate, document(tmp_path / name, text)).code == "format-disguised"


@pytest.mark.parametrize("name", ["a.kml", "a.kmz", "a.gpx", "a.gml", "a.dxf", "a.sqlite", "a.parquet"])
@pytest.mark.parametrize("content", [b"", b"x", b"\0" * 200, b"<?xml", b"{}"])
def test_that_a_broken_file_is_told_in_our_words(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    def whole():
        source = locate(tmp_path / name)
        return [look(source, table) for table in tables(source)], read(source, None)

    assert refusal(whole).code in ("source-broken", "archive-broken", "format-disguised", "table-unclear")


def test_that_arcs_in_a_geopackage_become_broken_lines(real_data):
    layer, said = read(locate(real_data / "stress/qgis/curved_polys.gpkg"), None)
    assert set(layer.geom_type.dropna()) <= {"Polygon", "MultiPolygon"}
    assert [problem.code for problem in said] == ["geometry-curves-straightened"]


def test_that_geoparquet_is_looked_into_and_read(tmp_path, town):
    zones = gpd.read_file(town()).assign(vuoto=None)
    zones.to_parquet(tmp_path / "zone.parquet")
    source = locate(tmp_path / "zone.parquet")
    seen = look(source, "zone")
    assert (seen.geometry, seen.features, seen.crs.to_epsg()) == ("Polygon", 2, 7791)
    assert seen.extent == (566_000, 4_883_000, 566_200, 4_883_100)
    layer, said = read(source, None)
    assert (layer["NOME"].tolist(), said) == (["Città", "Forlì"], [])


def test_that_geoparquet_tells_an_unknown_crs_from_an_unstated_one(tmp_path):
    points = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(9.8, 44.1)])
    points.to_parquet(tmp_path / "punti.parquet")
    assert look(locate(tmp_path / "punti.parquet"), "punti").crs is None
    assert read(locate(tmp_path / "punti.parquet"), None)[0].crs is None


def test_that_a_parquet_table_without_geometry_is_for_joining(tmp_path):
    gpd.pd.DataFrame({"pop": [1]}).to_parquet(tmp_path / "pop.parquet")
    source = locate(tmp_path / "pop.parquet")
    assert look(source, "pop").geometry == "None"
    assert refusal(read, source, None).code == "geometry-none"
