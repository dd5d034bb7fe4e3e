"""What the parameters as they stand would give, while somebody moves them: it is looked at, and is no result.

Parameters that are tried are those of the study's form: each move is a step of its history. Fields of single objects
are tried on the plan, or on the ``base``, a scenario; they are kept with how the study is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from geopandas import GeoDataFrame

from analyses.analysis import Analysis
from analyses.districts.scenarios import BASE
from analyses.live import Bench, Edits, Handle
from analyses.progress import Report, silent
from analyses.result import Result
from layers.problems import PucError, errors
from layers.raster import Raster
from puc_tool.figures.found_results import Results
from puc_tool.maps.canvas.results import ResultPicture, result_pictures
from puc_tool.working import scenario_view
from puc_tool.working.session import Session


@dataclass(frozen=True)
class Tried:
    """What would be found: figures and tables as results have them, and the pictures of the map."""

    results: Results
    pictures: tuple[ResultPicture, ...]


@dataclass(frozen=True)
class Start:
    """What trying starts from: the results in hand, or a scenario as it is shown, by its id ``base``."""

    base: str = BASE
    shown: Tried | None = None


PLAN = Start()


@dataclass(frozen=True)
class Found:
    """A result that nobody has written, to be looked at as one that lies on disk."""

    analysis: Analysis
    parameters: Mapping[str, Any]
    result: Result

    def layer(self, name: str) -> GeoDataFrame | None:
        """Return a layer, or None if there is none of that name."""
        return self.result.layers.get(name)

    def raster(self, name: str) -> Raster | None:
        """Return a raster, or None if there is none of that name."""
        return self.result.rasters.get(name)


def open_bench(session: Session, report: Report = silent) -> Bench | None:
    """Measure the study for trying; None where it has nothing to try. Raises PucError with every error found."""
    params, said = session.params()
    if errors(said):
        raise PucError(*said)
    live = session.analysis.live
    return live.opened(session.shelf.inputs(session.analysis), params, report) if live else None


def handles(session: Session, bench: Bench, base: str = BASE) -> tuple[Handle, ...]:
    """Return what can be moved, as it stands; of the selected unit, its own fields."""
    live = session.analysis.live
    units = [unit.code for unit in session.selection if live and unit.kind == live.chosen_kind]
    return bench.handles(session.params()[0], edits(session, base), units[-1] if units else "")


def held(session: Session, found: Sequence[Handle]) -> Mapping[str, str]:
    """Return the parameters that can't be tried, as they stand: what is measured was measured with them."""
    moved = {each.name for each in found if not each.of}
    return {name: words for name, words in session.words.items() if name not in moved}


def move(session: Session, handle: Handle, value: float, base: str = BASE) -> None:
    """Move a parameter, or a field of an object that is only tried; the moves of one slider are one step."""
    if not handle.of:
        session.set_parameter(handle.name, f"{value:.10g}", handle.label)
    elif not session.is_read_only:
        session.history.do(handle.label, {scenario_view.tried(handle.of, handle.name, base): value}, joins=True)


def try_out(session: Session, bench: Bench, report: Report = silent, *, start: Start = PLAN) -> Tried | None:
    """Return what the parameters as they stand would give; None if they can't be taken, or there is no start."""
    params, said = session.params()
    of = start.shown.results if start.shown else session.results
    if errors(said) or of is None:
        return None
    result = bench.tried(params, edits(session, start.base), report)
    pictures = result_pictures(Found(of.analysis, asdict(params), result), session.study.crs)
    before = start.shown.results.figures if start.shown else ()
    held = dict(result.layers)
    found = replace(of, figures=result.figures, tables=result.tables, found=None, held=held, before=before)
    return Tried(found, pictures)


def edits(session: Session, base: str = BASE) -> Edits:
    """Return the fields that are tried on the plan, or on a scenario."""
    return scenario_view.tried_on(session.history.state, base)
