"""Cells of amounts as sheets and open data draw them: in their declared classes, or in those that somebody made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.raster import ArrayRaster
from puc_tool.maps.cell_themes import CellSteps, amount_cells, stepped
from puc_tool.maps.classing import Measured, graded, sampled
from puc_tool.maps.dressing import amount_classes
from puc_tool.maps.sheet import RasterClasses
from puc_tool.maps.style import Fill
from puc_tool.maps.themes import ClassStyle
from puc_tool.maps.worn import Wardrobe, Worn
from puc_tool.written import Written


@dataclass(frozen=True)
class SteppedCells:
    """The cells, their classes from the least to the most, and where each class but the last ends."""

    cells: RasterClasses
    classes: tuple[ClassStyle, ...]
    ends: tuple[float, ...]


def stepped_cells(steps: CellSteps, written: Written, wardrobe: Wardrobe) -> SteppedCells | None:
    """Return the cells in the classes that their style makes, else in those declared; None where the run has none."""
    amounts = amount_cells(steps, written)
    if amounts is None:
        return None
    worn = wardrobe.result(written.analysis.id, steps.raster)
    places, classes, ends = _classed(steps, amounts, worn, written)
    looks = worn.all if worn.style.scheme else worn.steps
    styles = looks({each.code: Fill(each.colour) for each in classes})
    cells = RasterClasses(places, amounts.grid, tuple(styles[each.code] for each in classes))
    return SteppedCells(cells, classes, ends)


def _classed(
    steps: CellSteps, amounts: ArrayRaster, worn: Worn, written: Written
) -> tuple[NDArray[np.uint8], tuple[ClassStyle, ...], tuple[float, ...]]:
    begins = steps.begins_of(written.parameters)
    if worn.style.scheme:
        known = sampled(np.asarray(amounts.cells.compressed(), np.float64))
        ends, classes = amount_classes(known, worn.style, Measured(steps.unit, steps.decimals))
        if classes:
            return graded(amounts.cells, ends), classes, tuple(ends[:-1].tolist())
    return stepped(amounts.cells, begins), steps.told(written.parameters), begins
