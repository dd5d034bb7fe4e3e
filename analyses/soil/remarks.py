"""What soil consumption has to say besides its numbers: why it can't compare, and what a reader must know."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyses.soil.codes import NO_DATA
from analyses.soil.editions import Span, issue_of
from analyses.soil.ledger import levels_differ
from layers import roles
from layers.problems import Problem, Severity
from layers.raster import Raster
from layers.spec import Role
from layers.text import NOTHING, Text, hectares, say

_LEAST_TOLD_M2 = 1.0

GRIDS_DIFFER = Problem(
    "grids-differ",
    roles.SOIL_CONSUMPTION.title,
    Text("i raster dei due anni non hanno le stesse celle.", "the rasters of the two years have different cells."),
    Text("Confrontarli cella per cella darebbe cambiamenti falsi.", "Comparing cells would show false changes."),
    Text(
        "Usare due anni della stessa edizione ISPRA, o un anno solo (year_from = year_to).",
        "Use two years of the same ISPRA edition, or one year alone (year_from = year_to).",
    ),
)
LEVELS_DIFFER = Problem(
    "levels-differ",
    roles.SOIL_CONSUMPTION.title,
    Text(
        "i due anni hanno codici di livello diverso.",
        "the two years hold codes of different levels.",
    ),
    Text(
        "I passaggi sono dati al primo livello: consumato e non consumato.",
        "Transitions are given at the first level: consumed and not consumed.",
    ),
    NOTHING,
    Severity.WARNING,
)
NO_RASTER = Text(
    "Serve il raster ISPRA: l'uso del suolo dà solo le superfici artificiali.",
    "The ISPRA raster is needed: land use gives artificial surfaces only.",
)
LAND_USE_ONLY = Problem(
    "land-use-only",
    roles.LAND_USE.title,
    Text("le cifre vengono dall'uso del suolo, non dal raster ISPRA.", "figures come from land use, not ISPRA."),
    Text(
        "Sono superfici artificiali: di solito più del suolo consumato, e non confrontabili con i dati ISPRA.",
        "They are artificial surfaces: usually more than consumed soil, not comparable with ISPRA's data.",
    ),
    Text("Aggiungere il raster con «add … soil_consumption».", "Add the raster with “add … soil_consumption”."),
    Severity.WARNING,
)


def on_issues(rasters: Span[Raster]) -> list[Problem]:
    """Return the remark on two dates of two ISPRA editions, or of editions nobody has named."""
    if rasters.first is None:
        return []
    issues = [issue_of(rasters.first), issue_of(rasters.last)]
    if all(issues) and issues[0] != issues[1]:
        return [_issues_differ(*issues)]
    return [] if all(issues) else [_ISSUES_UNSAID]


def on_published(frame: pd.DataFrame, rasters: Span[Raster]) -> list[Problem]:
    """Return the remark on percentages beside published ones of another edition, or of one nobody has named."""
    shares = frame[frame["figure"].str.endswith("_pct")]
    issue = issue_of(rasters.last)
    same_issue = (
        shares["edition"].str.contains(f"ed. {issue}", regex=False) if issue else pd.Series(False, shares.index)
    )
    return [] if same_issue.all() else [_PUBLISHED_ELSEWHERE]


_ISSUES_UNSAID = Problem(
    "editions-unsaid",
    roles.SOIL_CONSUMPTION.title,
    Text(
        "non è detto di quale edizione ISPRA sono i due anni.", "nobody says of which ISPRA edition the two years are."
    ),
    Text(
        "Il confronto vale se l'edizione è la stessa: ISPRA ricalcola tutta la serie ogni anno.",
        "The comparison holds if it is the same: ISPRA computes the whole series again every year.",
    ),
    Text("Scriverla in «credit», per esempio «ISPRA, ed. 2024».", "Write it in “credit”, such as “ISPRA, ed. 2024”."),
    Severity.INFO,
)
_PUBLISHED_ELSEWHERE = Problem(
    "editions-differ-published",
    roles.SOIL_CONSUMPTION.title,
    Text(
        "le percentuali pubblicate sono di un'altra edizione ISPRA, o di una che il nostro livello non nomina.",
        "the published percentages are of another ISPRA edition, or of one that our layer does not name.",
    ),
    Text(
        "Fra due edizioni le percentuali non si confrontano: la differenza non è consumo di suolo.",
        "Percentages of two editions do not compare: the difference is no soil consumption.",
    ),
    NOTHING,
    Severity.WARNING,
)


def _issues_differ(first: str, last: str) -> Problem:
    return Problem(
        "editions-differ",
        roles.SOIL_CONSUMPTION.title,
        say(
            "i due anni sono di edizioni ISPRA diverse: {a} e {b}.",
            "the two years are of two ISPRA editions: {a} and {b}.",
            a=first,
            b=last,
        ),
        Text(
            "Lordo, ripristino, netto e percentuali mescolano il consumo con il rifacimento della carta.",
            "Gross, restored, net and percentages mix consumption with the map made anew.",
        ),
        Text("Usare i due anni della stessa edizione.", "Use both years of the same edition."),
        Severity.WARNING,
    )


def on_people(series: str) -> Problem:
    """Return the remark that names the one series of residents the figures use."""
    return Problem(
        "population-series",
        Text("Popolazione", "Population"),
        say("residenti dalla serie «{s}».", "residents from the series “{s}”.", s=series),
        Text("Le serie non vengono mescolate.", "Series are not mixed."),
        NOTHING,
        Severity.INFO,
    )


def on_maps(one_date_m2: float) -> list[Problem]:
    """Return the remark on ground that only one of two land-use maps knows."""
    return [_not_compared(roles.LAND_USE, one_date_m2)] if one_date_m2 > _LEAST_TOLD_M2 else []


def on_change(transitions_m2: NDArray[np.float64]) -> list[Problem]:
    """Return the remarks on a comparison, from its transitions (classes before × classes after), m²."""
    one_sided_m2 = float(transitions_m2[NO_DATA, :NO_DATA].sum() + transitions_m2[:NO_DATA, NO_DATA].sum())
    said = [_not_compared(roles.SOIL_CONSUMPTION, one_sided_m2)] if one_sided_m2 > _LEAST_TOLD_M2 else []
    return said + ([LEVELS_DIFFER] if levels_differ(transitions_m2) else [])


def _not_compared(role: Role, area_m2: float) -> Problem:
    return Problem(
        "change-without-data",
        role.title,
        say("{ha} hanno un dato a una sola delle due date.", "{ha} have data at one date only.", ha=hectares(area_m2)),
        Text("Restano fuori da lordo, ripristino e netto.", "They are left out of gross, restored and net."),
        NOTHING,
        Severity.WARNING,
    )
