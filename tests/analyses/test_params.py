from dataclasses import dataclass

from analyses.params import abouts, kind_of, kinds, param, problems
from layers.text import Text


@dataclass(frozen=True)
class Walk:
    reach_m: float = param(300.0, Text("Distanza a piedi", "Walking distance"), unit="m", low=50, high=5000)
    slope_pct: float = param(12.5, Text("Pendenza", "Slope"), unit="%", high=40.5, is_verified=False)
    uses_stairs: bool = param(True, Text("Con le scale", "With stairs"))
    year: int | None = param(None, Text("Anno", "Year"), low=1900, high=2100)


def test_that_a_parameter_is_declared_once_with_all_that_can_be_said_of_it():
    about = abouts(Walk)["reach_m"]
    assert (about.label.en, about.unit, about.low, about.high) == ("Walking distance", "m", 50, 5000)
    assert about.is_verified
    assert not abouts(Walk)["slope_pct"].is_verified


def test_that_parameters_are_told_in_the_order_they_are_declared():
    assert list(abouts(Walk)) == ["reach_m", "slope_pct", "uses_stairs", "year"]


def test_that_the_kind_of_an_optional_parameter_is_that_of_its_values():
    assert {name: kind_of(Walk, name) for name in abouts(Walk)} == {
        "reach_m": float, "slope_pct": float, "uses_stairs": bool, "year": int,
    }  # fmt: skip
    assert kinds(Walk, "year") == (int, type(None))


def test_that_not_a_number_is_never_within_bounds():
    assert [each.where.it for each in problems("walk", Walk(reach_m=float("nan"), slope_pct=float("nan")))] == [
        "walk.reach_m",
        "walk.slope_pct",
    ]
