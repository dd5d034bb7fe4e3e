"""Why a scenario's file can't be taken as it stands, worded for whoever has to mend it."""

from __future__ import annotations

from tomlkit.exceptions import ParseError, TOMLKitError

from layers.problems import Problem, Severity
from layers.text import Text, same, say

_NOT_READ = Text("Lo scenario non si può leggere.", "The scenario can't be read.")
_MEND = Text("Correggere il file con un editor di testo.", "Mend the file with a text editor.")


def fault(code: str, where: str, it: str, en: str, **values: object) -> Problem:
    """Return the problem of a value that can't be what it is."""
    return Problem(code, same(where), say(it, en, **values), _NOT_READ, _MEND)


def not_toml(where: str, error: TOMLKitError) -> Problem:
    """Return the problem of a file that is not TOML, with the place where reading stopped if it is known."""
    if isinstance(error, ParseError):
        return fault(
            "scenario-broken", where, "il file non si legge alla riga {l}, colonna {c}.",
            "the file can't be read at line {l}, column {c}.", l=error.line, c=error.col,
        )  # fmt: skip
    return fault("scenario-broken", where, "il file dice due volte la stessa cosa.", "the file says one thing twice.")


def not_utf8(where: str) -> Problem:
    """Return the problem of a file that is not text in UTF-8."""
    return fault("scenario-broken", where, "il file non è in UTF-8.", "the file is not UTF-8.")


def newer(where: str, version: object) -> Problem:
    """Return the problem of a file that a later program wrote."""
    return Problem(
        "scenario-newer",
        same(where),
        say("«version» è {v}; questo programma legge la 1.", "“version” is {v}; this program reads 1.", v=version),
        _NOT_READ,
        Text("Scrivere «version = 1», o aggiornare PUC Tool.", "Write “version = 1”, or update PUC Tool."),
    )


def bad_name(where: str) -> Problem:
    """Return the problem of a file whose name can't be that of a scenario."""
    return Problem(
        "scenario-name",
        same(where),
        Text(
            "il nome del file non può essere quello di uno scenario.",
            "the name of the file can't be that of a scenario.",
        ),
        _NOT_READ,
        Text(
            "Usare minuscole, cifre, «-» e «_»; «base» e «oggi» sono presi.",
            "Use small letters, digits, “-” and “_”; “base” and “oggi” are taken.",
        ),
    )


def uncounted(where: str, kind: str) -> Problem:
    """Return the remark on a service whose kind belongs to no category of the standards."""
    return Problem(
        "scenario-service-uncounted",
        same(where),
        say(
            "il servizio «{k}» non appartiene a nessuna categoria del DM 1444/1968.",
            "the service “{k}” belongs to no category of DM 1444/1968.",
            k=kind,
        ),
        Text("Non entra negli standard; conta per la copertura.", "It adds to no standard; it counts for coverage."),
        Text("Se è un'altra voce del catalogo, correggerla.", "If it is another entry of the catalogue, mend it."),
        Severity.WARNING,
    )
