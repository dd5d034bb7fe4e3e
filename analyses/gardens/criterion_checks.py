"""What speaks against one criterion before a run starts: its values, its words, its table of classes."""

from __future__ import annotations

from collections.abc import Iterator

from analyses.gardens.criteria import CLASS, IN_CLASSES, MEASURES, TRANSFORMS, Criterion, class_scores
from layers import roles
from layers.problems import Problem
from layers.text import NOTHING, Text, listing, same, say

NAME = "garden-suitability"


def of_criterion(criterion: Criterion) -> Iterator[Problem]:
    """Yield every reason why one criterion can't be used."""
    where = f"criterion.{criterion.id}"
    if criterion.best == criterion.worst:
        yield Problem(
            "garden-best-is-worst",
            same(f"{NAME}.{where}"),
            say("l'ottimo e il pessimo valgono entrambi {v}.", "best and worst are both {v}.", v=criterion.best),
            Text("Il criterio non distingue alcuna area.", "The criterion tells no ground apart."),
            Text("Dare due valori diversi.", "Give two different values."),
        )
    yield from _classes(criterion, f"{NAME}.{where}.classes")
    if criterion.transform not in TRANSFORMS:
        yield unknown(f"{where}.transform", criterion.transform, list(TRANSFORMS))
    if criterion.measure not in MEASURES:
        yield unknown(f"{where}.measure", criterion.measure, list(MEASURES))
    for role in criterion.sources or ("",):
        if role not in roles.BY_ID:
            yield unknown(f"{where}.source", role, list(roles.BY_ID))


def _classes(criterion: Criterion, where: str) -> Iterator[Problem]:
    if not criterion.classes:
        return
    if class_scores(criterion) is None:
        yield Problem(
            "garden-classes-unreadable",
            same(where),
            say("i punteggi «{w}» non si leggono.", "the scores “{w}” can't be read.", w=criterion.classes),
            NOTHING,
            Text(
                "Scrivere numero e punteggio (da 0 a 1) di ogni classe: «0 1; 1 0,7; 3 0».",
                "Write number and score (0 to 1) of each class: “0 1; 1 0.7; 3 0”.",
            ),
        )
    if criterion.transform != CLASS or criterion.measure not in IN_CLASSES:
        yield Problem(
            "garden-classes-without-use",
            same(where),
            Text("i punteggi delle classi non si usano qui.", "scores of classes are of no use here."),
            say(
                "Servono «transform» {t} e una misura fra {m}.", "It takes “transform” {t} and a measure of {m}.",
                t=CLASS, m=listing(list(IN_CLASSES)),
            ),
            Text("Toglierli, o cambiare trasformazione e misura.", "Take them away, or change transform and measure."),
        )  # fmt: skip


def unknown(where: str, value: str, known: list[str]) -> Problem:
    """Return the problem of a value that is none of those known."""
    return Problem(
        "garden-value-unknown",
        same(f"{NAME}.{where}"),
        say("«{v}» non è un valore ammesso.", "“{v}” is no allowed value.", v=value),
        NOTHING,
        say("Valori ammessi: {k}.", "Allowed: {k}.", k=listing(known, most=30)),
    )
