"""Nothing is lost: saved without asking, found again after a kill, never two who write."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.problems import PucError
from puc_tool.study import FILE
from puc_tool.working import journal, view
from puc_tool.working.journal import FOLDER
from puc_tool.working.keeper import Keeper, Standing, open_study
from puc_tool.working.lock import FILE as LOCK
from tests.puc_tool.conftest import STUDY
from tests.puc_tool.keeper_worker import change, opened

ROOT = Path(__file__).resolve().parents[3]


def ended(study: Path) -> None:
    """Make the lock that of a process that is no more, as a kill leaves it."""
    path = study / FOLDER / LOCK
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "started": "1"}), encoding="utf-8")


def look(keeper: Keeper) -> tuple:
    session = keeper.session
    layers = [(each.ref.key, each.is_visible, each.opacity_pct, each.name, each.style) for each in session.entries]
    scenarios = [item for item in sorted(session.history.state.items(), key=str) if item[0][0] == "scenario"]
    edits = [(ref.key, ref.edits) for ref in session.study.layers]
    return (layers, scenarios, edits), session.analysis.id, session.words, session.history.done, session.history.undone


def changed(study: Path, steps: int = 40) -> Keeper:
    keeper = opened(study)
    for number in range(steps):
        change(keeper.session, number)
    return keeper


def test_that_a_study_looked_at_and_closed_is_as_it_was(town, hashes):
    before = hashes(town)
    opened(town).close()
    assert {name: one for name, one in hashes(town).items() if not name.startswith(FOLDER)} == before
    assert not (town / FOLDER / LOCK).exists()


def test_that_what_was_changed_is_there_at_the_next_start_without_any_asking(town):
    keeper = opened(town)
    keeper.session.set_parameter("year_to", "2012")
    keeper.session.show(0, False)
    keeper.session.rename(1, "Rioni")
    keeper.session.remove(3)
    keeper.close()
    again = opened(town)
    assert again.standing is Standing.OURS
    assert look(again)[:3] == look(keeper)[:3]
    assert again.session.history.done == ()
    assert (town / FILE).read_text(encoding="utf-8").startswith("# Studio di prova: questo commento resta.")
    assert journal.read(town) is None


def test_that_all_undone_leaves_study_and_view_as_they_were(town):
    keeper = changed(town)
    keeper.save()
    assert (town / FILE).read_text(encoding="utf-8") != STUDY
    while keeper.session.history.done:
        keeper.session.history.undo()
    keeper.close()
    assert (town / FILE).read_text(encoding="utf-8") == STUDY
    assert view.read(town) == {}


@pytest.mark.parametrize("is_saved", [False, True])
def test_that_after_a_kill_everything_is_as_it_was_every_step_can_be_undone_and_nothing_is_written_unasked(
    town, is_saved
):
    killed = changed(town)
    if is_saved:
        killed.save()
    ended(town)
    there = (town / FILE).read_bytes(), (town / FOLDER / journal.FILE).read_bytes()
    again = opened(town)
    assert again.standing is Standing.ENDED
    assert look(again) == look(killed)
    assert again.session.is_read_only
    again.close()
    assert ((town / FILE).read_bytes(), (town / FOLDER / journal.FILE).read_bytes()) == there

    third = opened(town)
    assert third.take_over()
    while third.session.history.done:
        third.session.history.undo()
    third.close()
    assert (town / FILE).read_text(encoding="utf-8") == STUDY


def test_that_a_window_killed_after_a_kill_loses_nothing_of_either(town):
    changed(town, 20)
    ended(town)
    second = opened(town)
    second.take_over()
    for number in range(100, 120):
        change(second.session, number)
    ended(town)
    assert look(opened(town)) == look(second)


def test_that_a_second_window_reads_and_leaves_everything_as_it_is(town, hashes):
    first = changed(town, 10)
    first.save()
    before = hashes(town)
    second = opened(town)
    assert (second.standing, second.session.is_read_only, second.session.can_run) == (Standing.HELD, True, False)
    second.session.show(0, False)
    second.session.set_parameter("year_to", "2012")
    second.session.remove(0)
    second.close()
    assert second.session.words == first.session.words
    assert hashes(town) == before
    assert not second.look_again()
    first.close()
    assert second.look_again()


def test_that_a_second_window_sees_that_the_first_was_killed(town):
    changed(town, 10)
    second = opened(town)
    assert not second.look_again()
    ended(town)
    assert second.look_again()


def test_that_whoever_the_study_was_taken_from_stops_writing(town):
    first = changed(town, 10)
    first.save()
    second = opened(town)
    assert second.standing is Standing.HELD
    assert not second.take_over()  # the window it is taken from goes on writing until its next step
    third = open_study(town, SOIL_CONSUMPTION, second.lock)
    assert look(third)[1:] == look(first)[1:]
    before = (town / FILE).read_bytes()
    first.session.set_parameter("year_to", "2012")
    assert (first.standing, first.session.is_read_only) == (Standing.LOST, True)
    assert not first.save()
    first.close()
    assert (town / FILE).read_bytes() == before


def test_that_what_was_changed_behind_the_window_stays_beside_what_the_window_changed(town):
    keeper = opened(town)
    keeper.session.set_parameter("year_to", "2012")
    other = STUDY.replace('title = "Borgo di prova"', 'title = "Altro titolo"')
    (town / FILE).write_text(other, encoding="utf-8")
    keeper.close()
    assert (town / FILE).read_text(encoding="utf-8") == other + "\n[analysis.soil-consumption]\nyear_to = 2012\n"


@pytest.mark.parametrize("broken", [b"version = 1\n[study", STUDY.encode("utf-16"), b"\xff\xfe\x00"])
def test_that_a_study_broken_behind_the_window_is_told_and_the_journal_keeps_the_changes(town, broken):
    keeper = opened(town)
    told = []
    keeper.troubled.connect(told.append)
    keeper.session.set_parameter("year_to", "2012")
    (town / FILE).write_bytes(broken)
    keeper.close()
    assert len(told) == 1
    assert (town / FILE).read_bytes() == broken
    (town / FILE).write_text(STUDY, encoding="utf-8")
    ended(town)
    assert opened(town).session.words == {"year_to": "2012"}


def test_that_a_study_changed_after_a_kill_is_told_and_the_changes_hold_on_the_new_text(town):
    keeper = opened(town)
    keeper.session.set_parameter("year_to", "2012")
    ended(town)
    (town / FILE).write_text(STUDY.replace("Borgo di prova", "Altro titolo"), encoding="utf-8")
    again = opened(town)
    assert [each.code for each in again.found.remarks] == ["study-changed-meanwhile"]
    assert (again.session.study.title, again.session.words) == ("Altro titolo", {"year_to": "2012"})
    again.take_over()
    again.session.show(0, False)
    again.close()
    assert "Altro titolo" in (town / FILE).read_text(encoding="utf-8")


def test_that_a_full_disk_is_told_once_and_caught_up_with_when_there_is_room(town, monkeypatch):
    keeper = opened(town)
    told = []
    keeper.troubled.connect(told.append)
    keeper.session.show(0, False)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        keeper.session.show(1, False)
        keeper.session.show(2, False)
    assert [type(each) for each in told] == [PucError]
    keeper.session.show(3, True)
    ended(town)
    assert look(opened(town)) == look(keeper)


def test_that_a_journal_swept_away_while_the_window_is_open_is_written_anew(town):
    keeper = changed(town, 10)
    for name in (journal.FILE, LOCK, ".gitignore"):
        (town / FOLDER / name).unlink()
    (town / FOLDER).rmdir()
    change(keeper.session, 200)
    assert keeper.standing is Standing.OURS
    ended(town)
    assert look(opened(town)) == look(keeper)


def test_that_a_study_that_can_t_be_written_opens_read_only(town):
    (town / FOLDER).write_text("a file", encoding="utf-8")
    keeper = opened(town)
    assert (keeper.standing, keeper.session.is_read_only) == (Standing.UNWRITABLE, True)
    assert keeper.found.remarks[0].code == "cannot-write"
    keeper.session.show(0, False)
    keeper.close()


def test_that_stopped_before_any_write_the_next_start_offers_exactly_what_was_there(town, tmp_path, monkeypatch):
    keeper, moments, looks = opened(town), [], []
    write_to_disk = os.fsync

    def noted(descriptor: int) -> None:
        moments.append((len(looks), Path(shutil.copytree(town, tmp_path / f"stopped-{len(moments)}"))))
        write_to_disk(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    for number in range(60):
        looks.append(look(keeper))
        change(keeper.session, number)
        if number % 7 == 6:
            keeper.save()
    monkeypatch.undo()
    looks.append(look(keeper))
    for steps, study in moments:
        if (study / FOLDER / journal.FILE).is_file():
            ended(study)
            assert look(opened(study)) in looks[steps - 1 : steps + 1], study.name
    assert len(moments) > 40


def killed(study: Path, after_s: float) -> int:
    """Return how many steps were taken when the program was killed."""
    command = [sys.executable, str(ROOT / "tests" / "puc_tool" / "keeper_worker.py"), str(study)]
    # Unbuffered: a reader with a buffer would keep the lines that came along with the first, and count too few steps.
    worker = subprocess.Popen(command, stdout=-1, stderr=-1, bufsize=0, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"1\n"
    time.sleep(after_s)
    worker.send_signal(signal.SIGKILL)
    out, err = worker.communicate(timeout=600)
    assert err == b""
    return max([1, *(int(line) for line in out.splitlines() if line)])


@pytest.mark.slow
def test_that_killed_at_fifty_random_moments_the_next_start_offers_exactly_what_was_there(town, tmp_path_factory):
    draw = random.Random(9)
    for number in range(50):
        study = Path(shutil.copytree(town, tmp_path_factory.mktemp("killed") / "borgo"))
        steps = killed(study, draw.uniform(0.0, 0.4))
        found = opened(study)
        assert found.standing is Standing.ENDED, number
        # The step that was being taken may be there or not; nothing else may differ.
        expected = []
        for count in (steps, steps + 1):
            twin = Path(shutil.copytree(town, tmp_path_factory.mktemp("twin") / "borgo"))
            keeper = opened(twin)
            for each in range(count):
                change(keeper.session, each)
            expected.append(look(keeper))
        assert look(found) in expected, number
        assert found.take_over()
        while found.session.history.done:
            found.session.history.undo()
        found.close()
        assert (study / FILE).read_text(encoding="utf-8") == STUDY, number
