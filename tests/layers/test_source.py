import json
import zipfile

import pytest

from layers.formats import catalogue
from layers.formats.vector import read
from layers.problems import PucError
from layers.source import fingerprint, locate, parts


def refusal(path):
    with pytest.raises(PucError) as told:
        locate(path)
    (problem,) = told.value.problems
    return problem


def zipped(path, **members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return path


def test_that_a_file_is_located_by_its_ending_in_any_case(town):
    path = town("zone.gpkg")
    loud = path.rename(path.with_name("ZONE.GPKG"))
    source = locate(loud)
    assert (source.format.id, source.name, source.inside) == ("geopackage", "ZONE.GPKG", "")


def test_that_a_missing_file_is_told_with_its_place(tmp_path):
    problem = refusal(tmp_path / "zone.gpkg")
    assert problem.sentence("it") == (
        f"zone.gpkg: il file non c'è: {tmp_path / 'zone.gpkg'}. Il livello non può essere letto. "
        "Rimettere il file al suo posto, o indicarne un altro con «add --replace»."
    )


@pytest.mark.parametrize("name", ["x" * 300 + ".gpkg", "nul\0l.gpkg", "PG:dbname=comune.gpkg"])
def test_that_a_name_no_file_can_have_is_a_missing_file(tmp_path, name):
    assert refusal(tmp_path / name).code == "source-missing"


@pytest.mark.parametrize("name", ["/vsicurl/http://example.org/zone.gpkg", "/vsizip//tmp/a.zip/b.shp", "/vsimem/x.tif"])
def test_that_gdal_s_own_paths_are_no_files(tmp_path, name):
    assert refusal(tmp_path / name.lstrip("/")).code == "source-missing"


def test_that_a_file_of_another_kind_is_refused_with_the_list_of_what_opens(tmp_path):
    (tmp_path / "relazione.pdf").write_bytes(b"%PDF")
    told = refusal(tmp_path / "relazione.pdf").sentence("it")
    assert told.startswith("relazione.pdf: «.pdf» non è un formato che si apre. Si aprono: .shp, .gpkg, .geojson, ")
    assert told.endswith(", .zip."), "every ending is named, none is hidden behind «e altri»"


VIRTUAL = (
    b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
    b"</OGRVRTDataSource>"
)
TILES = b'<VRTDataset rasterXSize="1" rasterYSize="1"></VRTDataset>'
COMMAND = json.dumps({"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("zone.gpkg", VIRTUAL),
        ("zone.shp", b"\xef\xbb\xbf \r\n" + VIRTUAL),
        ("zone.geojson", b" " * 500 + VIRTUAL),
        ("zone.geojson", b'{"a": "' + VIRTUAL + b'"}'),
        ("dtm.tif", TILES),
        ("dtm.asc", b"\n" * 200 + TILES),
        ("zone.geojson", COMMAND),
        ("zone.json", b'{"features": [], ' + COMMAND[1:]),
    ],
)
def test_that_what_gdal_would_follow_elsewhere_is_refused_under_any_name(tmp_path, name, content):
    # Behind 100 blanks, or as a command in JSON, GDAL opens these and reads the file they name.
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name).sentence("it") == (
        f"{name}: il contenuto è XML o un comando, non quello che dice il nome del file. "
        "Un file così può rimandare ad altri file o alla rete: non viene aperto. "
        "Chiedere il dato in GeoPackage, Shapefile o GeoTIFF."
    )


@pytest.mark.parametrize("page", [b"<html>404</html>", b"\n<!DOCTYPE HTML><title>Accesso</title>"])
def test_that_a_web_page_in_place_of_the_data_is_called_one(tmp_path, page):
    (tmp_path / "zone.gpkg").write_bytes(page)
    problem = refusal(tmp_path / "zone.gpkg")
    assert problem.code == "format-disguised"
    assert problem.message.it == "il contenuto è una pagina web: lo scaricamento non è riuscito."


def test_that_a_disguise_is_seen_through_a_zip_too(tmp_path):
    assert refusal(zipped(tmp_path / "a.zip", zone_dot_gpkg=VIRTUAL)).code == "format-disguised"


def test_that_the_one_dataset_in_a_zip_is_found_in_its_folder(tmp_path, town):
    content = town().read_bytes()
    source = locate(zipped(tmp_path / "a.zip", dati__zone_dot_gpkg=content, leggimi_dot_txt=b"ciao"))
    assert (source.format.id, source.inside, source.name) == ("geopackage", "dati/zone.gpkg", "a.zip/dati/zone.gpkg")
    layer, _ = read(source, None)
    assert layer["ZONA"].tolist() == ["A", "B"]


def test_that_several_datasets_in_a_zip_are_named(tmp_path):
    problem = refusal(zipped(tmp_path / "a.zip", b_dot_shp=b"", a_dot_gpkg=b""))
    assert problem.sentence("it") == (
        "a.zip: lo zip contiene più di un dato (2): a.gpkg, b.shp. "
        "Sceglierne uno con --layer, per esempio --layer a.gpkg."
    )


def test_that_what_macos_puts_into_a_zip_is_no_second_dataset(tmp_path, town):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(town(), "zone.gpkg")
        archive.writestr("__MACOSX/._zone.gpkg", b"\0\5\26\7")
    assert locate(tmp_path / "a.zip").inside == "zone.gpkg"


def test_that_a_geodatabase_in_a_zip_is_found_by_its_files(tmp_path):
    # Many programs write no entry for the folder itself.
    path = zipped(tmp_path / "a.zip", piano_dot_gdb__a00000001_dot_gdbtable=b"", piano_dot_gdb__timestamps=b"")
    assert (locate(path).format.id, locate(path).inside) == ("filegdb", "piano.gdb")


def test_that_a_zip_with_nothing_to_open_says_what_opens(tmp_path):
    problem = refusal(zipped(tmp_path / "a.zip", leggimi_dot_txt=b"ciao"))
    assert problem.message.it == "nello zip non c'è alcun dato che si possa aprire."


@pytest.mark.parametrize("name", ["/etc/zone.gpkg", "../../zone.gpkg"])
def test_that_a_zip_may_not_lead_out_of_itself(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, b"")
    assert refusal(tmp_path / "a.zip").code == "archive-leads-out"


@pytest.mark.parametrize("keep", [0, 20, 400])
def test_that_a_broken_zip_is_to_be_downloaded_again(tmp_path, town, keep):
    whole = zipped(tmp_path / "whole.zip", zone_dot_gpkg=town().read_bytes()).read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[:keep])
    assert refusal(tmp_path / "a.zip").sentence("it") == "a.zip: lo zip è rotto o incompleto. Scaricarlo di nuovo."


def test_that_a_zip_damaged_in_the_middle_is_a_broken_zip(tmp_path, town):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(town(), "zone.gpkg")
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[100:140] = b"\xff" * 40
    (tmp_path / "a.zip").write_bytes(content)
    assert refusal(tmp_path / "a.zip").code == "archive-broken"


def test_that_a_locked_zip_is_to_be_unpacked_by_its_owner(tmp_path):
    path = zipped(tmp_path / "a.zip", zone_dot_gpkg=b"x")
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\1\2")
    content[directory + 8] |= 1  # the flag «encrypted» of the central directory, at its eighth byte
    path.write_bytes(content)
    assert refusal(path).sentence("it") == ("a.zip: lo zip è protetto da password. Estrarlo e indicare il file.")


def test_that_a_file_that_may_not_be_read_is_told(town, monkeypatch):
    path = town()

    def denied(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", denied)
    assert refusal(path).sentence("it") == (
        "zone.gpkg: il file non si può leggere. Controllare i permessi e che il disco sia collegato."
    )


def test_that_a_library_s_complaint_names_the_file_and_not_its_place(town):
    source = locate(town())
    assert source.reason(OSError(f"can't open {source.path}.")) == "can't open zone.gpkg"


@pytest.mark.parametrize("ending", [".shp", ".dbf", ".shx", ".prj", ".cpg"])
def test_that_a_shapefile_s_fingerprint_covers_its_sidecars(town, ending):
    path = town("zone.shp")
    before = fingerprint(path)
    with path.with_suffix(ending).open("ab") as stream:
        stream.write(b" ")
    assert fingerprint(path) != before


@pytest.mark.parametrize(
    ("name", "sidecar"),
    [("zone.tab", "zone.DAT"), ("zone.mif", "zone.mid"), ("dtm.tif", "dtm.tfw"), ("dtm.asc", "dtm.prj")],
)
def test_that_attributes_and_place_beside_a_file_belong_to_it(tmp_path, name, sidecar):
    (tmp_path / name).write_bytes(b"a")
    (tmp_path / sidecar).write_bytes(b"b")
    before = fingerprint(tmp_path / name)
    assert [part.name for part in parts(tmp_path / name)] == [name, sidecar]
    (tmp_path / sidecar).write_bytes(b"c")
    assert fingerprint(tmp_path / name) != before


def test_that_a_neighbour_is_no_part_of_a_dataset(town):
    path = town("zone.shp")
    before = fingerprint(path)
    path.with_name("zone.txt").write_text("nota")
    path.with_name("zone2.dbf").write_bytes(b"x")
    assert fingerprint(path) == before


def test_that_a_fingerprint_stays_when_folder_and_name_change(town, tmp_path):
    before = fingerprint(town("zone.shp"))
    moved = tmp_path / "altrove"
    moved.mkdir()
    for part in list(tmp_path.glob("zone.*")):
        part.rename(moved / part.name.replace("zone", "piano"))
    assert fingerprint(moved / "piano.shp") == before


def test_that_a_folder_s_fingerprint_covers_names_and_contents_of_all_its_files(tmp_path):
    geodatabase = tmp_path / "piano.gdb"
    (geodatabase / "in").mkdir(parents=True)
    (geodatabase / "a").write_bytes(b"1")
    (geodatabase / "in" / "b").write_bytes(b"2")
    seen = {fingerprint(geodatabase)}
    (geodatabase / "in" / "b").write_bytes(b"3")
    seen.add(fingerprint(geodatabase))
    (geodatabase / "in" / "b").rename(geodatabase / "b")
    seen.add(fingerprint(geodatabase))
    assert len(seen) == 3


def test_that_no_ending_belongs_to_two_formats():
    assert len(set(catalogue.suffixes())) == len(catalogue.suffixes())
    assert all(catalogue.of(f"x{ending.upper()}") for ending in catalogue.suffixes() if ending != catalogue.ARCHIVE)
