"""A folder for a new study where one of that name is there already."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from layers.problems import PucError
from puc_tool.studies.study_making import refuse_unless_free


def free_folder(wanted: Path) -> Path:
    """Return ``wanted``, or the first of «wanted 2», «wanted 3» … that holds nothing."""
    names = (wanted.name if place == 1 else f"{wanted.name} {place}" for place in count(1))
    return next(folder for folder in map(wanted.with_name, names) if _is_free(folder))


def _is_free(folder: Path) -> bool:
    try:
        refuse_unless_free(folder)
    except PucError:
        return False
    except OSError:  # it can't be looked into: making the study says why
        return True
    return True
