"""How a figure is worked out, in words of either language, before there is any result."""

from __future__ import annotations

from analyses.analysis import Analysis
from analyses.formula import written
from analyses.result import FigureSpec
from layers.text import Text, same


def method_of(analysis: Analysis, spec: FigureSpec) -> Text:
    """Return the declared rule of a figure, else its formula with what it names called by label, else its method."""
    if spec.rule or spec.formula is None:
        return spec.rule or same(spec.method)
    labels = {each.id: each.label for each in analysis.figures} | {each.id: each.label for each in analysis.operands}
    return written(spec.formula, lambda name: labels.get(name, same(name)))
