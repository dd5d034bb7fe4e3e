"""The pages of the help: what each is called and its key. The menu, the start page and the help itself read this."""

from __future__ import annotations

from dataclasses import dataclass

from layers.text import Text


@dataclass(frozen=True)
class HelpPage:
    """One page; ``short`` is its name beside the others."""

    id: str
    title: Text
    short: Text
    key: str = ""


COMMANDS_PAGE = HelpPage(
    "commands", Text("Comandi e tasti", "Commands and keys"), Text("Comandi e tasti", "Commands and keys"), "F1"
)
GLOSSARY_PAGE = HelpPage("glossary", Text("Glossario", "Glossary"), Text("Glossario", "Glossary"), "Shift+F1")
MANUAL_PAGE = HelpPage("manual", Text("Manuale", "Manual"), Text("Manuale", "Manual"))
ABOUT_PAGE = HelpPage("about", Text("Informazioni su PUC Tool", "About PUC Tool"), Text("Informazioni", "About"))
HELP_PAGES = (COMMANDS_PAGE, GLOSSARY_PAGE, MANUAL_PAGE, ABOUT_PAGE)
