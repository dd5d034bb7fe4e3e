"""Why an OpenStreetMap file is refused, and what is to be said of one that is read."""

from __future__ import annotations

from layers.problems import Problem, Severity
from layers.source import Source
from layers.text import Text, listing, number, same, say


def credit(source: Source) -> Problem:
    """Return the credit that the licence asks for wherever the data is shown."""
    return Problem(
        "source-credit",
        same(source.name),
        Text(
            "dati © OpenStreetMap contributors, licenza ODbL 1.0.",
            "data © OpenStreetMap contributors, licence ODbL 1.0.",
        ),
        Text("Il credito va su ogni tavola e con ogni copia.", "The credit goes onto every sheet and with every copy."),
        Text(
            "Scriverlo con --credit «© OpenStreetMap contributors, ODbL».",
            "Give it with --credit “© OpenStreetMap contributors, ODbL”.",
        ),
        Severity.INFO,
    )


def broken(source: Source, error: Exception) -> Problem:
    """Return the problem of a file that is no OSM file, damaged or cut short."""
    return Problem(
        "source-broken",
        same(source.name),
        say(
            "il file OpenStreetMap non si legge: {why}.",
            "the OpenStreetMap file can't be read: {why}.",
            why=source.reason(error),
        ),
        Text("Il livello non entra nello studio.", "The layer does not enter the study."),
        Text("Scaricarlo di nuovo: può essere incompleto.", "Download it again: it may be incomplete."),
    )


def too_large(source: Source, most: int) -> Problem:
    """Return the problem of a file larger than ``most`` bytes, unpacked."""
    return Problem(
        "source-too-large",
        same(source.name),
        say(
            "il file OpenStreetMap supera {n} MB (decompresso, se compresso).",
            "the OpenStreetMap file is larger than {n} MB (unpacked, if packed).",
            n=number(most / (1 << 20)),
        ),
        Text("Riempirebbe la memoria: non viene letto.", "It would fill the memory: it is not read."),
        Text("Ritagliarlo sul comune, per esempio con osmium.", "Cut it to the municipality, with osmium for example."),
    )


def lost(source: Source, count: int) -> Problem:
    """Return the remark on features whose geometry can't be built."""
    return Problem(
        "geometry-lost",
        same(source.name),
        say(
            "elementi senza una geometria che si possa costruire: {n}.", "features of unusable geometry: {n}.", n=count
        ),
        Text("Restano fuori.", "They are left out."),
        Text(
            "Accade al bordo di un ritaglio: ritagliare con più margine.",
            "It happens at the edge of a cut-out: cut with more margin.",
        ),
        Severity.WARNING,
    )


def unread(source: Source, count: int) -> Problem:
    """Return the remark on heights and floors tagged in another way than in metres and numbers."""
    return Problem(
        "tag-unread",
        same(source.name),
        say(
            "edifici con altezza o piani scritti in altro modo che in metri e numeri: {n}.",
            "buildings whose height or floors are not in metres and numbers: {n}.",
            n=count,
        ),
        Text("Quei valori restano vuoti.", "Those values stay empty."),
        severity=Severity.WARNING,
    )


def several(source: Source, kinds: tuple[str, ...], count: int) -> Problem:
    """Return the remark on features that may be several services; the first of ``kinds`` is the one taken."""
    return Problem(
        "service-ambiguous",
        same(source.name),
        say(
            "servizi che per le etichette possono essere {all}: {n}.",
            "services that by their tags may be {all}: {n}.",
            all=listing(list(kinds), most=12),
            n=count,
        ),
        say("Contano come «{k}».", "They count as “{k}”.", k=kinds[0]),
        Text(
            "Se non è così, correggerli nel dato o tenerli fuori con --where.",
            "If that is wrong, mend the data or keep them out with --where.",
        ),
        Severity.WARNING,
    )
