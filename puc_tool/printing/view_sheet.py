"""What the screen shows as a sheet: frame, scale, title block and legend by the engine of all sheets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import shapely
from pyproj import CRS

from analyses.progress import Report, silent
from layers import crs as coordinate_systems
from layers.problems import Problem, refuse_if_any
from layers.reference import LayerRef
from layers.roles import BOUNDARY
from layers.text import Lang, Text, joined, number, say
from puc_tool.maps import credentials
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.frame import Frame, fitting_scale, paper, scale_words
from puc_tool.maps.layout import lay_out
from puc_tool.maps.mixing import softened
from puc_tool.maps.no_boundary import boundary_of
from puc_tool.maps.paper_layers import OnPaper, on_paper
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Context, LegendGroup, MapContent, Sheet
from puc_tool.maps.style import Style
from puc_tool.maps.view import View
from puc_tool.printing.crest import crest
from puc_tool.printing.drawing_desk import context_of
from puc_tool.printing.export_manifest import Manifest, told
from puc_tool.shelf import Shelf

CODE = "SP-VIS"
TITLE = Text("Vista della mappa", "Map view")
PAPERS = ("A3", "A4")
HEADING, OTHERS = Text("Legenda", "Legend"), Text("Altri livelli", "Other layers")
_TOO_FULL = Text("Stampare su A3, o nascondere qualche livello.", "Print on A3, or hide some layers.")
_UNPRINTED = Text("Non stampati: {l}.", "Not printed: {l}.")


@dataclass(frozen=True)
class ShownLayer:
    """A layer the map shows: its name, its picture, its entry in the study (results have none), how opaque it is."""

    title: Text
    picture: Picture
    ref: LayerRef | None = None
    opacity: float = 1.0

    @property
    def laid(self) -> Picture:
        """The picture in the colours it has on white paper where it is laid down so opaque."""
        classes = tuple(
            replace(each, colour=softened(each.colour, self.opacity)) if each.colour else each
            for each in self.picture.classes
        )
        return replace(self.picture, classes=classes) if self.opacity < 1.0 else self.picture


@dataclass(frozen=True)
class ShownView:
    """What the map shows: its layers from the bottom up, and the ground it looks at (m of the study's CRS)."""

    layers: tuple[ShownLayer, ...]
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True)
class Printed:
    """The file that was written, its scale, and what the lint says of it."""

    path: Path
    denominator: int
    problems: tuple[Problem, ...]


def scale_for(bounds: tuple[float, float, float, float], paper_name: str) -> int:
    """Return the largest standard scale at which all that is looked at finds room on the paper."""
    return fitting_scale(bounds, paper(paper_name).frame_mm)


def view_sheet(shelf: Shelf, shown: ShownView, look: tuple[str, int], lang: Lang) -> Sheet:
    """Return the sheet of what is shown; ``look`` is the paper and the scale's denominator.

    Raises PucError if the study has no boundary: the sheet's frame and its names come from it.
    """
    study, boundary = shelf.study, boundary_of(shelf, TITLE)
    view = View(look[0], look[1], shapely.box(*shown.bounds))
    context = _looking(shelf, view)
    frame = lay_out(MapContent(boundary, study.crs, (), context), study.is_demonstration).frame
    printed = list(_printed(shown, frame, study.crs))
    there = [made for _, made in printed if made is not None]
    refs = [each.ref for each in shown.layers if each.ref is not None] or study.of_role(BOUNDARY.id)
    return Sheet(
        id="vista",
        code=CODE,
        title=TITLE,
        subtitle=joined((each.title for each, made in printed if made is not None), " · "),
        map=MapContent(boundary, study.crs, tuple(layer for made in there for layer in made.layers), context),
        alt=_alt(shown, scale_words(frame), frame.centre),
        day=study.day or credentials.end_of(max((ref.year for ref in refs if ref.year), default=None)),
        legend=_legend([made.legend for made in there]),
        sources=(*credentials.sources(refs), *credentials.around(context)),
        footnotes=_left_out([each.title for each, made in printed if made is None]),
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
        crest=crest(study),
    )


def print_view(
    shelf: Shelf, shown: ShownView, look: tuple[str, int], lang: Lang, *, report: Report = silent
) -> Printed:
    """Write what is shown as PDF among the study's sheets; the same view gives the same file.

    Raises PucError if the lint finds it unfit for print, or the folder is not ours: then nothing is written.
    """
    folder = Manifest(shelf.study.export)
    sheet = view_sheet(shelf, shown, look, lang)
    made = render(sheet, ("pdf",), report=report)
    refuse_if_any(_advised(each) for each in made.problems)
    entry = {
        "sheet": sheet.id,
        "code": sheet.code,
        "title": [sheet.title.it, sheet.title.en],
        "unit": "",
        "scale": made.denominator,
        "paper": look[0],
        "crs": coordinate_systems.name_of(shelf.study.crs),
        "key": hashlib.sha256(json.dumps([*shown.bounds, *look, lang]).encode()).hexdigest(),
        "problems": told(made.problems),
    }
    return Printed(folder.put(_name(shown, look), made.files["pdf"], entry), made.denominator, made.problems)


def _legend(groups: Sequence[LegendGroup]) -> tuple[LegendGroup, ...]:
    """Return the layers with classes, each under its name, and then those with one sign, together."""
    classed = tuple(group for group in groups if len(group.items) > 1)
    signs = tuple(item for group in groups if len(group.items) == 1 for item in group.items)
    return (*classed, LegendGroup(signs, OTHERS if classed else HEADING))


def _printed(shown: ShownView, frame: Frame, crs: CRS) -> Iterator[tuple[ShownLayer, OnPaper | None]]:
    """Yield each layer with what is printed of it; no two have the same sign."""
    taken = set[Style]()
    for each in shown.layers:
        made = on_paper(each.title, each.laid, frame, crs, taken)
        taken |= {item.style for item in made.legend.items} if made else set()
        yield each, made


def _advised(problem: Problem) -> Problem:
    """Return a fault of the page with what somebody at the screen can do about it."""
    return replace(problem, remedy=_TOO_FULL) if problem.code == "sheet-column-full" else problem


def _name(shown: ShownView, look: tuple[str, int]) -> str:
    left, bottom, right, top = shown.bounds
    return f"vista_{(left + right) / 2:.0f}_{(bottom + top) / 2:.0f}_{look[1]}_{look[0]}.pdf"


def _looking(shelf: Shelf, view: View) -> Context:
    found = context_of(shelf)
    return Context(found.neighbours, found.names, found.coastal, view)


def _left_out(titles: Sequence[Text]) -> tuple[Text, ...]:
    return (say(_UNPRINTED.it, _UNPRINTED.en, l=joined(titles, ", ")),) if titles else ()


def _alt(shown: ShownView, scale: Text, centre: tuple[float, float]) -> Text:
    layers = joined((each.title for each in shown.layers), ", ") or Text("nessun livello", "no layer")
    return say(
        "Vista della mappa alla scala {s}, centrata su {x} E, {y} N. Mostra: {l}.",
        "Map view at the scale of {s}, centred on {x} E, {y} N. It shows: {l}.",
        s=scale, x=number(centre[0]), y=number(centre[1]), l=layers,
    )  # fmt: skip
