"""Mended copies live in the study: equal in, equal out, every step can be taken back."""

from __future__ import annotations

import json

import geopandas
import pytest
import shapely

from layers.reference import Join
from puc_tool import provenance
from puc_tool.mends import mending, receipts
from puc_tool.shelf import Shelf
from puc_tool.sources import trust
from puc_tool.studies import study_entries, study_reading

WEST, SOUTH = 4_306_000.0, 2_336_000.0


def ground(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


def zones(*geometry, **columns):
    return geopandas.GeoDataFrame(columns, geometry=list(geometry), crs=3035)


def test_that_equal_mends_of_equal_data_give_equal_bytes(study, plan, town):
    first = mending.apply(study, plan, {"dedupe": (), "close-gaps": ()})
    copies = [(town / name).read_bytes() for name in (first.copy, first.receipt)]
    mending.undo(study_reading.read(town), first.ref)
    mending.apply(study_reading.read(town), plan, {"close-gaps": (), "dedupe": ()})
    assert [(town / name).read_bytes() for name in (first.copy, first.receipt)] == copies


def test_that_the_receipt_names_neither_places_nor_people_nor_times(study, plan, town, tmp_path, monkeypatch):
    monkeypatch.setenv("USER", "mrossi")
    done = mending.apply(study, plan, {"dedupe": ()})
    text = (town / done.receipt).read_text(encoding="utf-8")
    assert "mrossi" not in text
    assert str(tmp_path) not in text
    assert provenance.now()[:10] not in text


def test_that_the_receipt_tells_what_was_done_and_with_what(study, plan, town, brought):
    done = mending.apply(study, plan, {"dedupe": (), "settle-overlaps": ["0.4", "larger"]})
    receipt = json.loads((town / done.receipt).read_text(encoding="utf-8"))
    assert (receipt["version"], receipt["role"], receipt["year"], receipt["crs"]) == (1, "zoning", None, "EPSG:3035")
    (step,) = receipt["steps"]
    assert step["tool"]["name"] == "puc-tool"
    assert {"shapely", "pyproj", "proj"} <= set(step["libraries"])
    assert step["originals"] == [{"source": "dato.gpkg", "sha256": provenance.fingerprint(brought / "dato.gpkg")}]
    assert step["copy"]["sha256"] == provenance.fingerprint(town / done.copy)
    assert (step["features"], step["copy"]["features"]) == (4, 3)
    dedupe, settled = step["mends"]
    assert dedupe["first"] == [{"row": 4, "title": "PA"}]
    assert settled["settings"] == {"tolerance_m": 0.4, "keeps": "larger"}
    assert (settled["before_m2"], settled["area_m2"], settled["after_m2"]) == pytest.approx(
        (1_000_100.0, 300.0, 999_800.0)
    )


def test_that_a_second_mending_starts_from_the_copy_and_undo_goes_one_step_back(study, plan, town, refuses):
    texts = [study_entries.read(town)]
    first = mending.apply(study, plan, {"dedupe": ()})
    texts.append(study_entries.read(town))
    second = mending.apply(study_reading.read(town), first.ref, {"settle-overlaps": (), "close-gaps": ()})
    assert (second.copy, second.receipt) == ("data/mended/zoning.2.gpkg", "data/mended/zoning.2.json")
    found = receipts.read(town, second.copy)
    assert [each["mend"] for each in found.mends] == ["dedupe", "settle-overlaps", "close-gaps"]
    assert found.steps[1]["originals"][0] == {"source": first.copy, "sha256": found.steps[0]["copy"]["sha256"]}
    assert mending.undo(study_reading.read(town), second.ref).ref == first.ref
    assert study_entries.read(town) == texts[1]
    assert mending.undo(study_reading.read(town), first.ref).ref == plan
    assert study_entries.read(town) == texts[0]
    told = refuses(mending.undo, study_reading.read(town), plan)
    assert told == ["mend-nothing-to-undo"]


def test_that_the_copy_is_read_as_any_layer_and_says_that_it_is_mended(study, plan, town, remarks):
    mending.apply(study, plan, {"dedupe": (), "settle-overlaps": (), "close-gaps": ()})
    said = remarks()
    assert set(said) == {"layer-mended"}
    assert said["layer-mended"].message.it == (
        "è una copia rimediata: dedupe (1), settle-overlaps (1), close-gaps (1)."
    )
    assert said["layer-mended"].effect.it == "La superficie è passata da 1.300.400,0 a 1.000.000,0 m²."


def test_that_what_was_said_of_the_original_is_still_said_of_the_copy(given_layer, town, remarks):
    # A plan in Gauss-Boaga: the conversion is good to some metres, and half of it is left out.
    there = geopandas.GeoSeries([ground(0, 0, 500, 1000), ground(500, 0, 1000, 1000)] * 2, crs=3035).to_crs(3003)
    frame = geopandas.GeoDataFrame({"zone": ["A", "B"] * 2, "t": [1, 1, 2, 2]}, geometry=there.values, crs=3003)
    ref = given_layer(frame, where="t = 1")
    before = remarks()
    assert {"crs-approximate", "selection-applied"} <= set(before)
    done = mending.apply(study_reading.read(town), ref, {"reproject": ()})
    assert set(remarks()) == {*before, "layer-mended"}
    assert (done.ref.where, done.ref.crs) == (None, None)
    assert len(geopandas.read_file(town / done.copy)) == 2


def test_that_a_joined_table_is_in_the_copy_and_its_change_makes_it_stale(given_layer, town, brought, remarks):
    (brought / "nomi.csv").write_text("k;zone\n1;A\n2;B\n", encoding="utf-8")
    trust.agree(brought / "nomi.csv")
    frame = zones(ground(0, 0, 500, 1000), ground(500.2, 0, 1000, 1000), k=["1", "2"])
    ref = given_layer(frame, join=Join("../scaricati/nomi.csv", "k", "k"))
    done = mending.apply(study_reading.read(town), ref, {"close-gaps": ()})
    assert done.ref.join is None
    assert geopandas.read_file(town / done.copy)["zone"].tolist() == ["A", "B"]
    assert "mended-copy-stale" not in remarks()
    (brought / "nomi.csv").write_text("k;zone\n1;A\n2;C\n", encoding="utf-8")
    assert "mended-copy-stale" in remarks()


def test_that_a_yearly_layer_has_its_year_in_the_name(given_layer, town):
    ref = given_layer(zones(ground(0, 0, 500, 1000), None, code=["111", "112"]), "land_use", year=2018)
    assert mending.apply(study_reading.read(town), ref, {"drop-empty": ()}).copy == "data/mended/land_use-2018.gpkg"
    assert mending.layer_of(study_reading.read(town), "land_use").year == 2018


def test_that_points_and_polygons_of_one_layer_go_into_one_copy(given_layer, town):
    mixed = zones(shapely.Point(WEST, SOUTH), ground(0, 0, 10, 10), None, kind=["scuola", "scuola", "scuola"])
    ref = given_layer(mixed, "services")
    done = mending.apply(study_reading.read(town), ref, {"drop-empty": ()})
    assert Shelf(study_reading.read(town)).intake(done.ref).features == 2


def test_that_the_boundary_itself_can_be_mended(town, given_layer):
    bow_tie = shapely.Polygon([(WEST, SOUTH), (WEST + 10, SOUTH + 10), (WEST + 10, SOUTH), (WEST, SOUTH + 10)])
    ref = given_layer(zones(bow_tie, name=["Borgo"]), "boundary")
    done = mending.apply(study_reading.read(town), ref, {"repair": ()})
    assert done.lines[0].after_m2 == pytest.approx(50.0)


def test_that_mends_that_leave_nothing_are_refused(given_layer, town, hashes, refuses):
    flat = shapely.Polygon([(WEST, SOUTH), (WEST + 10, SOUTH), (WEST + 5, SOUTH)])
    ref = given_layer(zones(flat, zone=["A"]))
    before = hashes(town)
    told = refuses(mending.apply, study_reading.read(town), ref, {"repair": ()})
    assert told == ["mend-nothing-left"]
    assert hashes(town) == before


def test_that_a_layer_without_a_crs_is_refused(given_layer, town, refuses):
    with pytest.warns(UserWarning, match="crs"):
        ref = given_layer(zones(ground(0, 0, 10, 10), zone=["A"]).set_crs(None, allow_override=True))
    told = refuses(mending.proposals, study_reading.read(town), ref)
    assert told == ["crs-missing"]


def test_that_a_source_nobody_agreed_to_is_not_read(study, plan, monkeypatch, refuses):
    monkeypatch.setattr(trust, "_agreed", frozenset)
    for work in (lambda: mending.proposals(study, plan), lambda: mending.apply(study, plan, {"dedupe": ()})):
        assert refuses(work) == ["source-outside"]
