"""One verb over many studies: STUDY may be a folder of studies. One failure never stops the rest; a summary ends it."""

from __future__ import annotations

import traceback
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import replace
from pathlib import Path
from typing import Any

from layers.problems import Problem, PucError, Severity
from layers.text import Text, same, say
from puc_tool import processes
from puc_tool.commands.command import UsageError
from puc_tool.console import Answer, Console
from puc_tool.study import FILE

One = Callable[[Path, Namespace, Console], Answer]


def over_studies(options: Namespace, console: Console, one: One) -> Answer:
    """Return what ``one`` answers of ``options.study``, or the answers of all studies in that folder, by name.

    Studies are worked on side by side in ``--jobs`` processes; with ``--to`` each has a folder of its name there.
    """
    folders = studies_in(options.study)
    if not folders:
        return one(options.study, options, console)
    with processes.pool(min(options.jobs, len(folders))) as pool:
        running = {pool.submit(_one, one, folder, options, console.lang): folder for folder in folders}
        try:
            for done, future in enumerate(as_completed(running)):
                console.report(done / len(folders), same(running[future].name))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return _together([(folder, _answer_of(future)) for future, folder in running.items()])


def studies_in(folder: Path) -> tuple[Path, ...]:
    """Return the studies that lie in ``folder``, by name; nothing where it is a study itself."""
    if (folder / FILE).is_file() or not folder.is_dir():
        return ()
    return tuple(sorted(each for each in folder.iterdir() if (each / FILE).is_file()))


def _one(one: One, folder: Path, options: Namespace, lang: Any) -> Answer:
    own = Namespace(**{**vars(options), "study": folder, "jobs": 1, "to": options.to and options.to / folder.name})
    return one(folder, own, Console(lang, quiet=True))


def _answer_of(future: Future[Answer]) -> Answer:
    """Return a study's answer; of one that failed, why."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, UsageError):
        raise error
    if isinstance(error, PucError):
        return Answer(problems=tuple(error.problems))
    return Answer(problems=(_failed("".join(traceback.format_exception(error))),))


def _together(answers: Sequence[tuple[Path, Answer]]) -> Answer:
    lines, problems, merged, told = list[Text](), list[Problem](), dict[str, list[Any]](), list[Mapping[str, object]]()
    for folder, answer in answers:
        lines += [say("{s}: {l}", "{s}: {l}", s=folder.name, l=line) for line in answer.lines]
        problems += [_placed(problem, folder) for problem in answer.problems]
        told.append({"study": str(folder), "done": _is_done(answer)})
        for name, values in answer.content.items():
            merged.setdefault(name, []).extend(values if isinstance(values, list) else [values])
    return Answer((*lines, _summary(answers)), {**merged, "studies": told}, tuple(problems))


def _is_done(answer: Answer) -> bool:
    return not any(problem.severity is Severity.ERROR for problem in answer.problems)


def _placed(problem: Problem, folder: Path) -> Problem:
    return replace(problem, where=say("{s}, {w}", "{s}, {w}", s=folder.name, w=problem.where))


def _summary(answers: Sequence[tuple[Path, Answer]]) -> Text:
    failed = [folder.name for folder, answer in answers if not _is_done(answer)]
    done = say("Studi fatti: {n} su {m}.", "Studies done: {n} of {m}.", n=len(answers) - len(failed), m=len(answers))
    if not failed:
        return done
    return say("{d} Non riusciti: {f}.", "{d} Failed: {f}.", d=done, f=", ".join(failed))


def _failed(trace: str) -> Problem:
    """Return the problem of a bug in one study: the others went on. The trace goes to the log with the problem."""
    last = trace.strip().splitlines()[-1]
    return Problem(
        "study-failed",
        same("puc-tool"),
        say("qualcosa non ha funzionato ({e}).", "something went wrong ({e}).", e=last[:200]),
        Text("Gli altri studi sono andati avanti.", "The other studies went on."),
        Text("Rifarlo da solo, per il rapporto da inviare.", "Run it on its own, for the report to send."),
    )
