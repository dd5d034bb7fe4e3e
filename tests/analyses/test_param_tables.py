from dataclasses import dataclass

from analyses.param_filling import build, words
from analyses.params import abouts, entries, param, param_rows, problems
from layers.text import Text, same


@dataclass(frozen=True)
class Criterion:
    id: str
    weight: float = param(0.0, Text("peso", "weight"), low=0.0, high=1.0)
    best: float = param(1.0, Text("ottimo", "best"), unit="m", is_detail=True)

    @property
    def title(self):
        return same(self.id)


ROWS = (Criterion("slope", 0.6, 5.0), Criterion("water", 0.4, 50.0))


@dataclass(frozen=True)
class Params:
    cell_m: float = param(5.0, Text("Cella", "Cell"), unit="m", low=1.0)
    criterion: tuple[Criterion, ...] = param_rows(ROWS, Criterion, Text("Criteri", "Criteria"))


def test_that_every_value_of_a_row_can_be_set_under_the_name_of_its_row():
    found = entries(Params)
    assert list(found) == ["cell_m", "slope.weight", "slope.best", "water.weight", "water.best"]
    assert found["water.best"].about.label.en == "water: best"
    assert (found["slope.weight"].default, found["slope.weight"].kind) == (0.6, float)
    assert list(abouts(Params)) == ["cell_m", "criterion"]


def test_that_one_word_changes_one_value_of_one_row():
    changed, said = build("gardens", Params, {"slope.weight": "0,2"})
    assert said == []
    assert changed.criterion == (Criterion("slope", 0.2, 5.0), ROWS[1])


def test_that_a_study_changes_a_known_row_and_adds_another():
    changed, said = build("gardens", Params, {"criterion": [{"id": "slope", "weight": 0.1}, {"id": "lake", "best": 9}]})
    assert said == []
    assert changed.criterion == (Criterion("slope", 0.1, 5.0), ROWS[1], Criterion("lake", 0.0, 9.0))


def test_that_the_command_line_wins_over_the_study():
    changed, _ = build("gardens", Params, {"slope.weight": "0.3", "criterion": [{"id": "slope", "weight": 0.1}]})
    assert changed.criterion[0].weight == 0.3


def test_that_what_is_wrong_in_rows_is_told_all_at_once():
    given = [{"id": "slope", "weight": 7}, {"id": "slope"}, {"weight": 1}, {"id": "water", "hue": "red", "best": "x"}]
    kept, said = build("gardens", Params, {"criterion": given})
    assert [(each.code, each.where.en) for each in said] == [
        ("parameter-row-twice", "gardens.criterion"),
        ("parameter-row-without-id", "gardens.criterion"),
        ("parameter-unknown", "gardens.water.hue"),
        ("parameter-unreadable", "gardens.water.best"),
        ("parameter-out-of-bounds", "gardens.slope.weight"),
    ]
    assert kept.criterion[1] == ROWS[1]


def test_that_something_else_in_the_place_of_rows_is_told():
    _, said = build("gardens", Params, {"criterion": 3})
    assert [each.code for each in said] == ["parameter-row-without-id"]


def test_that_bounds_hold_for_rows_too():
    assert [each.where.it for each in problems("gardens", Params(criterion=(Criterion("a", 2.0),)))] == [
        "gardens.a.weight"
    ]


def test_that_study_values_can_be_typed_again_and_mean_the_same():
    given = {"cell_m": 10, "criterion": [{"id": "slope", "weight": 0.1}, {"id": "lake", "best": 9}]}
    typed = words(Params, given)
    assert typed == {"cell_m": "10", "slope.weight": "0.1", "lake.best": "9"}
    assert build("gardens", Params, typed) == build("gardens", Params, given)
