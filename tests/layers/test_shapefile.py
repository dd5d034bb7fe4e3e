"""Shapefiles of which a part is missing, or says something else than the others."""

import zipfile

import pytest

from layers.formats import dbf
from layers.formats.vector import look, read
from layers.problems import PucError, Severity
from layers.source import fingerprint, locate

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def codes(said):
    return [problem.code for problem in said]


def as_zip(path):
    """Pack the shapefile at ``path`` with what lies beside it, and return the zip."""
    packed = path.with_name("a.zip")
    with zipfile.ZipFile(packed, "w") as made:
        for part in set(path.parent.iterdir()) - {packed}:
            made.write(part, part.name)
    return packed


each_way = pytest.mark.parametrize("placed", [lambda path: path, as_zip], ids=["as a file", "in a zip"])


@each_way
@pytest.mark.parametrize("index", [None, b"", b"\0" * 100, "half"])
def test_that_a_lost_index_is_made_again_from_the_records_beside_a_copy(town, placed, index):
    path = town("zone.shp")
    shx = path.with_suffix(".shx")
    whole = shx.read_bytes()
    shx.unlink()
    if index is not None:
        shx.write_bytes(whole[:108] if index == "half" else index)
    source = locate(placed(path))
    before = {part.name: part.read_bytes() for part in path.parent.iterdir()}
    seen, (layer, said) = look(source, "zone"), read(source, "zone")
    assert (seen.features, layer["ZONA"].tolist()) == (2, ["A", "B"])
    assert codes(said) == codes(seen.remarks) == ["shapefile-index-rebuilt"]
    assert said[0].message.it == (
        "manca l'indice (.shx) o è rotto: è stato ricavato dal .shp, che contiene 2 elementi."
    )
    assert {part.name: part.read_bytes() for part in path.parent.iterdir()} == before


@each_way
def test_that_without_attributes_the_geometry_is_read_and_that_is_told(town, placed):
    path = town("zone.shp")
    path.with_suffix(".dbf").unlink()
    layer, said = read(locate(placed(path)), None)
    assert (len(layer), list(layer.columns)) == (2, ["geometry"])
    assert said[0].sentence("it") == (
        f"{placed(path).name}{'' if placed(path) == path else '/zone.shp'}: manca il file degli attributi (.dbf), "
        "o è rotto. Si legge la sola geometria (2 elementi), senza campi. Chiedere il .dbf a chi ha fornito il dato."
    )
    assert said[0].severity is Severity.WARNING


@each_way
@pytest.mark.parametrize("names", [(".Shx", ".Dbf", ".Prj", ".Cpg"), (".SHX", ".dbf", ".PRJ", ".cpg")])
def test_that_parts_beside_a_shapefile_are_found_in_any_case(town, placed, names):
    path = town("zone.shp")
    for ending, other in zip(PARTS[1:], names, strict=True):
        path.with_suffix(ending).rename(path.with_name(f"ZONE{other}" if other == ".dbf" else f"zone{other}"))
    layer, said = read(locate(placed(path)), None)
    assert (layer["NOME"].tolist(), layer.crs.to_epsg(), said) == (["Città", "Forlì"], 7791, [])


def test_that_parts_in_another_case_belong_to_the_fingerprint(town):
    path = town("zone.shp")
    before = fingerprint(path)
    path.with_suffix(".dbf").rename(path.with_name("ZONE.DBF"))
    assert fingerprint(path) == before
    path.with_name("ZONE.DBF").write_bytes(b"")
    assert fingerprint(path) != before


def in_encoding(town, encoding, cpg, language=0):
    """Write two zones with names in ``encoding``, a .cpg that says ``cpg``, and a language number in the .dbf."""
    path = town("zone.shp", encoding=encoding)
    content = bytearray(path.with_suffix(".dbf").read_bytes())
    content[29] = language
    path.with_suffix(".dbf").write_bytes(content)
    path.with_suffix(".cpg").unlink()
    if cpg:
        path.with_suffix(".cpg").write_text(cpg)
    return locate(path)


@pytest.mark.parametrize(
    ("encoding", "language", "title"),
    [
        ("UTF-8", 0, "UTF-8"),
        ("UTF-8", 0x57, "UTF-8"),
        ("CP1252", 0, "Windows-1252"),
        ("CP1252", 0x57, "Windows-1252"),
        ("CP850", 0x02, "CP850"),
    ],
)
def test_that_an_encoding_not_said_is_guessed_from_the_bytes_and_shown(town, encoding, language, title):
    source = in_encoding(town, encoding, None, language)
    layer, said = read(source, None)
    assert layer["NOME"].tolist() == ["Città", "Forlì"]
    assert [problem.sentence("it") for problem in said] == [
        f"zone.shp: il file non dice la codifica dei testi: letti come {title}, per esempio «Città». "
        "Se gli accenti sono sbagliati, indicare --encoding."
    ]
    seen = look(source, "zone")
    assert (seen.encoding, list(seen.remarks)) == (title.upper().replace("WINDOWS-", "CP"), said)


@pytest.mark.parametrize(("encoding", "cpg"), [("UTF-8", "ISO-8859-1"), ("UTF-8", "1252"), ("CP1252", "UTF-8")])
def test_that_an_encoding_that_the_bytes_belie_is_corrected_and_told(town, encoding, cpg):
    layer, said = read(in_encoding(town, encoding, cpg), None)
    assert layer["NOME"].tolist() == ["Città", "Forlì"]
    assert codes(said) == ["encoding-corrected"]
    assert "«Città»" in said[0].message.it


@pytest.mark.parametrize(
    ("encoding", "cpg"),
    [
        ("CP1252", "1252"),
        ("CP1252", "ANSI 1252"),
        ("ISO-8859-1", "ISO 88591"),
        ("UTF-8", "utf-8\r\n"),
        ("CP850", "850"),
    ],
)
def test_that_an_encoding_said_in_any_of_its_ways_holds_without_a_word(town, encoding, cpg):
    layer, said = read(in_encoding(town, encoding, cpg), None)
    assert (layer["NOME"].tolist(), said) == (["Città", "Forlì"], [])


def test_that_the_encoding_given_goes_before_any_guess(town):
    layer, said = read(in_encoding(town, "CP850", None), None, "CP850")
    assert (layer["NOME"].tolist(), said) == (["Città", "Forlì"], [])


@pytest.mark.parametrize("bytes_at_once", [1, 100, 1 << 20])
def test_that_letters_are_found_however_few_rows_are_looked_at_together(town, monkeypatch, bytes_at_once):
    monkeypatch.setattr(dbf, "_BYTES_AT_ONCE", bytes_at_once)
    found = dbf.opened(in_encoding(town, "UTF-8", None).held.with_suffix(".dbf"))
    assert [sample.decode().strip() for sample in found.samples] == ["Città", "Forlì"]


def test_that_a_letter_cut_by_the_end_of_its_field_is_still_utf_8():
    assert dbf.is_utf8(("Città di Forl".encode() + "ì".encode()[:1],))
    assert not dbf.is_utf8(("Città".encode("cp1252"),)), "a last letter alone could be anything"
    assert not dbf.is_utf8(("Città".encode("cp1252") + b"  ", "Forlì".encode()))


def with_rows(town, keep, announced):
    """Write two zones whose .dbf holds ``keep`` rows and announces ``announced``."""
    path = town("zone.shp")
    content = path.with_suffix(".dbf").read_bytes()
    start, length = int.from_bytes(content[8:10], "little"), int.from_bytes(content[10:12], "little")
    rows = [content[start + at * length : start + (at + 1) * length] for at in (0, 1, 1)][:keep]
    head = content[:4] + announced.to_bytes(4, "little") + content[8:start]
    path.with_suffix(".dbf").write_bytes(head + b"".join(rows) + b"\x1a")
    return locate(path)


def test_that_features_whose_attributes_are_cut_off_are_kept_and_counted(town):
    layer, said = read(with_rows(town, 1, 2), None)
    assert layer["ZONA"].fillna("?").tolist() == ["A", "?"]
    assert codes(said) == ["shapefile-counts-differ"]
    assert said[0].message.it == "il .shp ha 2 elementi, il .dbf ne annuncia 2 e ne contiene 1."
    assert said[0].effect.it == "Elementi senza attributi: 1."


def test_that_features_that_the_attributes_know_nothing_of_are_left_out_and_counted(town):
    layer, said = read(with_rows(town, 1, 1), None)
    assert layer["ZONA"].tolist() == ["A"]
    assert codes(said) == ["shapefile-counts-differ", "features-unreadable"]
    assert said[1].effect.it == "Elementi che mancano nel livello: 1."


def test_that_attributes_without_features_are_told(town):
    layer, said = read(with_rows(town, 3, 3), None)
    assert len(layer) == 2
    assert said[0].effect.it == "Le righe in più non hanno geometria e non si leggono."


def test_that_features_marked_as_deleted_are_told_and_not_counted_as_missing(town):
    path = town("zone.shp")
    content = bytearray(path.with_suffix(".dbf").read_bytes())
    content[int.from_bytes(content[8:10], "little")] = ord("*")
    path.with_suffix(".dbf").write_bytes(content)
    source = locate(path)
    layer, said = read(source, None)
    assert (layer["ZONA"].tolist(), codes(said)) == (["B"], ["shapefile-deleted"])
    assert look(source, "zone").features == 1


@pytest.mark.parametrize("ending", [".shp", ".dbf"])
@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 64, b"\xff" * 200])
def test_that_a_part_of_nonsense_is_told_in_a_sentence(town, ending, content):
    path = town("zone.shp")
    path.with_suffix(ending).write_bytes(content)
    assert outcome(path) in ([], ["shapefile-no-attributes"], ["shapefile-counts-differ"], ["source-broken"])


def outcome(path):
    try:
        return codes(read(locate(path), None)[1])
    except PucError as error:
        return codes(error.problems)


def test_that_a_real_shapefile_without_attributes_and_index_is_read(real_data):
    layer, said = read(locate(real_data / "stress/broken_zips/no-dbf.zip"), None)
    assert len(layer) > 0
    assert codes(said)[:2] == ["shapefile-index-rebuilt", "shapefile-no-attributes"]


def test_that_a_real_shapefile_with_an_empty_index_is_read(real_data):
    _, said = read(locate(real_data / "stress/broken_zips/latin1.shp"), None)
    assert codes(said)[-1] == "shapefile-index-rebuilt"
