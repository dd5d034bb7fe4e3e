"""What service coverage has to say besides its numbers: how it was measured, and who was not."""

from __future__ import annotations

from collections.abc import Iterator

from analyses.services.params import PLACINGS, CoverageParams
from analyses.services.service_kinds import KINDS
from analyses.services.walking_network import Network
from analyses.services.walking_pace import PROFILES
from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, listing, number, same, say


def of_network(net: Network) -> Iterator[Problem]:
    """Yield how streets were joined, the islands, and where the slope is not known."""
    yield _joined(net)
    if net.islands > 1:
        yield _islands(net)
    if net.flat_m >= 1.0:
        yield _slope_unknown(net.flat_m)


def _joined(net: Network) -> Problem:
    ways = net.ways
    return Problem(
        "coverage-network",
        roles.STREETS.title,
        say(
            "tratti dei percorsi a piedi: {e}. Incroci senza vertice comune: {j} uniti, {p} scavalcati. "
            "Esclusi {k} km non percorribili.",
            "edges of the walking network: {e}. Crossings without a common vertex: {j} joined, {p} passed over. "
            "{k} km can't be walked and are left out.",
            e=number(len(net.first)), j=number(ways.joined), p=number(ways.passed), k=number(ways.left_out_m / 1000, 1),
        ),
        Text("Ponti e sottopassi non si riconoscono: in una rete già disegnata come tale chi si incrocia senza vertice "
             "non si incontra.", "Bridges and tunnels can't be known: in a source drawn as a network, ways that cross "
             "without a vertex do not meet."),
        NOTHING,
        Severity.INFO,
    )  # fmt: skip


def _islands(net: Network) -> Problem:
    apart_km = float(net.edge_length_m[net.island > 0].sum()) / 1000.0
    return Problem(
        "coverage-islands",
        roles.STREETS.title,
        say("parti della rete staccate da quella principale: {n}, {k} km.",
            "parts of the network apart from the main one: {n}, {k} km.", n=net.islands - 1, k=number(apart_km, 1)),
        Text("Chi vi abita raggiunge solo i servizi che vi si trovano.",
             "Who lives there reaches only the services there."),
        Text("Guardare il livello «network», campo island.", "See the layer “network”, field island."),
        Severity.WARNING,
    )  # fmt: skip


def _slope_unknown(flat_m: float) -> Problem:
    return Problem(
        "coverage-slope-unknown",
        roles.ELEVATION.title,
        say("quota ignota lungo {m} m di percorsi.", "height unknown along {m} m of ways.", m=number(flat_m)),
        Text("Lì si cammina come in piano.", "They are walked as if flat."),
        NOTHING,
        Severity.INFO,
    )


def straight(params: CoverageParams) -> Problem:
    """Return the warning that there are no streets to walk on."""
    return Problem(
        "coverage-straight-line",
        roles.STREETS.title,
        say("mancano: distanze in linea d'aria per {f}.", "missing: distances are straight lines times {f}.",
            f=number(params.detour_factor, 2)),
        Text("Scale e pendenze non contano: la copertura è sovrastimata.",
             "Stairs and slopes do not count: coverage is overestimated."),
        Text("Aggiungere la rete stradale.", "Add the streets."),
        Severity.WARNING,
    )  # fmt: skip


def no_people() -> Problem:
    """Return the warning that nobody's home is known."""
    return Problem(
        "coverage-no-people",
        roles.CENSUS.title,
        Text("nessuna popolazione: si contano solo i servizi.", "no population: only services are counted."),
        NOTHING,
        Text("Aggiungere il censimento.", "Add the census."),
        Severity.WARNING,
    )


def unreachable(people: float, places: list[str]) -> Problem:
    """Return the warning of people who reach no service."""
    return Problem(
        "coverage-unreachable",
        roles.STREETS.title,
        say("residenti che non raggiungono alcun servizio: {n} ({p}).", "residents who reach no service: {n} ({p}).",
            n=number(people), p=listing(places)),
        Text("Contano come non serviti; luoghi e cause in unreachable.csv.",
             "They count as not served; places and causes in unreachable.csv."),
        NOTHING,
        Severity.WARNING,
    )  # fmt: skip


def beyond(people: float) -> Problem:
    """Return the remark on residents in no unit."""
    return Problem(
        "coverage-beyond-boundary",
        roles.CENSUS.title,
        say("residenti fuori dal confine: {n}.", "residents beyond the boundary: {n}.", n=number(people)),
        Text("Non vengono contati.", "They are not counted."),
        NOTHING,
        Severity.INFO,
    )


def unknown_placing(placing: str) -> Problem:
    """Return the error that sites are not chosen like this."""
    return Problem(
        "coverage-placing-unknown",
        same("service-coverage.placing"),
        say("«{p}» non è un modo di scegliere.", "“{p}” is no way of choosing.", p=placing),
        NOTHING,
        say("Modi: {l}.", "Ways: {l}.", l=listing(list(PLACINGS))),
    )


def unknown_profile(profile: str) -> Problem:
    """Return the error that nobody walks like this."""
    return Problem(
        "coverage-profile-unknown",
        same("service-coverage.profile"),
        say("«{p}» non è un profilo.", "“{p}” is no profile.", p=profile),
        NOTHING,
        say("Profili: {l}.", "Profiles: {l}.", l=listing(list(PROFILES))),
    )


def unknown_kind(kind: str) -> Problem:
    """Return the error of a threshold for a kind of service there is none of."""
    return Problem(
        "coverage-threshold-unknown",
        same("service-coverage.threshold"),
        say("«{k}» non è un tipo di servizio dello studio né del catalogo.",
            "“{k}” is no kind of service of the study or the catalogue.", k=kind),
        Text("La soglia non varrebbe per nessuno.", "The threshold would hold for nobody."),
        say("Tipi del catalogo: {l}.", "Kinds of the catalogue: {l}.", l=listing(list(KINDS), most=len(KINDS))),
    )  # fmt: skip
