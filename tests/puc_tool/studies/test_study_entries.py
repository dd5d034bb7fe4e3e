"""An entry of study.toml can be taken out as text, changed and put back, byte for byte."""

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from layers.problems import PucError
from layers.reference import LayerRef
from puc_tool.studies import study_entries, study_reading

STUDY = """\
version = 1 # la prima
[study]
title = "Borgo"
crs = "EPSG:3035"

# Il territorio.
[[layer]]
role = "boundary"   # il confine
source = "data/borgo.gpkg"

  [[ layer ]] # le zone
source = '../piano.gpkg' # consegnato a mano
role = "zoning"
[layer.fields]
zone = "SIGLA_Z"

# Da qui in poi le analisi.

[analysis.soil-consumption]
year_from = 2012
"""
ZONING = LayerRef("zoning", "../piano.gpkg", fields={"zone": "SIGLA_Z"})
COPY = LayerRef("zoning", "data/mended/zoning.gpkg", "zoning", fields={"zone": "SIGLA_Z"})


def test_that_an_entry_ends_with_its_last_key():
    entry = study_entries.entry_of(STUDY, ZONING)
    assert entry.startswith("  [[ layer ]] # le zone\n")
    assert entry.endswith('zone = "SIGLA_Z"\n')


def test_that_a_changed_entry_says_the_new_and_keeps_the_comments_of_what_stays(tmp_path):
    text = STUDY
    changed = study_entries.said(study_entries.entry_of(text, ZONING), COPY)
    after = study_entries.with_entry(text, ZONING, changed)
    assert "# consegnato a mano" in after
    assert "# Da qui in poi le analisi." in after
    assert study_reading.from_document(tomlkit.parse(after), tmp_path).of_role("zoning") == (COPY,)


@pytest.mark.parametrize(
    ("ends", "mark"), [("\n", ""), ("\r\n", ""), ("\n", "\ufeff")], ids=["plain", "Windows", "BOM"]
)
def test_that_putting_it_back_restores_every_byte(ends, mark, tmp_path):
    content = (mark + STUDY.replace("\n", ends)).encode()
    (tmp_path / "study.toml").write_bytes(content)
    text = study_entries.read(tmp_path)
    entry = study_entries.entry_of(text, ZONING)
    study_entries.save(study_entries.with_entry(text, ZONING, study_entries.said(entry, COPY)), tmp_path)
    assert study_reading.read(tmp_path).of_role("zoning") == (COPY,)
    study_entries.save(study_entries.with_entry(study_entries.read(tmp_path), COPY, entry), tmp_path)
    assert (tmp_path / "study.toml").read_bytes() == content


def test_that_text_that_states_no_study_is_not_saved(tmp_path):
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    with pytest.raises(PucError):
        study_entries.save(STUDY.replace('"zoning"', '"nessuno"'), tmp_path)
    assert study_entries.read(tmp_path) == STUDY


@pytest.mark.parametrize("edit", [("year_from = 2012", "year_from = 2018"), ("# Da qui", "# Ecco, da qui")])
def test_that_what_was_written_elsewhere_meanwhile_stays(edit):
    text = STUDY
    entry = study_entries.entry_of(text, ZONING)
    changed = study_entries.with_entry(text, ZONING, study_entries.said(entry, COPY))
    back = study_entries.with_entry(changed.replace(*edit), COPY, entry)
    assert back == STUDY.replace(*edit)


def test_that_a_layer_that_is_not_there_is_refused():
    with pytest.raises(PucError) as refusal:
        study_entries.entry_of(STUDY, LayerRef("green", "x"))
    assert refusal.value.problems[0].code == "layer-missing"


def test_that_layers_in_one_line_are_refused():
    with pytest.raises(PucError) as refusal:
        study_entries.entry_of('version = 1\nlayer = [{role = "zoning", source = "x"}]\n', ZONING)
    assert refusal.value.problems[0].code == "study-layers-inline"


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "[[layer]",
        "[[layer]]\nrole = 'zoning'\n",
        "[[layer]]\nrole = 'zoning'\nsource = 'a'\n[[layer]]\nrole = 'green'\nsource = 'b'\n",
        "[study]\ntitle = 'x'\n[[layer]]\nrole = 'zoning'\nsource = 'a'\n",
        "[[layer]]\nrole = 'zoning'\nsource = '/vsicurl/http://x'\n",
    ],
    ids=["nothing", "no toml", "no source", "two", "more than an entry", "no path"],
)
def test_that_text_that_is_no_entry_means_nothing(entry, tmp_path):
    assert study_entries.meaning(entry, tmp_path) is None


WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


@given(WORD, WORD, st.dictionaries(WORD, WORD, max_size=3))
def test_that_any_words_come_back_as_they_were(layer, credit, codes):
    ref = LayerRef("zoning", "data/a.gpkg", layer, codes=codes, credit=credit)
    text = STUDY
    entry = study_entries.said(study_entries.entry_of(text, ZONING), ref)
    after = study_entries.with_entry(text, ZONING, entry)
    original = study_entries.entry_of(text, ZONING)
    assert study_entries.with_entry(after, ref, original) == STUDY
