"""What is said of the datasets of a folder: which role is asked, what was left out and why, the table at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from layers.intake import Ground
from layers.plausible_crs import lattice
from layers.plausible_crs import proposal as crs_proposal
from layers.problems import Problem, Severity
from layers.proposal import Proposal
from layers.recognise import tied
from layers.subject import TABLE
from layers.text import FEATURES, NOTHING, Text, counted, joined, listing, number, same, say
from puc_tool.intake.inspection import Found
from puc_tool.intake.inspection_words import wrong_shape
from puc_tool.intake.outcomes import Brought, Outcome

Chosen = tuple[Found, Proposal]


def as_warnings(problems: Iterable[Problem], name: str = "") -> tuple[Problem, ...]:
    """Return problems as warnings, since the study is made without that dataset; with its ``name`` in front."""
    return tuple(replace(each, severity=Severity.WARNING, where=_in_front(name, each.where)) for each in problems)


def which_role(found: Found, likely: Sequence[Proposal]) -> Text:
    """Ask which role a dataset plays."""
    choices = [
        say("{i} {t} ({c} %: {w})", "{i} {t} ({c} %: {w})", i=place, t=each.role.title,
            c=number(100 * each.guess.confidence), w=each.guess.why)
        for place, each in enumerate(likely, start=1)
    ]  # fmt: skip
    return say(
        "Che ruolo ha {n}?\n{all}\n0 nessuno:",
        "Which role has {n}?\n{all}\n0 none:",
        n=found.name,
        all=joined(choices, "\n"),
    )


def which_dataset(group: Sequence[Chosen]) -> Text:
    """Ask which of several datasets plays a role."""
    choices = [say("{i} {d}", "{i} {d}", i=place, d=_described(each)) for place, each in enumerate(group, start=1)]
    return say("Quale dato per «{r}»?\n{all}\n0 nessuno:", "Which data for “{r}”?\n{all}\n0 none:",
               r=group[0][1].role.title, all=joined(choices, "\n"))  # fmt: skip


def unclear(found: Found) -> Problem:
    """Return the problem of a dataset whose role is not clear, with the reasons for each that it may be."""
    if found.subject.geometry == TABLE:
        return _joinable(found)
    if not found.roles:
        return _unknown(found)
    rivals = tied(found.guesses)
    reasons = [
        say(
            "{t}, {r} ({c} %: {w})",
            "{t}, {r} ({c} %: {w})",
            t=each.role.title,
            r=each.role.id,
            c=number(100 * each.confidence),
            w=each.why,
        )
        for each in rivals
    ]
    return Problem(
        "role-unclear",
        same(found.name),
        say("il ruolo non è chiaro: {l}.", "its role is unclear: {l}.", l=joined(reasons, " / ")),
        _left_out(found),
        Text("Aggiungerlo con «puc-tool add», dicendo il ruolo.", "Add it with “puc-tool add”, naming the role."),
        Severity.WARNING,
    )


def elsewhere(found: Found, ground: Ground) -> Problem:
    """Return the problem of a dataset that lies off the study, with the CRS that would bring it there."""
    assert ground.boundary is not None
    assert found.subject.extent is not None
    return Problem(
        "layer-elsewhere",
        same(found.name),
        Text("il dato cade fuori dal territorio dello studio.", "the data lies outside the study's ground."),
        _left_out(found),
        crs_proposal(lattice(found.subject.extent), ground.boundary, ground.crs),
        Severity.WARNING,
    )


def one_role_several(found: Found, group: Sequence[Chosen], taken: Chosen | None) -> Problem:
    """Return the problem of a dataset that would take the place of another in the study."""
    others = [each for each in group if each[0] is not found]
    if taken is not None:
        message = say("per «{r}» è stato preso {o}.", "for “{r}” the data taken is {o}.",
                      r=taken[1].role.title, o=_described(taken))  # fmt: skip
    else:
        message = say("anche altri dati sono «{r}»: {o}.", "other data is “{r}” too: {o}.",
                      r=group[0][1].role.title, o=_others(others))  # fmt: skip
    return Problem(
        "role-several",
        same(found.name),
        message,
        _left_out(found),
        _choose(group),
        Severity.WARNING,
    )


def not_looked_at(path: Path) -> Problem:
    """Return the problem of a file that nobody waited for."""
    return Problem(
        "folder-stopped",
        same(path.name),
        Text("non è stato guardato: la lettura è stata fermata prima.", "it was not looked at: reading was stopped."),
        Text("Non è stato aggiunto.", "It was not added."),
        Text("Aggiungerlo dopo, dalla finestra o con «puc-tool add».", "Add it later, here or with “puc-tool add”."),
        Severity.WARNING,
    )


def summary(brought: Brought) -> list[Text]:
    """Return the table: dataset, role, why, and what is missing to be sure."""
    if not brought.outcomes:
        return [Text("Nessun dato nella cartella.", "No data in the folder.")]
    width = min(48, max(len(each.name) for each in brought.outcomes))
    return [line for each in brought.outcomes for line in _row(each, width)]


def no_folder(origin: Path) -> Problem:
    """Return the problem of a folder that is not there."""
    return Problem(
        "folder-missing",
        same(origin.name),
        Text("la cartella dei dati non c'è.", "the data folder is not there."),
        Text("Lo studio non è stato creato.", "The study was not made."),
        Text("Indicare la cartella giusta con --from.", "Name the right folder with --from."),
    )


def _row(outcome: Outcome, width: int) -> list[Text]:
    proposal = outcome.proposal
    role = NOTHING if proposal is None else _role_of(proposal)
    state = outcome.state.value
    first = say("{n}  {s}{r}", "{n}  {s}{r}", n=outcome.name.ljust(width), s=state, r=role)
    if proposal is None:
        return [first]
    why = say("    perché: {w}", "    why: {w}", w=proposal.guess.why)
    if not proposal.lacking:
        return [first, why]
    return [first, why, say("    da confermare: {l}", "    to confirm: {l}", l=joined(proposal.lacking, "; "))]


def _role_of(proposal: Proposal) -> Text:
    year = NOTHING if proposal.year is None else same(f" {proposal.year.year}")
    return say(": {r}{y}, {c} %", ": {r}{y}, {c} %", r=proposal.role.title, y=year,
               c=number(100 * proposal.guess.confidence))  # fmt: skip


def _others(group: Sequence[Chosen]) -> Text:
    """Return one other with its reason; of several the names and years."""
    if len(group) == 1:
        return _described(group[0])
    named = [f"{found.name}{'' if chosen.year is None else f' ({chosen.year.year})'}" for found, chosen in group]
    return listing(named, most=4)


def _described(chosen: Chosen) -> Text:
    found, proposal = chosen
    year = NOTHING if proposal.year is None else say(" del {y}", " of {y}", y=proposal.year.year)
    return say("{n}{y} ({w})", "{n}{y} ({w})", n=found.name, y=year, w=proposal.guess.why)


def _choose(group: Sequence[Chosen]) -> Text:
    if _are_tiles(group):
        return Text(
            "Sono parti vicine dello stesso dato: unirle in un file, poi «puc-tool add».",
            "They are neighbouring parts of the same data: join them into one file, then “puc-tool add”.",
        )
    if group[0][1].role.yearly:
        return Text("Se sono di anni diversi, aggiungerli con --year.", "If of different years, add them with --year.")
    return Text("Scegliere quello giusto e aggiungerlo con «puc-tool add».", "Choose one, add it with “puc-tool add”.")


def _are_tiles(group: Sequence[Chosen]) -> bool:
    """Tell whether the data has the same fields and lies side by side."""
    subjects = [found.subject for found, _ in group]
    if len({(each.fields, each.geometry, each.crs) for each in subjects}) > 1:
        return False
    extents = [each.extent for each in subjects if each.extent is not None]
    return len(extents) == len(subjects) and not any(
        _overlap(one, other) for at, one in enumerate(extents) for other in extents[at + 1 :]
    )


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Tell whether two extents share more than a strip along their edges."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((one[2] - one[0]) * (one[3] - one[1]), (other[2] - other[0]) * (other[3] - other[1]))
    return width > 0 and height > 0 and width * height > 0.1 * smaller


def _joinable(found: Found) -> Problem:
    return Problem(
        "table-without-place",
        same(found.name),
        Text("è una tabella senza luogo: nessun ruolo la prende da sola.", "it is a table without a place: no role."),
        _left_out(found),
        Text("Unirla a un livello con «puc-tool add … --join».", "Join it to a layer with “puc-tool add … --join”."),
        Severity.WARNING,
    )


def _unknown(found: Found) -> Problem:
    return Problem(
        "role-unclear",
        same(found.name),
        say("nessun ruolo riconosciuto{w}.", "no role was recognised{w}.", w=wrong_shape(found.subject)),
        _left_out(found),
        Text("Aggiungerlo con «puc-tool add», dicendo il ruolo.", "Add it with “puc-tool add”, naming the role."),
        Severity.WARNING,
    )


def _left_out(found: Found) -> Text:
    return say(
        "Non è stato aggiunto: {n}.",
        "It was not added: {n}.",
        n=counted(found.subject.features, FEATURES),
    )


def _in_front(name: str, where: Text) -> Text:
    return say("{n}: {w}", "{n}: {w}", n=name, w=where) if name else where
