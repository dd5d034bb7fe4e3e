"""``puc-tool verify STUDY``: re-runs what is recorded and says: identical, or what differs by how much and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from layers.problems import Problem
from layers.text import Lang, Text, say
from puc_tool import verification
from puc_tool.commands.command import Command, add_study
from puc_tool.commands.many import over_studies
from puc_tool.commands.run import add_jobs
from puc_tool.console import Answer, Console
from puc_tool.studies import study_reading
from puc_tool.verification import IDENTICAL, Verified


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    add_jobs(parser, lang)
    parser.set_defaults(to=None)


def _run(options: Namespace, console: Console) -> Answer:
    return over_studies(options, console, _verify)


def _verify(folder: Path, options: Namespace, console: Console) -> Answer:
    found = verification.verify(study_reading.read(folder), console.report)
    items = [_item(each, console.lang) for each in found]
    if not found:
        return Answer((_NOTHING,), {"items": items})
    told = tuple(problem for each in found for problem in _problems(each))
    lines = tuple(
        say("{a}: risultato identico.", "{a}: identical.", a=each.analysis.title)
        for each in found
        if each.outcome == IDENTICAL
    )
    return Answer(lines, {"items": items}, told)


_NOTHING = Text("Nessun calcolo registrato da verificare.", "No recorded run to verify.")


def _problems(verified: Verified) -> tuple[Problem, ...]:
    told = verification.problem_of(verified)
    return verified.refused if told is None else (told, *verified.refused)


def _item(verified: Verified, lang: Lang) -> Mapping[str, object]:
    return {
        "analysis": verified.analysis.id,
        "outcome": verified.outcome,
        "files": list(verified.files),
        "touched": list(verified.touched),
        "figures": [
            {"id": each.id, "recorded": each.recorded, "now": each.now, "difference": each.difference}
            for each in verified.figures
        ],
        "causes": [each.to(lang) for each in verified.causes],
    }


COMMAND = Command(
    "verify",
    Text("rifà ciò che è registrato e dice se è identico", "re-runs what is recorded and says whether it is identical"),
    _arguments,
    _run,
)
