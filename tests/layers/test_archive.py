"""Zips: what they hold, in zips within them too, and which are not opened at all."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from layers import archive
from layers.formats.vector import look, read, tables
from layers.problems import PucError
from layers.source import locate, sources

SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def refusal(road, *arguments):
    with pytest.raises(PucError) as told:
        road(*arguments)
    (problem,) = told.value.problems
    return problem


def zipped(members, **options):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", **options) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return held.getvalue()


def written(path, members, **options):
    path.write_bytes(zipped(members, **options))
    return path


@pytest.fixture
def shapefile(town):
    """Return the parts of a shapefile of two zones by their endings."""
    path = town("zone.shp")
    return {ending: path.with_suffix(ending).read_bytes() for ending in SHAPEFILE}


def named(parts, stem="zone"):
    return {f"{stem}{ending}": content for ending, content in parts.items()}


def test_that_a_zip_in_a_zip_is_read_through_both(tmp_path, shapefile):
    inner = zipped(named(shapefile))
    source = locate(written(tmp_path / "a.zip", {"consegna/piano.zip": inner}))
    assert source.name == "a.zip/consegna/piano.zip/zone.shp"
    layer, said = read(source, None)
    assert (layer["NOME"].tolist(), said) == (["Città", "Forlì"], [])


@pytest.mark.parametrize("inner", ["tabella.csv", "libro.csv"])
def test_that_a_table_in_a_zip_in_a_zip_is_read(tmp_path, inner):
    path = written(tmp_path / "a.zip", {"b.zip": zipped({inner: b"lon;lat;nome\n9.8;44.1;Forl\xec\n"})})
    layer, _ = read(locate(path), None)
    assert layer["nome"].tolist() == ["Forlì"]


def test_that_a_timetable_in_a_zip_is_one_too(tmp_path):
    feed = {
        "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\nA,Piazza,44.1,9.8\n",
        "trips.txt": "route_id,service_id,trip_id\nR,S,T\n",
        "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT,08:00:00,08:00:00,A,1\n",
        "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "S,1,1,1,1,1,0,0,20260101,20261231\n",
    }
    source = locate(written(tmp_path / "a.zip", {"orario.zip": zipped(feed)}))
    layer, _ = read(source, None)
    assert (source.format.id, layer["trips_per_day"].tolist()) == ("gtfs", [1.0])


@pytest.mark.parametrize(
    "names",
    [
        ("Zone.SHP", "ZONE.shx", "zone.Dbf", "zone.PRJ", "Zone.cpg"),
        ("zone.Shp", "zone.Shx", "zone.Dbf", "zone.Prj", "zone.Cpg"),
    ],
)
def test_that_parts_are_found_whatever_the_case_of_their_names(tmp_path, shapefile, names):
    path = written(tmp_path / "a.zip", dict(zip(names, shapefile.values(), strict=True)))
    layer, said = read(locate(path), None)
    assert (layer["NOME"].tolist(), layer.crs.to_epsg(), said) == (["Città", "Forlì"], 7791, [])


def test_that_of_two_shapefiles_that_differ_by_case_each_has_its_own_attributes(tmp_path, shapefile):
    other = {**shapefile, ".dbf": shapefile[".dbf"].replace(b" A", b" C")}
    path = written(tmp_path / "a.zip", {**named(shapefile, "zone"), **named(other, "ZONE")})
    assert [read(each, None)[0]["ZONA"].tolist() for each in sources(path)] == [["C", "B"], ["A", "B"]]


def test_that_a_kmz_in_a_zip_is_read_under_its_name(tmp_path):
    kml = (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Pozzi</name><Placemark><name>Uno</name>'
        "<Point><coordinates>9.8,44.1</coordinates></Point></Placemark></Document></kml>"
    )
    path = written(tmp_path / "a.zip", {"pozzi.kmz": zipped({"doc.kml": kml})})
    assert read(locate(path), None)[0]["Name"].tolist() == ["Uno"]
    assert [each.member.name for each in sources(path)] == ["pozzi.kmz"]


def test_that_a_kmz_beside_the_same_layer_is_no_second_dataset(tmp_path, shapefile):
    path = written(tmp_path / "a.zip", {**named(shapefile), "zone.kmz": zipped({"doc.kml": b"<kml/>"})})
    assert locate(path).format.id == "shapefile"


@pytest.fixture
def several(tmp_path, town, shapefile):
    """Return a zip of a shapefile, a geopackage with two tables, and a shapefile in a zip of its own."""
    town("piano.gpkg", layer="ambiti")
    piano = town("piano.gpkg", layer="vincoli", append=True).read_bytes()
    inner = zipped(named(shapefile, "dentro"))
    return written(tmp_path / "a.zip", {**named(shapefile), "dati/piano.gpkg": piano, "b.zip": inner})


def test_that_of_several_datasets_one_is_chosen_by_its_way_in_the_zip(several):
    problem = refusal(locate, several)
    assert problem.sentence("it") == (
        "a.zip: lo zip contiene più di un dato (3): dati/piano.gpkg, zone.shp, b.zip/dentro.shp. "
        "Sceglierne uno con --layer, per esempio --layer dati/piano.gpkg."
    )
    for layer, table in (("zone.shp", None), ("b.zip/dentro.shp", None), ("dati/piano.gpkg/vincoli", "vincoli")):
        source = locate(several, layer)
        assert source.table(layer) == table
        assert len(read(source, source.table(layer))[0]) == 2


def test_that_a_dataset_that_is_not_in_the_zip_is_told_with_those_that_are(several):
    assert refusal(locate, several, "ambiti").sentence("it") == (
        "a.zip: nello zip non c'è «ambiti». Lo zip contiene: dati/piano.gpkg, zone.shp, b.zip/dentro.shp."
    )


def test_that_a_table_beside_the_one_layer_leaves_it_the_one_meant(tmp_path, shapefile):
    path = written(tmp_path / "a.zip", {**named(shapefile), "legenda.csv": b"a;b\n1;2\n"})
    assert locate(path).format.id == locate(path, "zone").format.id == "shapefile"
    assert locate(path, "legenda.csv").format.id == "csv"


CLIMBING = [
    "../zone.shp",
    "a/../../zone.shp",
    "/etc/zone.shp",
    "C:/zone.shp",
    "c:zone.shp",
    "..\\zone.shp",
    "a\\zone.shp",
]


@pytest.mark.parametrize("name", CLIMBING)
@pytest.mark.parametrize("depth", [1, 2])
def test_that_a_zip_with_names_that_lead_out_is_refused_whole(tmp_path, shapefile, name, depth):
    content = zipped({**named(shapefile), name: b"x"})
    for _ in range(depth - 1):
        content = zipped({"b.zip": content})
    (tmp_path / "a.zip").write_bytes(content)
    problem = refusal(locate, tmp_path / "a.zip")
    assert problem.code == "archive-leads-out"
    assert problem.message.it.startswith("lo zip contiene nomi che portano fuori dalla sua cartella: ")


def test_that_a_link_in_a_zip_is_refused(tmp_path, shapefile):
    link = zipfile.ZipInfo("zone2.shp")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        for name, content in named(shapefile).items():
            made.writestr(name, content)
        made.writestr(link, "/etc/passwd")
    assert refusal(locate, tmp_path / "a.zip").code == "archive-leads-out"


def test_that_zips_too_deep_in_one_another_are_refused(tmp_path, shapefile):
    content = zipped(named(shapefile))
    for _ in range(archive.MOST_DEPTH - 1):
        content = zipped({"b.zip": content})
    (tmp_path / "a.zip").write_bytes(content)
    assert len(read(locate(tmp_path / "a.zip"), None)[0]) == 2
    written(tmp_path / "a.zip", {"b.zip": content})
    assert refusal(locate, tmp_path / "a.zip").code == "archive-too-deep"


def test_that_a_zip_that_would_fill_the_disk_is_refused_before_anything_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "HARMLESS_BYTES", 1 << 20)
    path = written(tmp_path / "a.zip", {"dtm.asc": b"0" * (8 << 20)}, compression=zipfile.ZIP_DEFLATED)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("something was unpacked"))
    assert refusal(locate, path).sentence("it") == (
        "a.zip: lo zip, estratto, sarebbe molto più grande di un dato vero "
        "(limite: 16 GiB, o 250 volte la sua misura). "
        "Riempirebbe il disco: non viene aperto. Estrarlo a mano e indicare il file."
    )


def test_that_a_bomb_of_zips_in_a_zip_is_counted_as_one(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 3 << 20)
    inner = zipped({"dtm.asc": b"0" * (1 << 20)}, compression=zipfile.ZIP_DEFLATED)
    few = written(tmp_path / "few.zip", {f"{at}.zip": inner for at in range(2)})
    many = written(tmp_path / "many.zip", {f"{at}.zip": inner for at in range(4)})
    assert len(sources(few)) == 2
    assert refusal(sources, many).code == "archive-too-large"


def test_that_a_zip_with_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    path = written(tmp_path / "a.zip", {f"{at}.csv": b"" for at in range(4)})
    assert refusal(locate, path).code == "archive-too-large"


def test_that_files_that_share_their_packed_bytes_are_a_broken_zip(tmp_path):
    content = bytearray(zipped({"a.csv": b"x;y\n1;2\n", "b.csv": b"x;y\n1;2\n"}))
    second = content.index(b"PK\1\2", content.index(b"PK\1\2") + 4)
    struct.pack_into("<I", content, second + 42, 0)  # where the second file begins: where the first does
    (tmp_path / "a.zip").write_bytes(content)
    assert refusal(locate, tmp_path / "a.zip").code == "archive-broken"


def test_that_a_wrong_checksum_is_a_broken_zip(tmp_path, shapefile):
    content = bytearray(zipped(named(shapefile)))
    at = content.index(shapefile[".dbf"])
    content[at + len(shapefile[".dbf"]) - 3] ^= 1
    (tmp_path / "a.zip").write_bytes(content)
    problem = refusal(read, locate(tmp_path / "a.zip"), None)
    assert problem.sentence("it") == "a.zip: lo zip è rotto o incompleto. Scaricarlo di nuovo."


def test_that_a_locked_zip_in_a_zip_is_told(tmp_path, shapefile):
    inner = bytearray(zipped(named(shapefile)))
    inner[inner.index(b"PK\1\2") + 8] |= 1
    assert refusal(locate, written(tmp_path / "a.zip", {"b.zip": bytes(inner)})).code == "archive-locked"


@pytest.mark.parametrize("keep", [0, 30, 200])
def test_that_a_broken_zip_in_a_zip_is_told(tmp_path, shapefile, keep):
    inner = zipped(named(shapefile))[:keep]
    assert refusal(locate, written(tmp_path / "a.zip", {"b.zip": inner})).code == "archive-broken"


def test_that_a_disguise_in_a_zip_of_several_is_met_when_it_is_read(tmp_path, shapefile):
    virtual = b'<OGRVRTDataSource><OGRVRTLayer name="a"/></OGRVRTDataSource>'
    path = written(tmp_path / "a.zip", {**named(shapefile), "piano.gpkg": virtual})
    assert refusal(locate, path, "piano.gpkg").code == "format-disguised"
    (disguised,) = (each for each in sources(path) if each.format.id == "geopackage")
    for road, names in ((tables, ()), (look, ("a",)), (read, (None,))):
        assert refusal(road, disguised, *names).code == "format-disguised"


def test_that_a_working_copy_goes_with_its_source(tmp_path, shapefile):
    source = locate(written(tmp_path / "a.zip", named(shapefile)))
    copy: Path = source.held
    assert copy.is_file()
    del source
    assert not copy.parent.exists()


def test_that_a_working_copy_without_room_is_told(tmp_path, shapefile, monkeypatch):
    source = locate(written(tmp_path / "a.zip", named(shapefile)))

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    assert refusal(read, source, None).code == "temporary-copy"
