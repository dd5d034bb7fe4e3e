"""The standards sheet, from the results as they were written: what is due, what exists, and what lacks where.

Neighbourhoods are filled by what exists as a share of what is due; facilities have the colour of their category.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from geopandas import GeoDataFrame

from analyses.soil.indicators import M2_A_HA
from analyses.standards.tables import CATEGORIES, PARTS
from layers.reference import LayerRef
from layers.roles import BOUNDARY, CENSUS, DISTRICTS, GREEN, SERVICES, ZONING
from layers.text import NOTHING, Lang, Text, number, same, say
from layers.union import union_of_parts
from puc_tool.maps import credentials, standards_words
from puc_tool.maps.frame import scale_words
from puc_tool.maps.layout import lay_out
from puc_tool.maps.sheet import (
    Areas,
    Bars,
    Column,
    Context,
    KeyFigure,
    Layer,
    LegendGroup,
    LegendItem,
    Lines,
    MapContent,
    Marks,
    Numbers,
    Sheet,
    SheetTable,
    TableRow,
)
from puc_tool.maps.soil_facts import ha
from puc_tool.maps.soil_figures import MOST_NUMBERED
from puc_tool.maps.standards_facts import HALF, LETTERS, Facts, facts
from puc_tool.maps.standards_theme import BAR, GROUNDS, Looks, facilities
from puc_tool.maps.style import FREE_LAND, NEIGHBOURHOOD, NUMBER, Fill
from puc_tool.maps.worn import Wardrobe
from puc_tool.shelf import Shelf
from puc_tool.written import Written


def standards_sheet(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of the standards of DM 1444/1968 in each neighbourhood.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame.
    """
    shown, study = facts(written), shelf.study
    outline = union_of_parts(shelf.inputs(written.analysis)["boundary"].geometry.to_numpy())
    looks = facilities(Wardrobe(study))
    content = MapContent(outline, study.crs, (*_theme(shown, looks), *_units(shown)), context)
    return _sheet(shelf, (shown, looks), content, lang)


def _sheet(shelf: Shelf, told: tuple[Facts, Looks], content: MapContent, lang: Lang) -> Sheet:
    study, (shown, looks) = shelf.study, told
    boundary = shelf.of_roles((BOUNDARY,))[0].layer
    assert isinstance(boundary, GeoDataFrame), "results of this study exist, so its boundary can be read"
    communes = sorted(boundary["name"].dropna().astype(str))
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    return Sheet(
        id="standard",
        code="SP-SOC-02",
        title=standards_words.TITLE,
        subtitle=standards_words.subtitle(shown),
        map=content,
        alt=standards_words.alt(shown, communes, scale, is_demonstration=study.is_demonstration),
        day=study.day,
        legend=tuple(_legend(shown, looks)),
        sources=(*credentials.sources(_on_the_sheet(shelf, shown)), *credentials.around(content.context)),
        key_figures=tuple(_key_figures(shown)),
        table=_table(shown),
        note=standards_words.note(shown),
        footnotes=tuple(standards_words.footnotes(shown)),
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )


def _theme(shown: Facts, looks: Looks) -> Iterator[Layer]:
    """Yield the units by what they have of what is due, then the facilities: grounds below, points above."""
    rest = tuple(shown.frame.geometry[shown.frame["is_rest"]])
    if rest:
        yield Areas(rest, FREE_LAND)
    for ground, chosen in _grounds(shown):
        yield Areas(tuple(chosen.geometry), ground)
    for is_area in (True, False):
        for name in PARTS:
            places = _places(shown, name, is_area=is_area)
            if len(places):
                fill, mark = looks[name]
                yield Areas(places, fill) if is_area else Marks(places, mark)


def _grounds(shown: Facts) -> Iterator[tuple[Fill, GeoDataFrame]]:
    """Yield each class of units that has any."""
    share = np.array([shown.of(row).share for row in shown.frame.to_dict("records")])
    place = np.digitize(share, (HALF, 1.0))
    for at, ground in enumerate(GROUNDS):
        chosen = shown.frame[(place == at) & ~shown.frame["is_rest"].to_numpy(bool)]
        if len(chosen):
            yield ground, chosen


def _places(shown: Facts, category: str, *, is_area: bool) -> tuple[shapely.Geometry, ...]:
    places = shown.facilities.geometry.to_numpy()[(shown.facilities["category"] == category).to_numpy()]
    return tuple(places[(shapely.get_dimensions(places) == 2) == is_area])


def _units(shown: Facts) -> Iterator[Layer]:
    outlines = tuple(shown.frame.geometry[~shown.frame["is_rest"]])
    if len(outlines) > 1:
        yield Lines(outlines, NEIGHBOURHOOD)
    if _is_numbered(shown):
        yield Numbers(outlines, tuple(str(place + 1) for place in range(len(outlines))))


def _is_numbered(shown: Facts) -> bool:
    return 1 < int((~shown.frame["is_rest"]).sum()) <= MOST_NUMBERED


def _legend(shown: Facts, looks: Looks) -> Iterator[LegendGroup]:
    """Yield what the fills of units mean, and each category with what there is of it."""
    labels = (
        Text("Meno della metà del dovuto", "Less than half of what is due"),
        Text("Dalla metà al dovuto", "From half to what is due"),
        Text("Il dovuto o più", "What is due or more"),
    )
    named = dict(zip(GROUNDS, labels, strict=True))
    there = dict(_grounds(shown))
    classes = (LegendItem(named[ground], ground, number(len(there[ground]))) for ground in GROUNDS if ground in there)
    yield LegendGroup(tuple(classes), say("Esistente su dovuto: {u}", "Existing over due: {u}", u=shown.kind.many))
    title = Text("Attrezzature: m² per abitante, esistenti / dovuti", "Facilities: m² per resident, existing / due")
    yield LegendGroup(tuple(_categories(shown, looks)), title)
    signs = [LegendItem(shown.kind.one, NEIGHBOURHOOD)] if len(shown.frame) > 1 else []
    if shown.frame["is_rest"].any():
        signs.append(LegendItem(Text("Fuori da ogni quartiere", "In no neighbourhood"), FREE_LAND))
    if _is_numbered(shown):
        signs.append(LegendItem(Text("Numero nella tabella", "Number in the table"), NUMBER))
    if signs:
        yield LegendGroup(tuple(signs), Text("Altri segni", "Other signs"))


def _categories(shown: Facts, looks: Looks) -> Iterator[LegendItem]:
    """Yield the ground of each category, or its points; where there are both, the points apart."""
    for name in PARTS:
        fill, mark = looks[name]
        drawn = [
            style for is_area, style in ((True, fill), (False, mark)) if len(_places(shown, name, is_area=is_area))
        ]
        label = say("{k}\u2002{c}", "{k}\u2002{c}", k=LETTERS[name], c=CATEGORIES[name].label)
        there = standards_words.square_metres(shown.whole(name).m2_per_person)
        amount = say("{m} / {d}", "{m} / {d}", m=there, d=standards_words.square_metres(shown.due_m2(name)))
        point = say("{k}\u2002note solo come punto", "{k}\u2002known only as points", k=LETTERS[name])
        yield from map(LegendItem, (label, point), drawn, (amount, NOTHING))


def _key_figures(shown: Facts) -> Iterator[KeyFigure]:
    whole = shown.whole()
    yield KeyFigure(standards_words.square_metres(whole.m2_per_person), Text("m² per abitante", "m² per resident"))
    signed = say("{n}\u202fha", "{n}\u202fha", n=standards_words.balance(whole.balance_ha))
    yield KeyFigure(signed, Text("saldo totale", "total balance"))
    if len(shown.frame) > 1:
        caption = say("{u} con il dovuto", "{u} with what is due", u=shown.kind.many)
        yield KeyFigure(say("{a} / {b}", "{a} / {b}", a=shown.met, b=len(shown.frame)), caption)


def _table(shown: Facts) -> SheetTable:
    numbered = _is_numbered(shown)
    rows = shown.frame.to_dict("records")
    return SheetTable(
        title=say("Dovuto, esistente e saldo {b} (ha)", "Due, existing and balance {b} (ha)", b=shown.kind.by),
        columns=(
            *((Column(Text("n.", "no."), strong=True),) if numbered else ()),
            Column(Text(shown.kind.one.it, "Name"), wide=True),
            Column(Text("manca", "lacks")),
            Column(Text("m²/ab.", "m²/res."), align="right", strong=True),
            Column(Text("dovuto", "due"), align="right"),
            Column(Text("esist.", "exist."), align="right"),
            Column(Text("saldo", "balance"), align="right", strong=True),
        ),
        rows=tuple(
            TableRow(
                (*_head(place, row, numbered=numbered), *_cells(shown, row)), (min(1.0, shown.of(row).share),)
            )
            for place, row in enumerate(rows, start=1)
        ),
        total=TableRow((*((NOTHING,) if numbered else ()), Text("Totale", "Total"), *_total(shown))),
        bars=Bars(Text("esist./dovuto", "exist./due"), (BAR,)),
        file="by_neighbourhood.csv",
    )  # fmt: skip


def _head(place: int, row: dict[str, object], *, numbered: bool) -> tuple[Text, ...]:
    number_ = (NOTHING if row["is_rest"] else same(place),) if numbered else ()
    return (*number_, same(row["title"]))


def _cells(shown: Facts, row: dict[str, float]) -> tuple[Text, ...]:
    scores = shown.of(row)
    return (standards_words.letters(shown.lacking(row)), *_amounts(scores.m2_per_person, scores.due_m2,
                                                                   scores.existing_m2, scores.balance_ha))  # fmt: skip


def _total(shown: Facts) -> tuple[Text, ...]:
    whole = shown.whole()
    lacking = [name for name in PARTS if round(shown.whole(name).balance_ha * M2_A_HA) < 0]
    return (standards_words.letters(lacking), *_amounts(whole.m2_per_person, whole.due_m2, whole.existing_m2,
                                                        whole.balance_ha))  # fmt: skip


def _amounts(m2_per_person: float | None, due_m2: float, existing_m2: float, balance_ha: float) -> tuple[Text, ...]:
    return (
        standards_words.square_metres(m2_per_person),
        ha(due_m2 / M2_A_HA),
        ha(existing_m2 / M2_A_HA),
        standards_words.balance(balance_ha),
    )


def _on_the_sheet(shelf: Shelf, shown: Facts) -> Iterator[LayerRef]:
    """Yield the layers one can see or count on."""
    study = shelf.study
    for role in (BOUNDARY, SERVICES, GREEN, *((DISTRICTS,) if shown.plan is not None else ())):
        yield from study.of_role(role.id)
    yield from study.of_role(CENSUS.id)[-1:]
    if shown.is_doubled:
        yield from study.of_role(ZONING.id)[-1:]
    if shown.kind.role is not BOUNDARY:
        yield from study.of_role(shown.kind.role.id)[-1:]
