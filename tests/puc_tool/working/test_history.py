"""Commands as data: every step can be taken back and done again, whatever came between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.text import Text, same
from puc_tool.working.history import Act, Change, ForeignActError, History, Kind, Step

PLACES = st.sampled_from([("a",), ("b", "1"), ("b", "2")])
VALUES = st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.text(max_size=2), st.tuples(st.just("x")))
DEEDS = st.lists(
    st.one_of(st.tuples(st.dictionaries(PLACES, VALUES, min_size=1), st.booleans()), st.just("undo"), st.just("redo"))
)
STATES = st.dictionaries(PLACES, VALUES.filter(lambda value: value is not None))


def act(history: History, deeds: list) -> None:
    for deed in deeds:
        if isinstance(deed, str):
            getattr(history, deed)()
        else:
            history.do(same("step"), deed[0], joins=deed[1])


@given(STATES, DEEDS)
def test_that_undoing_all_is_what_was_and_redoing_all_what_it_became(start, deeds):
    history = History(start)
    act(history, deeds)
    became, done = dict(history.state), len(history.done)
    for _ in range(done):
        history.undo()
    assert history.state == start
    for _ in range(done):
        history.redo()
    assert history.state == became


@given(STATES, DEEDS)
def test_that_the_acts_that_were_recorded_lead_to_the_same_history(start, deeds):
    acts = []
    history = History(start, acts.append)
    act(history, deeds)
    again = History(start)
    assert again.replay(acts) == len(acts)
    assert (again.state, again.done, again.undone) == (history.state, history.done, history.undone)


@given(STATES, DEEDS)
def test_that_a_history_told_anew_has_the_same_steps_to_take_back_and_to_do_again(start, deeds):
    history = History(start)
    act(history, deeds)
    again = History(start)
    assert again.replay(history.acts) == len(history.acts)
    assert (again.state, again.done, again.undone) == (history.state, history.done, history.undone)


@given(st.lists(st.builds(Change, PLACES, VALUES, VALUES), min_size=1))
def test_that_the_inverse_of_the_inverse_is_the_step(changes):
    step = Step(same("x"), tuple(changes))
    assert step.inverse.inverse == step


def test_that_the_keys_typed_into_one_field_are_one_step():
    history = History()
    for words in ("3", "30", "300"):
        history.do(same("reach"), {("reach",): words}, joins=True)
    assert [step.changes for step in history.done] == [(Change(("reach",), None, "300"),)]


def test_that_another_field_an_undo_or_a_step_of_its_own_ends_the_typing():
    history = History()
    history.do(same("a"), {("a",): "1"}, joins=True)
    history.do(same("b"), {("b",): "1"}, joins=True)
    history.do(same("b"), {("b",): "2"})
    history.undo()
    history.do(same("b"), {("b",): "3"}, joins=True)
    assert [step.changes[-1].after for step in history.done] == ["1", "1", "3"]


def test_that_typing_back_what_was_there_leaves_no_step():
    history = History({("a",): "1"})
    history.do(same("a"), {("a",): "12"}, joins=True)
    history.do(same("a"), {("a",): "1"}, joins=True)
    assert history.done == ()
    history.do(same("a"), {("a",): "13"}, joins=True)
    assert len(history.done) == 1


def test_that_what_stands_there_already_is_no_step():
    told = []
    history = History({("a",): True}, told.append)
    history.do(same("a"), {("a",): True})
    history.undo()
    history.redo()
    assert told == []


def test_that_an_act_that_can_t_be_recorded_changes_nothing():
    def refuse(act: Act) -> None:
        raise OSError

    history = History({("a",): 1}, refuse)
    with pytest.raises(OSError):
        history.do(same("a"), {("a",): 2})
    assert (history.state, history.done) == ({("a",): 1}, ())


def test_that_the_next_step_back_and_forth_are_named():
    history = History()
    history.do(Text("Nascondi Zone", "Hide Zones"), {("a",): 1})
    assert (history.next_undo.it, bool(history.next_redo)) == ("Nascondi Zone", False)
    history.undo()
    assert (bool(history.next_undo), history.next_redo.en) == (False, "Hide Zones")


def test_that_the_places_that_changed_are_told_after_the_change():
    history = History()
    told = []
    history.changed.connect(lambda places: told.append((places, history.get(("a",)))))
    history.do(same("a"), {("a",): 1, ("b",): 2})
    history.undo()
    assert told == [((("a",), ("b",)), 1), ((("b",), ("a",)), None)]


@pytest.mark.parametrize("kind", list(Kind))
def test_that_an_act_of_another_history_is_refused_and_ends_a_replay(kind):
    history = History()
    with pytest.raises(ForeignActError):
        history.take(Act(kind))
    good = Act(Kind.DO, Step(same("a"), (Change(("a",), None, 1),)))
    assert History().replay([good, Act(Kind.REDO), good]) == 1
