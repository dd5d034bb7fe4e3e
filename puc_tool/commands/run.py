"""``puc-tool run STUDY [ANALYSIS]…``: computes what can be computed, and says why of the rest."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analyses import registry
from analyses.analysis import ROLE_LACKING, Analysis
from analyses.progress import part_of
from layers.problems import Problem, PucError, refuse_if_any
from layers.text import NOTHING, Lang, Text, say
from puc_tool import run
from puc_tool.commands.command import Command, add_study, named, pair, whole_number, wrong_usage
from puc_tool.commands.many import over_studies
from puc_tool.console import Answer, Console
from puc_tool.shelf import Shelf
from puc_tool.sources import source_changes
from puc_tool.studies import study_reading
from puc_tool.study import Study

_MOST_JOBS = 256


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    known = ", ".join(registry.BY_ID)
    parser.add_argument("analyses", nargs="*", metavar="ANALYSIS", help=known)
    about = Text("vale per questa volta sola", "holds for this run alone")
    parser.add_argument("--set", action="append", default=[], metavar="ANALYSIS.PARAMETER=VALUE", help=about.to(lang))
    add_jobs_and_to(parser, lang)


def add_jobs(parser: ArgumentParser, lang: Lang) -> None:
    """Declare --jobs."""
    words = Text("lavori insieme", "jobs at once")
    jobs = whole_number("--jobs", 1, _MOST_JOBS)
    parser.add_argument("--jobs", type=jobs, default=1, metavar="N", help=words.to(lang))


def add_jobs_and_to(parser: ArgumentParser, lang: Lang) -> None:
    """Declare --jobs and --to."""
    add_jobs(parser, lang)
    about = Text("scrive in un'altra cartella", "write into another folder").to(lang)
    parser.add_argument("--to", type=Path, metavar="DIR", help=about)


def _run(options: Namespace, console: Console) -> Answer:
    return over_studies(options, console, _run_one)


def _run_one(folder: Path, options: Namespace, console: Console) -> Answer:
    changes = _changes(options.set)
    chosen = named(options.analyses, registry.BY_ID)
    study = study_reading.read(folder)
    return run_all(
        study, chosen, console, are_named=bool(options.analyses), changes=changes, to=options.to, jobs=options.jobs
    )


def run_all(
    study: Study,
    chosen: tuple[Analysis, ...],
    console: Console,
    *,
    are_named: bool = False,
    changes: Mapping[str, Mapping[str, str]] | None = None,
    to: Path | None = None,
    jobs: int = 1,
) -> Answer:
    """Run ``chosen``; without ``are_named``, one that lacks a role is passed over with its reason."""
    shelf, tally = Shelf(study), Tally()
    tally.problems.extend(source_changes.told(shelf, chosen))
    for place, analysis in enumerate(chosen):
        reason = run.lacking(analysis, study)
        if reason and not are_named:
            tally.not_run.append((analysis, reason))
            continue
        report = part_of(console.report, place / len(chosen), (place + 1) / len(chosen))
        try:
            params, said = run.settings(analysis, study, (changes or {}).get(analysis.id, {}))
            refuse_if_any(said)
            tally.add(run.run(analysis, shelf, params, to=to, jobs=jobs, report=report))
        except PucError as error:
            reason = _lacking(error) if not are_named else NOTHING
            if reason:
                tally.not_run.append((analysis, reason))
                continue
            tally.not_run.append((analysis, REFUSED))
            tally.problems.extend(error.problems)
    return tally.answer(console.lang)


def _lacking(error: PucError) -> Text:
    """Return why an analysis that nobody asked for by name can't be run, if all it found is that layers are lacking."""
    if {problem.code for problem in error.problems} != {ROLE_LACKING}:
        return NOTHING
    return error.problems[0].message


REFUSED = Text("per gli errori detti.", "for the errors told.")


@dataclass(frozen=True)
class Tally:
    """What became of every analysis asked for."""

    ran: list[Analysis] = field(default_factory=list)
    unchanged: list[Analysis] = field(default_factory=list)
    not_run: list[tuple[Analysis, Text]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, outcome: run.Outcome) -> None:
        """Count an analysis that has its results."""
        (self.unchanged if outcome.is_unchanged else self.ran).append(outcome.analysis)
        self.problems.extend(outcome.problems)

    def answer(self, lang: Lang) -> Answer:
        """Return the sentences and the object of the contract."""
        lines = (
            *(say("{a}: calcolo fatto.", "{a}: done.", a=each.title) for each in self.ran),
            *(say("{a}: nulla è cambiato, calcolo non rifatto.", "{a}: unchanged, not computed again.", a=each.title)
              for each in self.unchanged),
            *(say("{a}: calcolo non fatto, {w}", "{a}: not run, {w}", a=each.title, w=why)
              for each, why in self.not_run),
        )  # fmt: skip
        content = {
            "ran": [each.id for each in self.ran],
            "unchanged": [each.id for each in self.unchanged],
            "not_run": [{"analysis": each.id, "why": why.to(lang)} for each, why in self.not_run],
        }
        return Answer(lines, content, tuple(self.problems))


def _changes(words: list[str]) -> Mapping[str, Mapping[str, str]]:
    changes: dict[str, dict[str, str]] = defaultdict(dict)
    for word in words:
        name, value = pair(word, "--set")
        analysis, dot, parameter = name.partition(".")
        if not dot or analysis not in registry.BY_ID:
            raise wrong_usage(
                say(
                    "--set vuole ANALISI.PARAMETRO=VALORE, non «{w}».",
                    "--set wants ANALYSIS.PARAMETER=VALUE, not “{w}”.",
                    w=word,
                )
            )
        changes[analysis][parameter] = value
    return changes


COMMAND = Command(
    "run",
    Text("esegue le analisi; senza nomi, tutte quelle possibili", "runs analyses; without names, all that can be run"),
    _arguments,
    _run,
)
