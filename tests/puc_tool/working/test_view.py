"""``view.toml``: how somebody looks at a study, read back as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puc_tool.working import view
from puc_tool.working.view import ThemeKey

KEYS = st.tuples(st.sampled_from(["zoning", "boundary"]), st.one_of(st.none(), st.integers(1900, 2100)))
LAYER = st.one_of(
    st.tuples(st.builds(lambda key: view.of_layer(view.VISIBLE, key), KEYS), st.booleans()),
    st.tuples(st.builds(lambda key: view.of_layer(view.OPACITY, key), KEYS), st.integers(0, 100)),
    st.tuples(st.builds(lambda key: view.of_layer(view.NAME, key), KEYS), st.text(min_size=1)),
)
OTHER = st.one_of(
    st.tuples(st.just(view.ANALYSIS), st.sampled_from(["standards", "soil-consumption"])),
    st.tuples(st.just((view.TABLE, "standards")), st.sampled_from(["by_zone", "figures"])),
    st.tuples(
        st.tuples(st.just(view.HIDDEN), st.just("standards"), st.sampled_from(["by_zone", "by_commune"])),
        st.lists(st.sampled_from(["area_m2", "people"]), unique=True).map(tuple),
    ),
    st.tuples(st.just((view.ORDER,)), st.lists(KEYS, unique=True).map(view.listed)),
)
STATES = st.lists(st.one_of(LAYER, OTHER)).map(dict)


@given(STATES)
def test_that_a_view_is_read_back_as_it_was_written(tmp_path_factory, state):
    folder = tmp_path_factory.mktemp("study")
    view.save(state, folder)
    assert view.read(folder) == state


def test_that_what_belongs_to_the_study_is_not_written(tmp_path):
    view.save({("parameter", "standards", "x"): "1", ("removed", "zoning", ""): True}, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_that_what_is_there_already_is_not_written_again(tmp_path):
    view.save({view.ANALYSIS: "standards"}, tmp_path)
    (tmp_path / view.FILE).write_text('version = 1\nanalysis = "standards"  # mine\n', encoding="utf-8")
    view.save({view.ANALYSIS: "standards"}, tmp_path)
    assert "# mine" in (tmp_path / view.FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content",
    [
        "", "version = 3\nanalysis = 'x'", "not toml",
        "version = 1\nanalysis = 3\ntables = 1\nlayer = 'x'\norder = [1]",
        "version = 1\n[[layer]]\nvisible = true", "version = 1\n[[layer]]\nrole = 'zoning'\nvisible = 1\nname = true",
        "version = 1\n[tables]\nx = 1",
    ],
)  # fmt: skip
def test_that_what_can_t_be_understood_is_passed_over(tmp_path, content):
    (tmp_path / view.FILE).write_text(content, encoding="utf-8")
    assert view.read(tmp_path) == {}


def test_that_an_order_from_before_it_held_across_kinds_is_left_out_and_all_else_read(tmp_path):
    written = "version = 1\nanalysis = 'standards'\norder = ['zoning', 'boundary']"
    (tmp_path / view.FILE).write_text(written, encoding="utf-8")
    assert view.read(tmp_path) == {view.ANALYSIS: "standards"}


RESULT = ThemeKey("service-coverage", "homes.score")


def test_that_the_looks_of_results_stand_in_tables_of_their_own_and_are_read_back(tmp_path):
    said = {
        view.of_layer(view.OPACITY, RESULT): 40,
        view.of_layer(view.RAMP, RESULT): "Greys",
        (view.COLOUR, *view.named(RESULT), "0"): "#123456",
        view.of_layer(view.OPACITY, ("zoning", 2003)): 70,
    }
    view.save(said, tmp_path)
    text = (tmp_path / view.FILE).read_text(encoding="utf-8")
    assert '[[result]]\nanalysis = "service-coverage"\ntheme = "homes.score"\nopacity_pct = 40\n' in text
    assert view.read(tmp_path) == said


def test_that_results_of_no_analysis_or_theme_are_passed_over(tmp_path):
    (tmp_path / view.FILE).write_text('version = 2\n[[result]]\ntheme = "x"\nramp = "Greys"\n', encoding="utf-8")
    assert view.read(tmp_path) == {}
