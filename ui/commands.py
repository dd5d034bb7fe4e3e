"""Everything the user can do in the window, one row each: menus, keys, enabling and tests read this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analyses import registry
from analyses.analysis import Analysis
from layers.text import NOTHING, Lang, Text
from ui.commanded import Window


def _always(window: Window) -> bool:
    return True


def _at_map(window: Window) -> bool:
    return window.is_at_map


def _nothing(window: Window) -> Text:
    return NOTHING


@dataclass(frozen=True)
class Command:
    """One thing to do: its menu, its words, what it does, its key, and whether it can be done now.

    ``about``: what it would be done to now, which the menu says after the words.
    """

    id: str
    menu: Text
    title: Text
    act: Callable[[Window], object]
    key: str = ""
    is_enabled: Callable[[Window], bool] = _always
    about: Callable[[Window], Text] = _nothing

    def words(self, window: Window, lang: Lang) -> str:
        """Return what the menu says now: «Annulla: Nascondi Zone»."""
        about = self.about(window)
        return f"{self.title.to(lang)}: {about.to(lang)}" if about else self.title.to(lang)


FILE = Text("&File", "&File")
EDIT = Text("&Modifica", "&Edit")
VIEW = Text("&Vista", "&View")
LAYERS = Text("&Livelli", "&Layers")
MAP = Text("&Mappa", "&Map")
ANALYSIS = Text("&Analisi", "&Analysis")
SHEETS = Text("&Tavole", "&Sheets")


def _choosing(analysis: Analysis) -> Command:
    """Return the command that takes ``analysis`` in hand."""
    return Command(
        f"analysis.{analysis.id}",
        ANALYSIS,
        analysis.title,
        lambda w: w.choose(analysis),
        "",
        lambda w: w.desk.can_choose,
    )


def _stepping(
    command_id: str, title: Text, key: str, act: Callable[[Window], object], next_step: Callable[[Window], Text]
) -> Command:
    """Return a command of the history: it says which step it is about, and can't be done without one."""
    return Command(command_id, EDIT, title, act, key, lambda w: bool(next_step(w)), next_step)


COMMANDS: tuple[Command, ...] = (
    Command("study.start", FILE, Text("Pagina iniziale", "Start page"), lambda w: w.go_to_start(), "Ctrl+N"),
    Command("study.open", FILE, Text("Apri uno studio…", "Open a study…"), lambda w: w.open_other(), "Ctrl+O"),
    Command(
        "study.read",
        FILE,
        Text("Leggi i livelli", "Read the layers"),
        lambda w: w.start(),
        "F5",
        lambda w: w.desk.can_read,
    ),
    Command("window.close", FILE, Text("Esci", "Quit"), lambda w: w.close(), "Ctrl+Q"),
    _stepping("edit.undo", Text("Annulla", "Undo"), "Ctrl+Z", lambda w: w.undo(), lambda w: w.next_undo),
    _stepping("edit.redo", Text("Ripeti", "Redo"), "Ctrl+Shift+Z", lambda w: w.redo(), lambda w: w.next_redo),
    Command("edit.find", EDIT, Text("Cerca nella tabella", "Find in the table"), lambda w: w.search(), "Ctrl+F"),
    Command("view.explore", VIEW, Text("Esplora", "Explore"), lambda w: w.arrange(analysis=False), "Ctrl+1"),
    Command("view.analysis", VIEW, Text("Analisi", "Analysis"), lambda w: w.arrange(analysis=True), "Ctrl+2"),
    Command("view.sheets", VIEW, Text("Tavole", "Sheets"), lambda w: w.show_sheets(), "Ctrl+5"),
    Command("view.all", VIEW, Text("Tutto il comune", "The whole commune"), lambda w: w.fit(), "Ctrl+0"),
    Command("view.unselect", VIEW, Text("Togli la selezione", "Clear the selection"), lambda w: w.escape(), "Esc"),
    Command("view.theme", VIEW, Text("Tema scuro o chiaro", "Dark or light theme"), lambda w: w.switch_theme()),
    Command("view.reset", VIEW, Text("Ripristina disposizione", "Reset the layout"), lambda w: w.reset_layout()),
    Command(
        "layer.add",
        LAYERS,
        Text("Aggiungi un livello…", "Add a layer…"),
        lambda w: w.workbench.add(),
        "Ctrl+Shift+A",
        lambda w: w.workbench.can_change,
    ),
    Command(
        "scenario.edit",
        LAYERS,
        Text("Modifica gli scenari", "Edit scenarios"),
        lambda w: w.workbench.edit_scenario(),
        "Ctrl+D",
    ),
    Command(
        "layer.style",
        LAYERS,
        Text("Stile del livello", "Style of the layer"),
        lambda w: w.workbench.style_layer(),
        "Ctrl+L",
        lambda w: w.workbench.has_layer,
    ),
    Command(
        "layer.mend",
        LAYERS,
        Text("Rimedia il livello", "Mend the layer"),
        lambda w: w.workbench.mend(),
        "Ctrl+Shift+R",
        lambda w: w.workbench.has_layer,
    ),
    Command(
        "map.point",
        MAP,
        Text("Che cosa vale in un punto", "What applies at a point"),
        lambda w: w.toolbox.ask_at_point(),
        "I",
    ),
    Command(
        "map.area",
        MAP,
        Text("Che cosa vale in un'area…", "What applies in an area…"),
        lambda w: w.toolbox.ask_in_area(),
        "Shift+I",
    ),
    Command(
        "map.identify",
        MAP,
        Text("Identifica gli elementi", "Identify features"),
        lambda w: w.work.identify(),
        "Ctrl+Shift+I",
        _at_map,
    ),
    Command(
        "map.box",
        MAP,
        Text("Seleziona col riquadro", "Select by a box"),
        lambda w: w.work.select_in_box(),
        "S",
        _at_map,
    ),
    Command(
        "map.polygon",
        MAP,
        Text("Seleziona con un poligono", "Select by a polygon"),
        lambda w: w.work.select_in_area(),
        "Shift+S",
        _at_map,
    ),
    Command(
        "map.expression",
        MAP,
        Text("Seleziona con un'espressione…", "Select by an expression…"),
        lambda w: w.work.select_by_expression(),
        "Ctrl+Shift+F",
        lambda w: w.has_results and w.is_at_map,
    ),
    Command(
        "map.length", MAP, Text("Misura una distanza", "Measure a distance"), lambda w: w.toolbox.measure_length(), "M"
    ),
    Command(
        "map.surface", MAP, Text("Misura un'area", "Measure an area"), lambda w: w.toolbox.measure_area(), "Shift+M"
    ),
    Command("map.go", MAP, Text("Vai alla coordinata…", "Go to a coordinate…"), lambda w: w.toolbox.go_to(), "Ctrl+G"),
    Command(
        "map.scale",
        MAP,
        Text("Scrivi la scala", "Type the scale"),
        lambda w: w.type_scale(),
        "Ctrl+R",
        _at_map,
    ),
    Command(
        "map.bookmarks",
        MAP,
        Text("Segnalibri…", "Bookmarks…"),
        lambda w: w.work.open_bookmarks(),
        "B",
        _at_map,
    ),
    Command(
        "map.bookmark",
        MAP,
        Text("Aggiungi segnalibro…", "Add a bookmark…"),
        lambda w: w.work.add_bookmark(),
        "Ctrl+B",
        _at_map,
    ),
    Command(
        "map.curtain",
        MAP,
        Text("Confronta con la tendina", "Compare by a curtain"),
        lambda w: w.work.compare(curtain=True),
        "W",
        _at_map,
    ),
    Command(
        "map.beside",
        MAP,
        Text("Confronta affiancando", "Compare side by side"),
        lambda w: w.work.compare(curtain=False),
        "Shift+W",
        _at_map,
    ),
    Command(
        "map.summary",
        MAP,
        Text("Descrivi la mappa a parole", "Describe the map in words"),
        lambda w: w.work.summarise(),
        "Ctrl+Shift+M",
        _at_map,
    ),
    Command(
        "map.print",
        MAP,
        Text("Stampa la vista…", "Print the view…"),
        lambda w: w.work.print_view(),
        "Ctrl+P",
        _at_map,
    ),
    Command(
        "map.none",
        MAP,
        Text("Posa lo strumento", "Put the tool down"),
        lambda w: w.toolbox.put_down(),
        "",
        lambda w: w.toolbox.is_in_hand,
    ),
    Command(
        "analysis.run", ANALYSIS, Text("Esegui", "Run"), lambda w: w.run(), "Ctrl+Return", lambda w: w.desk.can_run
    ),
    Command(
        "analysis.stop",
        ANALYSIS,
        Text("Ferma", "Stop"),
        lambda w: w.cancel(),
        "Ctrl+.",
        lambda w: bool(w.desk.jobs.running),
    ),
    Command(
        "analysis.explain",
        ANALYSIS,
        Text("Da dove viene il numero?\tAlt+Invio", "Where does the number come from?\tAlt+Enter"),
        lambda w: w.explain(),
        "",
        lambda w: w.has_results,
    ),
    Command(
        "analysis.try",
        ANALYSIS,
        Text("Prova i parametri", "Try the parameters"),
        lambda w: w.try_out(),
        "Ctrl+T",
        lambda w: w.right.trying.can_open,
    ),
    Command(
        "analysis.compare",
        ANALYSIS,
        Text("Confronta gli scenari", "Compare scenarios"),
        lambda w: w.compare(),
        "Ctrl+Shift+T",
        lambda w: w.right.scenarios.has_scenarios,
    ),
    *(_choosing(analysis) for analysis in registry.ALL),
    Command(
        "sheet.export",
        SHEETS,
        Text("Esporta la tavola", "Export the sheet"),
        lambda w: w.export(),
        "Ctrl+E",
        lambda w: w.has_results,
    ),
)
