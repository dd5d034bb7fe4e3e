import pandas as pd
import pytest

from analyses.result import Column, Figure, FigureSpec, Result, Table, TableSpec
from layers.text import Text

GREEN = FigureSpec("green_m2", Text("Verde", "Green"), "m²", 1, "sum(area)")
PEOPLE = FigureSpec("people", Text("Persone", "People"), "", 0, "count")
PARKS = TableSpec("parks", Text("Parchi", "Parks"), (
    Column("code", Text("Codice", "Code")),
    Column("area_m2", Text("Superficie", "Area"), "m²", 6),
    Column("people", Text("Persone", "People"), "", 0),
))  # fmt: skip


@pytest.fixture
def result():
    parks = Table(PARKS, pd.DataFrame({"area_m2": [12.0], "code": ["A"], "note": ["x"]}))
    why = Text("Manca il censimento.", "There is no census.")
    return Result((Figure(GREEN, 12.0), Figure(PEOPLE, None, why)), (parks,))


def test_that_a_figure_is_found_by_its_id(result):
    assert result.figure("green_m2").value == 12.0
    assert result.figure("people").why.it == "Manca il censimento."


def test_that_a_table_the_inputs_did_not_allow_is_none(result):
    assert result.table("parks").spec is PARKS
    assert result.table("homes") is None


def test_that_a_table_tells_the_declared_columns_it_has_in_declared_order(result):
    assert [column.id for column in result.table("parks").columns] == ["code", "area_m2"]


def test_that_the_layers_of_a_result_can_not_be_added_to(result):
    with pytest.raises(TypeError):
        result.layers["parks"] = None
