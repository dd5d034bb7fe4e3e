"""The atlas: every sheet in one tagged PDF, with a cover, an index with its *quadro di unione*, and the warnings last.

It is one document set anew from what its pages were set from: PDF files put together would lose their tags.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from geopandas import GeoDataFrame

from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, SHEETS, Lang, Text, counted, listing, long_date, number, say
from puc_tool.maps import atlas_pictures, page
from puc_tool.maps.credentials import title_block
from puc_tool.maps.typeset import typeset_pages
from puc_tool.printing.drawing_desk import Drawn, context_of
from puc_tool.printing.sheet_orders import Order, Wish
from puc_tool.printing.sheets import BY_ID
from puc_tool.shelf import Shelf
from puc_tool.study import Study

TEMPLATE = "atlas.typ"
_DISTRICTS = (Text("Distretti di trasformazione", "Transformation districts"), "#0a626b")
_GROUPS: Mapping[str, tuple[Text, str]] = {
    "BAS": (Text("Basi", "Base maps"), "#66686d"),
    "AMB": (Text("Ambiente ed energia", "Environment and energy"), "#0f7b4f"),
    "TEC": (Text("Tecnologia", "Technology"), "#5b2a86"),
    "SOC": (Text("Società", "Society"), "#8a3b12"),
    "SUO": (Text("Suolo", "Soil"), "#be0019"),
    "REG": _DISTRICTS,
    "DIS": _DISTRICTS,
}
_MAPS = (Text("tavola", "map"), Text("tavole", "maps"))
_OTHERS = (Text("Altre tavole", "Other sheets"), "#0a626b")


ONLY_VOLUME = (0, 1)
"""The place of a volume, counted from 0, and how many there are."""


def key(study: Study, wanted: Sequence[Order], volume: tuple[int, int] = ONLY_VOLUME) -> str:
    """Return the hash of all that the atlas depends on: the study's title and the keys of its sheets in their order."""
    content = json.dumps([study.title, study.title_en, [order.key for order in wanted], volume])
    return hashlib.sha256(content.encode()).hexdigest()


def atlas(shelf: Shelf, pages: Sequence[Drawn], wish: Wish, volume: tuple[int, int] = ONLY_VOLUME) -> bytes:
    """Return the PDF (PDF/UA-1) of ``pages`` in their order."""
    lang, study = wish.lang, shelf.study
    pictures, frames = atlas_pictures.pictures(_content(shelf, pages), lang)
    content = {
        **page.lang_of(lang),
        "look": page.look(),
        "day": study.day and [study.day.year, study.day.month, study.day.day],
        "words": _words(),
        "cover": _cover(shelf, pages, volume),
        "folders": [_folder(place) for place in range(len(pages))],
        "index": index(pages),
        "pictures": frames,
        "alt": _index_alt(pages),
        "warnings": _warnings(pages, lang),
    }
    bundles = {f"{_folder(place)}{name}": each for place, one in enumerate(pages) for name, each in one.page.items()}
    return typeset_pages(TEMPLATE, {"atlas.json": page.as_json(content, lang), **pictures, **bundles}, study.day)


def _folder(place: int) -> str:
    return f"{place + 1}/"


def _content(shelf: Shelf, pages: Sequence[Drawn]) -> atlas_pictures.Ground:
    """Return what cover and index show: the ground, what is built on it, and the parts the sheets frame."""
    built = [shelf.intake(ref).layer for ref in shelf.study.of_role(roles.BUILDINGS.id)[-1:]]
    buildings = tuple(built[0].geometry) if built and isinstance(built[0], GeoDataFrame) else ()
    views = [each.order.part.view for each in pages]
    framed = {view.number: view.ground for view in views if view.ground is not None}
    boundary = shelf.ground().boundary
    assert boundary is not None, "its sheets were drawn"
    grounds = tuple(framed[place] for place in sorted(framed))
    return atlas_pictures.Ground(boundary, shelf.study.crs, buildings, grounds, context_of(shelf))


def _words() -> Mapping[str, Text]:
    return {
        "title": Text("Atlante dello studio preliminare", "Atlas of the preliminary study"),
        "index": Text("Indice delle tavole e quadro di unione", "Index of sheets and their places"),
        "code": Text("Codice", "Code"), "sheet": Text("Titolo", "Title"), "scale": Text("Scala", "Scale"),
        "paper": Text("Formato", "Paper"), "count": Text("Fogli", "Sheets"), "page": Text("Pag.", "Page"),
        "contents": Text("Contenuto", "Contents"), "date": Text("Data", "Date"),
        "revision": Text("Revisione", "Revision"),
        "warnings": Text("Avvisi e valori non verificati", "Warnings and unverified values"),
        "warning": Text("Avviso", "Warning"), "remedy": Text("Che cosa fare", "What to do"),
        "links": Text("I numeri di pagina sono collegamenti.", "Page numbers are links."),
        "stamp": page.HEADINGS["stamp"], "stamp_more": page.HEADINGS["stamp_more"],
    }  # fmt: skip


def _cover(shelf: Shelf, pages: Sequence[Drawn], volume: tuple[int, int]) -> Mapping[str, Any]:
    study, block = shelf.study, title_block(shelf)
    kinds = len({each.order.kind_id for each in pages})
    names = dict.fromkeys(_group(each.code)[0] for each in pages)
    contents = say("{k} in {n}", "{k} on {n}", k=counted(kinds, _MAPS), n=counted(len(pages), SHEETS))
    if volume != ONLY_VOLUME:
        contents = say("Volume {i} di {m} · {c}", "Volume {i} of {m} · {c}", i=volume[0] + 1, m=volume[1], c=contents)
    return {
        "authority": block["ente"], "department": block.get("dipartimento", NOTHING), "plan": block["piano"],
        "subject": Text(" · ".join(each.it for each in names), " · ".join(each.en for each in names)),
        "study": study.named, "contents": contents, "date": long_date(study.day) if study.day else NOTHING,
        "revision": block["revisione"], "is_demonstration": study.is_demonstration,
        "paper": pages[0].order.part.view.paper,
    }  # fmt: skip


def _group(code: str) -> tuple[Text, str]:
    return _GROUPS.get(code.partition("-")[2].partition("-")[0], _OTHERS)


def index(pages: Sequence[Drawn]) -> list[Mapping[str, Any]]:
    """Return the groups of the index with their sheets, each with its parts, in the order of the pages."""
    rows = [_row(list(run)) for _, run in groupby(enumerate(pages), key=lambda each: each[1].order.kind_id)]
    found: dict[Text, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(_group(str(row["code"]))[0], []).append(row)
    colours = dict((*_GROUPS.values(), _OTHERS))
    return [{"title": title, "colour": colours[title], "rows": listed} for title, listed in found.items()]


def _row(run: Sequence[tuple[int, Drawn]]) -> Mapping[str, Any]:
    first = run[0][1]
    codes = {each.code for _, each in run}
    scales = {each.denominator for _, each in run}
    words = say("1:{n}", "1:{n}", n=number(max(scales))) if len(scales) == 1 else Text("varie", "various")
    parts = [{"name": each.order.part.title, "at": place + 1} for place, each in run]
    titles = {each.title for _, each in run}
    title = first.title if len(titles) == 1 else BY_ID[first.order.kind_id].title
    return {
        "code": first.code if len(codes) == 1 else first.code.rpartition("-")[0],
        "title": title, "scale": words, "paper": first.order.part.view.paper,
        "count": len(run), "at": run[0][0] + 1, "parts": parts if len(run) > 1 else [],
    }  # fmt: skip


def _index_alt(pages: Sequence[Drawn]) -> Text:
    view = pages[0].order.part.view
    if not view.is_part:
        return Text("Carta d'insieme: tutte le tavole inquadrano l'intero territorio.",
                    "Overview: every sheet frames the whole territory.")  # fmt: skip
    return say("Quadro di unione, numerato sulla carta: {n}.", "Sheet index, numbered on the map: {n}.",
               n=counted(view.count, SHEETS))  # fmt: skip


def _warnings(pages: Sequence[Drawn], lang: Lang) -> list[Mapping[str, Any]]:
    """Return each warning once, with the sheets it speaks of: their code, and which of its parts if not all."""
    found: dict[str, tuple[Problem, list[Drawn]]] = {}
    for each in pages:
        for problem in _printed(each.problems):
            found.setdefault(problem.message.to(lang), (problem, []))[1].append(each)
    return [
        {"sheets": _spoken_of(said, pages), "message": _begun(problem.message), "remedy": problem.remedy}
        for problem, said in found.values()
    ]


def _spoken_of(some: Sequence[Drawn], pages: Sequence[Drawn]) -> list[Mapping[str, Any]]:
    """Return the codes of ``some`` of the ``pages``; with each its parts, unless it is all of them."""
    listed = list[Mapping[str, Any]]()
    for code in dict.fromkeys(each.code for each in some):
        parts = [each.order.part.title for each in some if each.code == code]
        is_all = len(parts) == sum(each.code == code for each in pages)
        listed.append({"code": code, "parts": NOTHING if is_all else listing(parts)})
    return listed


def _printed(problems: Iterable[Problem]) -> Iterable[Problem]:
    return (problem for problem in problems if problem.severity is Severity.WARNING)


def _begun(words: Text) -> Text:
    return Text(words.it[:1].upper() + words.it[1:], words.en[:1].upper() + words.en[1:])
