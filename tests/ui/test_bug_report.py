"""A bug's report can be sent to anybody: it says where, not who, and nothing of the data."""

from __future__ import annotations

import getpass
import socket
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton

from ui import errors
from ui.bug_report import report, without_names


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


def test_that_the_report_says_which_line_of_which_file_of_ours():
    told = report(raised(ValueError("x")))
    assert 'File "tests/ui/test_bug_report.py", line' in told
    assert "puc-tool" in told


@pytest.mark.parametrize(
    "message",
    [
        "could not convert string to float: 'Rossi Mario'", "«Via Rossi Mario»",
        'no file "/mnt/comune/Rossi Mario/x.shp"',
        "/mnt/comune/Rossi/x.shp: not found", r"C:\Comune\Rossi\x.shp", "POINT (566247.5 4884151)", "code 011015",
    ],
)  # fmt: skip
def test_that_no_value_of_the_data_and_no_path_stands_in_it(message):
    told = report(raised(ValueError(message)))
    assert "ValueError: " in told
    for secret in ("Rossi", "comune", "Comune", "566247", "4884151", "011015"):
        assert secret not in told.split("ValueError: ")[-1]


@pytest.mark.parametrize("name", ["zoning", "area_m2", "soil-consumption", "geometry"])
def test_that_names_of_ours_stay_for_they_tell_what_was_missing(name):
    assert f"KeyError: '{name}'" in report(raised(KeyError(name)))


def test_that_home_user_and_computer_are_replaced(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "mrossi")
    monkeypatch.setattr(socket, "gethostname", lambda: "UFFICIO-2")
    said = without_names(f"{Path.home()}/x of MRossi on ufficio-2, not mrossini")
    assert said == "~/x of <user> on <host>, not mrossini"


def test_that_a_name_of_two_letters_does_not_eat_the_words(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "in")
    assert without_names("in line 3") == "in line 3"


def test_that_the_same_bug_at_every_frame_opens_one_box(qtbot):
    error = raised(RuntimeError("painting"))
    first = errors.tell(error, "it")
    qtbot.addWidget(first)
    assert errors.tell(error, "it") is first
    other = errors.tell(raised(RuntimeError()), "it")
    qtbot.addWidget(other)
    assert other is not first


def test_that_after_a_bug_in_a_slot_the_session_goes_on(qtbot, window, monkeypatch):
    told = []
    monkeypatch.setattr(errors, "tell", lambda error, lang, parent: told.append(error))
    window.session.selection_changed.connect(lambda: 1 / 0)
    from puc_tool.working.selection import Unit

    with qtbot.capture_exceptions() as caught:
        window.actions_by_id["view.unselect"].triggered.connect(
            lambda: window.session.select(Unit("neighbourhood", "P", "Ponente"))
        )
        window.actions_by_id["view.unselect"].trigger()
    assert len(caught) == 1
    window.session.show(0, False)
    window.undo()
    assert window.session.entries[0].is_visible


def test_that_a_bug_in_the_worker_opens_a_box_and_the_next_run_gives_results(qtbot, qapp, window, monkeypatch):
    def broken(report):
        raise RuntimeError(f"{Path.home()}/studi of mrossi on UFFICIO-2: 'Rossi Mario'")

    monkeypatch.setattr(getpass, "getuser", lambda: "mrossi")
    monkeypatch.setattr(socket, "gethostname", lambda: "UFFICIO-2")
    monkeypatch.setattr(window.session, "check", broken)
    window.desk.check()
    qtbot.waitUntil(lambda: any(isinstance(each, QMessageBox) for each in qapp.topLevelWidgets()))
    box = next(each for each in qapp.topLevelWidgets() if isinstance(each, QMessageBox))
    next(each for each in box.findChildren(QPushButton) if each.text() == errors.COPY.it).click()
    copied = qapp.clipboard().text()
    assert "RuntimeError: " in copied
    assert 'File "tests/ui/test_bug_report.py"' in copied
    for secret in (str(Path.home()), "UFFICIO", "rossi", "Rossi"):
        assert secret not in copied.split("RuntimeError: ")[-1]
    box.close()
    monkeypatch.undo()
    with qtbot.waitSignal(window.session.results_changed):
        window.run()
    assert window.has_results
