"""Mended copies live in the study: nothing half-done, nothing of the user's touched, every step can be taken back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import geopandas
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers import write
from layers.problems import PucError
from layers.reference import Join, LayerRef
from puc_tool import mending, provenance, receipts, study_editing, study_entries, study_reading, trust
from puc_tool.shelf import Shelf

WEST, SOUTH = 4_306_000.0, 2_336_000.0
ROOT = Path(__file__).resolve().parents[2]


def ground(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


@pytest.fixture
def given_layer(town, brought):
    """Let the borough's study name a file of the given features; return how."""

    def of(frame, role="zoning", name="dato.gpkg", **words):
        frame.to_file(brought / name, layer="tabella", driver="GPKG")
        ref = LayerRef(role, f"../scaricati/{name}", "tabella", **words)
        document = study_reading.document(town)
        study_editing.put_layer(document, ref, replace=True)
        study_editing.save(document, town)
        trust.agree(brought / name)
        return ref

    return of


def zones(*geometry, **columns):
    return geopandas.GeoDataFrame(columns, geometry=list(geometry), crs=3035)


@pytest.fixture
def plan(given_layer):
    """Return two zones with a gap of 0.2 m x 1000 m and an overlap with a third of 0.3 m x 1000 m, and a copy."""
    geometry = [ground(0, 0, 1000, 400), ground(0, 400.2, 1000, 700), *[ground(0, 699.7, 1000, 1000)] * 2]
    return given_layer(zones(*geometry, zone=["R1", "AG", "PA", "PA"]))


@pytest.fixture
def study(town, plan):
    return study_reading.read(town)


def code_of(refusal):
    return [problem.code for problem in refusal.value.problems]


def remarks(folder, role="zoning"):
    study = study_reading.read(folder)
    return {problem.code: problem for problem in Shelf(study).intake(study.of_role(role)[0]).problems}


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


def test_that_a_second_mending_starts_from_the_copy_and_undo_goes_one_step_back(study, plan, town):
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
    with pytest.raises(PucError) as refusal:
        mending.undo(study_reading.read(town), plan)
    assert code_of(refusal) == ["mend-nothing-to-undo"]


def test_that_the_copy_is_read_as_any_layer_and_says_that_it_is_mended(study, plan, town):
    mending.apply(study, plan, {"dedupe": (), "settle-overlaps": (), "close-gaps": ()})
    said = remarks(town)
    assert set(said) == {"layer-mended"}
    assert said["layer-mended"].message.it == (
        "è una copia rimediata: dedupe (1), settle-overlaps (1), close-gaps (1)."
    )
    assert said["layer-mended"].effect.it == "La superficie è passata da 1.300.400,0 a 1.000.000,0 m²."


def test_that_what_was_said_of_the_original_is_still_said_of_the_copy(given_layer, town):
    # A plan in Gauss-Boaga: the conversion is good to some metres, and half of it is left out.
    there = geopandas.GeoSeries([ground(0, 0, 500, 1000), ground(500, 0, 1000, 1000)] * 2, crs=3035).to_crs(3003)
    frame = geopandas.GeoDataFrame({"zone": ["A", "B"] * 2, "t": [1, 1, 2, 2]}, geometry=there.values, crs=3003)
    ref = given_layer(frame, where="t = 1")
    before = remarks(town)
    assert {"crs-approximate", "selection-applied"} <= set(before)
    done = mending.apply(study_reading.read(town), ref, {"reproject": ()})
    assert set(remarks(town)) == {*before, "layer-mended"}
    assert (done.ref.where, done.ref.crs) == (None, None)
    assert len(geopandas.read_file(town / done.copy)) == 2


def test_that_a_joined_table_is_in_the_copy_and_its_change_makes_it_stale(given_layer, town, brought):
    (brought / "nomi.csv").write_text("k;zone\n1;A\n2;B\n", encoding="utf-8")
    trust.agree(brought / "nomi.csv")
    frame = zones(ground(0, 0, 500, 1000), ground(500.2, 0, 1000, 1000), k=["1", "2"])
    ref = given_layer(frame, join=Join("../scaricati/nomi.csv", "k", "k"))
    done = mending.apply(study_reading.read(town), ref, {"close-gaps": ()})
    assert done.ref.join is None
    assert geopandas.read_file(town / done.copy)["zone"].tolist() == ["A", "B"]
    assert "mended-copy-stale" not in remarks(town)
    (brought / "nomi.csv").write_text("k;zone\n1;A\n2;C\n", encoding="utf-8")
    assert "mended-copy-stale" in remarks(town)


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


def test_that_mends_that_leave_nothing_are_refused(given_layer, town, hashes):
    flat = shapely.Polygon([(WEST, SOUTH), (WEST + 10, SOUTH), (WEST + 5, SOUTH)])
    ref = given_layer(zones(flat, zone=["A"]))
    before = hashes(town)
    with pytest.raises(PucError) as refusal:
        mending.apply(study_reading.read(town), ref, {"repair": ()})
    assert code_of(refusal) == ["mend-nothing-left"]
    assert hashes(town) == before


def test_that_a_layer_without_a_crs_is_refused(given_layer, town):
    with pytest.warns(UserWarning, match="crs"):
        ref = given_layer(zones(ground(0, 0, 10, 10), zone=["A"]).set_crs(None, allow_override=True))
    with pytest.raises(PucError) as refusal:
        mending.proposals(study_reading.read(town), ref)
    assert code_of(refusal) == ["crs-missing"]


def test_that_a_source_nobody_agreed_to_is_not_read(study, plan, monkeypatch):
    monkeypatch.setattr(trust, "_agreed", frozenset)
    for work in (lambda: mending.proposals(study, plan), lambda: mending.apply(study, plan, {"dedupe": ()})):
        with pytest.raises(PucError) as refusal:
            work()
        assert code_of(refusal) == ["source-outside"]


# --- what belongs to the user stays


def test_that_a_file_of_the_user_s_in_the_way_is_not_touched(study, plan, town, hashes):
    (town / "data" / "mended").mkdir()
    (town / "data" / "mended" / "zoning.gpkg").write_bytes(b"mio")
    before = hashes(town)
    with pytest.raises(PucError) as refusal:
        mending.apply(study, plan, {"dedupe": ()})
    assert code_of(refusal) == ["mend-in-the-way"]
    assert hashes(town) == before


def test_that_a_copy_the_user_worked_on_is_kept_when_undone(study, plan, town):
    done = mending.apply(study, plan, {"dedupe": ()})
    geopandas.read_file(town / done.copy).iloc[:1].to_file(town / done.copy, layer="zoning", driver="GPKG")
    assert "mended-copy-changed" in remarks(town)
    undone = mending.undo(study_reading.read(town), done.ref)
    assert [problem.code for problem in undone.problems] == ["mended-copy-kept"]
    assert undone.removed == ()
    assert (town / done.copy).is_file()
    assert study_reading.read(town).of_role("zoning") == (plan,)


def test_that_a_link_in_the_copy_s_place_is_not_followed(study, plan, town, brought):
    done = mending.apply(study, plan, {"dedupe": ()})
    kept = brought / "altrove.gpkg"
    (town / done.copy).rename(kept)
    (town / done.copy).symlink_to(kept)
    assert mending.undo(study_reading.read(town), done.ref).removed == ()
    assert kept.is_file()


def test_that_a_copy_without_its_receipt_is_told_and_not_undone(study, plan, town):
    done = mending.apply(study, plan, {"dedupe": ()})
    (town / done.receipt).unlink()
    assert set(remarks(town)) == {
        "mended-receipt-missing",
        "units-overlap-settled",
        "units-in-conflict",
        "units-slivers",
    }
    with pytest.raises(PucError) as refusal:
        mending.undo(study_reading.read(town), done.ref)
    assert code_of(refusal) == ["mend-nothing-to-undo"]


def test_that_an_original_that_is_not_here_is_told_and_is_no_fault(study, plan, town, brought):
    mending.apply(study, plan, {"dedupe": ()})
    (brought / "dato.gpkg").rename(brought / "altro.gpkg")
    assert "mended-original-missing" in remarks(town)
    assert "mended-copy-stale" not in remarks(town)


def test_that_a_folder_that_may_not_be_written_is_none_of_our_business(study, plan, town, brought):
    brought.chmod(0o555)
    (brought / "dato.gpkg").chmod(0o444)
    before = sorted(path.name for path in brought.iterdir())
    try:
        assert mending.apply(study, plan, {"dedupe": ()}).copy
    finally:
        brought.chmod(0o755)
    assert sorted(path.name for path in brought.iterdir()) == before


# --- a kill or a full disk leaves the old or the new, never a mixture


class Killed(BaseException):
    """The process ends here: nothing after this line is done, not even tidying up."""


STEPS = ("geopackage", "text", "_move", "save")


@pytest.mark.parametrize("after", STEPS)
def test_that_a_kill_at_any_point_leaves_a_study_that_opens_and_can_be_mended(after, study, plan, town, monkeypatch):
    before = study_entries.read(town)
    with monkeypatch.context() as patch:
        kill_after(patch, after)
        with pytest.raises(Killed):
            mending.apply(study, plan, {"dedupe": ()})
    mended = study_reading.read(town)
    (ref,) = mended.of_role("zoning")
    assert Shelf(mended).intake(ref).problems is not None
    if after != "save":
        assert study_entries.read(town) == before
        mending.apply(mended, ref, {"close-gaps": (), "dedupe": ()})
    (ref,) = study_reading.read(town).of_role("zoning")
    assert receipts.is_intact(town, ref.source, receipts.read(town, ref.source))
    mending.undo(study_reading.read(town), ref)
    assert study_entries.read(town) == before
    assert list((town / "data" / "mended").glob("*")) == []


def test_that_a_kill_while_undoing_leaves_a_study_that_opens(study, plan, town, monkeypatch):
    before = study_entries.read(town)
    done = mending.apply(study, plan, {"dedupe": ()})
    with monkeypatch.context() as patch:
        kill_after(patch, "save")
        with pytest.raises(Killed):
            mending.undo(study_reading.read(town), done.ref)
    assert study_entries.read(town) == before
    again = mending.apply(study_reading.read(town), plan, {"close-gaps": ()})
    assert again.copy == done.copy


def kill_after(patch, name):
    """Let the process «end» after a step: nothing is removed any more, as nothing would be."""
    owner = {"geopackage": write, "text": write, "_move": mending, "save": study_entries}[name]
    do = getattr(owner, name)

    def die(*words):
        do(*words)
        patch.setattr(mending, "_remove", lambda *_: None)
        raise Killed

    patch.setattr(owner, name, die)


def test_that_a_real_kill_leaves_the_study_as_it_was(plan, town, hashes):
    before = hashes(town)["study.toml"]
    script = (
        "import os, signal, sys; from pathlib import Path; from layers import write; from puc_tool import mending, "
        "study_reading; write.text = lambda *_: os.kill(os.getpid(), signal.SIGKILL); "
        "study = study_reading.read(Path(sys.argv[1])); "
        "mending.apply(study, mending.layer_of(study, 'zoning'), {'dedupe': ()})"
    )
    run = subprocess.run([sys.executable, "-c", script, town], cwd=ROOT, env=dict(os.environ), check=False)
    assert run.returncode == -signal.SIGKILL
    assert hashes(town)["study.toml"] == before
    assert mending.apply(study_reading.read(town), plan, {"dedupe": ()}).copy


@pytest.mark.parametrize("step", STEPS)
def test_that_a_full_disk_is_told_and_leaves_no_trace(step, study, plan, town, monkeypatch, hashes):
    before = hashes(town)
    owner = {"geopackage": write, "text": write, "_move": mending, "save": study_entries}[step]

    def full(*_):
        raise PucError(write.cannot_write(town, OSError(28, "No space left on device")))

    monkeypatch.setattr(owner, step, full)
    with pytest.raises(PucError) as refusal:
        mending.apply(study, plan, {"dedupe": ()})
    assert code_of(refusal) == ["cannot-write"]
    assert hashes(town) == before


def test_that_a_file_in_the_folder_s_place_is_told(study, plan, town, hashes):
    (town / "data" / "mended").write_bytes(b"")
    before = hashes(town)
    with pytest.raises(PucError) as refusal:
        mending.apply(study, plan, {"dedupe": ()})
    assert code_of(refusal) == ["cannot-write"]
    assert hashes(town) == before


# --- a receipt may come from elsewhere, and is not to be trusted

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("originals", "entry", "mends", "told", "copy", "features", "area_m2")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.sampled_from(FIELDS), JSON)
def test_that_a_receipt_with_anything_in_it_is_read_or_refused_in_words(study, plan, town, field, value):
    current = study_reading.read(town).of_role("zoning")[0]
    done = current if receipts.steps_of(current) else mending.apply(study, plan, {"dedupe": ()}).ref
    file = town / receipts.beside(done.source)
    whole = file.read_text(encoding="utf-8")
    content = json.loads(whole)
    content["steps"][0][field] = value
    file.write_text(json.dumps(content), encoding="utf-8")
    try:
        remarks(town)
        receipts.chain(town, done)
        mending.undo(study_reading.read(town), done)
    except PucError as refusal:
        assert [problem.code for problem in refusal.problems] == ["mend-nothing-to-undo"]  # noqa: PT017
        file.write_text(whole, encoding="utf-8")


@pytest.mark.parametrize(
    "entry",
    [
        '[[layer]]\nrole = "green"\nsource = "x.gpkg"\n',
        '[[layer]]\nrole = "zoning"\nsource = "x.gpkg"\n\n[study]\ntitle = "altro"\n',
        "niente",
    ],
)
def test_that_a_receipt_can_t_put_anything_but_its_own_entry_back(study, plan, town, hashes, entry):
    done = mending.apply(study, plan, {"dedupe": ()})
    file = town / done.receipt
    content = json.loads(file.read_text(encoding="utf-8"))
    content["steps"][0]["entry"] = entry
    file.write_text(json.dumps(content), encoding="utf-8")
    before = hashes(town)
    with pytest.raises(PucError) as refusal:
        mending.undo(study_reading.read(town), done.ref)
    assert code_of(refusal) == ["mend-nothing-to-undo"]
    assert hashes(town) == before


@pytest.mark.parametrize(
    ("source", "steps"),
    [
        ("data/mended/zoning.gpkg", 1),
        ("data/mended/zoning.2.gpkg", 2),
        ("data/mended/zoning.1.gpkg", 0),
        ("data/mended/zoning.02.gpkg", 0),
        ("data/mended/zoning.².gpkg", 0),
        ("data/mended/zoning.gpkg.gpkg", 0),
        ("data/mended/../zoning.gpkg", 0),
        ("data/zoning.gpkg", 0),
        ("data/mended/green.gpkg", 0),
    ],
)
def test_that_only_the_names_we_give_are_taken_for_ours(source, steps):
    assert receipts.steps_of(LayerRef("zoning", source)) == steps


# --- real files


def test_that_a_real_plan_is_mended_and_loses_nothing(real_data, town):
    plan = real_data / "zoning" / "plu_41175_ZONE_URBA.shp"
    trust.agree(plan)
    ref = LayerRef("zoning", plan.as_posix(), fields={"zone": "LIBELLE"})
    document = study_reading.document(town)
    study_editing.put_layer(document, ref)
    study_editing.save(document, town)
    study = study_reading.read(town)
    found = {each.mend.id: each for each in mending.proposals(study, ref)}
    assert {"reproject", "settle-overlaps"} <= set(found)
    done = mending.apply(study, ref, {"settle-overlaps": ["5"]})
    lines = {line.mend: line for line in done.lines}
    settled = lines["settle-overlaps"]
    assert settled.before_m2 - settled.after_m2 == pytest.approx(settled.area_m2, abs=1e-4)
    receipt = receipts.read(town, done.copy)
    assert receipt.last["features"] == receipt.last["copy"]["features"]
    assert plan.as_posix() not in json.dumps(receipt.last["originals"])
