"""The smallest change of the weights that changes the first choice: how much one would have to disagree.

Method: for each rival a linear programme (HiGHS): least Σ|Δw| so that the rival scores at least as much as the first
choice, the weights stay 0 or more and keep their sum. The least over all rivals is the answer. It holds for the
weighted sum only: under ordered weights the score is not linear.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from analyses.decision.combining import normalised
from analyses.progress import Report, silent, tracked
from layers.text import Text

WEIGHING = Text("Il più piccolo cambiamento dei pesi", "The smallest change of the weights")

_EQUAL = 1e-9
"""Scores nearer than this are equal; HiGHS takes no smaller coefficient."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """Which site would then be level with the first, the weights with which it is, and Σ|Δw| (0 to 2)."""

    rival: int
    weights: Floats
    size: float


def smallest_change(scores: Floats, weights: Floats, report: Report = silent) -> Change | None:
    """Return the smallest change after which another site is level with the first choice.

    ``scores``: sites × criteria, 0 to 1; ``weights``: one a criterion, any positive sum. None where no weights at all
    make another site as good: the first choice is best in every criterion, or there is no other.
    """
    w = normalised(weights)
    first = int(np.argmax(scores @ w))
    rivals = [site for site in range(len(scores)) if site != first]
    found = [change for site in tracked(rivals, report, WEIGHING) if (change := _change(scores, w, first, site))]
    return min(found, key=lambda change: change.size, default=None)


def _change(scores: Floats, weights: Floats, first: int, rival: int) -> Change | None:
    ahead = scores[rival] - scores[first]
    ahead = np.where(np.abs(ahead) < _EQUAL, 0.0, ahead)
    return _solved(ahead, weights, rival) if (ahead >= 0.0).any() else None


def _solved(ahead: Floats, weights: Floats, rival: int) -> Change | None:
    """Solve for up and down, Δw = up − down: least their sum, so that Σ ahead · (w + Δw) ≥ 0."""
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    up = [model.addVariable(0.0, 1.0) for _ in weights]
    down = [model.addVariable(0.0, float(weight)) for weight in weights]
    model.addConstr(sum(up) == sum(down))
    gain = sum(float(lead) * (more - less) for lead, more, less in zip(ahead, up, down, strict=True))
    model.addConstr(gain >= -float(ahead @ weights))
    model.minimize(sum(up) + sum(down))
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    delta = np.array([model.val(more) - model.val(less) for more, less in zip(up, down, strict=True)])
    return Change(rival, weights + delta, float(np.abs(delta).sum()))
