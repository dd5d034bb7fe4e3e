"""Mending touches nothing of the user's, and a kill or a full disk leaves the old or the new, never a mixture."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import geopandas
import pytest

from layers import write
from layers.problems import PucError
from puc_tool.mends import mending, receipts
from puc_tool.shelf import Shelf
from puc_tool.studies import study_entries, study_reading

ROOT = Path(__file__).resolve().parents[2]


def test_that_a_file_of_the_user_s_in_the_way_is_not_touched(study, plan, town, hashes, refuses):
    (town / "data" / "mended").mkdir()
    (town / "data" / "mended" / "zoning.gpkg").write_bytes(b"mio")
    before = hashes(town)
    told = refuses(mending.apply, study, plan, {"dedupe": ()})
    assert told == ["mend-in-the-way"]
    assert hashes(town) == before


def test_that_a_copy_the_user_worked_on_is_kept_when_undone(study, plan, town, remarks):
    done = mending.apply(study, plan, {"dedupe": ()})
    geopandas.read_file(town / done.copy).iloc[:1].to_file(town / done.copy, layer="zoning", driver="GPKG")
    assert "mended-copy-changed" in remarks()
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


def test_that_a_copy_without_its_receipt_is_told_and_not_undone(study, plan, town, remarks, refuses):
    done = mending.apply(study, plan, {"dedupe": ()})
    (town / done.receipt).unlink()
    assert set(remarks()) == {
        "mended-receipt-missing",
        "units-overlap-settled",
        "units-in-conflict",
        "units-slivers",
    }
    told = refuses(mending.undo, study_reading.read(town), done.ref)
    assert told == ["mend-nothing-to-undo"]


def test_that_an_original_that_is_not_here_is_told_and_is_no_fault(study, plan, town, brought, remarks):
    mending.apply(study, plan, {"dedupe": ()})
    (brought / "dato.gpkg").rename(brought / "altro.gpkg")
    assert "mended-original-missing" in remarks()
    assert "mended-copy-stale" not in remarks()


def test_that_a_folder_that_may_not_be_written_is_none_of_our_business(study, plan, town, brought):
    brought.chmod(0o555)
    (brought / "dato.gpkg").chmod(0o444)
    before = sorted(path.name for path in brought.iterdir())
    try:
        assert mending.apply(study, plan, {"dedupe": ()}).copy
    finally:
        brought.chmod(0o755)
    assert sorted(path.name for path in brought.iterdir()) == before


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
        "import os, signal, sys; from pathlib import Path; from layers import write; "
        "from puc_tool.mends import mending; from puc_tool.studies import study_reading; "
        "write.text = lambda *_: os.kill(os.getpid(), signal.SIGKILL); "
        "study = study_reading.read(Path(sys.argv[1])); "
        "mending.apply(study, mending.layer_of(study, 'zoning'), {'dedupe': ()})"
    )
    run = subprocess.run([sys.executable, "-c", script, town], cwd=ROOT, env=dict(os.environ), check=False)
    assert run.returncode == -signal.SIGKILL
    assert hashes(town)["study.toml"] == before
    assert mending.apply(study_reading.read(town), plan, {"dedupe": ()}).copy


@pytest.mark.parametrize("step", STEPS)
def test_that_a_full_disk_is_told_and_leaves_no_trace(step, study, plan, town, monkeypatch, hashes, refuses):
    before = hashes(town)
    owner = {"geopackage": write, "text": write, "_move": mending, "save": study_entries}[step]

    def full(*_):
        raise PucError(write.cannot_write(town, OSError(28, "No space left on device")))

    monkeypatch.setattr(owner, step, full)
    told = refuses(mending.apply, study, plan, {"dedupe": ()})
    assert told == ["cannot-write"]
    assert hashes(town) == before


def test_that_a_file_in_the_folder_s_place_is_told(study, plan, town, hashes, refuses):
    (town / "data" / "mended").write_bytes(b"")
    before = hashes(town)
    told = refuses(mending.apply, study, plan, {"dedupe": ()})
    assert told == ["cannot-write"]
    assert hashes(town) == before
