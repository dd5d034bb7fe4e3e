"""A panel for the page template: its chart's file, its tables as words, and what is said of rows without room."""

from __future__ import annotations

from typing import Any

from layers.text import Lang, Text, counted, say
from puc_tool.maps import chart as scatter
from puc_tool.maps import waterfall
from puc_tool.maps.panel import Chart, LongTable, Panel, PlainTable, Waterfall

CHART_FILE = "chart.svg"


def panel_page(panel: Panel, *, continues: bool) -> dict[str, Any]:
    """Return the JSON of a panel; ``continues``: what finds no room in it stands on a further page."""
    told = panel.table and _long(panel.table, continues=continues)
    return {"chart": panel.chart and _chart(panel.chart), "table": told}


def size_mm(chart: Chart | Waterfall) -> tuple[float, float]:
    """Return width and height of a chart's picture."""
    return waterfall.size_mm(chart) if isinstance(chart, Waterfall) else scatter.SIZE_MM


def picture(chart: Chart | Waterfall, lang: Lang) -> bytes:
    """Return a chart as SVG, each by its own drawing."""
    return waterfall.picture(chart, lang) if isinstance(chart, Waterfall) else scatter.picture(chart, lang)


def _chart(chart: Chart | Waterfall) -> dict[str, Any]:
    width, height = size_mm(chart)
    return {
        "file": CHART_FILE,
        "width": width,
        "height": height,
        "title": chart.title,
        "alt": chart.alt,
        **_plain(chart.data),
    }


def _long(table: LongTable, *, continues: bool) -> dict[str, Any]:
    said = told_of_rows(len(table.table.rows), table.file, continues=continues)
    return {"title": table.title, **_plain(table.table), "more": said}


def _plain(table: PlainTable) -> dict[str, Any]:
    columns = [
        {"label": label, "align": "left" if place < table.lefts else "right", "wide": place in table.wide}
        for place, label in enumerate(table.columns)
    ]
    return {"columns": columns, "rows": [list(row) for row in table.rows]}


def told_of_rows(count: int, file: str, *, continues: bool) -> list[Text]:
    """Return what a table of ``count`` rows says of those it does not show, for none hidden to all."""
    named = say("nel file {f}", "in the file {f}", f=file)
    place = _FURTHER if continues else named if file else Text("nella tabella dei dati", "in the data table")
    return [_more(hidden, count, place) for hidden in range(count + 1)]


_MORE_ROWS = (Text("altra riga", "more row"), Text("altre righe", "more rows"))
_FURTHER = Text("alla pagina successiva", "on the next page")


def _more(hidden: int, of: int, place: Text) -> Text:
    if hidden == of:
        return say("Valori {p}.", "Values {p}.", p=place)
    return say("… e {n} {p}.", "… and {n} {p}.", n=counted(hidden, _MORE_ROWS), p=place)
