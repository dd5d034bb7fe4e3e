"""Everything the user can do in the window, one row each: menus, keys, the search and tests read this table."""

from __future__ import annotations

from collections.abc import Callable

from analyses import registry
from analyses.analysis import Analysis
from layers.text import Text
from ui.command import (
    ANALYSIS,
    AT_MAP,
    EDIT,
    FILE,
    HAS_LAYER,
    HAS_RESULTS,
    HELP,
    LAYERS,
    SHEETS,
    VIEW,
    Command,
    Condition,
)
from ui.commanded import Window
from ui.help.pages import HELP_PAGES, HelpPage
from ui.map_commands import MAP_COMMANDS

PREFERENCES_KEY = "Ctrl+,"
_CAN_READ = Condition(
    lambda w: w.desk.can_read, Text("I livelli sono letti, o in lettura", "The layers are read, or being read")
)
_CAN_CHANGE = Condition(
    lambda w: w.workbench.can_change and w.is_at_map,
    Text(
        "Solo davanti alla mappa, se lo studio non è in sola lettura", "Only at the map, if the study is not read-only"
    ),
)
_CAN_CHOOSE = Condition(
    lambda w: w.desk.can_choose, Text("Prima deve finire ciò che è in corso", "What is being done must end first")
)
_CAN_RUN = Condition(
    lambda w: w.desk.can_run,
    Text("Accanto a Esegui sta scritto che cosa manca", "What is missing is written beside Run"),
)
_IS_BUSY = Condition(lambda w: bool(w.desk.jobs.running), Text("Niente è in corso", "Nothing is being done"))
_CAN_STYLE = Condition(lambda w: w.workbench.can_style, HAS_LAYER.why_not)
_CAN_EXPORT = Condition(
    lambda w: w.can_export, Text("Non c'è ancora una tavola da esportare", "There is no sheet to export yet")
)
_CAN_TRY = Condition(
    lambda w: w.right.trying.can_open,
    Text("Servono i risultati di un'analisi che si può provare", "Results of an analysis that can be tried are wanted"),
)
_CAN_COMPARE = Condition(
    lambda w: w.desk.can_choose and w.right.scenario_work.can_open,
    Text("Servono i distretti di trasformazione", "Transformation districts are wanted"),
)


def _helping(page: HelpPage) -> Command:
    """Return the command that opens a page of the help."""
    return Command(f"help.{page.id}", HELP, page.title, lambda w: w.help_wanted.emit(page.id), page.key)


def _choosing(analysis: Analysis) -> Command:
    """Return the command that takes ``analysis`` in hand; the menu marks the one that is."""
    return Command(
        f"analysis.{analysis.id}",
        ANALYSIS,
        analysis.title,
        lambda w: w.choose(analysis),
        is_enabled=_CAN_CHOOSE,
        begins=analysis is registry.ALL[0],
        is_on=lambda w: w.session.analysis.id == analysis.id,
    )


def _stepping(
    command_id: str, title: Text, key: str, act: Callable[[Window], object], next_step: Callable[[Window], Text]
) -> Command:
    """Return a command of the history: it says which step it is about, and can't be done without one."""
    has_step = Condition(lambda w: bool(next_step(w)), Text("Nessun passo, adesso", "No step now"))
    return Command(command_id, EDIT, title, act, key, has_step, next_step)


COMMANDS: tuple[Command, ...] = (
    Command("study.start", FILE, Text("Pagina iniziale", "Start page"), lambda w: w.go_to_start(), "Ctrl+N"),
    Command("study.open", FILE, Text("Apri uno studio…", "Open a study…"), lambda w: w.open_other(), "Ctrl+O"),
    Command(
        "study.read",
        FILE,
        Text("Leggi i livelli", "Read the layers"),
        lambda w: w.start(),
        "F5",
        _CAN_READ,
    ),
    Command("window.close", FILE, Text("Esci", "Quit"), lambda w: w.close(), "Ctrl+Q", begins=True),
    _stepping("edit.undo", Text("Annulla", "Undo"), "Ctrl+Z", lambda w: w.undo(), lambda w: w.next_undo),
    _stepping("edit.redo", Text("Ripeti", "Redo"), "Ctrl+Shift+Z", lambda w: w.redo(), lambda w: w.next_redo),
    Command(
        "edit.search",
        EDIT,
        Text("Cerca comandi, livelli e luoghi…", "Search commands, layers and places…"),
        lambda w: w.search_all(),
        "Ctrl+K",
        begins=True,
    ),
    Command("edit.find", EDIT, Text("Cerca nella tabella", "Find in the table"), lambda w: w.search(), "Ctrl+F"),
    Command(
        "edit.preferences",
        EDIT,
        Text("Preferenze…", "Preferences…"),
        lambda w: w.preferences_wanted.emit(),
        PREFERENCES_KEY,
        begins=True,
    ),
    Command(
        "view.explore",
        VIEW,
        Text("Esplora", "Explore"),
        lambda w: w.arrange(analysis=False),
        "Ctrl+1",
        is_on=lambda w: w.is_at_map and w.workspaces.below.isHidden(),
    ),
    Command(
        "view.analysis",
        VIEW,
        Text("Analisi", "Analysis"),
        lambda w: w.arrange(analysis=True),
        "Ctrl+2",
        is_on=lambda w: w.is_at_map and not w.workspaces.below.isHidden(),
    ),
    Command(
        "view.sheets",
        VIEW,
        Text("Tavole", "Sheets"),
        lambda w: w.show_sheets(),
        "Ctrl+5",
        is_on=lambda w: not w.is_at_map,
    ),
    Command("view.next", VIEW, Text("Riquadro successivo", "Next pane"), lambda w: w.go_to_pane(1), "F6", begins=True),
    Command("view.previous", VIEW, Text("Riquadro precedente", "Pane before"), lambda w: w.go_to_pane(-1), "Shift+F6"),
    Command("view.all", VIEW, Text("Tutto il comune", "The whole commune"), lambda w: w.fit(), "Ctrl+0", begins=True),
    Command("view.unselect", VIEW, Text("Togli la selezione", "Clear the selection"), lambda w: w.escape(), "Esc"),
    Command(
        "view.theme", VIEW, Text("Tema scuro o chiaro", "Dark or light theme"), lambda w: w.switch_theme(), begins=True
    ),
    Command("view.reset", VIEW, Text("Ripristina disposizione", "Reset the layout"), lambda w: w.reset_layout()),
    Command(
        "layer.add",
        LAYERS,
        Text("Aggiungi un livello…", "Add a layer…"),
        lambda w: w.workbench.add(),
        "Ctrl+Shift+A",
        _CAN_CHANGE,
    ),
    Command(
        "scenario.edit",
        LAYERS,
        Text("Modifica gli scenari", "Edit scenarios"),
        lambda w: w.workbench.edit_scenario(),
        "Ctrl+D",
        AT_MAP,
        begins=True,
    ),
    Command(
        "layer.attributes",
        LAYERS,
        Text("Attributi del livello", "Attributes of the layer"),
        lambda w: w.open_attributes(),
        "F4",
        HAS_LAYER,
        begins=True,
    ),
    Command(
        "layer.style",
        LAYERS,
        Text("Stile del livello", "Style of the layer"),
        lambda w: w.workbench.style_chosen(),
        "Ctrl+L",
        _CAN_STYLE,
    ),
    Command(
        "layer.mend",
        LAYERS,
        Text("Rimedia il livello", "Mend the layer"),
        lambda w: w.workbench.mend(),
        "Ctrl+Shift+R",
        HAS_LAYER,
    ),
    *MAP_COMMANDS,
    Command("analysis.run", ANALYSIS, Text("Esegui", "Run"), lambda w: w.run(), "Ctrl+Return", _CAN_RUN),
    Command(
        "analysis.stop",
        ANALYSIS,
        Text("Ferma", "Stop"),
        lambda w: w.cancel(),
        "Ctrl+.",
        _IS_BUSY,
    ),
    Command(
        "analysis.explain",
        ANALYSIS,
        Text("Da dove viene il numero?\tAlt+Invio", "Where does the number come from?\tAlt+Enter"),
        lambda w: w.explain(),
        "",
        HAS_RESULTS,
        begins=True,
    ),
    Command(
        "analysis.try",
        ANALYSIS,
        Text("Prova i parametri", "Try the parameters"),
        lambda w: w.try_out(),
        "Ctrl+T",
        _CAN_TRY,
    ),
    Command(
        "analysis.compare",
        ANALYSIS,
        Text("Scenari: elenco e confronto", "Scenarios: list and comparison"),
        lambda w: w.compare(),
        "Ctrl+Shift+T",
        _CAN_COMPARE,
    ),
    Command(
        "analysis.curtain",
        ANALYSIS,
        Text("Scenari A e B con la tendina", "Scenarios A and B by the curtain"),
        lambda w: w.compare_on_map(),
        "Ctrl+Shift+W",
        _CAN_COMPARE,
    ),
    *(_choosing(analysis) for analysis in registry.ALL),
    Command(
        "sheet.export",
        SHEETS,
        Text("Esporta la tavola", "Export the sheet"),
        lambda w: w.export(),
        "Ctrl+E",
        _CAN_EXPORT,
    ),
    *(_helping(page) for page in HELP_PAGES),
)
