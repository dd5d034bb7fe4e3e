"""``puc-tool demo [DIR]``: the demonstration study, every analysis, the whole pack. No window, no network."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from analyses import registry
from analyses.progress import part_of
from layers.problems import Problem, PucError
from layers.text import Lang, Text, same, say
from puc_tool.commands.command import Command
from puc_tool.commands.run import run_all
from puc_tool.console import Answer, Console
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.study import FILE

DEFAULT = Path("puc-demo")
JOBS = 2
"""Pages and notebooks drawn at once: any number gives the same files."""


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    about = Text("cartella (puc-demo se non indicata)", "folder (puc-demo if not given)").to(lang)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT, metavar="DIR", help=about)


def _run(options: Namespace, console: Console) -> Answer:
    # The generator, the page and the kernels are heavy; `puc-tool --help` reads this file and needs none of them.
    from puc_tool.demo.study import write_study
    from puc_tool.printing.council_pack import REPORT_FOLDER, make_pack, untold, whole
    from puc_tool.report.open_data.package import FOLDER
    from puc_tool.studies.study_making import refuse_unless_free

    folder = options.folder
    if _is_ours(folder):
        _refuse_unless_demonstration(folder)
    else:
        refuse_unless_free(folder)
    write_study(folder, part_of(console.report, 0.0, 0.5))
    study = study_reading.read(folder)
    done = run_all(study, registry.ALL, console)
    wish, passed_over = whole(study, console.lang)
    _, made = make_pack(Shelf(study), wish, tell=untold, jobs=JOBS, report=part_of(console.report, 0.7, 1.0))
    lines = (
        say("Studio dimostrativo in {f}: dati inventati, senza valore legale.",
            "Demonstration study in {f}: made-up data, without legal value.", f=folder),
        *done.lines,
        say("Risultati in {f}", "Results in {f}", f=study.results),
        *(say("Tavola {f}", "Sheet {f}", f=path) for path in made.files if path.parent == study.export),
        say("Studio preliminare e quaderni in {f}", "Preliminary study and notebooks in {f}", f=folder / REPORT_FOLDER),
        say("Dati aperti in {f}", "Open data in {f}", f=folder / FOLDER),
    )  # fmt: skip
    files = [str(path) for path in made.files]
    content = {**done.content, "study": str(folder), "results": str(study.results), "files": files}
    return Answer(lines, content, (*done.problems, *passed_over, *made.problems))


def _is_ours(folder: Path) -> bool:
    return (folder / FILE).is_file()


def _refuse_unless_demonstration(folder: Path) -> None:
    if not study_reading.read(folder).is_demonstration:
        raise PucError(
            Problem(
                "folder-not-demonstration",
                same(folder.name),
                Text("la cartella contiene un altro studio.", "the folder holds another study."),
                Text("Niente è stato toccato.", "Nothing has been touched."),
                Text("Indicare una cartella nuova.", "Name a new folder."),
            )
        )


COMMAND = Command(
    "demo",
    Text(
        "scrive lo studio dimostrativo, lo calcola e ne stampa le tavole",
        "writes the demonstration study, computes it and prints its sheets",
    ),
    _arguments,
    _run,
)
