"""What the demonstration's study.toml asks of the analyses."""

import pytest
import tomlkit

from analyses.gardens.criteria import DEFAULTS
from analyses.gardens.params import GardenParams
from analyses.gardens.weights import read
from analyses.param_filling import build
from puc_tool.demo.study import GARDEN_WEIGHTS, settings


def test_that_the_weight_sets_of_the_demonstration_are_read_as_they_were_written():
    written = tomlkit.parse(settings().as_string()).unwrap()
    params, said = build("garden-suitability", GardenParams, written["garden-suitability"])
    assert said == []
    assert [each.id for each in params.weight_set] == list(GARDEN_WEIGHTS)
    for each in params.weight_set:
        assert set(read(each)) <= {criterion.id for criterion in DEFAULTS}
        assert sum(read(each).values()) == pytest.approx(1.0)
