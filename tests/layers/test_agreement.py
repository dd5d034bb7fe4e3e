"""What the files of a dataset say of each other; every count here is that of the two zones of ``town``."""

import pytest

from layers.formats.vector import look, read, tables
from layers.problems import PucError
from layers.source import locate


def shorten(path, by):
    path.write_bytes(path.read_bytes()[:-by])


def sentences(path, code):
    """Return what is said under ``code`` when the dataset is looked into, which is also said when it is read."""
    source = locate(path)
    seen, (_, said) = look(source, tables(source)[0]), read(source, None)
    found = [[each.sentence("it") for each in problems if each.code == code] for problems in (seen.remarks, said)]
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize("name", ["zone.shp", "zone.gpkg", "zone.tab", "zone.gdb", "zone.sqlite"])
def test_that_of_a_sound_dataset_nothing_is_said(town, name):
    source = locate(town(name, driver={".gdb": "OpenFileGDB", ".sqlite": "SQLite"}.get(name[-4:]) or None))
    assert look(source, "zone").remarks == ()


def test_that_a_shapefile_with_bytes_too_many_is_told(town):
    path = town("zone.shp", encoding="UTF-8")
    path.write_bytes(path.read_bytes() + b"\0\0\0")
    size = path.stat().st_size
    assert sentences(path, "source-length-differs") == [
        f"zone.shp: «zone.shp» dice di essere lungo {size - 3} byte e ne ha {size}. Il file è stato tagliato o "
        "rovinato: elementi o valori possono mancare. Copiare di nuovo il dato con tutti i suoi file, o chiederne "
        "una nuova copia."
    ]


def test_that_an_index_of_another_shapefile_is_told(town, tmp_path):
    path = town("zone.shp", encoding="UTF-8")
    index = path.with_suffix(".shx")
    # The second of two records is said to begin 8 bytes (4 words) early.
    content = bytearray(index.read_bytes())
    content[108:112] = (int.from_bytes(content[108:112], "big") - 4).to_bytes(4, "big")
    index.write_bytes(content)
    assert "dove nel .shp non ci sono: 1." in sentences(path, "index-strays")[0]


def test_that_values_too_few_for_an_exchange_file_of_mapinfo_are_told(town):
    path = town("zone.mif", driver="MapInfo File", dataset_options={"FORMAT": "MIF"})
    mif = path.read_text(encoding="latin-1")
    # The second region goes, its values stay.
    path.write_text(mif[: mif.rindex("Region")], encoding="latin-1")
    assert sentences(path, "count-differs") == [
        "zone.mif: «zone.mid» dice 2 elementi, se ne trovano 1. Elementi mancanti o in più: 1. "
        "Copiare di nuovo il dato con tutti i suoi file, o chiederne una nuova copia."
    ]


def test_that_an_exchange_file_of_mapinfo_without_values_is_told(town):
    path = town("zone.mif", driver="MapInfo File", dataset_options={"FORMAT": "MIF"})
    path.with_suffix(".mid").unlink()
    assert "geometria (2 elementi)" in sentences(path, "mapinfo-no-attributes")[0]


def test_that_a_table_of_mapinfo_whose_rows_are_cut_is_told(town):
    path = town("zone.tab")
    shorten(path.with_suffix(".dat"), 40)
    source = locate(path)
    assert "source-length-differs" in {each.code for each in look(source, "zone").remarks}


@pytest.mark.parametrize("ending", [".gdbtable", ".gdbtablx"])
def test_that_a_geodatabase_whose_files_are_cut_is_told(town, ending):
    path = town("zone.gdb", driver="OpenFileGDB")
    shorten(max(path.glob(f"*{ending}"), key=lambda part: part.name), 60)
    source = locate(path)
    remarks = [each for name in tables(source) for each in look(source, name).remarks]
    assert any(each.code == "source-length-differs" and ending in each.message.it for each in remarks)


def test_that_a_database_whose_last_pages_are_missing_is_told(town):
    path = town("zone.gpkg")
    shorten(path, 4096)
    source = locate(path)
    try:
        said = read(source, None)[1]
    except PucError as error:
        said = error.problems
    assert {each.code for each in said} & {"source-length-differs", "source-broken"}
