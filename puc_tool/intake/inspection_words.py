"""A dataset in a few lines for people: what it holds, its likely roles with their reasons, the command to take it."""

from __future__ import annotations

from layers.proposal import Proposal
from layers.recognise import other_shape
from layers.subject import TABLE, Subject
from layers.text import NOTHING, Lang, Text, joined, number, say
from puc_tool.intake.add_line import STUDY, add_line
from puc_tool.intake.inspection import Found, entry

_SHOWN = 3
"""How many likely roles are told."""


def sentence(found: Found, lang: Lang) -> Text:
    """Return a dataset in a few lines for people: what it holds, its likely roles, and the command to take it."""
    told = entry(found, lang)
    unit = Text("celle", "cells") if told["kind"] == "raster" else Text("elementi", "features")
    head = say(
        "{name}: {geometry}, {n} {unit}, {crs}\n    campi: {fields}",
        "{name}: {geometry}, {n} {unit}, {crs}\n    fields: {fields}",
        name=told["name"],
        geometry=told["geometry"],
        n=number(float(str(told["features"]))),
        unit=unit,
        crs=told["crs"] or Text("sistema di riferimento non detto", "CRS not said"),
        fields=", ".join(found.subject.fields) or "–",
    )
    lines = [head, *(_likely(proposal) for proposal in found.roles[:_SHOWN]), *_ready(found)]
    return joined(lines, "\n")


def _likely(proposal: Proposal) -> Text:
    guess = proposal.guess
    return say("    {r} ({c} %): {w}", "    {r} ({c} %): {w}",
               r=guess.role.id, c=number(100 * guess.confidence), w=guess.why)  # fmt: skip


def _ready(found: Found) -> list[Text]:
    if not found.roles:
        return [_no_role(found.subject)]
    best = found.roles[0]
    line = say(
        "    {a}",
        "    {a}",
        a=Text(*(add_line(best, found.path, found.table, STUDY.to(lang)) for lang in ("it", "en"))),
    )
    return [*([_still(best)] if best.lacking else []), line]


def _still(proposal: Proposal) -> Text:
    return say(
        "    da confermare: {l}",
        "    to confirm: {l}",
        l=joined(proposal.lacking, "; "),
    )


def _no_role(subject: Subject) -> Text:
    if subject.geometry == TABLE:
        return Text(
            "    tabella senza luogo: si unisce a un livello con «add … --join»",
            "    a table without a place: join it to a layer with “add … --join”",
        )
    return say("    nessun ruolo riconosciuto{w}", "    no role recognised{w}", w=wrong_shape(subject))


def wrong_shape(subject: Subject) -> Text:
    """Say which roles the name speaks of although they do not take the shape; nothing where there are none."""
    roles = other_shape(subject)
    if not roles:
        return NOTHING
    return say(
        ": il nome fa pensare a {t}, ma la geometria è un'altra",
        ": its name suggests {t}, but its geometry is another",
        t=joined((role.title for role in roles), ", "),
    )
