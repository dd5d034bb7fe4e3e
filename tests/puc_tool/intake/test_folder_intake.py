"""A new study from a folder: what is clear is added, a tie is asked, the rest is named with its reason."""

from __future__ import annotations

import shutil

import geopandas
import numpy as np
import pytest
import shapely

from analyses.progress import Cancelled, silent
from layers.problems import PucError
from puc_tool.intake.folder_intake import Talk, add_folder
from puc_tool.intake.folder_remarks import summary
from puc_tool.intake.outcomes import State
from puc_tool.studies import study_reading

BARE = 'version = 1\n[study]\ntitle = "Prova"\ncomuni = []\ncrs = "EPSG:3035"\n'
BOUNDARY = '[[layer]]\nrole = "boundary"\nsource = "data/borgo.gpkg"\nlayer = "confine"\n'
WEST, SOUTH = 4_306_000.0, 2_336_000.0


@pytest.fixture
def bare(town):
    (town / "study.toml").write_text(BARE + BOUNDARY, encoding="utf-8")
    return town


@pytest.fixture
def delivery(town, brought):
    """Return what an office sends: data with telling names, beside things that are none."""
    shutil.copy(town / "data" / "suolo_2023.tif", brought / "consumo_suolo_ispra_2023.tif")
    shutil.copy(town / "data" / "borgo.gpkg", brought / "borgo.gpkg")
    (brought / "lettera.pdf").write_bytes(b"%PDF-")
    (brought / "rotto.shp").write_bytes(b"cut off")
    return brought


def square(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


def write(path, shapes, **columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    geopandas.GeoDataFrame(columns, geometry=shapes, crs=3035).to_file(path)


def points(path, **columns):
    write(
        path, [shapely.Point(WEST + 100 + i, SOUTH + 100) for i in range(len(next(iter(columns.values()))))], **columns
    )


def added(folder):
    return {(ref.role, ref.year) for ref in study_reading.read(folder).layers}


def of(brought, name):
    return next(outcome for outcome in brought.outcomes if outcome.name == name)


def codes(outcome):
    return [problem.code for problem in outcome.problems]


def test_that_what_is_clear_is_added_and_the_rest_told(bare, delivery):
    done = add_folder(bare, delivery, silent)
    assert added(bare) == {("boundary", None), ("neighbourhoods", None), ("soil_consumption", 2023)}
    assert {each.name: each.state for each in done.outcomes} == {
        "borgo.gpkg: confine": State.REFUSED,
        "borgo.gpkg: quartieri": State.ADDED,
        "consumo_suolo_ispra_2023.tif": State.ADDED,
        "rotto.shp": State.UNREAD,
    }
    assert all(problem.severity != "error" for problem in done.problems)
    assert {"source-broken", "role-taken"} <= {problem.code for problem in done.problems}


def test_that_the_mapping_and_the_year_are_written_into_the_study(bare, brought):
    write(brought / "PUC_2003.gpkg", [square(0, 0, 1000, 500), square(0, 500, 1000, 1000)], COD_AMB=["A1", "B2"])
    add_folder(bare, brought, silent)
    (ref,) = study_reading.read(bare).of_role("zoning")
    assert (ref.year, ref.layer, dict(ref.fields)) == (2003, "PUC_2003", {"zone": "COD_AMB"})


def test_that_a_synonym_is_written_and_a_close_code_is_left_to_confirm(bare, brought):
    points(brought / "servizi.gpkg", amenity=["pharmacy", "punto farmacia"])
    done = add_folder(bare, brought, silent)
    (ref,) = study_reading.read(bare).of_role("services")
    assert dict(ref.codes) == {"pharmacy": "farmacia"}
    words = "\n".join(line.it for line in summary(done))
    assert "da confermare: i codici proposti: «punto farmacia» = farmacia (somiglianza: 95 %)" in words


def test_that_a_role_already_taken_stays_with_the_study(bare, delivery):
    before = study_reading.read(bare).of_role("boundary")
    done = add_folder(bare, delivery, silent)
    assert study_reading.read(bare).of_role("boundary") == before
    assert codes(of(done, "borgo.gpkg: confine")) == ["role-taken"]


def test_that_a_layer_that_does_not_serve_is_not_added(bare, faulty):
    path = faulty("no_crs")
    path.rename(path.with_name("quartieri_zone.gpkg"))
    before = (bare / "study.toml").read_bytes()
    done = add_folder(bare, path.parent, silent)
    assert State.ADDED not in {each.state for each in done.outcomes}
    assert done.problems
    assert (bare / "study.toml").read_bytes() == before


def test_that_data_of_another_place_is_told_with_its_crs_in_doubt(bare, faulty):
    path = faulty("elsewhere")
    path.rename(path.with_name("zonizzazione.gpkg"))
    (outcome,) = add_folder(bare, path.parent, silent).outcomes
    assert (outcome.state, codes(outcome)) == (State.ELSEWHERE, ["layer-elsewhere"])
    assert "EPSG:4326" in outcome.problems[0].remedy.it


def test_that_an_empty_layer_is_told_as_such(bare, faulty):
    path = faulty("empty")
    path.rename(path.with_name("zonizzazione.gpkg"))
    (outcome,) = add_folder(bare, path.parent, silent).outcomes
    assert (outcome.state, codes(outcome)) == (State.REFUSED, ["layer-empty"])


def test_that_a_tie_is_named_with_both_reasons(bare, brought):
    write(brought / "carta.gpkg", [square(i * 100, 0, i * 100 + 90, 90) for i in range(3)], CL=["P1", "P2", "P3"])
    (outcome,) = add_folder(bare, brought, silent).outcomes
    assert outcome.state is State.TIED
    (problem,) = outcome.problems
    assert problem.code == "role-unclear"
    assert "landslide_hazard (" in problem.message.it
    assert "flood_hazard (" in problem.message.it
    assert problem.message.it.count("il campo «CL» ha i valori di «Classe di pericolosità»: 3 di 3") == 2


def test_that_a_tie_is_settled_by_who_sits_there(bare, brought):
    write(brought / "carta_frane_alluvioni.gpkg", [square(0, 0, 90, 90), square(200, 0, 290, 90)], CL=["P1", "P2"])
    asked = []

    def answer(question):
        asked.append(question.it)
        choices = question.it.splitlines()
        return next(line[0] for line in choices if "Pericolosità idraulica" in line)

    (outcome,) = add_folder(bare, brought, silent, Talk(answer)).outcomes
    assert len(asked) == 1
    assert asked[0].startswith("Che ruolo ha carta_frane_alluvioni.gpkg?")
    assert (outcome.state, outcome.proposal.role.id) == (State.ADDED, "flood_hazard")


@pytest.mark.parametrize("answer", ["0", "", "x", "99", "-1"])
def test_that_an_answer_that_names_no_role_leaves_the_data_out(bare, brought, answer):
    write(brought / "carta_frane_alluvioni.gpkg", [square(0, 0, 90, 90), square(200, 0, 290, 90)], CL=["P1", "P2"])
    (outcome,) = add_folder(bare, brought, silent, Talk(lambda question: answer)).outcomes
    assert outcome.state is State.TIED
    assert added(bare) == {("boundary", None)}


def test_that_two_datasets_of_one_role_are_both_named_and_none_taken(bare, brought):
    points(brought / "farmacie.gpkg", nome=["A", "B"])
    points(brought / "biblioteche.gpkg", nome=["C", "D"])
    done = add_folder(bare, brought, silent)
    assert added(bare) == {("boundary", None)}
    assert [codes(each) for each in done.outcomes] == [["role-several"], ["role-several"]]
    assert "farmacie.gpkg" in of(done, "biblioteche.gpkg").problems[0].message.it


def test_that_one_of_two_datasets_is_chosen_by_who_sits_there(bare, brought):
    points(brought / "farmacie.gpkg", nome=["A", "B"])
    points(brought / "biblioteche.gpkg", nome=["C", "D"])
    done = add_folder(bare, brought, silent, Talk(lambda question: "2"))
    assert of(done, "farmacie.gpkg").state is State.ADDED
    assert "è stato preso farmacie.gpkg" in of(done, "biblioteche.gpkg").problems[0].message.it


def test_that_two_years_of_a_yearly_role_are_both_taken(bare, town, brought):
    for year in (2012, 2023):
        shutil.copy(town / "data" / f"suolo_{year}.tif", brought / f"consumo_suolo_{year}.tif")
    add_folder(bare, brought, silent)
    assert added(bare) >= {("soil_consumption", 2012), ("soil_consumption", 2023)}


def test_that_two_years_of_a_role_without_years_are_told_with_their_names(bare, brought):
    for year in (2010, 2020):
        write(
            brought / f"quartieri_{year}.gpkg", [square(0, 0, 500, 1000), square(500, 0, 1000, 1000)], nome=["A", "B"]
        )
    done = add_folder(bare, brought, silent)
    assert "quartieri_2020.gpkg" in of(done, "quartieri_2010.gpkg").problems[0].message.it


def test_that_sheets_of_one_dataset_are_known_as_such(bare, brought):
    for name, left in (("ovest", 0), ("est", 500)):
        shapes = [square(left, 0, left + 500, 500), square(left, 500, left + 500, 1000)]
        write(brought / f"quartieri_{name}.gpkg", shapes, nome=["A", "B"])
    done = add_folder(bare, brought, silent)
    assert all("Sono parti vicine dello stesso dato" in each.problems[0].remedy.it for each in done.outcomes)


def test_that_a_table_without_a_place_is_told_how_it_joins(bare, brought):
    (brought / "popolazione.csv").write_text("sezione;residenti\n1;10\n2;20\n")
    (outcome,) = add_folder(bare, brought, silent).outcomes
    assert codes(outcome) == ["table-without-place"]
    assert "--join" in outcome.problems[0].remedy.it


def test_that_the_table_at_the_end_says_role_reason_and_what_is_missing(bare, delivery):
    lines = [line.it for line in summary(add_folder(bare, delivery, silent))]
    at = next(place for place, line in enumerate(lines) if "aggiunto: Consumo di suolo (ISPRA) 2023" in line)
    assert lines[at].startswith("consumo_suolo_ispra_2023.tif")
    assert "perché: le celle hanno i codici del ruolo" in lines[at + 1]
    assert any(line.startswith("rotto.shp") and line.endswith("non letto") for line in lines)


def test_that_an_empty_folder_says_so(bare, brought):
    assert [line.it for line in summary(add_folder(bare, brought, silent))] == ["Nessun dato nella cartella."]


def test_that_the_folder_handed_over_is_left_as_it_was(bare, delivery, hashes):
    before = hashes(delivery)
    add_folder(bare, delivery, silent)
    assert hashes(delivery) == before


def test_that_a_folder_that_is_not_there_is_refused(bare, tmp_path):
    with pytest.raises(PucError) as caught:
        add_folder(bare, tmp_path / "perso", silent)
    assert [problem.code for problem in caught.value.problems] == ["folder-missing"]


def test_that_every_file_is_a_point_of_cancellation(bare, delivery):
    told = []
    add_folder(bare, delivery, lambda share, message: told.append(message.it))
    assert [words for words in told if words.startswith("Leggo")] == [
        f"Leggo {name}" for name in ("consumo_suolo_ispra_2023.tif", "rotto.shp", "borgo.gpkg")
    ]


@pytest.mark.parametrize("moment", range(6))
def test_that_stopped_at_any_moment_the_study_is_valid(bare, delivery, moment):
    told = []

    def report(share, message):
        told.append(message.it)
        if len(told) > moment:
            raise Cancelled

    try:
        add_folder(bare, delivery, report)
    except Cancelled:
        assert len(told) == moment + 1
    assert ("boundary", None) in added(bare)
    for ref in study_reading.read(bare).layers:
        assert ref.path(bare).exists()


def test_that_the_same_folder_always_gives_the_same_study(bare, delivery):
    before = (bare / "study.toml").read_bytes()
    add_folder(bare, delivery, silent)
    once = (bare / "study.toml").read_bytes()
    (bare / "study.toml").write_bytes(before)
    add_folder(bare, delivery, silent)
    assert (bare / "study.toml").read_bytes() == once
    assert np.all(once != before)
