"""A quaderno to PDF/UA-1: its words, numbers and map as one JSON for the template."""

from __future__ import annotations

from typing import Any

from layers import crs as coordinate_systems
from layers.text import Lang, Text, joined, number, same, say, shortened
from puc_tool.maps import credentials
from puc_tool.maps.frame import bar_breaks, bar_labels, scale_words
from puc_tool.maps.inset import INSET_MM
from puc_tool.maps.page import REGIONS, as_json, look
from puc_tool.report import printing
from puc_tool.report.notebooks.hood_map import SIZE_MM, HoodMap, scale_box
from puc_tool.report.notebooks.notebook import Notebook, Share, Telling
from puc_tool.results import DEMONSTRATION
from puc_tool.shelf import Shelf

TEMPLATE, CONTENT, INSET = "notebook.typ", "notebook.json", "inset.svg"
Page = dict[str, Any]
_TITLE, _RUNNING = 64, 32
"""Characters that a name may have as a heading, and at the foot of a page."""

_WORDS = {
    "kind": Text("Quaderno di quartiere", "Neighbourhood notebook"),
    "services": Text("Servizi raggiunti a piedi", "Services reached on foot"),
    "reach": Text("Su cento abitanti, quanti ci arrivano nei minuti indicati.",
                  "Of a hundred residents, how many get there in the minutes given."),
    "service": Text("Servizio", "Service"), "here": Text("quartiere", "here"), "commune": Text("comune", "whole"),
    "few": Text("In arancio ciò che manca a più di metà del quartiere.", "In orange what more than half lack."),
    "compared": Text("Il quartiere a confronto", "The neighbourhood compared"),
    "indicator": Text("Indicatore", "Indicator"),
    "compared_note": Text("Punto pieno: il quartiere. Cerchio: il comune. Scala da 0 a 100 %.",
                          "Full dot: the neighbourhood. Ring: the municipality. Scale 0 to 100%."),
    "plans": Text("Che cosa è previsto", "What is planned"),
    "district": Text("Distretto", "District"), "state": Text("Stato", "State"),
    "area": Text("Superficie qui", "Ground here"), "people": Text("Abitanti nuovi in tutto", "New people in all"),
    "take_part": Text("Come partecipare", "How to take part"),
    "sources": Text("Da dove vengono i numeri", "Where the numbers come from"),
    "north": Text("N", "N"),
    "ages": Text("Età degli abitanti, su cento", "Age of residents, of a hundred"),
}  # fmt: skip
_STEPS = (
    (Text("Leggi", "Read"), Text("Chiedi al Comune le carte e i dati dello studio.",
                                 "Ask the municipality for the maps and data of the study.")),
    (Text("Segnala", "Tell"), Text("Segna sulla carta un luogo da migliorare o un errore nei dati, e fallo sapere al "
                                   "Comune.",
                                   "Mark on the map a place to improve or an error in the data, and let the "
                                   "municipality know.")),
    (Text("Partecipa", "Take part"), Text("Quando si discute il piano, date e luoghi degli incontri li comunica il "
                                          "Comune.",
                                          "When the plan is discussed, the municipality tells when and where "
                                          "people meet.")),
)  # fmt: skip
_INTRO = Text(
    "Queste due pagine dicono com'è oggi il quartiere, con i numeri, e che cosa si può decidere insieme.",
    "These two pages tell how the neighbourhood is today, in numbers, and what can be decided together.",
)


def notebook_pdf(notebook: Notebook, drawn: HoodMap, shelf: Shelf, lang: Lang) -> bytes:
    """Return the two pages; the same notebook gives the same bytes."""
    page = {
        **_head(notebook, shelf, lang),
        "map": _map(notebook, drawn, shelf),
        "keys": [{"value": each.value, "caption": each.caption} for each in notebook.keys],
        "who": _telling(notebook.who), "ages": [_share(each) for each in notebook.ages],
        "services": [_share(each) for each in notebook.services], "services_instead": notebook.services_instead,
        "soil": _telling(notebook.soil),
        "parts": [{"label": each.label, "share": each.share_pct, "words": _pct(each.share_pct), "colour": each.colour}
                  for each in notebook.soil_parts],
        "water": _telling(notebook.water), "gardens": _telling(notebook.gardens),
        "compared": [_share(each) for each in notebook.compared],
        "plans": [[shortened(each.name, _TITLE), each.state, each.area, each.people] for each in notebook.plans],
        "plans_instead": notebook.plans_instead,
        "steps": [{"title": title, "words": words} for title, words in _STEPS],
        "sources": [{"title": title, "words": words, "lang": words.foreign_to(lang) or lang}
                    for title, words in notebook.sources],
    }  # fmt: skip
    swatches = {f"key-{place}.svg": key.swatch for place, key in enumerate(drawn.keys)}
    content = {CONTENT: as_json(page, lang), INSET: drawn.inset, **swatches, **drawn.pictures}
    return printing.pdf(TEMPLATE, content, shelf.study.day)


def _head(notebook: Notebook, shelf: Shelf, lang: Lang) -> Page:
    study = shelf.study
    return {
        "lang": lang, "region": REGIONS[lang], "look": look(), "words": _WORDS, "intro": _INTRO,
        "name": shortened(same(notebook.hood.name), _TITLE), "short": shortened(same(notebook.hood.name), _RUNNING),
        "authority": credentials.title_block(shelf)["ente"],
        "place": say("{i} di {n}", "{i} of {n}", i=notebook.number, n=notebook.count),
        "day": study.day and [study.day.year, study.day.month, study.day.day],
        "stamp": DEMONSTRATION if study.is_demonstration else same(""),
    }  # fmt: skip


def _map(notebook: Notebook, drawn: HoodMap, shelf: Shelf) -> Page:
    breaks = bar_breaks(drawn.frame.denominator)
    labels, unit = bar_labels(breaks)
    return {
        "pictures": list(drawn.pictures), "width": SIZE_MM[0], "height": SIZE_MM[1],
        "keys": [{"swatch": f"key-{place}.svg", "label": key.label} for place, key in enumerate(drawn.keys)],
        "inset": INSET, "inset_width": INSET_MM[0],
        "scale": scale_words(drawn.frame), "crs": coordinate_systems.name_of(shelf.study.crs),
        "breaks": [{"mm": at / drawn.frame.metres_a_mm, "words": words}
                   for at, words in zip(breaks, labels, strict=True)],
        "unit": unit, "alt": _alt(notebook, drawn), "box": list(scale_box(drawn.frame)),
    }  # fmt: skip


def _alt(notebook: Notebook, drawn: HoodMap) -> Text:
    """Say what the map shows, from the page's own words."""
    legend = joined((key.label for key in drawn.keys), ", ")
    return say(
        "Carta del quartiere {q} alla scala {s}. Vi si vedono: {l}. {w}",
        "Map of the neighbourhood {q} at the scale {s}. It shows: {l}. {w}",
        q=notebook.hood.name, s=scale_words(drawn.frame), l=legend, w=joined(notebook.water.sentences, " "),
    )  # fmt: skip


def _telling(telling: Telling) -> Page:
    words = joined(telling.sentences, " ") or telling.instead
    return {"title": telling.title, "words": words, "warning": telling.warning}


def _share(share: Share) -> Page:
    return {
        "label": share.label, "here": share.here_pct, "here_words": _pct(share.here_pct),
        "commune": share.commune_pct,
        "commune_words": same("–") if share.commune_pct is None else _pct(share.commune_pct),
    }  # fmt: skip


def _pct(value: float) -> Text:
    return say("{n}{s}%", "{n}{s}%", n=number(value, 1), s=Text("\u00a0", ""))
