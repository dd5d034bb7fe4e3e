"""``puc-tool remove STUDY ROLE``: takes a layer out of the study; never deletes a file the user brought."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from layers.text import Lang, Text, say
from puc_tool.commands.command import Command, add_study
from puc_tool.console import Answer, Console
from puc_tool.studies import study_editing, study_reading


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    parser.add_argument("role", metavar="ROLE", help=Text("ruolo", "role").to(lang))
    parser.add_argument("--year", type=int, metavar="YYYY", help=Text("anno del livello", "the layer's year").to(lang))


def _run(options: Namespace, console: Console) -> Answer:
    document = study_reading.document(options.study)
    study_reading.from_document(document, options.study)
    study_editing.drop_layer(document, options.role, options.year)
    study_editing.save(document, options.study)
    said = say("{r}: tolto dallo studio. I file restano.", "{r}: taken out. The files stay.", r=options.role)
    return Answer((said,))


COMMAND = Command(
    "remove",
    Text("toglie un livello dallo studio; i file restano", "takes a layer out of the study; files stay"),
    _arguments,
    _run,
)
