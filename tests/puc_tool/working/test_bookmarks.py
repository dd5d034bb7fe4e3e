"""Bookmarks: kept with the view of the study, undoable, and read back without what can't be understood."""

from __future__ import annotations

from puc_tool.working import view
from puc_tool.working.bookmarks import Bookmark, bookmarks, keep, remove
from puc_tool.working.history import History

PORT, HILL = Bookmark("porto", 567_000.25, 4_884_000.0, 2.5), Bookmark("Colle", 566_000.0, 4_885_000.0, 0.5)


def test_that_bookmarks_stand_by_name_whatever_their_case():
    history = History()
    keep(history, PORT)
    keep(history, HILL)
    assert bookmarks(history) == (HILL, PORT)


def test_that_each_is_a_step_that_can_be_taken_back():
    history = History()
    keep(history, PORT)
    keep(history, Bookmark("porto", 1.0, 2.0, 3.0))
    remove(history, "porto")
    assert bookmarks(history) == ()
    assert history.next_undo.it == "Togli il segnalibro porto"
    history.undo()
    assert bookmarks(history)[0].x == 1.0
    history.undo()
    assert bookmarks(history) == (PORT,)


def test_that_they_lie_in_the_view_and_come_back_to_the_last_digit(tmp_path):
    history = History()
    keep(history, PORT)
    keep(history, HILL)
    view.save(history.state, tmp_path)
    assert bookmarks(History(view.read(tmp_path))) == (HILL, PORT)


def test_that_what_is_no_place_in_the_file_is_left_out(tmp_path):
    (tmp_path / view.FILE).write_text(
        'version = 1\n[bookmarks]\nbuono = [1, 2.5, 3]\nvuoto = []\nparole = ["a", 1, 2]\n'
        "nullo = [1, 2, 0]\ninf = [inf, 1, 1]\n",
        encoding="utf-8",
    )
    assert [each.name for each in bookmarks(History(view.read(tmp_path)))] == ["buono"]
