"""A study without a boundary that can be read: nothing frames its sheets, and what is wrong is said."""

from __future__ import annotations

import shapely

from layers.problems import Problem, PucError, errors
from layers.roles import BOUNDARY
from layers.text import Text, same, say
from puc_tool.shelf import Shelf


def boundary_of(shelf: Shelf, title: Text) -> shapely.Geometry:
    """Return the study's boundary.

    Raises PucError, about the sheet called ``title``, where there is none, with what is wrong with its file.
    """
    found = shelf.ground().boundary
    if found is not None and not found.is_empty:
        return found
    read = [problem for intake in shelf.of_roles((BOUNDARY,)) for problem in errors(intake.problems)]
    raise PucError(_no_boundary(title), *read)


def _no_boundary(title: Text) -> Problem:
    return Problem(
        "sheet-no-boundary",
        title,
        Text(
            "lo studio non ha un confine comunale leggibile.", "the study has no municipal boundary that can be read."
        ),
        Text("La tavola non si può inquadrare e non viene fatta.", "The sheet can't be framed and is not made."),
        say("Aggiungerlo con «puc-tool add STUDIO {r}».", "Add it with “puc-tool add STUDY {r}”.", r=same(BOUNDARY.id)),
    )
