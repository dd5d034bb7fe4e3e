"""The parameters of the analysis in hand, as somebody types them; what is typed is the state of a history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analyses import param_filling
from analyses import params as parameters
from analyses.analysis import Analysis
from layers.problems import Problem
from layers.text import NOTHING, Text, same
from puc_tool.study import Study
from puc_tool.working import study_settings as settings
from puc_tool.working.history import History


class TypedParameters:
    """Parameters by the state of a history, over those that the study was opened with."""

    history: History
    analysis: Analysis
    is_read_only: bool
    _whole: Study

    @property
    def words(self) -> Mapping[str, str]:
        """The parameters that are not at their default, as somebody would type them."""
        typed = {
            place[2]: str(value)
            for place, value in self.history.state.items()
            if place[:2] == (settings.PARAMETER, self.analysis.id)
        }
        return {name: words for name, words in {**self._written_words(), **typed}.items() if words.strip()}

    def set_parameter(self, name: str, words: str, label: Text = NOTHING) -> None:
        """Take what was typed for a parameter; empty words stand for its default. One field's keys are one step.

        ``label`` is what a row that has none of its own yet is called.
        """
        said = words.strip()
        if self.is_read_only or said == self.words.get(name, ""):
            return
        entry = parameters.entries(self.analysis.params).get(name)
        title = entry.about.label if entry else label or same(name)
        value = None if said == self._written_words().get(name, "") else said
        self.history.do(title, {settings.parameter(self.analysis.id, name): value}, joins=True)

    def params(self) -> tuple[Any, list[Problem]]:
        """Return the parameters as they stand, and what can't be taken of them."""
        return param_filling.build(self.analysis.id, self.analysis.params, self.words)

    def _written_words(self) -> Mapping[str, str]:
        """Return the parameters as the study was opened with them."""
        return param_filling.words(self.analysis.params, self._whole.settings.get(self.analysis.id, {}))
