"""What the sea-level model has to say besides its numbers."""

from __future__ import annotations

from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, hectares, number, say

_LEAST_TOLD_M2 = 1.0


def caveat(dtm_accuracy_m: float | None) -> Problem:
    """Return the sentence that goes with every number of the model."""
    accuracy = Text("non dichiarata", "not stated")
    if dtm_accuracy_m is not None:
        accuracy = say("± {n} m", "± {n} m", n=number(dtm_accuracy_m, 2))
    return Problem(
        "sea-level-static",
        roles.ELEVATION.title,
        say(
            "livello del mare: modello statico, senza opere di difesa, precisione del DTM {a}.",
            "sea level: static model, without defence works, accuracy of the terrain model {a}.",
            a=accuracy,
        ),
        Text(
            "Indica dove guardare, non che cosa si allaga.",
            "It tells where to look, not what will be flooded.",
        ),
        NOTHING,
        Severity.INFO,
    )


def unknown(area_m2: float) -> list[Problem]:
    """Return the remark on ground whose height is not known."""
    if area_m2 <= _LEAST_TOLD_M2:
        return []
    return [
        Problem(
            "elevation-unknown",
            roles.ELEVATION.title,
            say("{ha} del territorio sono senza quota.", "{ha} of the ground have no height.", ha=hectares(area_m2)),
            Text("Non contano come allagabili.", "They don't count as flooded."),
            NOTHING,
            Severity.INFO,
        )
    ]


NO_COAST = Problem(
    "sea-level-without-coast",
    roles.COASTLINE.title,
    Text("manca la linea di costa.", "there is no coastline."),
    Text("Gli scenari del livello del mare non vengono calcolati.", "Sea-level scenarios are not computed."),
    Text("Aggiungerla con «puc-tool add … coastline».", "Add it with “puc-tool add … coastline”."),
    Severity.INFO,
)
