"""mend: what can be put right is listed, what is chosen is done in a copy with a receipt, and can be undone."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing

import geopandas
import pytest
import shapely

from layers.reference import LayerRef
from puc_tool.sources import trust
from puc_tool.studies import study_editing, study_reading

WEST, SOUTH = 4_306_000.0, 2_336_000.0


def ground(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


@pytest.fixture
def shaken(brought):
    """Return a plan of the whole borough with a gap, an overlap, a copy, a row without geometry and its own codes.

    R1 is 1000 m x 400 m. AG begins 0.2 m above it (a gap of 200 m²) and ends at 700 m; PA begins 0.3 m too low (300 m²
    twice) and is there two times.
    """
    path = brought / "piano.gpkg"
    geometry = [ground(0, 0, 1000, 400), ground(0, 400.2, 1000, 700), *[ground(0, 699.7, 1000, 1000)] * 2, None]
    columns = {"SIGLA_Z": ["R1", "AG", "PA", "PA", "??"], "TIPO": ["res", "agr", "par", "par", None]}
    geopandas.GeoDataFrame(columns, geometry=geometry, crs=3035).to_file(path, layer="zone", driver="GPKG")
    return path


@pytest.fixture
def study(town, shaken):
    """Return the borough with that plan as an office delivers it, its codes mapped. ``add`` would refuse it."""
    mapping = {"fields": {"zone": "SIGLA_Z", "dm1444": "TIPO"}, "codes": {"res": "B", "agr": "E", "par": "F"}}
    document = study_reading.document(town)
    study_editing.put_layer(document, LayerRef("zoning", "../scaricati/piano.gpkg", "zone", **mapping))
    study_editing.save(document, town)
    trust.agree(shaken)
    return town


def receipt_of(study, name="zoning.json"):
    return json.loads((study / "data" / "mended" / name).read_text(encoding="utf-8"))


def test_that_what_can_be_mended_is_listed_and_nothing_is_changed(puc, study, hashes):
    before = hashes(study.parent)
    said = puc("mend", study, "zoning", "--json")
    assert said.code == 0
    found = {each["mend"]: each for each in said.content["proposals"]}
    assert list(found) == ["drop-empty", "recode", "dedupe", "settle-overlaps", "close-gaps"]
    assert found["close-gaps"]["features"] == 1
    assert found["close-gaps"]["area_m2"] == pytest.approx(200.0)
    assert found["settle-overlaps"]["area_m2"] == pytest.approx(300.0)
    assert [name for name, each in found.items() if not each["chosen"]] == ["close-gaps"]
    assert all(each["title"] and each["why"] for each in found.values())
    assert hashes(study.parent) == before


def test_that_people_read_the_proposals_as_sentences(puc, study):
    lines = puc("mend", study, "zoning").out.splitlines()
    assert lines[2] == (
        "✓ dedupe – Toglie i doppioni (elementi: 1; 300.300,0 m²). "
        "Sono uguali in tutto a un altro elemento: non si perde nulla."
    )


def test_that_the_story_runs_from_finding_to_receipt_and_back(puc, study, hashes, shaken):
    before, plan = (study / "study.toml").read_bytes(), hashes(shaken.parent)
    words = [
        word for mend in ("close-gaps", "dedupe", "settle-overlaps=0.4", "drop-empty") for word in ("--apply", mend)
    ]
    said = puc("mend", study, "zoning", *words, "--json")
    assert said.code == 0
    assert [each["mend"] for each in said.content["applied"]] == [
        "drop-empty",
        "dedupe",
        "settle-overlaps",
        "close-gaps",
    ]
    assert (said.content["copy"], said.content["receipt"]) == ("data/mended/zoning.gpkg", "data/mended/zoning.json")
    # The whole borough once: 1 km² to the square millimetre.
    (step,) = receipt_of(study)["steps"]
    assert step["copy"]["area_m2"] == pytest.approx(1_000_000.0, abs=1e-6)
    assert [problem for problem in puc("check", study, "--json").problems if problem.startswith("units-")] == []
    assert puc("run", study).code == 0
    undone = puc("mend", study, "zoning", "--undo", "--json")
    assert undone.content["removed"] == ["data/mended/zoning.gpkg", "data/mended/zoning.json"]
    assert (study / "study.toml").read_bytes() == before
    assert list((study / "data" / "mended").iterdir()) == []
    assert hashes(shaken.parent) == plan


def test_that_people_are_told_what_was_done_and_where_it_lies(puc, study):
    lines = puc("mend", study, "zoning", "--apply", "dedupe").out.splitlines()
    assert lines == [
        "Toglie i doppioni (elementi: 1): la superficie del livello passa da 1.300.400,0 a 1.000.100,0 m².",
        "Copia: data/mended/zoning.gpkg. Verbale: data/mended/zoning.json. L'originale non è stato toccato.",
    ]


def test_that_a_recoded_copy_needs_no_mapping_any_more(puc, study):
    assert puc("mend", study, "zoning", "--apply", "recode").code == 0
    (ref,) = study_reading.read(study).of_role("zoning")
    assert (ref.source, ref.layer) == ("data/mended/zoning.gpkg", "zoning")
    assert (ref.fields, ref.codes) == ({"zone": "SIGLA_Z"}, {})
    copy = geopandas.read_file(study / ref.source, layer="zoning")
    assert copy["dm1444"].tolist()[:4] == ["B", "E", "F", "F"]
    assert copy["TIPO"].tolist()[:4] == ["res", "agr", "par", "par"]


def test_that_codes_are_decoded_by_a_table_of_two_columns(puc, study, brought):
    (brought / "tipi.csv").write_text("codice;parole\nres;residenziale\nagr;agricola\n", encoding="utf-8")
    said = puc("mend", study, "zoning", "--apply", f"decode=TIPO={brought / 'tipi.csv'}", "--json")
    assert said.code == 0
    assert said.problems["mend-left"]["message"] == "«TIPO»: codici senza parole, rimasti: par."
    (ref,) = study_reading.read(study).of_role("zoning")
    assert geopandas.read_file(study / ref.source)["TIPO"].tolist()[:3] == ["residenziale", "agricola", "par"]
    assert puc("check", study, "--json").problems.keys().isdisjoint({"code-unknown"})
    assert str(brought) not in (study / "data" / "mended" / "zoning.json").read_text(encoding="utf-8")


def test_that_a_geopackage_is_decoded_by_its_own_domains(puc, study, shaken):
    with closing(sqlite3.connect(shaken)) as database:
        database.executescript(
            """CREATE TABLE gpkg_data_columns (table_name, column_name, name, title, description, mime_type,
                constraint_name);
            CREATE TABLE gpkg_data_column_constraints (constraint_name, constraint_type, value, min, min_is_inclusive,
                max, max_is_inclusive, description);
            INSERT INTO gpkg_data_columns (table_name, column_name, constraint_name) VALUES ('zone', 'TIPO', 'tipi');
            INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description)
                VALUES ('tipi', 'enum', 'res', 'Residenziale');"""
        )
    said = puc("mend", study, "zoning", "--apply", "decode", "--json")
    assert said.content["applied"][0]["features"] == 1
    (ref,) = study_reading.read(study).of_role("zoning")
    assert geopandas.read_file(study / ref.source)["TIPO"][0] == "Residenziale"
    assert ref.codes["Residenziale"] == "B"


def test_that_mends_with_nothing_to_do_write_nothing(puc, study, hashes):
    before = hashes(study)
    said = puc("mend", study, "zoning", "--apply", "repair")
    assert said.code == 0
    assert said.out.splitlines() == ["Ripara le geometrie non valide: niente da fare.", "Niente è stato scritto."]
    assert hashes(study) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("zoning", "--apply", "lucidare"), "mend-unknown"),
        (("zoning", "--apply", "close-gaps=largo"), "mend-setting"),
        (("zoning", "--apply", "close-gaps=99"), "mend-setting"),
        (("zoning", "--apply", "repair=0.5"), "mend-setting"),
        (("boundary", "--apply", "recode"), "mend-unsuited"),
        (("zoning", "--undo"), "mend-nothing-to-undo"),
        (("green",), "layer-missing"),
        (("zoning", "--year", "1999"), "layer-missing"),
        (("soil_consumption",), "layer-which-year"),
        (("soil_consumption", "--year", "2012"), "mend-raster"),
    ],
)
def test_that_what_can_t_be_done_is_refused_with_a_remedy_and_changes_nothing(refused, study, hashes, words, code):
    before = hashes(study)
    assert refused("mend", study, *words)["code"] == code
    assert hashes(study) == before


def test_that_a_table_of_three_columns_is_no_dictionary(refused, study, brought):
    (brought / "tipi.csv").write_text("a;b;c\n1;2;3\n", encoding="utf-8")
    assert (
        refused("mend", study, "zoning", "--apply", f"decode=TIPO={brought / 'tipi.csv'}")["code"] == "decode-columns"
    )


def test_that_doing_and_undoing_at_once_is_wrong_usage(puc, study):
    assert puc("mend", study, "zoning", "--undo", "--apply", "repair").code == 2


def test_that_a_changed_original_is_told_with_the_words_to_mend_it_again(puc, study, shaken):
    puc(
        "mend",
        study,
        "zoning",
        "--apply",
        "dedupe",
        "--apply",
        "settle-overlaps=0.4",
        "--apply",
        "settle-overlaps=larger",
    )
    assert "mended-copy-stale" not in puc("check", study, "--json").problems
    geopandas.read_file(shaken, layer="zone").iloc[:3].to_file(shaken, layer="zone", driver="GPKG")
    told = puc("check", study, "--json")
    assert told.code == 0
    stale = told.problems["mended-copy-stale"]
    assert stale["severity"] == "warning"
    assert stale["remedy"] == (
        "Rimediare di nuovo: «puc-tool mend STUDIO zoning --undo», poi «puc-tool mend STUDIO zoning "
        "--apply dedupe --apply settle-overlaps=0.4 --apply settle-overlaps=larger»."
    )


def test_that_a_run_records_the_chain_from_the_original_to_the_copy(puc, study, shaken):
    puc("mend", study, "zoning", "--apply", "dedupe", "--apply", "settle-overlaps", "--apply", "close-gaps")
    assert puc("run", study).code == 0
    record = json.loads((study / "results" / "soil-consumption" / "run.json").read_text(encoding="utf-8"))
    (zoning,) = [each for each in record["inputs"] if each["role"] == "zoning"]
    receipt = study / "data" / "mended" / "zoning.json"
    assert zoning["mended"] == {
        "originals": [{"source": "piano.gpkg", "sha256": hashlib.sha256(shaken.read_bytes()).hexdigest()}],
        "receipt": "data/mended/zoning.json",
        "receipt_sha256": hashlib.sha256(receipt.read_bytes()).hexdigest(),
        "mends": ["dedupe", "settle-overlaps", "close-gaps"],
    }
    assert zoning["source"] == "data/mended/zoning.gpkg"
    assert [each["mended"] for each in record["inputs"] if each["role"] == "boundary"] == [None]
    assert "layer-mended" in {each["code"] for each in record["mends"]}
