"""Files made to reach other files, the network or the memory."""

import json
import socket
import zipfile

import pytest

from layers.formats.vector import look, read, tables
from layers.problems import PucError
from layers.source import locate

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "ah">' + "".join(f'<!ENTITY a{at + 1} "{f"&a{at};" * 10}">' for at in range(9)) + "]>"
)
OUTER = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BODIES = {
    "a.kml": '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>{e}</name>'
    "<Point><coordinates>9.8,44.1</coordinates></Point></Placemark></Document></kml>",
    "a.gpx": '<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">'
    '<wpt lat="44.1" lon="9.8"><name>{e}</name></wpt></gpx>',
    "a.gml": '<FeatureCollection xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><z><n>{e}</n></z>'
    "</gml:featureMember></FeatureCollection>",
    "a.osm": '<osm version="0.6"><node id="1" lat="44.1" lon="9.8"><tag k="name" v="{e}"/></node></osm>',
}


def refusal(road, *arguments):
    with pytest.raises(PucError) as told:
        road(*arguments)
    (problem,) = told.value.problems
    return problem


def go_through(path):
    source = locate(path)
    return [(look(source, name), read(source, name)) for name in tables(source)]


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(("head", "entity"), [(LAUGHS, "&a9;"), (OUTER, "&x;")], ids=["laughs", "outer"])
@pytest.mark.parametrize("placed", ["as a file", "in a zip", "in a kmz"])
def test_that_xml_with_entities_is_never_expanded(tmp_path, name, head, entity, placed):
    text = '<?xml version="1.0"?>' + head + BODIES[name].format(e=entity)
    path = tmp_path / name
    if placed == "as a file":
        path.write_text(text)
    else:
        path = tmp_path / ("a.zip" if placed == "in a zip" else "a.kmz")
        with zipfile.ZipFile(path, "w") as made:
            made.writestr("doc.kml" if placed == "in a kmz" and name == "a.kml" else name, text)
    assert refusal(go_through, path).code in ("format-disguised", "archive-empty")


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_that_entities_in_a_workbook_are_never_expanded(tmp_path, member):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["lon", "lat"])
    book.active.append([9.8, 44.1])
    book.save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        for name in whole.namelist():
            content = whole.read(name)
            content = content.partition(b"?>")[2] or content
            made.writestr(name, LAUGHS.encode() + content.replace(b">lon<", b">&a9;<") if name == member else content)
    assert refusal(go_through, tmp_path / "a.xlsx").code == "table-unreadable"


def test_that_a_network_link_in_kml_is_not_followed(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        here = f"http://127.0.0.1:{door.getsockname()[1]}"
        links = (
            f"<NetworkLink><Link><href>{here}/a.kml</href></Link></NetworkLink>"
            f"<GroundOverlay><Icon><href>{here}/a.png</href></Icon></GroundOverlay>"
            f'<Style id="s"><IconStyle><Icon><href>{here}/b.png</href></Icon></IconStyle></Style>'
        )
        text = (
            BODIES["a.kml"].format(e="Uno").replace("<Placemark>", f"{links}<Placemark><styleUrl>{here}#s</styleUrl>")
        )
        (tmp_path / "a.kml").write_text(text)
        assert go_through(tmp_path / "a.kml")
        with pytest.raises(BlockingIOError):
            door.accept()


@pytest.mark.parametrize("name", ["a.geojson", "a.json"])
def test_that_a_json_that_names_a_service_is_not_asked(tmp_path, name):
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        here = f"http://127.0.0.1:{door.getsockname()[1]}"
        pages = {
            "type": "FeatureCollection",
            "links": [{"rel": "next", "href": here, "type": "application/geo+json"}],
            "next": here,
            "exceededTransferLimit": True,
            "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [9, 44]}}],
        }
        (tmp_path / name).write_text(json.dumps(pages))
        assert go_through(tmp_path / name)
        with pytest.raises(BlockingIOError):
            door.accept()


@pytest.mark.parametrize(
    "content",
    [
        b'{"tilejson": "2.0.0", "tiles": ["http://127.0.0.1:9/{z}/{x}/{y}.pbf"]}',
        b'{"stac_version": "1.0.0", "type": "Collection", "links": [{"rel": "item", "href": "http://127.0.0.1:9/a"}]}',
        b'{"links": [{"rel": "data", "href": "http://127.0.0.1:9/collections"}], "title": "OAPIF"}',
        b"WFS:http://127.0.0.1:9/wfs",
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.geojson", "a.gpkg", "a.gml"])
def test_that_a_file_that_stands_for_a_service_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert refusal(go_through, tmp_path / name).code in ("source-broken", "format-disguised")


@pytest.mark.parametrize("name", ["a.tif", "a.asc", "a.nc", "a.hgt"])
@pytest.mark.parametrize(
    "content", [b"<WMT_MS_Capabilities/>", b"<GDAL_WMS/>", b'<VRTDataset rasterXSize="1" rasterYSize="1"/>']
)
def test_that_a_raster_that_stands_for_a_service_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert refusal(locate, tmp_path / name).code == "format-disguised"
