"""What the user can do on the map, one row each."""

from __future__ import annotations

from layers.text import Text
from ui.command import AT_MAP, HAS_RESULTS, MAP, Command, Condition

_CAN_EXPRESS = Condition(lambda w: w.has_results and w.is_at_map, HAS_RESULTS.why_not)
_HAS_TOOL = Condition(lambda w: w.toolbox.is_in_hand, Text("Nessuno strumento è in uso", "No tool is in use"))

MAP_COMMANDS: tuple[Command, ...] = (
    Command(
        "map.point",
        MAP,
        Text("Che cosa vale in un punto", "What applies at a point"),
        lambda w: w.toolbox.ask_at_point(),
        "I",
        AT_MAP,
    ),
    Command(
        "map.area",
        MAP,
        Text("Che cosa vale in un'area…", "What applies in an area…"),
        lambda w: w.toolbox.ask_in_area(),
        "Shift+I",
        AT_MAP,
    ),
    Command(
        "map.identify",
        MAP,
        Text("Identifica gli elementi", "Identify features"),
        lambda w: w.work.identify(),
        "Ctrl+Shift+I",
        AT_MAP,
    ),
    Command(
        "map.box",
        MAP,
        Text("Seleziona col riquadro", "Select by a box"),
        lambda w: w.work.select_in_box(),
        "S",
        AT_MAP,
    ),
    Command(
        "map.polygon",
        MAP,
        Text("Seleziona con un poligono", "Select by a polygon"),
        lambda w: w.work.select_in_area(),
        "Shift+S",
        AT_MAP,
    ),
    Command(
        "map.expression",
        MAP,
        Text("Seleziona con un'espressione…", "Select by an expression…"),
        lambda w: w.work.select_by_expression(),
        "Ctrl+Shift+F",
        _CAN_EXPRESS,
    ),
    Command(
        "map.length",
        MAP,
        Text("Misura una distanza", "Measure a distance"),
        lambda w: w.toolbox.measure_length(),
        "M",
        AT_MAP,
    ),
    Command(
        "map.surface",
        MAP,
        Text("Misura un'area", "Measure an area"),
        lambda w: w.toolbox.measure_area(),
        "Shift+M",
        AT_MAP,
    ),
    Command(
        "map.go",
        MAP,
        Text("Vai alla coordinata…", "Go to a coordinate…"),
        lambda w: w.toolbox.go_to(),
        "Ctrl+G",
        AT_MAP,
    ),
    Command(
        "map.scale",
        MAP,
        Text("Scrivi la scala", "Type the scale"),
        lambda w: w.type_scale(),
        "Ctrl+R",
        AT_MAP,
    ),
    Command(
        "map.bookmarks",
        MAP,
        Text("Segnalibri…", "Bookmarks…"),
        lambda w: w.work.open_bookmarks(),
        "B",
        AT_MAP,
    ),
    Command(
        "map.bookmark",
        MAP,
        Text("Aggiungi segnalibro…", "Add a bookmark…"),
        lambda w: w.work.add_bookmark(),
        "Ctrl+B",
        AT_MAP,
    ),
    Command(
        "map.curtain",
        MAP,
        Text("Confronta con la tendina", "Compare by a curtain"),
        lambda w: w.work.compare(curtain=True),
        "W",
        AT_MAP,
    ),
    Command(
        "map.beside",
        MAP,
        Text("Confronta affiancando", "Compare side by side"),
        lambda w: w.work.compare(curtain=False),
        "Shift+W",
        AT_MAP,
    ),
    Command(
        "map.summary",
        MAP,
        Text("Descrivi la mappa a parole e copia", "Describe the map in words and copy"),
        lambda w: w.work.summarise(),
        "Ctrl+Shift+M",
        AT_MAP,
    ),
    Command(
        "map.print",
        MAP,
        Text("Stampa la vista…", "Print the view…"),
        lambda w: w.work.print_view(),
        "Ctrl+P",
        AT_MAP,
    ),
    Command(
        "map.none",
        MAP,
        Text("Posa lo strumento", "Put the tool down"),
        lambda w: w.toolbox.put_down(),
        "",
        _HAS_TOOL,
    ),
)
