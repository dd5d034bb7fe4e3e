"""What the screen shows as a sheet: frame, scale, title block and legend by the engine of all sheets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from itertools import count
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from analyses.progress import Report, silent
from layers import crs as coordinate_systems
from layers.problems import Problem, refuse_if_any
from layers.roles import BOUNDARY
from layers.text import Lang, Text, joined, say
from puc_tool.maps import credentials
from puc_tool.maps.frame import fitting_scale, paper, scale_words
from puc_tool.maps.halves import half_of
from puc_tool.maps.layout import lay_out
from puc_tool.maps.no_boundary import boundary_of
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Compared, Context, Layer, MapContent, Sheet
from puc_tool.maps.view import View
from puc_tool.printing.crest import crest
from puc_tool.printing.drawing_desk import context_of
from puc_tool.printing.export_manifest import Manifest, told
from puc_tool.printing.shown_view import ShownLayer, ShownView
from puc_tool.printing.view_alt import alt
from puc_tool.printing.view_signs import Signed, legend, signed
from puc_tool.shelf import Shelf

CODE = "SP-VIS"
TITLE, COMPARED = Text("Vista della mappa", "Map view"), Text("Confronto sulla mappa", "Comparison on the map")
PAPERS = ("A3", "A4")
_REMEDIES = {
    "sheet-column-full": Text("Stampare su A3, o nascondere qualche livello.", "Print on A3, or hide some layers."),
    "sheet-map-empty": Text(
        "Mostrare un livello, o portare la vista dove ce n'è uno.", "Show a layer, or move the view to where one is."
    ),
    "sheet-scale-unfit": Text("Avvicinare la vista, o stampare su A3.", "Zoom in, or print on A3."),
}
_UNPRINTED = Text("Non stampati: {l}.", "Not printed: {l}.")


@dataclass(frozen=True)
class Printed:
    """The file that was written, its scale, and what the lint says of it."""

    path: Path
    denominator: int
    problems: tuple[Problem, ...]


def scale_for(bounds: tuple[float, float, float, float], paper_name: str, *, is_beside: bool = False) -> int:
    """Return the largest standard scale at which all that is looked at finds room on the paper.

    ``is_beside``: two maps side by side share its width.
    """
    width, height = paper(paper_name).frame_mm
    return fitting_scale(bounds, (half_of(width) if is_beside else width, height))


def view_sheet(shelf: Shelf, shown: ShownView, look: tuple[str, int], lang: Lang) -> Sheet:
    """Return the sheet of what is shown; ``look`` is the paper and the scale's denominator.

    Raises PucError if the study has no boundary: the sheet's frame and its names come from it.
    """
    study, boundary = shelf.study, boundary_of(shelf, TITLE)
    content = _content(shelf, shown, boundary, View(look[0], look[1], shapely.box(*shown.bounds)))
    layout = lay_out(content, study.is_demonstration)
    frames = [half.frame for half in layout.halves] or [layout.frame]
    left = signed(_beside_border(shown.layers), frames[0], study.crs)
    right = None
    if shown.against is not None:
        right = signed(_beside_border(shown.against.layers), frames[1], study.crs, left)
    refs = shown.refs or study.of_role(BOUNDARY.id)
    return Sheet(
        id="vista",
        code=CODE,
        title=TITLE if right is None else COMPARED,
        subtitle=_subtitle(shown, left),
        map=_filled(content, left, right),
        alt=alt(shown, scale_words(layout.frame), layout.seen.centre),
        day=study.day or credentials.end_of(max((ref.year for ref in refs if ref.year), default=None)),
        legend=legend(left, right),
        sources=(*credentials.sources(refs), *credentials.around(content.context)),
        footnotes=_left_out((*left, *(right or ()))),
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
        crest=crest(study),
    )


def print_view(
    shelf: Shelf, shown: ShownView, look: tuple[str, int], lang: Lang, *, report: Report = silent
) -> Printed:
    """Write what is shown as PDF among the study's sheets; the same view gives the same file, another one its own.

    Raises PucError if the lint finds it unfit for print, or the folder is not ours: then nothing is written.
    """
    folder = Manifest(shelf.study.export)
    sheet = view_sheet(shelf, shown, look, lang)
    made = render(sheet, ("pdf",), report=report)
    refuse_if_any(_advised(each) for each in made.problems)
    key = _key(shown, look, lang)
    entry = {
        "sheet": sheet.id,
        "code": sheet.code,
        "title": [sheet.title.it, sheet.title.en],
        "unit": "",
        "scale": made.denominator,
        "paper": look[0],
        "crs": coordinate_systems.name_of(shelf.study.crs),
        "key": key,
        "problems": told(made.problems),
    }
    path = _name(folder, _stem(shown, look), key)
    return Printed(folder.put(path, made.files["pdf"], entry), made.denominator, made.problems)


def _key(shown: ShownView, look: tuple[str, int], lang: Lang) -> str:
    """Return what tells a view from another one: ground, paper and scale, what is shown, and how it looks."""
    layers = [
        [(astuple(each.title), each.opacity, [astuple(style) for style in each.laid.classes]) for each in half]
        for half in shown.both
    ]
    beside = [[astuple(name) for name in shown.against.names], shown.against.curtain_x] if shown.against else []
    return hashlib.sha256(json.dumps([*shown.bounds, *look, lang, layers, beside]).encode()).hexdigest()


def _stem(shown: ShownView, look: tuple[str, int]) -> str:
    left, bottom, right, top = shown.bounds
    kind = "confronto" if shown.against is not None else "vista"
    return f"{kind}_{(left + right) / 2:.0f}_{(bottom + top) / 2:.0f}_{look[1]}_{look[0]}"


def _name(folder: Manifest, stem: str, key: str) -> str:
    """Return the file of a view: that of the same one before, else one that no other view has."""
    names = (f"{stem}.pdf" if number == 1 else f"{stem}_{number}.pdf" for number in count(1))
    return next(name for name in names if folder[name].get("key", key) == key)


def _advised(problem: Problem) -> Problem:
    """Return a fault of the page with what somebody at the screen can do about it."""
    return replace(problem, remedy=_REMEDIES.get(problem.code, problem.remedy))


def _beside_border(layers: Sequence[ShownLayer]) -> Sequence[ShownLayer]:
    """Return the layers without the border of the commune, which every sheet draws, unless it is all there is."""
    others = [each for each in layers if {ref.role for ref in each.refs} != {BOUNDARY.id}]
    return others or layers


def _content(shelf: Shelf, shown: ShownView, boundary: BaseGeometry, view: View) -> MapContent:
    """Return the ground as it is looked at; its layers come once it is framed."""
    found, against = context_of(shelf), shown.against
    compared = Compared(against.names, (), against.curtain_x) if against is not None else None
    context = Context(found.neighbours, found.names, found.coastal, view)
    return MapContent(boundary, shelf.study.crs, (), context, compared=compared)


def _filled(content: MapContent, left: Sequence[Signed], right: Sequence[Signed] | None) -> MapContent:
    filled = replace(content, layers=_layers(left))
    if content.compared is None or right is None:
        return filled
    return replace(filled, compared=replace(content.compared, layers=_layers(right)))


def _layers(found: Sequence[Signed]) -> tuple[Layer, ...]:
    return tuple(layer for each in found if each.made is not None for layer in each.made.layers)


def _subtitle(shown: ShownView, left: Sequence[Signed]) -> Text:
    if shown.against is not None:
        return joined(shown.against.names, " | ")
    return joined((each.layer.title for each in left if each.made is not None), " · ")


def _left_out(found: Sequence[Signed]) -> tuple[Text, ...]:
    titles = dict.fromkeys(each.layer.title for each in found if each.made is None)
    return (say(_UNPRINTED.it, _UNPRINTED.en, l=joined(titles, ", ")),) if titles else ()
