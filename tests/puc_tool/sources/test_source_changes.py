"""A source that changed since the results: how many features, how much ground, which analyses; nothing else is read."""

from __future__ import annotations

import dataclasses
import errno
import json
import shutil
import zipfile

import geopandas
import numpy as np
import pytest
import rasterio
import shapely

from analyses import registry
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers import write
from puc_tool import shelf as shelves
from puc_tool.shelf import Shelf
from puc_tool.sources import source_changes, source_record
from puc_tool.studies import study_reading
from puc_tool.working.session import Session

RECORD = ".sources.zip"


@pytest.fixture
def ran(town, puc):
    """Return the borough with its results."""
    assert puc("run", town).code == 0
    return town


def halves_of(town):
    return geopandas.read_file(town / "data" / "borgo.gpkg", layer="quartieri")


def put_halves(town, halves):
    """Write the neighbourhoods anew, with the boundary as it was."""
    path = town / "data" / "borgo.gpkg"
    boundary = geopandas.read_file(path, layer="confine")
    path.unlink()
    boundary.to_file(path, layer="confine", driver="GPKG")
    halves.to_file(path, layer="quartieri", driver="GPKG")


def part_of(town, left_m, right_m):
    west, south, _, north = geopandas.read_file(town / "data" / "borgo.gpkg", layer="confine").total_bounds
    return shapely.box(west + left_m, south, west + right_m, north)


def fewer_and_more(town):
    """Levante loses its last 100 m (10 ha), a new one takes half of them (5 ha)."""
    halves = halves_of(town)
    shrunk = halves.assign(geometry=[halves.geometry[0], part_of(town, 500, 900)])
    new = geopandas.GeoDataFrame({"name": ["Punta"], "code": ["U"]}, geometry=[part_of(town, 950, 1000)], crs=3035)
    put_halves(town, geopandas.pd.concat([shrunk, new], ignore_index=True))


def recolour(path, cells):
    """Give the first ``cells`` cells of row 60 another class."""
    with rasterio.open(path) as dataset:
        profile, values = dataset.profile, dataset.read(1)
    values[60, 20 : 20 + cells] = 112
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(values, 1)


def told(town, analyses=()):
    return source_changes.told(Shelf(study_reading.read(town)), analyses)


def sentences(town):
    return [problem.sentence("it") for problem in told(town)]


def test_that_what_did_not_change_is_not_told_and_not_read(ran, monkeypatch):
    monkeypatch.setattr(shelves, "take_in", lambda *args: pytest.fail("a layer was read"))
    assert told(ran) == []


def test_that_before_any_results_nothing_is_told(town):
    fewer_and_more(town)
    assert told(town) == []


def test_that_polygons_are_counted_with_their_ground_and_the_analyses_they_touch(ran):
    fewer_and_more(ran)
    # One polygon smaller by 10 ha, one new of 5 ha: 5 ha less in all.
    assert sentences(ran) == [
        "Confine comunale: il file è cambiato dopo l'ultimo calcolo, ma non in quello che lo studio ne usa. "
        "Riguarda: consumo di suolo. Eseguire di nuovo: puc-tool run STUDIO soil-consumption.",
        "Quartieri: il dato è cambiato dopo l'ultimo calcolo: 2 poligoni, \u22125,00\u202fha. "
        "Cambiati 1, aggiunti 1, tolti 0. Riguarda: consumo di suolo. "
        "Eseguire di nuovo: puc-tool run STUDIO soil-consumption.",
    ]
    boundary, halves = told(ran)
    assert (boundary.code, boundary.severity) == ("source-changed", "info")
    assert (halves.code, halves.severity) == ("source-changed", "warning")


def test_that_a_polygon_taken_away_is_counted(ran):
    put_halves(ran, halves_of(ran).iloc[:1])
    assert "1 poligono, \u221250,00\u202fha. Cambiati 0, aggiunti 0, tolti 1. " in sentences(ran)[1]


def test_that_another_name_is_a_change_without_ground(ran):
    put_halves(ran, halves_of(ran).assign(name=["Ponente", "Oriente"]))
    assert "1 poligono, superficie invariata. Cambiati 1, aggiunti 0, tolti 0." in sentences(ran)[1]


def test_that_a_field_the_study_does_not_use_and_another_order_are_no_change(ran):
    put_halves(ran, halves_of(ran).iloc[::-1].assign(nota="vista"))
    assert all("ma non in quello che lo studio ne usa" in sentence for sentence in sentences(ran))


def test_that_a_little_ground_is_told_in_square_metres(ran):
    halves = halves_of(ran)
    put_halves(ran, halves.assign(geometry=[halves.geometry[0], part_of(ran, 500, 999.9)]))
    # 0.1 m × 1 000 m.
    assert "1 poligono, \u2212100\u202fm²." in sentences(ran)[1]


def test_that_cells_are_counted_with_their_ground(ran):
    recolour(ran / "data" / "suolo_2023.tif", 42)
    # 42 cells of 100 m².
    assert sentences(ran) == [
        "Consumo di suolo (ISPRA) 2023: il dato è cambiato dopo l'ultimo calcolo: 42 celle, 0,42\u202fha. "
        "Riguarda: consumo di suolo. Eseguire di nuovo: puc-tool run STUDIO soil-consumption."
    ]


def test_that_one_cell_is_one(ran):
    recolour(ran / "data" / "suolo_2023.tif", 1)
    assert "1 cella, 100\u202fm²." in sentences(ran)[0]


def test_that_of_cells_elsewhere_only_the_change_is_told(ran):
    path = ran / "data" / "suolo_2023.tif"
    with rasterio.open(path) as dataset:
        profile, values = dataset.profile, dataset.read(1)
    half = profile["transform"] @ profile["transform"].scale(0.5)
    profile |= {"width": 240, "height": 240, "transform": half}
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(values.repeat(2, 0).repeat(2, 1), 1)
    assert "il dato è cambiato dopo l'ultimo calcolo; quanto, non si può dire." in sentences(ran)[0]


def test_that_a_run_tells_it_once_and_then_all_is_as_the_results_say(ran, puc):
    recolour(ran / "data" / "suolo_2023.tif", 42)
    said = puc("run", ran, "--json")
    assert said.content["ran"] == ["soil-consumption"]
    assert said.problems["source-changed"]["remedy"] == "Viene ricalcolato adesso."
    assert told(ran) == []
    assert "source-changed" not in puc("run", ran, "--json").problems


def test_that_the_count_stays_relative_to_the_results_until_they_are_computed_again(ran):
    for cells in (10, 42):
        recolour(ran / "data" / "suolo_2023.tif", cells)
        assert f"{cells} celle" in sentences(ran)[0]


def test_that_check_tells_it_and_changes_nothing(ran, puc, hashes):
    recolour(ran / "data" / "suolo_2023.tif", 42)
    before = hashes(ran)
    said = puc("check", ran, "--json")
    assert said.problems["source-changed"]["message"].endswith("42 celle, 0,42\u202fha.")
    assert said.code == 0
    assert hashes(ran) == before


def test_that_opening_in_the_window_tells_it_until_the_run(ran):
    recolour(ran / "data" / "suolo_2023.tif", 42)
    session = Session(study_reading.read(ran), SOIL_CONSUMPTION)
    session.read_layers()
    assert "source-changed" in {problem.code for problem in session.check()}
    session.run()
    assert "source-changed" not in {problem.code for problem in session.check()}


def test_that_a_file_changed_while_the_study_is_open_is_read_again_for_the_run(ran):
    session = Session(study_reading.read(ran), SOIL_CONSUMPTION)
    session.read_layers()
    fewer_and_more(ran)
    _, found = session.run()
    by_half = found.table("by_neighbourhood").frame.set_index("code")["area_m2"]
    assert by_half["L"] == pytest.approx(400_000.0)
    assert by_half["U"] == pytest.approx(50_000.0)


def test_that_a_file_changed_after_it_was_read_is_not_recorded_as_what_was_read(ran):
    shelf = Shelf(study_reading.read(ran))
    (ref,) = [ref for ref in shelf.study.layers if ref.key == ("soil_consumption", 2023)]
    shelf.intake(ref)
    (ran / "results" / RECORD).unlink()
    recolour(ran / "data" / "suolo_2023.tif", 42)
    source_changes.remember(shelf, [ref])
    assert source_record.read(shelf.study) == {}


def test_that_a_missing_source_is_told_as_missing_alone(ran, puc):
    (ran / "data" / "suolo_2023.tif").unlink()
    assert told(ran) == []
    assert "source-missing" in puc("check", ran, "--json").problems


def test_that_the_record_moves_with_the_study(ran, tmp_path):
    moved = shutil.move(ran, tmp_path / "altrove")
    recolour(moved / "data" / "suolo_2023.tif", 42)
    assert "42 celle" in sentences(moved)[0]


def test_that_the_same_data_give_the_same_record(town, puc, tmp_path):
    other = shutil.copytree(town, tmp_path / "altrove")
    for folder in (town, other):
        assert puc("run", folder).code == 0
    first, second = ((folder / "results" / RECORD).read_bytes() for folder in (town, other))
    assert first == second
    with zipfile.ZipFile(town / "results" / RECORD) as archive:
        text = archive.read("index.json").decode()
    assert str(tmp_path) not in text
    assert [row["layer"] for row in json.loads(text)["layers"]] == [
        "boundary", "neighbourhoods", "soil_consumption 2012", "soil_consumption 2023",
    ]  # fmt: skip


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.json", b" " * 300_000_000)


def _other(path, index):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("index.json", json.dumps(index))
        archive.writestr("0.npy", b"\x93NUMPY not really")


ROW = {"layer": "boundary", "sha256": ["a"], "recipe": "b", "kind": "polygon", "area_m2": 1, "place": ""}
DAMAGE = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:200]),
    "empty": lambda path: path.write_bytes(b""),
    "no zip": lambda path: path.write_text("ciao"),
    "a bomb": _bomb,
    "no layers": lambda path: _other(path, {"version": 1}),
    "a list": lambda path: _other(path, []),
    "a later version": lambda path: _other(path, {"version": 99, "layers": [{**ROW, "marks": "0.npy"}]}),
    "no marks": lambda path: _other(path, {"version": 1, "layers": [{**ROW, "marks": "9.npy"}]}),
    "marks of another kind": lambda path: _other(path, {"version": 1, "layers": [{**ROW, "marks": "0.npy"}]}),
    "rows of nothing": lambda path: _other(path, {"version": 1, "layers": [None, 3, "a"]}),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_that_a_damaged_record_costs_only_the_count_and_is_built_again(ran, puc, damage):
    whole = (ran / "results" / RECORD).read_bytes()
    DAMAGE[damage](ran / "results" / RECORD)
    assert source_record.read(study_reading.read(ran)) == {}
    assert puc("run", ran, "--json").content["unchanged"] == ["soil-consumption"]
    assert (ran / "results" / RECORD).read_bytes() == whole
    DAMAGE[damage](ran / "results" / RECORD)
    recolour(ran / "data" / "suolo_2023.tif", 42)
    assert "quanto, non si può dire" in sentences(ran)[0]


def test_that_every_flipped_byte_of_the_record_is_borne(ran):
    study, path = study_reading.read(ran), ran / "results" / RECORD
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        source_record.read(study)


def test_that_a_record_that_can_t_be_written_does_not_undo_the_run(town, puc, monkeypatch):
    data = write.data

    def full_disk(path, content):
        if path.name == RECORD:
            raise write.PucError(write.cannot_write(path, OSError(errno.ENOSPC, "full")))
        data(path, content)

    monkeypatch.setattr(write, "data", full_disk)
    said = puc("run", town, "--json")
    assert (said.code, said.content["ran"]) == (0, ["soil-consumption"])
    assert said.problems["cannot-write"]["severity"] == "warning"


def test_that_a_run_written_elsewhere_leaves_no_record(town, puc, tmp_path):
    assert puc("run", town, "--to", tmp_path / "altrove").code == 0
    assert not (town / "results").exists()
    assert not (tmp_path / "altrove" / RECORD).exists()


def test_that_each_analysis_with_older_results_is_named_and_keeps_its_basis(ran, monkeypatch):
    # A second analysis with the same inputs, whose results rest on the same files.
    twin = dataclasses.replace(SOIL_CONSUMPTION, id="twin", title=write.Text("Gemella", "Twin"))
    monkeypatch.setattr(registry, "ALL", (SOIL_CONSUMPTION, twin))
    shutil.copytree(ran / "results" / "soil-consumption", ran / "results" / "twin")
    recolour(ran / "data" / "suolo_2023.tif", 42)
    assert "Riguarda: consumo di suolo, gemella." in sentences(ran)[0]
    session = Session(study_reading.read(ran), SOIL_CONSUMPTION)
    session.run()
    (left,) = told(ran)
    assert "42 celle" in left.message.it
    assert left.remedy.it == "Eseguire di nuovo: puc-tool run STUDIO twin."


def test_that_the_table_joined_to_a_layer_counts_as_part_of_it(town, puc, brought):
    table = brought / "nomi.csv"
    table.write_text("code,nome\nP,Ponente\nL,Levante\n", encoding="utf-8")
    source = town / "data" / "borgo.gpkg"
    added = puc("add", town, "neighbourhoods", source, "--layer", "quartieri", "--replace", "--join", table,
                "--on", "code=code", "--field", "name=nome")  # fmt: skip
    assert added.code == 0, added
    assert puc("run", town).code == 0
    assert told(town) == []
    table.write_text("code,nome\nP,Ponente\nL,Oriente\n", encoding="utf-8")
    (sentence,) = sentences(town)
    assert sentence.startswith("Quartieri: il dato è cambiato dopo l'ultimo calcolo: 1 poligono, superficie invariata.")


def test_that_a_record_of_many_features_stays_small(tmp_path, town):
    marks = np.random.default_rng(1).integers(0, 2**63, 500_000, dtype=np.uint64)
    content = source_changes.source_record.Content("polygon", np.sort(marks), 1.0)
    study = study_reading.read(town)
    source_record.save(study, {"parcels": source_record.Seen(("a",), "b", content)})
    assert (town / "results" / RECORD).stat().st_size < 4_100_000
    kept = source_record.read(study)["parcels"]
    assert np.array_equal(kept.content.marks, content.marks)
