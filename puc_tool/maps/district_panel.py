"""Beside a district's map: its scenarios as a chart, the worse ones greyed, and every figure with its formula.

Across and up stand the first two criteria in which the scenarios differ. Dominance is by all criteria, so that a sign
may be grey although it lies far out in these two.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analyses.districts.comparison import MORE_IS_BETTER
from analyses.districts.scenarios import BASE
from analyses.districts.tables import PARETO
from layers.text import NOTHING, Text, listing, number, same, say
from puc_tool.maps.district_facts import Facts
from puc_tool.maps.panel import Axis, Chart, LongTable, Panel, PlainTable, Points
from puc_tool.maps.style import ACCENT, INK, Mark

_GREY = "#9a9fa4"
BEST, DOMINATED = Mark("dot", ACCENT, 2.6), Mark("dot", _GREY, 2.2)
PLAN, PLAN_DOMINATED = Mark("triangle", INK, 3.0), Mark("triangle", _GREY, 3.0)
_LOOKS = (
    (PLAN, Text("piano vigente", "plan in force")),
    (PLAN_DOMINATED, Text("piano vigente, dominato", "plan in force, dominated")),
    (BEST, Text("scenario", "scenario")),
    (DOMINATED, Text("scenario dominato", "dominated scenario")),
)
_NAMES = {
    "homes_new": (Text("Alloggi nuovi", "New homes"), NOTHING),
    "soil_newly_consumed_m2": (Text("Nuovo consumo", "Newly consumed"), same("ha")),
    "green_m2_per_person": (Text("Verde per abitante", "Green per person"), same("m²")),
    "public_balance_m2": (Text("Saldo spazi pubblici", "Public space balance"), same("ha")),
    "people_in_hazard": (Text("Abitanti in pericolosità", "People in hazard"), NOTHING),
    "co2_saved_t": (Text("CO₂ evitata", "CO₂ saved"), Text("t/anno", "t/year")),
}
_UNITS = {column.id: column.unit for column in PARETO.columns}
_M2_A_HA = 10_000.0
_MOST_ROWS = 8
_LARGE = 10.0


def panel(shown: Facts) -> Panel | None:
    """Return the chart, where scenarios differ in two criteria, and the formulas of the plan in force."""
    drawn, told = _chart(shown), _formulas(shown)
    return Panel(drawn, told) if drawn or told else None


def _chart(shown: Facts) -> Chart | None:
    told = shown.compared
    differing = [name for name in _NAMES if name in told and told[name].dropna().nunique() > 1]
    if len(told) < 2 or len(differing) < 2:
        return None
    across, up = differing[:2]
    placed = told[told[[across, up]].notna().all(axis=1)].reset_index(drop=True)
    values = pd.DataFrame({name: _shown_values(name, placed[name]) for name in (across, up)})
    listed = _listed(placed)
    return Chart(
        title=Text("Scenari a confronto", "Scenarios compared"),
        across=_axis(across, values[across]),
        up=_axis(up, values[up]),
        points=tuple(_points(shown, placed, values, set(listed["scenario"]))),
        alt=_alt(shown, placed, (across, up), values),
        data=_data(shown, listed, (across, up), len(placed) - len(listed)),
    )


def _shown_values(criterion: str, values: pd.Series) -> pd.Series:
    return values.astype(float) / (_M2_A_HA if _UNITS[criterion] == "m²" else 1.0)


def _axis(criterion: str, values: pd.Series) -> Axis:
    better = (
        Text("meglio più", "more is better") if MORE_IS_BETTER[criterion] else Text("meglio meno", "less is better")
    )
    return Axis(say("{n}: {b}", "{n}: {b}", n=_name(criterion), b=better), _decimals(values))


def _name(criterion: str) -> Text:
    name, unit = _NAMES[criterion]
    return say("{n} ({u})", "{n} ({u})", n=name, u=unit) if unit else name


def _decimals(values: pd.Series) -> int:
    """Return the decimals that tell the values apart: none where they are large."""
    return 0 if float(values.max() - values.min()) >= _LARGE else 2


def _look(row: pd.Series) -> Mark:
    worse = row["dominated"] == "sì"
    if row["scenario"] == BASE:
        return PLAN_DOMINATED if worse else PLAN
    return DOMINATED if worse else BEST


def _points(shown: Facts, placed: pd.DataFrame, values: pd.DataFrame, lettered: set[str]) -> Iterator[Points]:
    looks = placed.apply(_look, axis=1)
    for style, label in _LOOKS:
        chosen = (looks == style).to_numpy()
        if chosen.any():
            names = placed["scenario"][chosen]
            letters = tuple(shown.letters[name] if name in lettered else "" for name in names)
            places = tuple((float(across), float(up)) for across, up in values.to_numpy()[chosen])
            yield Points(label, style, places, letters)


def _listed(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the chart's table: of too many scenarios, those that none dominates first."""
    if len(placed) <= _MOST_ROWS:
        return placed
    rank = (placed["dominated"] == "sì") & (placed["scenario"] != BASE)
    return placed.iloc[rank.argsort(kind="stable")].head(_MOST_ROWS)


def _data(shown: Facts, listed: pd.DataFrame, criteria: tuple[str, str], hidden: int) -> PlainTable:
    rows = [
        (
            same(shown.letters[row["scenario"]]),
            _title(shown, str(row["scenario"])),
            *(_amount(name, float(row[name]), listed[name]) for name in criteria),
            Text("sì", "yes") if row["dominated"] == "sì" else Text("no", "no"),
        )
        for row in listed.to_dict("records")
    ]
    if hidden:
        more = say("… e altri {n} nel file {f}", "… and {n} more in the file {f}", n=hidden, f=f"{PARETO.id}.csv")
        rows.append((NOTHING, more, NOTHING, NOTHING, NOTHING))
    heads = (NOTHING, Text("Scenario", "Scenario"), *(_name(each) for each in criteria), Text("Dominato", "Dominated"))
    return PlainTable(heads, tuple(rows), lefts=2, wide=(1,))


def _title(shown: Facts, scenario: str) -> Text:
    return Text("Piano vigente", "Plan in force") if scenario == BASE else same(shown.titles[scenario])


def _amount(criterion: str, value: float, among: pd.Series) -> Text:
    shown = _shown_values(criterion, among)
    return number(value / (_M2_A_HA if _UNITS[criterion] == "m²" else 1.0), _decimals(shown))


def _alt(shown: Facts, placed: pd.DataFrame, criteria: tuple[str, str], values: pd.DataFrame) -> Text:
    """Return the chart in sentences whose every number stands in its table, rounded alike."""
    ends = {
        name: tuple(number(end, _decimals(values[name])) for end in (values[name].min(), values[name].max()))
        for name in criteria
    }
    across, up = criteria
    worse = [shown.titles[name] for name in placed["scenario"][placed["dominated"] == "sì"]]
    end = say("Dominati da un altro: {w}.", "Dominated by another: {w}.", w=listing(worse)) if worse else Text(
        "Nessuno è dominato da un altro.", "None is dominated by another.")  # fmt: skip
    return say(
        "Grafico a punti, il piano vigente e gli scenari del distretto {d}. In orizzontale {a}: da {a0} a {a1}. "
        "In verticale {u}: da {u0} a {u1}. {e} I valori sono nella tabella sotto.",
        "Scatter chart, the plan in force and the scenarios of the district {d}. Across {a}: from {a0} to {a1}. "
        "Upwards {u}: from {u0} to {u1}. {e} The values are in the table below.",
        d=shown.base["name"], a=_name(across), a0=ends[across][0], a1=ends[across][1], u=_name(up), u0=ends[up][0],
        u1=ends[up][1], e=end,
    )  # fmt: skip


def _formulas(shown: Facts) -> LongTable | None:
    """Return every figure of the plan in force: its formula, the numbers put in, what comes out."""
    rows = tuple(
        (
            Text(str(row["formula"]), str(row["formula_en"])),
            Text(str(row["with_values"]), str(row["with_values_en"])),
            _result(float(row["value"]), str(row["unit"])),
        )
        for row in shown.formulas.to_dict("records")
    )
    if not rows:
        return None
    heads = (Text("Formula", "Formula"), Text("Con i valori", "With its values"), Text("Risultato", "Result"))
    title = Text("Ogni cifra del piano con la sua formula", "Each figure of the plan with its formula")
    return LongTable(title, PlainTable(heads, rows, lefts=2, wide=(0, 1)), "formulas.csv")


def _result(value: float, unit: str) -> Text:
    decimals = 1 if unit == "%" else 0 if abs(value) >= _LARGE or value == int(value) else 2
    words = number(value, decimals)
    shown = _UNITS_IN_WORDS.get(unit, unit)
    return say("{n}\u00a0{u}", "{n}\u00a0{u}", n=words, u=shown) if unit else words


_UNITS_IN_WORDS = {
    "t/anno": Text("t/anno", "t/year"),
    "MWh/anno": Text("MWh/anno", "MWh/year"),
    "ab": Text("ab", "inh."),
}
