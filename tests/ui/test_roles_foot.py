"""The foot of the roles: every dataset is counted once, and nothing is said to be missing before it was looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.text import Text
from puc_tool.intake.outcomes import Outcome, State
from ui.forms.roles_foot import NO_DATA, RolesFoot, counted
from ui.look import Look


@pytest.fixture
def foot(qtbot, look: Look) -> RolesFoot:
    made = RolesFoot(look, "it")
    qtbot.addWidget(made)
    return made


def outcome(state: State) -> Outcome:
    return Outcome(Path("a.gpkg"), state)


def test_that_what_is_known_to_be_chosen_and_left_out_adds_up():
    outcomes = [outcome(state) for state in (State.ADDED, State.KNOWN, State.UNREAD, State.REFUSED)]
    assert counted(outcomes).it == "Riconosciuti: 2. Da scegliere: 0. Lasciati fuori: 2."


def test_that_a_folder_that_is_still_being_read_is_not_said_to_be_empty(foot):
    foot.wait(is_reading=True)
    foot.count(())
    assert foot.said.text() == "Riconosciuti: 0. Da scegliere: 0. Lasciati fuori: 0."
    foot.wait(is_reading=False)
    foot.count(())
    assert foot.said.text() == NO_DATA.it


def test_that_nothing_is_opened_while_a_folder_is_read(foot):
    foot.wait(is_reading=True)
    assert (foot.open_button.isEnabled(), foot.enough_button.isHidden()) == (False, False)
    foot.wait(is_reading=False)
    assert (foot.open_button.isEnabled(), foot.enough_button.isHidden()) == (True, True)


def test_that_the_share_of_a_part_does_not_take_the_bar_back(foot):
    foot.wait(is_reading=True)
    foot.progress(0.6, Text("Leggo", "Reading"))
    foot.progress(0.2, Text("Leggo", "Reading"))
    assert foot._bar.value() == 60
