"""The sheet of a site for gardens: where it lies among suitable ground, and what each criterion gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
from shapely.geometry.base import BaseGeometry

from layers.problems import Problem, PucError
from layers.text import CRITERIA, Lang, Text, counted, joined, number, same, say
from puc_tool.maps.frame import scale_words
from puc_tool.maps.garden_facts import Facts, facts, title_of
from puc_tool.maps.garden_sheet import garden_sheet
from puc_tool.maps.layout import lay_out
from puc_tool.maps.panel import PANEL_MM, Axis, Panel, PlainTable, Step, Waterfall
from puc_tool.maps.sheet import Context, KeyFigure, Sheet
from puc_tool.maps.soil_facts import percent
from puc_tool.maps.view import View
from puc_tool.shelf import Shelf
from puc_tool.written import Written

TITLE, FIRST = Text("Sito per orti", "Site for gardens"), Text("Primo sito per orti", "First site for gardens")
_LARGEST_SCALE = 2000
_SHOWN = 3


def garden_site_sheet(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of the site that the view frames, else of the first, with its score as a waterfall of criteria.

    Under ordered weights no criterion has a part of its own in the score, so that there is no chart.

    Raises
    ------
    PucError
        Where no site is left, the boundary is empty, or the results have no classes.
    """
    shown = facts(written)
    if shown.sites is None or shown.sites.empty:
        raise PucError(_no_site(written))
    place, study = _place(shown.sites, context.view), shelf.study
    site = shown.sites.iloc[place]
    whole = garden_sheet(shelf, written, replace(context, view=View(context.view.paper)), lang)
    content = replace(whole.map, panel_mm=PANEL_MM)
    view = _view(site.geometry, str(site["name"]), context.view)
    content = replace(content, context=replace(content.context, view=view))
    least = max(_LARGEST_SCALE, lay_out(content, study.is_demonstration).frame.denominator)
    content = replace(content, denominator=view.denominator or least)
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    return replace(
        whole,
        id="orti-sito",
        code="SP-AMB-11",
        title=TITLE if context.view.is_unit else FIRST,
        subtitle=_subtitle(place, shown),
        map=content,
        alt=_alt(site, place, scale, is_demonstration=study.is_demonstration),
        key_figures=tuple(_key_figures(site)),
        panel=_panel(shown.reasons[shown.reasons["site"] == site["site"]], place),
        footnotes=tuple(_firmness(site, shown)),
    )


def _place(sites: pd.DataFrame, view: View) -> int:
    """Return the place in the ranking (from 0) of the site that the view frames; the first where it frames none."""
    framed = [place for place, name in enumerate(sites["site"].astype(str)) if view.is_unit and name == view.code]
    return framed[0] if framed else 0


def _subtitle(place: int, shown: Facts) -> Text:
    return say(
        "Posto {p} su {n} · {c}", "Rank {p} of {n} · {c}",
        p=place + 1, n=number(shown.site_count), c=shown.scenario.title,
    )  # fmt: skip


def _firmness(site: pd.Series, shown: Facts) -> Iterator[Text]:
    """Yield between which places and scores the site stays when the weights vary."""
    low, high = int(site["rank_low"]), int(site["rank_high"])
    if low == high:
        yield say("Al variare dei pesi resta al posto {a}.", "As weights vary it keeps rank {a}.", a=number(low))
    else:
        yield say(
            "Al variare dei pesi sta fra i posti {a} e {b}; è fra i primi {k} nel {p} dei casi.",
            "As weights vary it ranks between {a} and {b}; it is among the first {k} in {p} of cases.",
            a=number(low), b=number(high), k=int(shown.written.parameters["top"]), p=percent(site["top_share_pct"]),
        )  # fmt: skip


def _view(site: BaseGeometry, name: str, view: View) -> View:
    called = view.name if view.is_unit and view.code else same(name)
    return replace(view, ground=site, is_unit=True, name=called)


def _no_site(written: Written) -> Problem:
    return Problem(
        "garden-no-site-to-show",
        TITLE,
        Text("nessun sito rimane.", "no site is left."),
        Text("La tavola non ha che cosa inquadrare.", "The sheet has nothing to frame."),
        say("Rivedere esclusioni e superficie minima di «{a}».", "Look at exclusions and minimum size of “{a}”.",
            a=same(written.analysis.id)),
    )  # fmt: skip


def _key_figures(site: pd.Series) -> Iterator[KeyFigure]:
    yield KeyFigure(number(float(site["score"]), 2), Text("punteggio del sito", "score of the site"))
    yield KeyFigure(
        say("{n}\u202fm²", "{n}\u202fm²", n=number(site["area_m2"])), Text("superficie del sito", "area of the site")
    )
    yield KeyFigure(number(site["plots"]), Text("orti possibili", "plots it takes"))


def _ordered(rows: pd.DataFrame) -> pd.DataFrame | None:
    """Return what each criterion gives the site, the largest part first; None under ordered weights."""
    if rows.empty or rows["part"].isna().any():
        return None
    return rows.sort_values("part", ascending=False, kind="stable").reset_index(drop=True)


def _panel(reasons: pd.DataFrame, place: int) -> Panel | None:
    rows = _ordered(reasons)
    if rows is None:
        return None
    first = Text("Perché è primo: che cosa dà ogni criterio", "Why it is first: what each criterion gives")
    other = Text("Il punteggio: che cosa dà ogni criterio", "The score: what each criterion gives")
    told = rows.to_dict("records")
    chart = Waterfall(
        title=other if place else first,
        axis=Axis(Text("Punteggio, da 0 a 1", "Score, 0 to 1"), 2),
        steps=tuple(Step(title_of(row["criterion"]), float(row["part"]), float(row["weight"])) for row in told),
        total=float(rows["part"].sum()),
        total_label=Text("Punteggio", "Score"),
        given=Text("dato", "given"),
        possible=Text("al massimo (peso)", "at most (weight)"),
        alt=_chart_alt(rows),
        data=_data(rows),
    )
    return Panel(chart)


def _data(rows: pd.DataFrame) -> PlainTable:
    heads = (Text("Criterio", "Criterion"), Text("valore", "score"), Text("peso", "weight"), Text("dà", "gives"))
    body = tuple(
        (title_of(row["criterion"]), *(number(float(row[name]), 2) for name in ("score", "weight", "part")))
        for row in rows.to_dict("records")
    )
    sums = tuple(number(float(rows[name].sum()), 2) for name in ("weight", "part"))
    return PlainTable(heads, (*body, (Text("Somma", "Sum"), same(""), *sums)))


def _chart_alt(rows: pd.DataFrame) -> Text:
    """Return the chart in sentences whose every number stands in its table, rounded alike."""
    most = [_part(row) for row in rows.head(_SHOWN).to_dict("records")]
    lost = rows.assign(lost=rows["weight"] - rows["part"]).sort_values("lost", ascending=False, kind="stable").iloc[0]
    return say(
        "Grafico a cascata: il punteggio {p} è la somma di {n}. Danno di più: {m}. Perde di più: {c}, {g} di "
        "{w}. I valori sono nella tabella sotto.",
        "Waterfall chart: the score of {p} is the sum of {n}. Most is given by: {m}. Most is lost by: {c}, "
        "{g} of {w}. The values are in the table below.",
        p=number(float(rows["part"].sum()), 2), n=counted(len(rows), CRITERIA), m=joined(most, "; "),
        c=title_of(str(lost["criterion"])), g=number(float(lost["part"]), 2), w=number(float(lost["weight"]), 2),
    )  # fmt: skip


def _part(row: dict[str, object]) -> Text:
    return say("{c} {g}", "{c} {g}", c=title_of(str(row["criterion"])), g=number(float(str(row["part"])), 2))


def _alt(site: pd.Series, place: int, scale: Text, *, is_demonstration: bool) -> Text:
    return say(
        "Mappa del sito per orti «{n}», posto {p} della graduatoria, alla scala {s}{d}: {a} metri quadri, "
        "punteggio {q}.",
        "Map of the site for gardens “{n}”, rank {p}, at the scale of {s}{d}: {a} square metres, score {q}.",
        n=same(site["name"]), p=place + 1, s=scale, a=number(float(site["area_m2"])),
        q=number(float(site["score"]), 2),
        d=Text(" (dati dimostrativi)", " (demonstration data)") if is_demonstration else same(""),
    )  # fmt: skip
