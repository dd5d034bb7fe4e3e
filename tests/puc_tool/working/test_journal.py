"""What is on the disk when the program is killed: whole acts, in order, and nothing of the one cut short."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from layers.problems import PucError
from layers.text import Text
from puc_tool.working import journal
from puc_tool.working.history import History
from puc_tool.working.journal import FILE, FOLDER, Journal, Start

START = Start("version = 1  # così\n", {("visible", "zoning", ""): True, ("order",): ("a", "b@2012")})


def some_acts(history: History) -> None:
    history.do(Text("Nascondi", "Hide"), {("visible", "zoning", ""): False})
    history.do(Text("Parametro «è»", "Parameter"), {("parameter", "a", "x"): "0,5\n"}, joins=True)
    history.do(Text("Parametro «è»", "Parameter"), {("parameter", "a", "x"): "0,55"}, joins=True)
    history.undo()
    history.redo()
    history.do(Text("Ordine", "Order"), {("order",): ("b@2012", "a")})


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, Journal, History]:
    book = Journal(tmp_path, START)
    history = History(START.state, book.append)
    return tmp_path / FOLDER / FILE, book, history


def test_that_looking_only_leaves_no_journal(kept):
    assert not kept[0].exists()
    assert journal.read(kept[0].parents[1]) is None


def test_that_a_journal_leads_to_the_same_state_with_the_same_steps(kept):
    path, _, history = kept
    some_acts(history)
    left = journal.read(path.parents[1])
    again = History(left.start.state)
    assert (left.start, again.replay(left.acts)) == (START, len(left.acts))
    assert (again.state, again.done, again.undone) == (history.state, history.done, history.undone)
    assert left.whole_bytes == path.stat().st_size


def test_that_cut_off_at_any_byte_it_holds_the_acts_that_are_whole_and_goes_on_from_there(kept):
    path, book, history = kept
    sizes, states = [], []
    history.changed.connect(lambda places: (sizes.append(path.stat().st_size), states.append(dict(history.state))))
    some_acts(history)
    content = path.read_bytes()
    head = content.index(b"\n") + 1
    for cut in range(head, len(content) + 1):
        path.write_bytes(content[:cut])
        left = journal.read(path.parents[1])
        whole = sum(size <= cut for size in sizes)
        again = History(left.start.state)
        assert again.replay(left.acts) == len(left.acts) == whole
        assert again.state == (states[whole - 1] if whole else START.state)
        book.go_on(left)
        History(left.start.state, book.append).do(Text("x", "x"), {("new",): 1})
        assert len(journal.read(path.parents[1]).acts) == whole + 1


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"{}\n", b'{"journal": 99, "study": "", "state": []}\n', b'{"journal": 1, "study": ""', b"\xff\xfe\n"],
)
def test_that_a_file_that_is_no_journal_is_none(tmp_path, content):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / FILE).write_bytes(content)
    assert journal.read(tmp_path) is None


@pytest.mark.parametrize(
    "line", ["[1]", '{"act": "jump"}', '{"act": "do", "it": "", "en": ""}', '{"act": "do", "changes": [[1, 2]]}', "7"]
)
def test_that_what_follows_a_line_that_is_no_act_is_not_believed(kept, line):
    path, _, history = kept
    some_acts(history)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:3], line, *lines[3:], ""]), encoding="utf-8")
    assert len(journal.read(path.parents[1]).acts) == 2


def test_that_a_full_disk_is_told_and_leaves_whole_lines(kept, monkeypatch):
    path, _, history = kept
    history.do(Text("a", "a"), {("a",): 1})
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PucError) as told:
        history.do(Text("b", "b"), {("b",): 1})
    assert told.value.problems[0].code == "cannot-write"
    assert path.read_bytes() == before


def test_that_the_folder_of_the_journal_is_ignored_by_git_and_holds_no_user(kept):
    path, _, history = kept
    some_acts(history)
    assert (path.parent / ".gitignore").read_text(encoding="utf-8") == "*\n"
    keys = set().union(*(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()))
    assert keys == {"journal", "study", "state", "act", "at", "it", "en", "changes"}


def test_that_no_new_study_is_made_where_one_was_moved_away(tmp_path):
    book = Journal(tmp_path / "gone", START)
    with pytest.raises(PucError):
        History({}, book.append).do(Text("a", "a"), {("a",): 1})
    assert not (tmp_path / "gone").exists()
