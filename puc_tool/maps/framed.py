"""A sheet of a part: a neighbourhood, a district, a zone, or one rectangle of the *quadro di unione*."""

from __future__ import annotations

from dataclasses import replace

from layers.text import SHEETS, Text, counted, joined, same, say
from puc_tool.maps.sheet import KeyFigure, LegendGroup, LegendItem, Lines, Sheet
from puc_tool.maps.style import FRAMED_UNIT
from puc_tool.maps.view import View

_WHOLE = Text("Le quantità sono di tutto il comune.", "Amounts are of the whole municipality.")
_LEGEND_WHOLE = Text(
    "Le quantità della legenda sono di tutto il comune.", "Amounts of the legend are of the whole municipality."
)
_UNIT = LegendItem(Text("Unità inquadrata", "Unit framed"), FRAMED_UNIT)


def framed(sheet: Sheet, figures: tuple[KeyFigure, ...] = (), *, is_of_unit: bool = False) -> Sheet:
    """Return ``sheet`` as its view has it: numbered, named after its part, the unit outlined.

    ``figures`` are those of the unit alone; they take the place of the ground's. The sentence of the map tells them.
    ``is_of_unit``: the sheet was made for its unit, so that its figures and its sentence are already the unit's.
    """
    view = sheet.map.context.view
    if not view.is_part:
        return replace(sheet, number=view.number, count=view.count)
    named = _outlined(sheet, view) if view.is_unit else sheet
    return replace(
        named,
        subtitle=sheet.subtitle if view.is_unit else joined((_place(view), sheet.subtitle), " · "),
        alt=sheet.alt if is_of_unit else joined((sheet.alt, _alt(view, figures)), " "),
        key_figures=figures or sheet.key_figures,
        footnotes=(*sheet.footnotes, _LEGEND_WHOLE if is_of_unit else _WHOLE),
        number=view.number,
        count=view.count,
    )


def _outlined(sheet: Sheet, view: View) -> Sheet:
    assert view.ground is not None, "a unit has its ground"
    content = replace(sheet.map, layers=(*sheet.map.layers, Lines((view.ground.boundary,), FRAMED_UNIT)))
    last = sheet.legend[-1] if sheet.legend else LegendGroup(())
    return replace(sheet, map=content, legend=(*sheet.legend[:-1], replace(last, items=(*last.items, _UNIT))))


def _place(view: View) -> Text:
    return say("Foglio {i} di {n}", "Sheet {i} of {n}", i=view.number, n=view.count)


def _alt(view: View, figures: tuple[KeyFigure, ...]) -> Text:
    if not view.is_unit:
        return say(
            "Quadro di unione: {n}; questo è il foglio {i}. {w}",
            "Sheet index: {n}; this is sheet {i}. {w}",
            n=counted(view.count, SHEETS), i=view.number, w=_WHOLE,
        )  # fmt: skip
    own = joined((say("{c}: {v}", "{c}: {v}", c=each.caption, v=each.value) for each in figures), "; ")
    numbers = say(" {o}.", " {o}.", o=own) if own else same("")
    return say("Il foglio inquadra: {u}.{n}", "The sheet frames: {u}.{n}", u=view.name, n=numbers)
