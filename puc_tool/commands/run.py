"""``puc-tool run STUDY [ANALYSIS]…``: computes what can be computed, and says why of the rest."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from analyses import registry
from analyses.analysis import Analysis
from analyses.progress import part_of
from layers.problems import Problem, PucError
from layers.text import Lang, Text, listing, say
from puc_tool import run, study_reading
from puc_tool.commands.command import Command, add_study, pair, wrong_usage
from puc_tool.console import Answer, Console
from puc_tool.shelf import Shelf
from puc_tool.study import Study


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    known = ", ".join(registry.BY_ID)
    parser.add_argument("analyses", nargs="*", metavar="ANALYSIS", help=known)
    about = Text("vale per questa volta sola", "holds for this run alone")
    parser.add_argument("--set", action="append", default=[], metavar="ANALYSIS.PARAMETER=VALUE", help=about.to(lang))
    add_jobs_and_to(parser, lang)


def add_jobs_and_to(parser: ArgumentParser, lang: Lang) -> None:
    """Declare --jobs and --to."""
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help=Text("lavori insieme", "jobs at once").to(lang)
    )
    about = Text("scrive in un'altra cartella", "write into another folder").to(lang)
    parser.add_argument("--to", type=Path, metavar="DIR", help=about)


def _run(options: Namespace, console: Console) -> Answer:
    changes = _changes(options.set)
    chosen = _chosen(options.analyses)
    study = study_reading.read(options.study)
    return run_all(
        study, chosen, console, named=bool(options.analyses), changes=changes, to=options.to, jobs=options.jobs
    )


def run_all(
    study: Study,
    chosen: tuple[Analysis, ...],
    console: Console,
    *,
    named: bool = False,
    changes: Mapping[str, Mapping[str, str]] | None = None,
    to: Path | None = None,
    jobs: int = 1,
) -> Answer:
    """Run ``chosen``; without ``named``, one that lacks a role is passed over with its reason."""
    shelf = Shelf(study)
    ran, unchanged = list[Analysis](), list[Analysis]()
    not_run, problems = list[tuple[Analysis, Text]](), list[Problem]()
    for place, analysis in enumerate(chosen):
        reason = run.lacking(analysis, study)
        if reason and not named:
            not_run.append((analysis, reason))
            continue
        try:
            params, said = run.settings(analysis, study, (changes or {}).get(analysis.id, {}))
            if said:
                raise PucError(*said)
            report = part_of(console.report, place / len(chosen), (place + 1) / len(chosen))
            outcome = run.run(analysis, shelf, params, to=to, jobs=jobs, report=report)
        except PucError as error:
            not_run.append((analysis, REFUSED))
            problems += error.problems
            continue
        (unchanged if outcome.is_unchanged else ran).append(analysis)
        problems += outcome.problems
    return Answer(_lines(ran, unchanged, not_run), _content(ran, unchanged, not_run, console.lang), tuple(problems))


REFUSED = Text("ci sono errori nei dati.", "there are errors in the data.")
_NotRun = list[tuple[Analysis, Text]]


def _lines(ran: list[Analysis], unchanged: list[Analysis], not_run: _NotRun) -> tuple[Text, ...]:
    return (
        *(say("{a}: fatta.", "{a}: done.", a=each.title) for each in ran),
        *(
            say("{a}: invariata, non ricalcolata.", "{a}: unchanged, not computed again.", a=each.title)
            for each in unchanged
        ),
        *(say("{a}: non fatta, {w}", "{a}: not run, {w}", a=each.title, w=why) for each, why in not_run),
    )


def _content(ran: list[Analysis], unchanged: list[Analysis], not_run: _NotRun, lang: Lang) -> Mapping[str, object]:
    return {
        "ran": [each.id for each in ran],
        "unchanged": [each.id for each in unchanged],
        "not_run": [{"analysis": each.id, "why": why.to(lang)} for each, why in not_run],
    }


def _chosen(names: list[str]) -> tuple[Analysis, ...]:
    strange = [name for name in names if name not in registry.BY_ID]
    if strange:
        raise wrong_usage(
            say(
                "non c'è l'analisi «{s}»; ci sono {k}.",
                "there is no analysis “{s}”; there are {k}.",
                s=strange[0],
                k=listing(list(registry.BY_ID), most=20),
            )
        )
    return tuple(registry.BY_ID[name] for name in dict.fromkeys(names)) or registry.ALL


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
