"""What stands in the place of results while there are none."""

from __future__ import annotations

from layers.problems import errors
from layers.text import Lang, Text
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.remedies import here

EMPTY = Text("Premi Esegui per avere i risultati.", "Press Run to get the results.")


def instead_of_results(session: Session, desk: Desk, lang: Lang) -> str:
    """Return what is being done to have them, what stands in the way, or how to get them."""
    worst = errors(session.problems) if desk.is_checked and not desk.awaited else []
    return here(worst[0]).sentence(lang) if worst else (desk.awaited or EMPTY).to(lang)
