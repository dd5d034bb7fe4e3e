"""Every mend, in the one order in which they are done, whatever the order they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geopandas import GeoDataFrame

from layers.mends.close_gaps import CLOSE_GAPS
from layers.mends.decode import DECODE
from layers.mends.dedupe import DEDUPE
from layers.mends.drop_empty import DROP_EMPTY
from layers.mends.explode import EXPLODE
from layers.mends.mend import Context, Line, Mend, Proposal
from layers.mends.recode import RECODE
from layers.mends.repair import REPAIR
from layers.mends.reproject import REPROJECT
from layers.mends.settle_overlaps import SETTLE_OVERLAPS
from layers.mends.snap import SNAP

ALL: tuple[Mend, ...] = (
    REPROJECT,  # first: from here on metres are metres
    DROP_EMPTY,
    EXPLODE,
    DECODE,
    RECODE,  # after the words are there
    REPAIR,
    DEDUPE,  # before copies count as overlaps
    SNAP,  # before what it would have closed is settled otherwise
    SETTLE_OVERLAPS,
    CLOSE_GAPS,
)
BY_ID = {mend.id: mend for mend in ALL}

Words = Mapping[str, Sequence[str]]
"""Which mends are wanted (by id), each with what was chosen of it."""


@dataclass(frozen=True)
class Mended:
    """A layer with all that was wanted done, how fields and codes are mapped from now on, and the receipt's lines."""

    layer: GeoDataFrame
    context: Context
    lines: tuple[Line, ...]


def propose(layer: GeoDataFrame, context: Context) -> tuple[Proposal, ...]:
    """Return what can be mended in ``layer``; each proposal presumes the chosen ones before it."""
    found = []
    for mend in (mend for mend in ALL if mend.suits(context.role)):
        step = mend.apply(layer, context)
        proposal = mend.proposal(step.line)
        if proposal is not None:
            found.append(proposal)
        if mend is REPROJECT or (proposal is not None and proposal.chosen):
            layer, context = step.layer, step.context
    return tuple(found)


def apply(layer: GeoDataFrame, context: Context, wanted: Words) -> Mended:
    """Return ``layer`` with the wanted mends and those they require; of these, one with nothing to do is silent."""
    lines = list[Line]()
    for mend in (mend for mend in ALL if mend.id in _with_required(wanted)):
        step = mend.apply(layer, context, wanted.get(mend.id, ()))
        layer, context = step.layer, step.context
        if mend.id in wanted or step.line.features:
            lines.append(step.line)
    return Mended(layer, context, tuple(lines))


def _with_required(wanted: Words) -> set[str]:
    """Return the ids of all that has to be done: a copy is always in the study's CRS."""
    return {REPROJECT.id, *wanted, *(need for mend_id in wanted for need in BY_ID[mend_id].requires)}
