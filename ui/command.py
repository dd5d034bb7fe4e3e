"""A command: its menu, its words, its key, what it does, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from layers.text import NOTHING, Lang, Text
from ui.commanded import Window

FILE = Text("&File", "&File")
EDIT = Text("&Modifica", "&Edit")
VIEW = Text("&Vista", "&View")
LAYERS = Text("&Livelli", "&Layers")
MAP = Text("&Mappa", "&Map")
ANALYSIS = Text("&Analisi", "&Analysis")
SHEETS = Text("&Tavole", "&Sheets")
HELP = Text("A&iuto", "&Help")


@dataclass(frozen=True)
class Condition:
    """When something can be done, and what is missing when it can't."""

    holds: Callable[[Window], bool]
    why_not: Text

    def __call__(self, window: Window) -> bool:
        """Tell whether it can be done now."""
        return self.holds(window)


ALWAYS = Condition(lambda w: True, NOTHING)
AT_MAP = Condition(lambda w: w.is_at_map, Text("Solo davanti alla mappa", "Only at the map"))
HAS_RESULTS = Condition(lambda w: w.has_results, Text("Prima va eseguita l'analisi", "The analysis must be run first"))
HAS_LAYER = Condition(
    lambda w: w.workbench.has_layer, Text("Prima va scelto un livello nell'elenco", "Choose a layer in the list first")
)


def _nothing(window: Window) -> Text:
    return NOTHING


@dataclass(frozen=True)
class Command:
    """One thing to do. ``about``: what it would be done to now, which the menu says after the words.

    ``begins``: it begins a group of its menu. ``is_on`` tells of a choice whether it is the one that stands now.
    """

    id: str
    menu: Text
    title: Text
    act: Callable[[Window], object]
    key: str = ""
    is_enabled: Condition = ALWAYS
    about: Callable[[Window], Text] = _nothing
    begins: bool = False
    is_on: Callable[[Window], bool] | None = None

    @property
    def name(self) -> Text:
        """What it is called outside the menu: without its key, or the sign that a dialog follows."""
        return Text(*(words.partition("\t")[0].rstrip("…") for words in (self.title.it, self.title.en)))

    @property
    def place(self) -> Text:
        """The menu it stands in, as people say it."""
        return Text(self.menu.it.replace("&", ""), self.menu.en.replace("&", ""))

    @property
    def heard_key(self) -> str:
        """Its key: the menu's, or the one its title tells where a panel and not the menu listens to it."""
        return self.key or self.title.en.partition("\t")[2]

    def words(self, window: Window, lang: Lang) -> str:
        """Return what the menu says now: «Annulla: Nascondi Zone»."""
        about = self.about(window)
        return f"{self.title.to(lang)}: {about.to(lang)}" if about else self.title.to(lang)

    def why_not(self, window: Window) -> Text:
        """Return what is missing for it to be done; nothing if it can be done now."""
        return NOTHING if self.is_enabled(window) else self.is_enabled.why_not
