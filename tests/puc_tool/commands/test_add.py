"""add: a layer enters the study once it is known to serve; a refused one leaves no trace."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile

import geopandas
import pytest

from layers import write
from layers.reference import Join
from puc_tool.studies import study_reading

ZONES = ("--field", "zone=SIGLA_Z", "--field", "name=TESTO")


@pytest.fixture
def ref(town):
    """Return the one layer of a role, as the study now says it."""

    def of(role, year=None):
        (found,) = [each for each in study_reading.read(town).of_role(role) if each.year == year]
        return found

    return of


@pytest.fixture
def taken(town):
    """Return the layer of a role as the study's shelf holds it."""
    from puc_tool.shelf import Shelf

    def of(role):
        study = study_reading.read(town)
        return Shelf(study).intake(study.of_role(role)[0]).layer

    return of


def test_that_a_layer_is_added_with_its_mapping(puc, town, plan, ref, taken):
    said = puc("add", town, "zoning", plan, *ZONES, "--year", 2003, "--credit", "Comune di Borgo", "--json")
    assert said.code == 0
    assert said.content == {"problems": []}
    found = ref("zoning", 2003)
    assert found.fields == {"zone": "SIGLA_Z", "name": "TESTO"}
    assert found.credit == "Comune di Borgo"
    assert taken("zoning")["zone"].tolist() == ["R1", "AG"]


def test_that_people_are_told_what_was_added(puc, town, plan):
    assert puc("add", town, "zoning", plan, *ZONES).out == "Zonizzazione del piano: aggiunto (2 elementi).\n"


def test_that_the_source_is_named_relative_to_the_study(puc, town, plan, ref):
    puc("add", town, "zoning", plan, *ZONES)
    assert ref("zoning").source == "../scaricati/piano.gpkg"


def test_that_usual_field_names_are_found_and_written_where_they_can_be_seen(puc, town, brought, plan, ref):
    path = brought / "usuale.gpkg"
    table = geopandas.read_file(plan).rename(columns={"SIGLA_Z": "SIGLA", "TESTO": "DESCR"})
    table.to_file(path, layer="zone", driver="GPKG")
    assert puc("add", town, "zoning", path).code == 0
    assert ref("zoning").fields == {"zone": "SIGLA", "name": "DESCR"}


def test_that_one_value_serves_all_features(puc, town, plan, ref, taken):
    assert puc("add", town, "zoning", plan, *ZONES, "--set-field", "dm1444=B").code == 0
    assert ref("zoning").values == {"dm1444": "B"}
    assert taken("zoning")["dm1444"].tolist() == ["B", "B"]


def test_that_codes_are_given_their_meaning(puc, town, plan, ref, taken):
    codes = ("--field", "dm1444=TIPO", "--code", "res=B", "--code", "agr=E")
    assert puc("add", town, "zoning", plan, *ZONES, *codes, "--json").content["problems"] == []
    assert ref("zoning").codes == {"res": "B", "agr": "E"}
    assert taken("zoning")["dm1444"].tolist() == ["B", "E"]


def test_that_a_code_nobody_explained_is_named(puc, town, plan):
    said = puc("add", town, "zoning", plan, *ZONES, "--field", "dm1444=TIPO", "--code", "res=B", "--json")
    assert said.code == 0
    problem = said.problems["code-unknown"]
    assert problem["severity"] == "warning"
    assert "agr" in problem["message"]
    assert "--code" in problem["remedy"]


def test_that_features_are_chosen(puc, town, plan, taken):
    said = puc("add", town, "zoning", plan, *ZONES, "--where", "TIPO = 'res'", "--json")
    assert said.code == 0
    assert taken("zoning")["zone"].tolist() == ["R1"]
    assert said.problems["selection-applied"]["severity"] == "info"


def test_that_a_crs_the_file_does_not_say_is_given(puc, town, faulty, ref, taken):
    path = faulty("no_crs")
    assert puc("add", town, "zoning", path, *ZONES, "--crs", "EPSG:3035").code == 0
    assert ref("zoning").crs == "EPSG:3035"
    assert taken("zoning").area.sum() == pytest.approx(1_000_000.0)


def test_that_an_encoding_is_given(puc, town, brought, plan, taken):
    path = brought / "piano.shp"
    table = geopandas.read_file(plan).assign(TESTO=["città", "più"])
    table.to_file(path, encoding="cp1252")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    assert puc("add", town, "zoning", path, *ZONES, "--encoding", "cp1252").code == 0
    assert taken("zoning")["name"].tolist() == ["città", "più"]


def test_that_a_table_is_joined(puc, town, brought, plan, ref, taken):
    (brought / "nomi.csv").write_text("cod;NOME\nR1;Residenza\nAG;Campi\n", encoding="utf-8")
    join = ("--join", brought / "nomi.csv", "--on", "SIGLA_Z=cod", "--field", "name=NOME")
    assert puc("add", town, "zoning", plan, "--field", "zone=SIGLA_Z", *join).code == 0
    assert ref("zoning").join == Join("../scaricati/nomi.csv", "SIGLA_Z", "cod")
    assert taken("zoning")["name"].tolist() == ["Residenza", "Campi"]


def test_that_a_layer_copied_in_needs_nothing_from_outside(puc, town, brought, plan, ref, taken):
    (brought / "nomi.csv").write_text("cod;NOME\nR1;Residenza\nAG;Campi\n", encoding="utf-8")
    join = ("--join", brought / "nomi.csv", "--on", "SIGLA_Z=cod", "--field", "name=NOME")
    assert puc("add", town, "zoning", plan, "--field", "zone=SIGLA_Z", *join, "--copy").code == 0
    assert (ref("zoning").source, ref("zoning").join.table) == ("data/piano.gpkg", "data/nomi.csv")
    shutil.rmtree(brought)
    assert taken("zoning")["name"].tolist() == ["Residenza", "Campi"]
    assert list(town.rglob("*.part*")) == []


@pytest.mark.parametrize("driver", ["shp", "tab", "asc"])
def test_that_a_copy_has_all_its_parts(puc, town, brought, plan, driver, taken):
    if driver == "asc":
        path = brought / "quote.asc"
        path.write_text("ncols 2\nnrows 2\nxllcorner 4306000\nyllcorner 2336000\ncellsize 500\n1 2\n3 4\n")
        path.with_suffix(".prj").write_text(geopandas.read_file(plan).crs.to_wkt("WKT1_ESRI"))
        words = ("elevation", path)
    else:
        path = brought / f"piano.{driver}"
        table = geopandas.read_file(plan).to_crs(32632)  # MapInfo has no words for EPSG:3035
        table.to_file(path, driver={"shp": "ESRI Shapefile", "tab": "MapInfo File"}[driver])
        words = ("zoning", path, *ZONES)
    assert puc("add", town, *words, "--copy").code == 0
    shutil.rmtree(brought)
    assert taken(words[0]) is not None


def test_that_another_file_of_the_name_is_not_overwritten(puc, refused, town, plan):
    mine = town / "data" / "piano.gpkg"
    mine.write_text("mio")
    assert refused("add", town, "zoning", plan, *ZONES, "--copy")["code"] == "copy-there-already"
    assert mine.read_text() == "mio"
    assert study_reading.read(town).of_role("zoning") == ()
    assert puc("add", town, "zoning", plan, *ZONES, "--copy", "--replace").code == 0
    assert mine.read_bytes() == plan.read_bytes()


def test_that_a_role_that_is_taken_is_refused_unless_replacing_is_asked(puc, refused, town, plan, ref):
    puc("add", town, "zoning", plan, *ZONES)
    problem = refused("add", town, "zoning", plan, *ZONES)
    assert problem["code"] == "role-taken"
    assert "--replace" in problem["remedy"]
    assert puc("add", town, "zoning", plan, *ZONES, "--replace", "--credit", "nuova").code == 0
    assert ref("zoning").credit == "nuova"


def test_that_each_year_has_its_place(puc, refused, town, plan):
    for year in (1998, 2003):
        assert puc("add", town, "zoning", plan, *ZONES, "--year", year).code == 0
    assert "2003" in refused("add", town, "zoning", plan, *ZONES, "--year", 2003)["message"]


def test_that_a_new_boundary_is_judged_by_itself_and_not_by_the_old(puc, town, brought):
    path = brought / "altro_comune.gpkg"
    far = geopandas.read_file(town / "data" / "borgo.gpkg", layer="confine")
    far.set_geometry(far.translate(300_000.0, 0.0)).to_file(path, driver="GPKG")
    assert puc("add", town, "boundary", path, "--replace").code == 0


REFUSALS = [
    ("missing", "zoning", ZONES, "source-missing"),
    ("not_a_format", "zoning", ZONES, "format-unknown"),
    ("broken_vector", "zoning", ZONES, "source-broken"),
    ("broken_raster", "elevation", (), "source-broken"),
    ("not_a_zip", "zoning", ZONES, "archive-broken"),
    ("xml", "elevation", (), "format-disguised"),
    ("no_crs", "zoning", ZONES, "crs-missing"),
    ("raster_no_crs", "elevation", (), "crs-missing"),
    ("elsewhere", "zoning", ZONES, "layer-elsewhere"),
    ("empty", "zoning", ZONES, "layer-empty"),
    ("lines", "zoning", ZONES, "geometry-kind"),
    ("overlapping", "zoning", ZONES, "units-overlap"),
    ("vector_as_raster", "elevation", (), "raster-wanted"),
]


@pytest.mark.parametrize(("kind", "role", "words", "code"), REFUSALS, ids=[row[0] for row in REFUSALS])
def test_that_what_does_not_serve_is_explained_and_leaves_no_trace(
    refused, town, faulty, hashes, kind, role, words, code
):
    path = faulty(kind)
    before = hashes(town.parent)
    assert refused("add", town, role, path, *words, "--copy")["code"] == code
    assert hashes(town.parent) == before


OPTIONS = [
    ((), "field-missing"),
    (("--field", "no=SIGLA_Z"), "role-field-unknown"),
    ((*ZONES, "--layer", "no"), "table-missing"),
    ((*ZONES, "--where", "TIPO = 'no'"), "layer-empty"),
    ((*ZONES, "--where", "__import__('os')"), "selection-unreadable"),
    ((*ZONES, "--crs", "EPSG:999999"), "crs-unknown"),
    ((*ZONES, "--crs", "EPSG:5703"), "crs-no-operation"),
    ((*ZONES, "--encoding", "klingon"), "encoding-wrong"),
    ((*ZONES, "--join", "perso.csv", "--on", "a=b"), "source-missing"),
]


@pytest.mark.parametrize(("words", "code"), OPTIONS, ids=[row[1] + str(at) for at, row in enumerate(OPTIONS)])
def test_that_options_that_do_not_fit_are_explained_and_leave_no_trace(refused, town, plan, hashes, words, code):
    before = hashes(town)
    assert refused("add", town, "zoning", plan, *words)["code"] == code
    assert hashes(town) == before


def test_that_a_field_that_is_not_there_is_named_with_those_that_are(puc, town, plan, hashes):
    before = hashes(town)
    said = puc("add", town, "zoning", plan, "--field", "zone=NO", "--json")
    assert said.code == 1
    assert "SIGLA_Z, TESTO, TIPO" in said.problems["field-mapped-missing"]["remedy"]
    assert hashes(town) == before


def test_that_a_raster_where_polygons_are_wanted_is_refused(refused, town):
    assert refused("add", town, "zoning", town / "data" / "suolo_2012.tif")["code"] == "vector-wanted"


def test_that_an_unknown_role_names_the_way_to_the_known(refused, town, plan):
    problem = refused("add", town, "zonning", plan)
    assert problem["code"] == "role-unknown"
    assert "puc-tool list roles" in problem["remedy"]


def test_that_one_table_of_many_must_be_named(refused, puc, town):
    source = town / "data" / "borgo.gpkg"
    problem = refused("add", town, "reference", source)
    assert problem["code"] == "table-unclear"
    assert "confine, quartieri" in problem["remedy"]
    assert puc("add", town, "reference", source, "--layer", "confine").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("--year", "2003", "--field", "zone"),
        ("--code", "=A"),
        ("--on", "a=b"),
        ("--join", "t.csv"),
        ("--year", "l'anno"),
        ("--year", "99999"),
    ],
)
def test_that_options_written_wrong_are_wrong_usage(puc, town, plan, hashes, words):
    before = hashes(town)
    assert puc("add", town, "zoning", plan, *words).code == 2
    assert hashes(town) == before


def test_that_a_year_for_a_role_without_years_is_wrong_usage(puc, town, plan):
    assert puc("add", town, "neighbourhoods", plan, "--year", 2003).code == 2


@pytest.mark.parametrize("name", ["study.toml", "piano.gpkg"])
def test_that_a_full_disk_leaves_the_study_as_it_was(refused, town, plan, hashes, monkeypatch, name):
    before = (town / "study.toml").read_bytes()
    sync = write._sync

    def full(path):
        if path.name.replace(f".{os.getpid()}.part", "") == name:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(path)

    monkeypatch.setattr(write, "_sync", full)
    assert refused("add", town, "zoning", plan, *ZONES, "--copy")["code"] == "cannot-write"
    assert (town / "study.toml").read_bytes() == before
    assert list(town.rglob("*.part*")) == []


def test_that_the_file_brought_is_left_as_it_was(puc, town, bow_tie):
    before = bow_tie.read_bytes()
    said = puc("add", town, "zoning", bow_tie, "--field", "zone=Z", "--json")
    assert said.problems["geometry-repaired"]["severity"] == "warning"
    assert bow_tie.read_bytes() == before


def test_that_a_study_that_is_broken_or_missing_is_told_first(refused, town, plan, tmp_path):
    assert refused("add", tmp_path / "perso", "zoning", plan)["code"] == "study-missing"
    (town / "study.toml").write_text("version = 1\n[study\n")
    assert refused("add", town, "zoning", plan)["code"] == "study-broken"


@pytest.fixture
def delivery(town, tmp_path):
    """Return a zip as an office sends it: the neighbourhoods in a zip of their own, and soil beside them."""
    with zipfile.ZipFile(tmp_path / "piano.zip", "w") as inner:
        inner.write(town / "data" / "borgo.gpkg", "borgo.gpkg")
    with zipfile.ZipFile(tmp_path / "consegna.zip", "w") as outer:
        outer.write(tmp_path / "piano.zip", "piano.zip")
        outer.write(town / "data" / "suolo_2012.tif", "suolo.tif")
    return tmp_path / "consegna.zip"


def test_that_a_dataset_of_several_in_a_zip_is_added_by_its_way(puc, town, delivery, ref, taken):
    layer = "piano.zip/borgo.gpkg/quartieri"
    assert puc("add", town, "neighbourhoods", delivery, "--layer", layer, "--replace").code == 0
    assert (ref("neighbourhoods").layer, len(taken("neighbourhoods"))) == (layer, 2)
    assert puc("add", town, "soil_consumption", delivery, "--layer", "suolo.tif", "--year", 2030).code == 0
    assert puc("run", town, "soil-consumption").code == 0


def test_that_without_a_choice_the_datasets_of_a_zip_are_named_and_nothing_is_added(puc, town, delivery):
    before = (town / "study.toml").read_bytes()
    said = puc("add", town, "neighbourhoods", delivery, "--replace")
    assert said.code == 1
    assert "--layer suolo.tif" in said.out + said.err
    assert (town / "study.toml").read_bytes() == before
