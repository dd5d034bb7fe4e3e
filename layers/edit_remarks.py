"""What there is to say of values edited by hand: that they hold, that they can't be laid, that they can't stand."""

from __future__ import annotations

from dataclasses import replace

from layers.problems import Problem, Severity
from layers.reference import Edit, LayerRef
from layers.spec import Field, Kind, Role
from layers.text import FEATURES, NOTHING, Text, counted, listing, number, same, say

FOLDER = "edits"
STALE, EDITED = "edits-stale", "values-edited"
_MOST = 12


def file_of(role: str, year: int | None) -> str:
    """Return where the edits of a layer lie, relative to the study."""
    return f"{FOLDER}/{role}.toml" if year is None else f"{FOLDER}/{role}-{year}.toml"


def told(role: Role, ref: LayerRef, edits: list[Edit]) -> Problem:
    """Say how many values are edited."""
    features = len({edit.row for edit in edits})
    return Problem(
        EDITED,
        role.title,
        say("valori modificati a mano: {n}, in {f}.", "values edited by hand: {n}, in {f}.",
            n=number(len(edits)), f=_features(features)),
        Text("Valgono in ogni calcolo; la fonte resta com'è.", "They hold in every run; the source stays as it is."),
        say("Sono elencati in {p}.", "They are listed in {p}.", p=same(file_of(*ref.key))),
        Severity.INFO,
    )  # fmt: skip


def found(role: Role, count: int) -> Problem:
    """Say how many edits were found again in a source that was delivered since they were made."""
    return Problem(
        "edits-followed",
        role.title,
        say("il dato è stato consegnato di nuovo; modifiche ritrovate: {n}.",
            "the data have been delivered anew; edits found again: {n}.", n=number(count)),
        Text("Sono applicate agli stessi elementi, riconosciuti dal codice o dalla forma.",
             "They are applied to the same features, known by their code or outline."),
        severity=Severity.INFO,
    )  # fmt: skip


def _features(count: int) -> Text:
    if count == 1:
        return Text("un elemento", "one feature")
    return counted(count, FEATURES)


def stale(role: Role, ref: LayerRef, count: int) -> Problem:
    """Say that edits are not applied, for their source is another."""
    return Problem(
        STALE,
        role.title,
        Text("il dato è cambiato dopo che i suoi valori erano stati modificati a mano.",
             "the data have changed since values of them were edited by hand."),
        say("Le modifiche non sono applicate: {n}. Si calcola sul dato come è ora.",
            "Edits that are not applied: {n}. Figures are computed from the data as they are now.", n=number(count)),
        say("Rimettere il file di prima, o togliere le modifiche ({p}) e rifarle.",
            "Put the earlier file back, or take the edits away ({p}) and make them anew.", p=same(file_of(*ref.key))),
        Severity.WARNING,
    )  # fmt: skip


def lost(role: Role, ref: LayerRef, count: int) -> Problem:
    """Say that edits no longer find what they were made on."""
    return Problem(
        "edits-without-place",
        role.title,
        say("modifiche che non trovano più il valore su cui erano fatte: {n}.",
            "edits that no longer find the value they were made on: {n}.", n=number(count)),
        Text("Non sono applicate: il livello è letto in un altro modo (campi, codici, scelta).",
             "They are not applied: the layer is read in another way (fields, codes, selection)."),
        say("Correggere {p}, o rifare le modifiche nella finestra.", "Mend {p}, or edit anew in the window.",
            p=same(file_of(*ref.key))),
        Severity.WARNING,
    )  # fmt: skip


def unreadable(role: Role, ref: LayerRef) -> Problem:
    """Say that edits can't be understood."""
    return Problem(
        "edits-unreadable",
        role.title,
        say("le modifiche ai suoi valori, in {p}, non si leggono.", "the edits of its values, in {p}, can't be read.",
            p=same(file_of(*ref.key))),
        Text("Senza, si calcolerebbe su valori che qualcuno ha corretto.",
             "Without them, figures would come from values that somebody had corrected."),
        Text("Correggere il file, o toglierlo per tornare ai valori della fonte.",
             "Mend the file, or take it away to go back to the source's values."),
    )  # fmt: skip


def of_file(fault: Problem, ref: LayerRef) -> Problem:
    """Return ``fault`` as that of a value which stands in the file of edits."""
    remedy = say(
        "{r} La modifica sta in {p}.", "{r} The edit stands in {p}.", r=fault.remedy, p=same(file_of(*ref.key))
    )
    effect = Text("Il livello non si legge con questa modifica.", "The layer can't be read with this edit.")
    return replace(fault, effect=effect, remedy=Text(remedy.it.strip(), remedy.en.strip()))


def no_field(role: Role, name: str) -> Problem:
    """Say that an edit names a field the role does not have."""
    message = say("il campo «{f}» non esiste.", "there is no field “{f}”.", f=name)
    return Problem("edit-refused", role.title, message)


def wanted(role: Role, field: Field) -> Problem:
    """Say that a field may not be empty."""
    return _refused(role, field, Text("non può restare vuoto.", "it may not be empty."))


def other_kind(role: Role, field: Field, value: str | float) -> Problem:
    """Say that a field of numbers holds no words, or the other way round."""
    if field.kind is Kind.TEXT:
        return _refused(role, field, Text("vuole parole fra virgolette.", "it wants words in quotes."))
    message = say("«{v}» non è un numero.", "“{v}” is no number.", v=value)
    return _refused(role, field, message, say("Serve {l}.", "It wants {l}.", l=_limits(field)))


def ambiguous(role: Role, field: Field, words: str) -> Problem:
    """Say that a number can be read in two ways: with a sign of thousands, or of decimals."""
    other, own = (words.replace(".", ","), words.replace(".", "")) if "." in words else (
        words.replace(",", "."), words.replace(",", "")
    )  # fmt: skip
    message = say("«{v}» si legge in due modi.", "“{v}” can be read in two ways.", v=words)
    remedy = say("Scrivere {a} o {b}.", "Type {a} or {b}.", a=same(other), b=same(own))
    return _refused(role, field, message, remedy)


def outside(role: Role, field: Field, value: float) -> Problem:
    """Say that a number is out of the field's range."""
    shown = number(value, 0 if value.is_integer() else 2)
    message = say("{v}{u} è fuori dai limiti.", "{v}{u} is out of range.", v=shown, u=_unit(field))
    return _refused(role, field, message, say("Serve {l}.", "It wants {l}.", l=_limits(field)))


def no_code(role: Role, field: Field, words: str, known: list[str]) -> Problem:
    """Say that a word is none of the field's values."""
    message = say("«{v}» non è fra i valori ammessi.", "“{v}” is none of its values.", v=words)
    return _refused(role, field, message, say("Valgono: {all}.", "There are: {all}.", all=listing(known, most=_MOST)))


def _refused(role: Role, field: Field, message: Text, remedy: Text = NOTHING) -> Problem:
    where = say("{r}, {f}", "{r}, {f}", r=role.title, f=field.label)
    return Problem(
        "edit-refused", where, message, Text("Il valore resta com'era.", "The value stays as it was."), remedy
    )


def _limits(field: Field) -> Text:
    unit, low = _unit(field), field.low
    if low is not None and field.high is not None:
        return say("un numero fra {l} e {h}{u}", "a number between {l} and {h}{u}",
                   l=number(low), h=number(field.high), u=unit)  # fmt: skip
    if low is not None:
        return say("un numero, almeno {l}{u}", "a number, at least {l}{u}", l=number(low), u=unit)
    return Text("un numero", "a number")


def _unit(field: Field) -> str:
    return f"\u202f{field.unit}" if field.unit else ""
