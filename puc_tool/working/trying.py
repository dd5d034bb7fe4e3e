"""What the parameters as they stand would give, while somebody moves them: it is looked at, and is no result.

Parameters that are tried are those of the study's form: each move is a step of its history. Fields of single objects
are tried in a place of the state that no file keeps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from geopandas import GeoDataFrame

from analyses.analysis import Analysis
from analyses.live import Bench, Edits, Handle
from analyses.progress import Report, silent
from analyses.result import Result
from layers.problems import PucError, errors
from layers.raster import Raster
from puc_tool.figures.found_results import Results
from puc_tool.maps.canvas.results import ResultPicture, result_pictures
from puc_tool.working import study_settings as settings
from puc_tool.working.session import Session


@dataclass(frozen=True)
class Tried:
    """What would be found: figures and tables as results have them, and the pictures of the map."""

    results: Results
    pictures: tuple[ResultPicture, ...]


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


def handles(session: Session, bench: Bench) -> tuple[Handle, ...]:
    """Return what can be moved, as it stands; of the selected unit, its own fields."""
    live = session.analysis.live
    units = [unit.code for unit in session.selection if live and unit.kind == live.chosen_kind]
    return bench.handles(session.params()[0], edits(session), units[-1] if units else "")


def held(session: Session, found: Sequence[Handle]) -> Mapping[str, str]:
    """Return the parameters that can't be tried, as they stand: what is measured was measured with them."""
    moved = {each.name for each in found if not each.of}
    return {name: words for name, words in session.words.items() if name not in moved}


def move(session: Session, handle: Handle, value: float) -> None:
    """Move a parameter, or a field of an object that is only tried; the moves of one slider are one step."""
    if not handle.of:
        session.set_parameter(handle.name, f"{value:.10g}", handle.label)
    elif not session.is_read_only:
        session.history.do(handle.label, {settings.tried(handle.of, handle.name): value}, joins=True)


def try_out(session: Session, bench: Bench, report: Report = silent) -> Tried | None:
    """Return what the parameters as they stand would give; None if they can't be taken, or there are no results."""
    params, said = session.params()
    of = session.results
    if errors(said) or of is None:
        return None
    result = bench.tried(params, edits(session), report)
    pictures = result_pictures(Found(of.analysis, asdict(params), result), session.study.crs)
    found = replace(of, figures=result.figures, tables=result.tables, found=None, held=dict(result.layers))
    return Tried(found, pictures)


def edits(session: Session) -> Edits:
    """Return the fields that are tried."""
    return {
        (place[1], place[2]): float(value)
        for place, value in session.history.state.items()
        if place[0] == settings.TRIED and isinstance(value, int | float)
    }
