"""The command that takes a dataset into a study, ready to be pasted."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from layers.proposal import Proposal
from layers.text import Text

STUDY = Text("STUDIO", "STUDY")
"""What stands for the study's folder where there is none yet."""


def add_line(proposal: Proposal, path: Path, table: str | None, study: str) -> str:
    """Return «puc-tool add …» with the mapping proposed; ``table`` is None for a raster."""
    return shlex.join(["puc-tool", "add", study, proposal.role.id, str(path), *_options(proposal, table)])


def _options(proposal: Proposal, table: str | None) -> Iterator[str]:
    if table is not None:
        yield from ("--layer", table)
    for option, words in (("--field", proposal.fields), ("--set-field", proposal.values), ("--code", proposal.codes)):
        for name, value in words.items():
            yield from (option, f"{name}={value}")
    if proposal.year is not None:
        yield from ("--year", str(proposal.year.year))
