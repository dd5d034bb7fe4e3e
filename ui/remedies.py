"""What to do about a problem in the window, where the problem's own remedy tells of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from layers.problems import Problem
from layers.text import Text

_RUN = Text("Aprire la sua analisi e premere Esegui.", "Open its analysis and press Run.")
_ADD = Text("Aggiungerlo: Livelli > Aggiungi un livello.", "Add it: Layers > Add a layer.")
_CRS = Text(
    "Chiedere il sistema di riferimento a chi ha dato il file, e scriverlo nel file.",
    "Ask whoever gave the file for its CRS, and write it into the file.",
)
_MEND = Text("Rimediarlo di nuovo: Livelli > Rimedia il livello.", "Mend it again: Layers > Mend the layer.")
_LATER = Text("Si può aggiungere dopo: Livelli > Aggiungi un livello.", "It can be added later: Layers > Add a layer.")

BY_CODE: Mapping[str, Text] = {
    "results-missing": _RUN,
    "results-stale": _RUN,
    "results-outdated": _RUN,
    "source-changed": _RUN,
    "role-lacking": _ADD,
    "coverage-lacking": _ADD,
    "sheet-no-boundary": _ADD,
    "sheet-passed-over": _ADD,
    "sea-level-without-coast": _ADD,
    "land-use-only": _ADD,
    "source-missing": Text(
        "Rimettere il file al suo posto, o sostituirlo: Livelli > Aggiungi un livello.",
        "Put the file back, or replace it: Layers > Add a layer.",
    ),
    "crs-missing": _CRS,
    "crs-no-operation": _CRS,
    "mended-copy-stale": _MEND,
    "folder-missing": Text("Indicare la cartella giusta.", "Name the right folder."),
    "folder-stopped": _LATER,
    "folder-too-many": Text(
        "Unirli in pochi file, o aggiungere dopo quelli che servono.",
        "Put them into a few files, or add those that are wanted later.",
    ),
    "folder-unreadable": Text("Controllare i permessi e ripetere.", "Check permissions and do it again."),
    "study-missing": Text(
        "Scegliere un'altra cartella, o crearne uno nella pagina iniziale.",
        "Choose another folder, or make one on the start page.",
    ),
}
"""By the code of the problem. Others say the same here and on the command line."""


def here(problem: Problem) -> Problem:
    """Return a problem with the remedy that the window offers."""
    remedy = BY_CODE.get(problem.code)
    return problem if remedy is None or not problem.remedy else replace(problem, remedy=remedy)
