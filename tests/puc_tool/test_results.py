"""One writer of results, from one declaration of columns."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import geopandas
import openpyxl
import pandas as pd
import shapely
from hypothesis import given
from hypothesis import strategies as st

from analyses.result import Column, Figure, FigureSpec, Result, Table, TableSpec
from layers.text import Text
from puc_tool import results

AREA = FigureSpec("area_ha", Text("Superficie", "Area"), "ha", 1, "sum(area)")
RATE = FigureSpec("rate", Text("Tasso", "Rate"), "ratio", 2, "a/b", is_verified=False)
SPEC = TableSpec(
    "by_zone",
    Text("Per zona", "By zone"),
    (
        Column("code", Text("Codice", "Code")),
        Column("name", Text("Nome", "Name")),
        Column("area_m2", Text("Superficie", "Area"), "m²", 6),
        Column("people", Text("Persone", "People"), "", 0),
    ),
)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


def table(**columns):
    return Table(SPEC, pd.DataFrame(columns))


def result(tables=(), layers=None):
    figures = (Figure(AREA, 1484.625), Figure(RATE, None, Text("Manca un anno.", "A year is missing.")))
    return Result(figures, tuple(tables), layers or {})


def write(folder, found, *, is_demonstration=False):
    return results.write_all(found, "prova", folder, is_demonstration=is_demonstration)


def read_csv(folder):
    return list(csv.reader(io.StringIO((folder / "by_zone.csv").read_bytes().decode("utf-8"))))


def test_that_the_names_returned_are_the_files_written(tmp_path):
    layer = geopandas.GeoDataFrame({"code": ["A"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=3035)
    names = write(tmp_path, result([table(code=["A"], name=["a"], area_m2=[1.0])], {"zone": layer}))
    assert names == ("figures.json", "by_zone.csv", "tables.xlsx", "layers.gpkg")
    assert {path.name for path in tmp_path.iterdir()} == set(names)


def test_that_figures_follow_the_contract(tmp_path):
    write(tmp_path, result())
    assert json.loads((tmp_path / "figures.json").read_text(encoding="utf-8")) == {
        "analysis": "prova",
        "figures": [
            {
                "id": "area_ha",
                "value": 1484.625,
                "unit": "ha",
                "label_it": "Superficie",
                "label_en": "Area",
                "method": "sum(area)",
            },
            {
                "id": "rate",
                "value": None,
                "unit": "ratio",
                "why": "Manca un anno.",
                "why_en": "A year is missing.",
                "label_it": "Tasso",
                "label_en": "Rate",
                "method": "a/b",
                "verified": False,
            },
        ],
    }
    assert results.read_figures(tmp_path)["area_ha"]["value"] == 1484.625


def test_that_a_table_is_comma_and_point_with_six_decimals_under_ids(tmp_path):
    write(tmp_path, result([table(code=["Z1"], name=["Zona, «àè»"], area_m2=[1234.5], people=[12.0])]))
    raw = (tmp_path / "by_zone.csv").read_bytes()
    assert raw == 'code,name,area_m2,people\nZ1,"Zona, «àè»",1234.500000,12\n'.encode()


def test_that_numbers_keep_no_minus_before_zero_and_gaps_stay_empty(tmp_path):
    rows = table(code=["A", "B", "C"], name=["", "", ""], area_m2=[-1e-9, float("nan"), 2 / 3])
    write(tmp_path, result([rows]))
    assert [row[2] for row in read_csv(tmp_path)[1:]] == ["0.000000", "", "0.666667"]


def test_that_columns_that_do_not_apply_are_left_out_and_order_is_the_declared_one(tmp_path):
    write(tmp_path, result([table(area_m2=[1.0], code=["A"])]))
    assert read_csv(tmp_path)[0] == ["code", "area_m2"]


@given(names=st.lists(NAMES, min_size=1, max_size=4))
def test_that_any_name_comes_back_from_the_table(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("nomi")
    write(folder, result([table(code=[str(place) for place in range(len(names))], name=names, area_m2=1.0)]))
    read = results.read_table(folder, "by_zone")
    # Every line end is written as «\n»; all else is as it was.
    assert read["name"].tolist() == [name.replace("\r\n", "\n").replace("\r", "\n") for name in names]


def test_that_codes_stay_text_with_their_zeros(tmp_path):
    write(tmp_path, result([table(code=["011015", "NA"], name=["", "nan"], area_m2=[1.0, 2.0])]))
    read = results.read_table(tmp_path, "by_zone")
    assert read["code"].tolist() == ["011015", "NA"]
    assert read["name"].tolist() == ["", "nan"]


def test_that_a_table_that_was_not_written_is_none(tmp_path):
    assert results.read_table(tmp_path, "by_zone") is None


def test_that_a_name_that_begins_like_a_formula_is_a_name(tmp_path):
    names = ['=HYPERLINK("http://example.org","x")', "+1", "-1", "@SUM(A1)", "=1+1"]
    write(tmp_path, result([table(code=list("abcde"), name=names, area_m2=[1.0] * 5)]))
    page = openpyxl.load_workbook(tmp_path / "tables.xlsx")["by_zone"]
    assert [row[1].value for row in page.iter_rows(min_row=2)] == names
    assert {row[1].data_type for row in page.iter_rows(min_row=2)} == {"s"}
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())


def test_that_a_spreadsheet_that_opens_the_csv_meets_no_formula(tmp_path):
    names = ['=HYPERLINK("http://example.org","x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "'=1", "-1", "-"]
    codes = [str(at) for at in range(len(names))]
    write(tmp_path, result([table(code=codes, name=names, area_m2=[1.0] * len(names))]))
    written = [row[1] for row in read_csv(tmp_path)[1:]]
    assert written == [f"'{name}" for name in names[:6]] + ["-1", "-"]
    assert results.read_table(tmp_path, "by_zone")["name"].tolist() == names


def test_that_letters_a_workbook_cannot_hold_are_left_out_of_it(tmp_path):
    write(tmp_path, result([table(code=["A"], name=["uno\x0bdue\x01"], area_m2=[1.0])]))
    page = openpyxl.load_workbook(tmp_path / "tables.xlsx")["by_zone"]
    assert page["B2"].value == "unodue"


def test_that_the_workbook_speaks_to_people(tmp_path):
    write(tmp_path, result([table(code=["A"], name=["a"], area_m2=[12.5], people=[float("nan")])]))
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book.sheetnames == ["Cifre", "by_zone"]
    assert [cell.value for cell in book["Cifre"][1]] == ["Cifra", "Valore", "Unità", "Perché manca"]
    assert [cell.value for cell in book["Cifre"][3]] == ["Tasso", None, "ratio", "Manca un anno."]
    assert [cell.value for cell in book["by_zone"][1]] == ["Codice", "Nome", "Superficie (m²)", "Persone"]
    assert [cell.value for cell in book["by_zone"][2]] == ["A", "a", 12.5, None]


def test_that_demonstration_data_say_so_on_every_page(tmp_path):
    write(tmp_path, result([table(code=["A"], name=["a"], area_m2=[1.0])]), is_demonstration=True)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert {page["A1"].value for page in book} == {"DATI DIMOSTRATIVI, senza valore legale"}


def test_that_equal_results_give_equal_bytes(tmp_path, hashes):
    layer = geopandas.GeoDataFrame({"code": ["A"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=3035)
    for name in ("uno", "due"):
        write(tmp_path / name, result([table(code=["A"], name=["a"], area_m2=[1.0])], {"zone": layer}))
    assert hashes(tmp_path / "uno") == hashes(tmp_path / "due")


def test_that_the_hour_is_nowhere_in_the_workbook(tmp_path):
    write(tmp_path, result())
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert book.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_that_what_is_handed_in_is_left_as_it_was(tmp_path):
    found = table(code=["A"], name=["=x"], area_m2=[float("nan")])
    before = found.frame.copy()
    write(tmp_path, result([found]))
    pd.testing.assert_frame_equal(found.frame, before)
