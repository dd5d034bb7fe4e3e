"""Saving a study changes what is meant to change, and nothing else in the file."""

from __future__ import annotations

import errno
from datetime import date

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from layers import write
from layers.problems import PucError
from layers.reference import Join, LayerRef
from puc_tool.studies import study_reading
from puc_tool.studies.study_editing import Head, drop_layer, new_document, put_layer, save

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


def lines(town):
    return (town / "study.toml").read_text(encoding="utf-8").splitlines()


def put(folder, ref, **options):
    document = study_reading.document(folder)
    put_layer(document, ref, **options)
    save(document, folder)


def test_that_saving_an_unchanged_study_changes_no_byte(town):
    before = (town / "study.toml").read_bytes()
    save(study_reading.document(town), town)
    assert (town / "study.toml").read_bytes() == before


def test_that_a_layer_added_comes_last_and_every_line_before_it_stays(town):
    before = lines(town)
    put(town, LayerRef("zoning", "data/piano.gpkg", year=2003))
    after = lines(town)
    assert after[: len(before)] == before
    assert [line for line in after[len(before) :] if line] == [
        "[[layer]]",
        'role = "zoning"',
        'source = "data/piano.gpkg"',
        "year = 2003",
    ]


def test_that_a_layer_taken_out_takes_only_its_own_lines(town):
    before = lines(town)
    document = study_reading.document(town)
    drop_layer(document, "neighbourhoods", None)
    save(document, town)
    at = before.index('role = "neighbourhoods"')
    assert lines(town) == before[: at - 1] + before[at + 4 :]


def test_that_a_layer_replaced_keeps_its_place_and_the_comments_around_it(town):
    put(town, LayerRef("neighbourhoods", "data/nuovi.gpkg"), replace=True)
    after = lines(town)
    assert 'source = "data/nuovi.gpkg"  # due quartieri' in after
    assert 'layer = "quartieri"' not in after
    assert "# Il territorio." in after
    roles = [line for line in after if line.startswith("role")]
    assert roles == ['role = "boundary"', 'role = "neighbourhoods"', *['role = "soil_consumption"'] * 2]


def test_that_a_place_taken_is_kept_unless_replacing_is_asked(town):
    before = lines(town)
    with pytest.raises(PucError, match="2012") as caught:
        put(town, LayerRef("soil_consumption", "x.tif", year=2012))
    assert "--replace" in caught.value.problems[0].remedy.it
    assert lines(town) == before


def test_that_another_year_is_another_place(town):
    put(town, LayerRef("soil_consumption", "data/suolo_2018.tif", year=2018))
    assert [ref.year for ref in study_reading.read(town).of_role("soil_consumption")] == [2012, 2018, 2023]


def test_that_a_layer_that_is_not_there_is_not_taken_out(town):
    with pytest.raises(PucError, match="zoning 2003"):
        drop_layer(study_reading.document(town), "zoning", 2003)


def test_that_a_study_can_lose_its_last_layer_and_get_one_again(tmp_path):
    document = new_document(Head("Prova", (), "EPSG:7791"))
    put_layer(document, LayerRef("boundary", "b.gpkg"))
    drop_layer(document, "boundary", None)
    put_layer(document, LayerRef("boundary", "c.gpkg"))
    save(document, tmp_path)
    assert [ref.source for ref in study_reading.read(tmp_path).layers] == ["c.gpkg"]


def test_that_layers_in_one_line_are_not_changed_but_explained(tmp_path):
    (tmp_path / "study.toml").write_text('version = 1\nlayer = [{ role = "boundary", source = "b.gpkg" }]\n')
    document = study_reading.document(tmp_path)
    for change in (
        lambda: put_layer(document, LayerRef("zoning", "z.gpkg")),
        lambda: drop_layer(document, "boundary", None),
    ):
        with pytest.raises(PucError, match=r"\[\[layer\]\]"):
            change()


def test_that_a_full_disk_leaves_the_file_as_it_was(town, monkeypatch, hashes):
    before = hashes(town)

    def full(path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write, "_sync", full)
    with pytest.raises(PucError, match="il disco è pieno"):
        put(town, LayerRef("zoning", "data/piano.gpkg"))
    assert hashes(town) == before


def test_that_a_new_head_is_read_back_as_it_was_said(tmp_path):
    head = Head("Città «nuova»", ("011015", "011020"), "EPSG:7791", date(2026, 11, 22), {"istat": {2023: 5}}, True)
    save(new_document(head), tmp_path)
    study = study_reading.read(tmp_path)
    assert (study.title, study.comuni, study.day) == (head.title, head.comuni, head.day)
    assert (study.population, study.is_demonstration) == (head.population, True)


@given(
    source=WORDS.filter(lambda word: word.strip() and not word.startswith("/") and ":" not in word),
    table=st.none() | WORDS,
    year=st.none() | st.integers(1900, 2100),
    words=st.dictionaries(WORDS, WORDS, max_size=3),
    where=st.none() | WORDS,
    join=st.none() | st.builds(Join, st.just("t.csv"), WORDS, WORDS),
)
def test_that_whatever_a_layer_says_is_read_back(tmp_path_factory, source, table, year, words, where, join):
    folder = tmp_path_factory.mktemp("giro")
    ref = LayerRef("zoning", source, table, year, words, words, words, where, join=join)
    document = tomlkit.parse("version = 1\n")
    put_layer(document, ref)
    save(document, folder)
    assert study_reading.read(folder).layers == (ref,)


def test_that_the_names_in_the_file_are_those_of_the_contract():
    document = new_document(Head("t", ("011015",), "EPSG:7791", date(2026, 1, 2), {"istat": {2023: 5}}))
    put_layer(
        document,
        LayerRef(
            "zoning", "s", "l", 2003, {"zone": "Z"}, {"norm": "n"}, {"AC1": "A"}, "w", "c", "e", Join("t", "l", "r")
        ),
    )
    content = document.unwrap()
    assert list(content) == ["version", "study", "population", "layer"]
    assert list(content["study"]) == ["title", "comuni", "crs", "date"]
    assert set(content["layer"][0]) == {
        "role", "source", "layer", "year", "fields", "values", "codes", "where", "crs", "encoding", "join",
    }  # fmt: skip
    assert content["version"] == 1
