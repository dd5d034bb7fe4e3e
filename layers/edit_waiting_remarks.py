"""What there is to say of edits that are not applied: one by one, which, why, with what effect, what to do about it."""

from __future__ import annotations

from layers.edit_following import Waiting, Why
from layers.edit_remarks import file_of
from layers.problems import Problem, Severity
from layers.reference import Cell, Edit, LayerRef
from layers.spec import Role
from layers.text import Text, number, same, say

WAITING = "edit-not-followed"
_WHY = {
    Why.GONE: Text("l'elemento non c'è più nel dato consegnato", "the feature is no longer in the delivered data"),
    Why.ALIKE: Text("più elementi del dato consegnato hanno questo nome", "several delivered features bear this name"),
    Why.CHANGED: Text("la fonte ora dice {n}", "the source now says {n}"),
    Why.TAKEN: Text("lo stesso valore è già modificato in {n}", "the same value is already edited to {n}"),
    Why.UNMARKED: Text("il dato è cambiato, e la modifica non dice di quale elemento era",
                       "the data have changed, and the edit does not say of which feature it was"),
}  # fmt: skip
_THERE = Text(" (nello stesso posto ce n'è un altro)", " (in its place there is another)")
_EMPTY = Text("vuoto", "empty")


def one(role: Role, ref: LayerRef, waiting: Waiting) -> Problem:
    """Say that an edit is not applied."""
    edit = waiting.edit
    message = say("modifica non applicata, {f}: {b} → {a}; {w}.", "edit not applied, {f}: {b} → {a}; {w}.",
                  f=field_of(role, edit), b=cell(edit.before), a=cell(edit.after), w=why(waiting))  # fmt: skip
    return Problem(
        WAITING,
        say("{r}, {t}", "{r}, {t}", r=role.title, t=feature(edit)),
        message,
        Text("Si calcola con i valori della fonte.", "Figures are computed from the source's values."),
        _remedy(ref, waiting),
        Severity.WARNING,
    )


def why(waiting: Waiting) -> Text:
    """Return why an edit waits, as part of a sentence."""
    said = say(_WHY[waiting.why].it, _WHY[waiting.why].en, n=cell(waiting.now))
    is_other = waiting.row is not None and waiting.why is Why.GONE
    return say("{w}{t}", "{w}{t}", w=said, t=_THERE) if is_other else said


def feature(edit: Edit) -> Text:
    """Return what the feature of an edit was called: its code or name, else the row it had."""
    codes = edit.mark.codes if edit.mark else ()
    return same(codes[0][1]) if codes else say("riga {n}", "row {n}", n=edit.row + 1)


def field_of(role: Role, edit: Edit) -> Text:
    """Return the label of an edit's field."""
    field = role.field(edit.field)
    return field.label if field else same(edit.field)


def cell(value: Cell) -> Text:
    """Return a value as a sentence says it."""
    if value is None:
        return _EMPTY
    if isinstance(value, str):
        return say("«{v}»", "“{v}”", v=value)
    decimals = next((each for each in range(3) if round(value, each) == value), 3)
    return number(value, decimals)


def _remedy(ref: LayerRef, waiting: Waiting) -> Text:
    file = same(file_of(*ref.key))
    if waiting.row is None:
        return say("Scartarla negli attributi del livello, o correggere {p}.",
                   "Discard it in the layer's attributes, or mend {p}.", p=file)  # fmt: skip
    return say("Accettarla o scartarla negli attributi del livello; sta in {p}.",
               "Accept or discard it in the layer's attributes; it stands in {p}.", p=file)  # fmt: skip
