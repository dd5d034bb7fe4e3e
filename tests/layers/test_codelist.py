import pytest

from layers.codelist import is_verified, label, rows


def test_that_a_codelist_is_read_in_the_order_of_its_file():
    assert [row["code"] for row in rows("zone_dm1444")] == ["A", "B", "C", "D", "E", "F"]


def test_that_a_codelist_cannot_be_changed_for_the_next_reader():
    # The rows are read once for all: a tuple, so that nobody adds to it.
    assert rows("clc") is rows("clc")
    assert isinstance(rows("clc"), tuple)


def test_that_the_italian_label_stands_in_where_there_is_no_english():
    assert label({"label_it": "Ambito", "label_en": ""}).en == "Ambito"
    assert label({"label_it": "Ambito"}).en == "Ambito"
    assert label({"label_it": "Ambito", "label_en": "Zone"}).en == "Zone"


def test_that_another_column_may_hold_the_label():
    assert label({"name_it": "Quartiere", "name_en": "Quarter"}, "name").it == "Quartiere"


@pytest.mark.parametrize(("status", "verified"), [("verified", True), ("derived", True), ("own_knowledge", False)])
def test_that_only_what_was_read_in_a_source_counts_as_verified(status, verified):
    assert is_verified({"status": status}) is verified
