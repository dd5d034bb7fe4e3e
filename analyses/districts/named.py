"""What the codes in the tables of districts are called."""

from __future__ import annotations

from analyses.coded import ROLES, italian
from analyses.constraint_kinds import KINDS
from analyses.districts.formulas import FORMULAS
from analyses.districts.goals import GOALS
from layers.text import Text

COLUMN_WORDS = {each.column: each.label for each in FORMULAS} | {
    "net_buildable_m2": Text("Superficie netta trasformabile", "Net ground for building")
}
CAUSES = ROLES | {name: kind.label for name, kind in KINDS.items()}
GOAL_WORDS = italian(*(goal.label for goal in GOALS.values()))
OUTCOMES = italian(Text("massimo", "largest"), Text("impossibile", "impossible"))
ITEMS = italian(
    Text("scuole", "schools"), Text("altri edifici pubblici", "other public buildings"), Text("distretti", "districts")
)
NO_OWNER = italian(Text("(nessuna particella)", "(no parcel)"), Text("privato", "private"))
USE_WORDS = italian(
    Text("residenza", "housing"),
    Text("commercio e direzionale", "commerce and offices"),
    Text("produttivo", "industry"),
    Text("altri usi", "other uses"),
)
NORMS = italian(Text("parametri dimostrativi, non verificati", "demonstration parameters, not verified"))
INDEX_KINDS = {
    "ut": Text("Ut, esistente non computato", "Ut, what stands not counted"),
    "it": Text("It, esistente computato", "It, what stands counted"),
}
