"""The chart of scenarios in words: what its axes are called, what a value is, what is seen."""

from __future__ import annotations

from layers.text import Text, counted, joined, number, say
from puc_tool.figures.amounts import with_unit
from puc_tool.scenarios.scenario_chart import Chart, Criterion

LESS = Text("{l} · meno è meglio", "{l} · less is better")
SUMMARY = Text(
    "{n}. In alto e a destra è meglio. Sul fronte: {f}. Dominati: {d}.",
    "{n}. Better is up and right. On the front: {f}. Dominated: {d}.",
)
_SCENARIOS = (Text("scenario", "scenario"), Text("scenari", "scenarios"))
NOBODY = Text("nessuno", "none")


def named(criterion: Criterion) -> Text:
    """Return what an axis is called: the criterion, its unit, and that less is better where it is."""
    unit = criterion.measure.unit
    label = say("{l}, {u}", "{l}, {u}", l=criterion.label, u=unit) if unit else criterion.label
    return label if criterion.more_is_better else say(LESS.it, LESS.en, l=label)


def valued(criterion: Criterion, value: float) -> Text:
    """Return a criterion with its value: «Alloggi nuovi: 120»."""
    measure = criterion.measure
    told = with_unit(number(value, measure.decimals), measure.unit)
    return say("{l}: {v}", "{l}: {v}", l=criterion.label, v=told)


def summary(chart: Chart) -> Text:
    """Return in words what the chart shows."""
    on_front = [each.title for each in chart.points if each.scenario in chart.front]
    dominated = [each.title for each in chart.points if each.is_dominated]
    return say(
        SUMMARY.it, SUMMARY.en, n=counted(len(chart.points), _SCENARIOS), f=joined(on_front, ", "),
        d=joined(dominated, ", ") if dominated else NOBODY,
    )  # fmt: skip
