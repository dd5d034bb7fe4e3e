import datetime
import zipfile

import geopandas as gpd
import openpyxl
import pyogrio
import pytest
import shapely

from layers.formats.vector import look, read, tables
from layers.join import join
from layers.problems import PucError
from layers.reference import Join
from layers.source import locate

POINTS = [["nome", "x", "y"], ["Fontana", 566000.5, 4883000], ["Pozzo", "566.100,25", 4883100.0]]


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return locate(path)


def opendocument(path, body, head=""):
    names = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in NAMES)
    text = f"<?xml version='1.0'?>{head}<office:document-content {names}>{body}</office:document-content>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", text)
    return locate(path)


NAMES = ("office", "table", "text")
COLUMNS, ROWS = "table:number-columns-repeated", "table:number-rows-repeated"
ROW = "<table:table-row{r}>{c}</table:table-row>"


def words(*values):
    return "".join(f"<table:table-cell><text:p>{value}</text:p></table:table-cell>" for value in values)


def cells(*values):
    return ROW.format(r="", c=words(*values))


def sheet(*rows, name="Foglio1"):
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def refusal(road, *arguments):
    with pytest.raises(PucError) as told:
        road(*arguments)
    (problem,) = told.value.problems
    return problem


def test_that_numbers_and_words_of_a_workbook_give_places(tmp_path):
    layer, _ = read(workbook(tmp_path / "punti.xlsx", Foglio1=POINTS), None)
    assert [(point.x, point.y) for point in layer.geometry] == [(566000.5, 4883000.0), (566100.25, 4883100.0)]
    assert layer["nome"].tolist() == ["Fontana", "Pozzo"]


def test_that_a_title_and_empty_rows_above_the_head_are_passed_over(tmp_path):
    rows = [["Elenco dei pozzi"], [], *POINTS, [], ["Nuovo", None, None]]
    layer, said = read(workbook(tmp_path / "punti.xlsx", Foglio1=rows), None)
    assert len(layer) == 2
    # Title 1, empty 2, head 3, points 4 and 5, empty 6: the row without coordinates is the seventh.
    assert "1 (nel file: 7)" in said[-1].message.it


def test_that_of_several_sheets_one_has_to_be_chosen_and_empty_ones_do_not_count(tmp_path):
    source = workbook(tmp_path / "punti.xlsx", Pozzi=POINTS, Note=[["a", "b"], [1, 2]], Vuoto=[])
    assert tables(source) == ("Pozzi", "Note")
    assert refusal(read, source, None).code == "table-unclear"
    assert len(read(source, "Pozzi")[0]) == 2
    assert look(source, "Note").geometry == "None"


def test_that_dates_and_whole_numbers_stand_as_in_a_text_table(tmp_path):
    rows = [["x", "y", "quando", "codice"], [1, 2, datetime.datetime(2026, 11, 22), 11015.0]]
    layer, _ = read(workbook(tmp_path / "punti.xlsx", Foglio1=rows), None)
    assert layer.loc[0, ["quando", "codice"]].tolist() == ["2026-11-22", "11015"]


def test_that_a_workbook_joins_by_its_first_sheet(tmp_path):
    workbook(tmp_path / "pop.xlsx", Dati=[["sezione", "pop"], [12, 10], [13, 20]])
    layer = gpd.GeoDataFrame({"SEZ": ["13", "12"]}, geometry=[shapely.Point(0, 0)] * 2, crs=7791)
    made, said = join(layer, Join("pop.xlsx", "SEZ", "sezione"), tmp_path)
    assert made["pop"].tolist() == ["20", "10"]
    assert said == []


def test_that_sheets_a_join_does_not_read_are_told(tmp_path):
    workbook(tmp_path / "pop.xlsx", Dati=[["sezione", "pop"], [12, 10]], Note=[["a", "b"], [1, 2]])
    layer = gpd.GeoDataFrame({"SEZ": ["12"]}, geometry=[shapely.Point(0, 0)], crs=7791)
    _, (said,) = join(layer, Join("pop.xlsx", "SEZ", "sezione"), tmp_path)
    assert said.sentence("it") == (
        "pop.xlsx: letto solo il primo foglio, «Dati»; gli altri: Note. "
        "Per unire un altro foglio, metterlo per primo o salvarlo in CSV."
    )


def test_that_an_opendocument_sheet_another_program_wrote_is_read(tmp_path):
    # GDAL writes it, we read it.
    rows = gpd.GeoDataFrame({"nome": ["Fontana", "Pozzo"], "x": [1.5, 2.0], "y": [3.0, 4.25]})
    pyogrio.write_dataframe(rows, tmp_path / "punti.ods", driver="ODS", layer="Punti")
    source = locate(tmp_path / "punti.ods")
    assert tables(source) == ("Punti",)
    layer, _ = read(source, None)
    assert [(point.x, point.y) for point in layer.geometry] == [(1.5, 3.0), (2.0, 4.25)]


def test_that_repeated_cells_and_rows_of_opendocument_are_unrolled(tmp_path):
    # x | y | | | note, then a row twice, then the million empty rows that end every sheet.
    note = "<table:table-cell><text:p>note</text:p></table:table-cell>"
    head = ROW.format(r="", c=f"{words('x', 'y')}<table:table-cell {COLUMNS}='2'/>{note}")
    twice = ROW.format(r=f" {ROWS}='2'", c=f"<table:table-cell office:value='7' {COLUMNS}='5'/>")
    end = ROW.format(r=f" {ROWS}='1048570'", c=f"<table:table-cell {COLUMNS}='1024'/>")
    layer, _ = read(opendocument(tmp_path / "a.ods", sheet(head, twice, end)), None)
    assert layer[["x", "y", "note"]].to_numpy().tolist() == [["7", "7", "7"]] * 2


BOMB = '<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
def test_that_entities_in_opendocument_are_refused_and_never_expanded(tmp_path, head):
    source = opendocument(tmp_path / "a.ods", sheet(cells("x", "y"), cells("1", "&b;")), head)
    assert refusal(read, source, None).code == "table-unreadable"


def test_that_a_sheet_that_unpacks_beyond_all_measure_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("layers.formats.ods._MOST", 1000)
    assert len(read(opendocument(tmp_path / "a.ods", sheet(cells("x", "y"), cells(1, 2))), None)[0]) == 1
    source = opendocument(tmp_path / "b.ods", sheet(cells("x", "y"), cells(1, 2), cells("a" * 1000)))
    assert refusal(read, source, None).code == "table-unreadable"


def test_that_a_workbook_cut_short_is_refused_in_our_words(tmp_path):
    path = tmp_path / "punti.xlsx"
    workbook(path, Foglio1=POINTS)
    path.write_bytes(path.read_bytes()[:2000])
    assert refusal(read, locate(path), None).sentence("it") == (
        "punti.xlsx: la cartella di lavoro è rotta o non è quello che dice il nome. Non se ne legge alcun foglio. "
        "Aprirla e salvarla di nuovo, o salvare il foglio in CSV."
    )


def test_that_a_workbook_that_unpacks_beyond_all_measure_is_refused(tmp_path, monkeypatch):
    source = workbook(tmp_path / "punti.xlsx", Foglio1=POINTS)
    monkeypatch.setattr("layers.formats.sheets._MOST", 1000)
    assert refusal(read, source, None).code == "table-unreadable"
