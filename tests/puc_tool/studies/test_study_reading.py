"""study.toml is as little trusted as a dataset: every fault is told at once, in sentences, with its place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.problems import PucError
from layers.reference import Join
from layers.text import Text
from puc_tool.studies import study_reading

HEAD = 'version = 1\n[study]\ntitle = "Prova"\ncomuni = ["011015"]\ncrs = "EPSG:7791"\n'


@pytest.fixture
def read(tmp_path):
    def of(text):
        (tmp_path / "study.toml").write_text(text, encoding="utf-8")
        return study_reading.read(tmp_path)

    return of


@pytest.fixture
def faults(read):
    """Return the problems of a study that is refused."""

    def of(text):
        with pytest.raises(PucError) as caught:
            read(text)
        return caught.value.problems

    return of


def told(folder):
    """Return what reading says, nothing if the study is whole; anything but PucError is a bug and goes through."""
    try:
        study_reading.read(folder)
    except PucError as error:
        return error.problems
    return ()


def test_that_a_whole_study_is_read(read):
    study = read(
        HEAD
        + """
date = 2026-11-22
[population]
istat = { 2022 = 10, 2023 = 12 }
[[layer]]
role = "zoning"
source = "data/piano.gpkg"
layer = "ambiti"
year = 2003
fields = { zone = "COD" }
values = { norm = "art. 1" }
codes = { AC1 = "A" }
where = "stato = 'vigente'"
crs = "EPSG:3003"
encoding = "ISO-8859-1"
credit = "Comune"
join = { table = "data/nomi.csv", left = "COD", right = "cod" }
[analysis.soil-consumption]
year_from = 2012
[sheet]
ente = "Comune"
"""
    )
    assert (study.title, study.comuni, study.crs.to_epsg()) == ("Prova", ("011015",), 7791)
    assert study.day == date(2026, 11, 22)
    assert study.population == {"istat": {2022: 10, 2023: 12}}
    assert study.settings == {"soil-consumption": {"year_from": 2012}}
    assert study.sheet == {"ente": "Comune"}
    (ref,) = study.layers
    assert (ref.role, ref.source, ref.layer, ref.year) == ("zoning", "data/piano.gpkg", "ambiti", 2003)
    assert (ref.fields, ref.values, ref.codes) == ({"zone": "COD"}, {"norm": "art. 1"}, {"AC1": "A"})
    assert (ref.where, ref.crs, ref.encoding, ref.credit) == (
        "stato = 'vigente'", "EPSG:3003", "ISO-8859-1", "Comune",
    )  # fmt: skip
    assert ref.join == Join("data/nomi.csv", "COD", "cod")


def test_that_a_study_may_say_in_english_what_it_prints(read):
    layer = '[[layer]]\nrole = "green"\nsource = "a.gpkg"\ncredit = "Verde del Comune"\n'
    both = read(HEAD + 'title_en = "Trial"\n' + layer + 'credit_en = "Green of the city"\n')
    assert both.named.en == "Trial"
    assert both.layers[0].credited == Text("Verde del Comune", "Green of the city")
    alone = read(HEAD + layer)
    assert alone.named.en == alone.title
    assert alone.layers[0].credited == Text("Verde del Comune", "Verde del Comune")


def test_that_editions_come_oldest_first_however_the_file_orders_them(read):
    layers = "".join(
        f'[[layer]]\nrole = "soil_consumption"\nsource = "s{year}.tif"\nyear = {year}\n' for year in (2023, 2006, 2012)
    )
    assert [ref.year for ref in read(HEAD + layers).of_role("soil_consumption")] == [2006, 2012, 2023]


def test_that_a_file_saved_by_a_windows_editor_is_read(tmp_path):
    (tmp_path / "study.toml").write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode())
    assert study_reading.read(tmp_path).title == "Prova"


def test_that_a_folder_without_study_is_told_how_to_make_one(tmp_path):
    with pytest.raises(PucError) as caught:
        study_reading.read(tmp_path)
    assert caught.value.problems[0].code == "study-missing"
    assert "puc-tool new" in caught.value.problems[0].remedy.it


def test_that_a_newer_version_is_refused_politely(faults):
    (problem,) = faults(HEAD.replace("version = 1", "version = 2"))
    assert problem.code == "study-newer"
    assert problem.sentence("it") == (
        "study.toml: è la versione 2; questo programma legge fino alla 1. Il file non è stato toccato. "
        "Aggiornare PUC Tool."
    )


@pytest.mark.parametrize("line", ["", "version = 0\n", 'version = "1"\n', "version = true\n", "version = 1.0\n"])
def test_that_a_file_without_a_version_is_refused(faults, line):
    (problem,) = faults(HEAD.replace("version = 1\n", line))
    assert problem.code == "study-version"


def test_that_broken_toml_is_told_with_line_and_column(faults):
    (problem,) = faults('version = 1\n[study]\ntitle = "Prova\ncomuni = []\n')
    assert problem.code == "study-broken"
    assert "alla riga 3, colonna" in problem.message.it
    assert "at line 3, column" in problem.message.en


@pytest.mark.parametrize(
    "text",
    [
        'version = 1\n[study]\ntitle = "a"\ntitle = "b"\n',
        "[study]\nb.c = 1\n[study.b]\nd = 1\n",
        "version = 1\n[layer]\n[[layer]]\n",
        "a = " + "[" * 3000,
        "date = 2026-13-45",
        "\x00",
    ],
)
def test_that_toml_at_odds_with_itself_is_a_refusal_and_no_bug(faults, text):
    (problem,) = faults(text)
    assert problem.code == "study-broken"
    assert problem.remedy


def test_that_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "study.toml").write_bytes('version = 1\n[study]\ntitle = "Città"\n'.encode("latin-1"))
    with pytest.raises(PucError, match="UTF-8"):
        study_reading.read(tmp_path)


def test_that_wrong_values_are_told_all_at_once_and_each_with_its_place(faults):
    problems = faults(
        """
version = 1
analysis = 3
[study]
title = 5
comuni = [11015, "011015", "x"]
crs = "EPSG:4326"
date = "ieri"
[population]
istat = 93000
anagrafe = { 2017 = -4, anno = 3 }
[[layer]]
role = "zonning"
source = "a.gpkg"
[[layer]]
role = "boundary"
year = 2020
source = "b.gpkg"
colour = "red"
[[layer]]
role = "zoning"
source = 4
fields = "zona"
join = { table = "t.csv" }
"""
    )
    told = [f"{problem.where.it}: {problem.message.it}" for problem in problems]
    for words in (
        "«analysis» deve essere una tabella",
        "[study]: «title» non può essere 5",
        "non 11015",
        "non 'x'",
        "deve misurare in metri; EPSG:4326",
        "«date» non può essere 'ieri'",
        "[population]: «istat» deve essere una tabella",
        "2017 = -4",
        "anno = 3",
        "[[layer]] 1: il ruolo «zonning» non esiste",
        "[[layer]] 2: il ruolo «boundary» non ha anni",
        "[[layer]] 2: «colour» non è una voce",
        "[[layer]] 3: «source» non può essere 4",
        "[[layer]] 3: «fields» deve essere una tabella",
        "[[layer]] 3: «join» vuole table, left e right",
    ):
        assert any(words in sentence for sentence in told), (words, told)


def test_that_an_unknown_crs_is_refused(faults):
    (problem,) = faults(HEAD.replace("7791", "999999"))
    assert problem.code == "crs-unknown"


def test_that_settings_of_an_analysis_must_be_a_table(faults):
    (problem,) = faults(HEAD + "[analysis]\nsoil-consumption = 5\n")
    assert "soil-consumption" in problem.message.it


def test_that_a_role_and_year_stand_once(faults):
    layer = '[[layer]]\nrole = "boundary"\nsource = "b.gpkg"\n'
    (problem,) = faults(HEAD + layer + layer)
    assert problem.where.it == "study.toml [[layer]] 2"


@pytest.mark.parametrize(
    "source",
    [
        "/vsicurl/http://example.org/a.tif",
        "/vsizip/a.zip/b.shp",
        "/VSIcurl/x",
        "PG:dbname=piano user=x password=y",
        "pg: host=x",
        "MYSQL:piano",
        "WFS:example",
        "http://example.org/a.gpkg",
        "https://example.org/a.gpkg",
        "file:///etc/passwd",
        "postgresql://host/db",
        "data/a.gpkg\\nrole = 'zoning'",
        "a\\u0000.gpkg",
        "   ",
        "",
    ],
)
def test_that_a_source_is_the_path_of_a_file_and_nothing_else(faults, source):
    (problem,) = faults(HEAD + f'[[layer]]\nrole = "zoning"\nsource = "{source}"\n')
    assert "«source» deve essere il percorso di un file" in problem.message.it


@pytest.mark.parametrize("source", ["data/piano.gpkg", "../piano.gpkg", "C:/dati/piano.gpkg", "/srv/dati/piano.shp"])
def test_that_plain_paths_are_sources(read, source):
    (ref,) = read(HEAD + f'[[layer]]\nrole = "zoning"\nsource = "{source}"\n').layers
    assert ref.source == source


def test_that_a_table_to_join_is_a_plain_path_too(faults):
    join = 'join = { table = "/vsicurl/http://x/t.csv", left = "a", right = "b" }'
    (problem,) = faults(HEAD + f'[[layer]]\nrole = "zoning"\nsource = "a.gpkg"\n{join}\n')
    assert "«join»" in problem.message.it


MORSELS = st.sampled_from(
    ["[", "]", "[[layer]]", "=", '"', "'", "{", "}", "\n", "version = 1", "layer", "study", "population", "istat", "1",
     "-", "2012", "true", ".", "#", "analysis", "crs", "comuni", "role", "source", ",", "nan", "1979-05-27", "\\", "é"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(head=st.sampled_from(["", "version = 1\n", HEAD]), words=st.lists(MORSELS, max_size=12))
def test_that_no_text_is_a_bug(tmp_path, head, words):
    (tmp_path / "study.toml").write_text(head + " ".join(words), encoding="utf-8")
    assert all(problem.sentence("it") and problem.sentence("en") for problem in told(tmp_path))


KINDS = st.sampled_from(['"x"', "1", "-1", "1.5", "true", "[]", "[1]", '["x"]', "{}", "{ a = 1 }", "1979-05-27"])
PLACES = {
    "": ("study", "layer", "population", "analysis", "sheet", "version"),
    "[study]\n": ("title", "comuni", "crs", "date", "demonstration"),
    "[population]\n": ("istat",),
    "[analysis]\n": ("soil-consumption",),
    "[[layer]]\n": ("role", "source", "layer", "year", "fields", "values", "codes", "where", "crs", "encoding", "join"),
}


@pytest.mark.parametrize(("table", "key"), [(table, key) for table, keys in PLACES.items() for key in keys])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(value=KINDS)
def test_that_no_value_of_another_kind_is_a_bug(tmp_path, table, key, value):
    head = "" if key == "version" else "version = 1\n"
    (tmp_path / "study.toml").write_text(f"{head}{table}{key} = {value}\n", encoding="utf-8")
    assert all(problem.sentence("it") and problem.sentence("en") for problem in told(tmp_path))


@pytest.mark.parametrize("year", [0, -1, 999, 10_000, 10**27])
def test_that_a_year_of_other_than_four_digits_is_told(faults, year):
    (problem,) = faults(HEAD + f'[[layer]]\nrole = "zoning"\nsource = "a.gpkg"\nyear = {year}\n')
    assert (problem.code, str(year)[:20] in problem.message.it) == ("study-value", True)
