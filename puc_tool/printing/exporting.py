"""Sheets to files, told in a manifest: unchanged ones are not drawn again, and one that is killed is taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path

from analyses.progress import Report, part_of, silent
from layers import crs as coordinate_systems
from layers.problems import Problem, PucError, Severity
from layers.source import fingerprint
from layers.text import Lang, Text, same, say
from puc_tool import provenance, results, run
from puc_tool.maps.style import Format
from puc_tool.maps.view import View
from puc_tool.printing import kept_pages, page_files
from puc_tool.printing.atlas_volumes import AtlasDesk
from puc_tool.printing.coverage import WHOLE, Cut, Part, parts
from puc_tool.printing.crest import crest
from puc_tool.printing.drawing_desk import Drawn, draw_all
from puc_tool.printing.export_manifest import Manifest, problems_of, told
from puc_tool.printing.sheet_orders import Order, Wish, orders
from puc_tool.printing.sheets import BaseKind, Kind, SheetKind
from puc_tool.shelf import Shelf
from puc_tool.study import Study
from puc_tool.written import outdated, written


@dataclass(frozen=True)
class Exported:
    """The files that lie there now, what the lint says of the sheets, and how many of them were drawn."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    drawn: int = 0


@dataclass(frozen=True)
class Step:
    """What became of one sheet: it lay there unchanged, or was drawn. One with errors was not written."""

    order: Order
    problems: tuple[Problem, ...] = ()
    is_unchanged: bool = False


def unwatched(step: Step) -> None:
    """Let the export go its way."""


def export(
    shelf: Shelf,
    kinds: Sequence[Kind],
    formats: Sequence[Format],
    *,
    to: Path | None = None,
    dpi: int = 150,
    lang: Lang = "it",
    cut: Cut = WHOLE,
    jobs: int = 1,
    one_file: bool = False,
    report: Report = silent,
    watch: Callable[[Step], None] = unwatched,
) -> Exported:
    """Write ``kinds``, cut as ``cut`` says, and their manifest; with ``one_file`` also the atlas of them all.

    A sheet that the lint finds unfit for print, or whose results lack what it reads, is not written, the others are;
    its errors are among the problems. ``watch`` is told each sheet once it is settled: first those that lie there
    unchanged. Raises PucError if results are missing or old, or the folder is not ours.
    """
    folder = Manifest(to or shelf.study.export)
    wish = Wish(tuple(dict.fromkeys(formats)), dpi, lang, cut)
    kinds, told = _up_to_date(kinds, shelf.study)
    wanted = ordered(shelf, kinds, wish)
    crest(shelf.study)  # refused now, not after the first sheets
    # First of all, so that what a kill leaves behind is known as ours.
    folder.save()
    missing = [order for order in wanted if not _lies_there(folder, order, wish)]
    for order in wanted:
        if order not in missing:
            watch(Step(order, _said(folder, order, wish), is_unchanged=True))
    share = 0.9 if one_file else 1.0
    pages = _draw(shelf, folder, missing, wish, jobs=jobs, keeps_pages=one_file and len(wanted) > 1,
                  report=part_of(report, 0.0, share), watch=watch)  # fmt: skip
    refused = {stem: drawn.problems for stem, drawn in pages.items() if not drawn.is_fit}
    fit = [order for order in wanted if order.stem not in refused]
    files = [folder.folder / name for order in fit for name in _names(folder, order, wish)]
    if one_file and len(fit) > 1:
        desk = AtlasDesk(shelf, folder, wish, jobs)
        files += desk.write(fit, pages, part_of(report, share, 1.0))
    problems = [each for order in wanted for each in refused.get(order.stem) or _said(folder, order, wish)]
    return Exported(tuple(files), (*told, *problems), len(missing))


def _draw(
    shelf: Shelf, folder: Manifest, missing: Sequence[Order], wish: Wish,
    *, jobs: int, keeps_pages: bool, report: Report, watch: Callable[[Step], None],
) -> dict[str, Drawn]:  # fmt: skip
    """Draw the missing sheets, write those that are fit as they come, and return all of them by their stem."""
    pages = dict[str, Drawn]()
    for drawn in draw_all(shelf, missing, wish, jobs=jobs, report=report):
        _keep(folder, drawn, shelf.study, wish)
        if keeps_pages and drawn.is_fit:
            kept_pages.keep(folder, drawn)
        pages[drawn.order.stem] = replace(
            drawn, files={}, further={}
        )  # they are written: of hundreds of pages memory holds few
        watch(Step(drawn.order, drawn.problems))
    return pages


def ready(study: Study, kinds: Sequence[Kind]) -> tuple[tuple[Kind, ...], tuple[Problem, ...]]:
    """Return the sheets that can be drawn: their analysis has been run, or their layer is there; a remark on the rest.

    If none can, those that the study has the layers for are returned: exporting them says what to do.
    """
    able = tuple(kind for kind in kinds if is_ready(kind, study))
    if not any(not isinstance(kind, BaseKind) for kind in able):
        computed = tuple(kind for kind in kinds if not isinstance(kind, BaseKind))
        likely = tuple(kind for kind in computed if not run.lacking(kind.analysis, study)) or computed
        return (able, tuple(passed_over(kind, study) for kind in kinds if kind not in able)) if able else (likely, ())
    return able, tuple(passed_over(kind, study) for kind in kinds if kind not in able)


def is_ready(kind: Kind, study: Study) -> bool:
    """Tell whether a sheet can be drawn: its analysis has been run, or its layer is there."""
    if isinstance(kind, BaseKind):
        return bool(study.of_role(kind.theme.role.id)) and bool(study.of_role("boundary"))
    return _is_run(kind, study) and not _is_empty(kind, study)


def _is_run(kind: Kind, study: Study) -> bool:
    return not isinstance(kind, BaseKind) and provenance.read(study.results / kind.analysis.id) is not None


def _is_empty(kind: SheetKind, study: Study) -> bool:
    """Tell whether a run counts nothing of what the sheet is about; figures that can't be read are told elsewhere."""
    if not kind.subject:
        return False
    try:
        figures = results.read_figures(study.results / kind.analysis.id)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return figures.get(kind.subject, {}).get("value") == 0


def _up_to_date(kinds: Sequence[Kind], study: Study) -> tuple[tuple[Kind, ...], tuple[Problem, ...]]:
    """Return the sheets whose results hold all they read, and an error for each analysis whose results do not.

    Raises PucError with these errors if no sheet is left.
    """
    analyses = {kind.analysis.id: kind.analysis for kind in kinds if not isinstance(kind, BaseKind)}
    lacking = {name: outdated(analysis, study) for name, analysis in analyses.items()}
    able = tuple(kind for kind in kinds if isinstance(kind, BaseKind) or not lacking[kind.analysis.id])
    told = tuple(problem for each in lacking.values() for problem in each)
    if not able:
        raise PucError(*told)
    return able, told


def ordered(shelf: Shelf, kinds: Sequence[Kind], wish: Wish) -> list[Order]:
    """Return the orders of ``kinds`` as ``wish`` cuts them; raises PucError if results are missing or old."""
    study, hashed = shelf.study, cache(fingerprint)
    found = {kind.id: written(kind.analysis, study, hashed) for kind in kinds if not isinstance(kind, BaseKind)}
    cut = parts(shelf, wish.cut)
    return [
        order for kind in kinds for order in orders(study, kind, found.get(kind.id), _parts_of(kind, cut, wish), wish)
    ]


def _parts_of(kind: Kind, cut: Sequence[Part], wish: Wish) -> Sequence[Part]:
    """Return the parts a sheet comes in: one that is about a unit is cut by nothing else."""
    if isinstance(kind, BaseKind) or kind.of in ("", wish.cut.coverage):
        return cut
    return (Part("", "", View(wish.cut.paper, wish.cut.denominator)),)


def _names(folder: Manifest, order: Order, wish: Wish) -> Iterator[str]:
    return chain.from_iterable(page_files.names(folder, order.stem, form) for form in wish.formats)


def _lies_there(folder: Manifest, order: Order, wish: Wish) -> bool:
    return all(folder.holds(name, order.key) for name in _names(folder, order, wish))


def _keep(folder: Manifest, drawn: Drawn, study: Study, wish: Wish) -> None:
    """Write a sheet and its entries; of one unfit for print nothing, what lay there before stays."""
    entry = _entry(drawn, study, wish)
    for form, content in drawn.files.items():
        page_files.put(folder, (drawn.order.stem, form), (content, *drawn.further.get(form, ())), entry)


def _entry(drawn: Drawn, study: Study, wish: Wish) -> Mapping[str, object]:
    order = drawn.order
    return {
        "sheet": order.kind_id,
        "code": drawn.code,
        "title": [drawn.title.it, drawn.title.en],
        "unit": order.part.view.name.to(wish.lang),
        "scale": drawn.denominator,
        "paper": order.part.view.paper,
        "crs": coordinate_systems.name_of(study.crs),
        **order.source,
        "key": order.key,
        "problems": told(drawn.problems),
    }


def _said(folder: Manifest, order: Order, wish: Wish) -> tuple[Problem, ...]:
    return problems_of(folder[f"{order.stem}.{wish.formats[0]}"])


def passed_over(kind: Kind, study: Study) -> Problem:
    """Return the remark on a sheet that can't be drawn: what it lacks, and how to get it."""
    if _is_run(kind, study):
        return Problem(
            "sheet-passed-over",
            kind.title,
            Text("i risultati non hanno nulla che la tavola mostri.", "the results hold nothing that the sheet shows."),
            Text("La tavola non viene disegnata.", "The sheet is not drawn."),
            severity=Severity.INFO,
        )
    if isinstance(kind, BaseKind):
        return Problem(
            "sheet-passed-over",
            kind.title,
            say("lo studio non ha il livello «{r}».", "the study lacks the layer “{r}”.", r=kind.theme.role.title),
            Text("La tavola non viene disegnata.", "The sheet is not drawn."),
            say(
                "Aggiungerlo con «puc-tool add STUDIO {r}».",
                "Add it with “puc-tool add STUDY {r}”.",
                r=kind.theme.role.id,
            ),
            Severity.INFO,
        )
    return Problem(
        "sheet-passed-over",
        kind.title,
        say("l'analisi «{a}» non è stata eseguita.", "the analysis “{a}” has not been run.", a=kind.analysis.title),
        Text("La tavola non viene disegnata.", "The sheet is not drawn."),
        say("Eseguire «puc-tool run STUDIO {a}».", "Run “puc-tool run STUDY {a}”.", a=same(kind.analysis.id)),
        Severity.INFO,
    )
