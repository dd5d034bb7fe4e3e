"""What is told of the places that a table's rows say."""

from __future__ import annotations

from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, listing, same, say

_DEGREES = Text(
    "Sono gradi: se il dato non dice altro, indicare --crs EPSG:4326.",
    "They are degrees: unless the data says otherwise, give --crs EPSG:4326.",
)


def columns_used(name: str, columns: list[str], *, in_degrees: bool = False) -> Problem:
    """Return the note of the columns that gave the geometry."""
    return Problem(
        "table-places",
        same(name),
        say("geometria letta dalle colonne: {c}.", "geometry read from columns: {c}.", c=listing(columns)),
        NOTHING,
        _DEGREES if in_degrees else NOTHING,
        Severity.INFO,
    )


def axes_swapped(name: str, x: str, y: str) -> Problem:
    """Return the warning that two columns hold each other's axis."""
    return Problem(
        "table-axes-swapped",
        same(name),
        say(
            "«{x}» e «{y}» sono scambiate: in «{x}» ci sono i valori verso nord, in «{y}» quelli verso est.",
            "“{x}” and “{y}” are swapped: “{x}” holds the values to the north, “{y}” those to the east.",
            x=x,
            y=y,
        ),
        Text("Sono state lette scambiate.", "They were read the other way round."),
        Text(
            "Controllare sulla mappa che cadano nel posto giusto.", "Check on the map that they lie where they should."
        ),
        Severity.WARNING,
    )


def curves_straightened(name: str, count: int) -> Problem:
    """Return the note of arcs that became straight lines."""
    return Problem(
        "geometry-curves-straightened",
        same(name),
        say("elementi con archi: {n}.", "features with arcs: {n}.", n=count),
        Text(
            "Gli archi sono diventati spezzate, con un vertice ogni 4 gradi.",
            "Arcs became broken lines, with a vertex every 4 degrees.",
        ),
        severity=Severity.INFO,
    )


def rows_without_place(name: str, lines: list[int]) -> Problem:
    """Return the warning of the rows left out because no place could be read in them."""
    return Problem(
        "table-rows-without-place",
        same(name),
        say(
            "righe senza una geometria leggibile: {n} (nel file: {l}).",
            "rows without a geometry that can be read: {n} (in the file: {l}).",
            n=len(lines),
            l=listing([str(line) for line in lines]),
        ),
        Text("Non vengono lette.", "They are not read."),
        Text("Correggere le coordinate di quelle righe.", "Mend the coordinates of those rows."),
        Severity.WARNING,
    )


def no_place(name: str) -> Problem:
    """Return the problem of a table whose rows do not say where they lie."""
    return Problem(
        "geometry-none",
        same(name),
        Text("nessuna colonna dice dove cadono le righe.", "no column says where its rows lie."),
        Text("Non può essere disegnata né misurata.", "It can be neither drawn nor measured."),
        Text(
            "Unirla a un livello di poligoni con --join, o dare alle colonne i nomi x e y, o wkt.",
            "Join it to a layer of polygons with --join, or name the columns x and y, or wkt.",
        ),
    )
