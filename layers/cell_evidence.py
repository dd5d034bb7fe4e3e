"""What the values of a raster say of its role: codes, heights or a picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers import roles
from layers.cell_sample import CellSample
from layers.check_raster import HIGHEST_M, LOWEST_M
from layers.evidence import Evidence
from layers.spec import Role
from layers.text import Text, number, say
from layers.vocabulary import Vocabulary

CODES, HEIGHTS, PICTURE, OTHER_VALUES = 0.8, 0.6, 0.7, -0.8

_LEAST_HEIGHTS = 20
_PICTURE_BANDS = 3


def of_cells(role: Role, cells: CellSample) -> Iterator[Evidence]:
    """Yield what the values of a raster say."""
    if role.cells is not None:
        yield _of_codes(cells, role.cells)
    elif role is roles.ELEVATION:
        yield from _of_heights(cells)
    elif role is roles.REFERENCE and cells.bands >= _PICTURE_BANDS:
        yield Evidence(PICTURE, say("è un'immagine, bande: {n}", "it is a picture, bands: {n}", n=cells.bands))


def _of_codes(cells: CellSample, vocabulary: Vocabulary) -> Evidence:
    values = [str(int(value)) for value in cells.values if value not in (0, 255)] if cells.is_whole_numbers else []
    count = sum(vocabulary.knows(value) for value in values)
    if len(values) < 2 or count / len(values) < 0.8:
        return Evidence(OTHER_VALUES, Text("le celle non hanno quei codici", "cells do not hold those codes"))
    few = 0.6 if all(len(value) == 1 for value in values) else 1.0
    sentence = say("le celle hanno i codici del ruolo: {n} di {of}", "cells hold the role's codes: {n} of {of}",
                   n=count, of=len(values))  # fmt: skip
    return Evidence(CODES * few, sentence)


def _of_heights(cells: CellSample) -> Iterator[Evidence]:
    if not cells.values.size:
        return
    low, high = float(np.min(cells.values)), float(np.max(cells.values))
    few = cells.values.size < _LEAST_HEIGHTS
    if few or cells.bands > 1 or cells.dtype == "uint8" or low < LOWEST_M or high > HIGHEST_M:
        yield Evidence(OTHER_VALUES, Text("i valori non sono quote", "its values are no heights"))
        return
    yield Evidence(
        HEIGHTS,
        say("i valori vanno da {l} a {h}, come quote in metri", "values go from {l} to {h}, as heights in metres",
            l=number(low), h=number(high)),
    )  # fmt: skip
