"""What to do about a problem in the window, where the problem's own remedy tells of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from layers.problems import Problem
from layers.text import Text

_RUN = Text("Aprire la sua analisi e premere Esegui.", "Open its analysis and press Run.")
_ADD = Text("Aggiungerlo: Livelli > Aggiungi un livello.", "Add it: Layers > Add a layer.")
_CRS = Text(
    "Chiedere il sistema di riferimento a chi ha dato il file, e scriverlo nel file.",
    "Ask whoever gave the file for its CRS, and write it into the file.",
)
_MEND = Text("Rimediarlo di nuovo: Livelli > Rimedia il livello.", "Mend it again: Layers > Mend the layer.")
_ONE = Text("Estrarre quello che serve in un file suo.", "Take out the one that is wanted, into a file of its own.")
_ACCENTS = Text(
    "Se gli accenti sono sbagliati, salvare il file in UTF-8.", "If accents are wrong, save the file in UTF-8."
)
_ATTRIBUTES = Text(
    "Correggerli nel dato, o in Livelli > Attributi del livello.",
    "Correct them in the data, or in Layers > Attributes of the layer.",
)
_LATER = Text("Si può aggiungere dopo: Livelli > Aggiungi un livello.", "It can be added later: Layers > Add a layer.")

BY_CODE: Mapping[str, Text] = {
    "results-missing": _RUN,
    "results-stale": _RUN,
    "results-outdated": _RUN,
    "source-changed": _RUN,
    "role-lacking": _ADD,
    "coverage-lacking": _ADD,
    "sheet-no-boundary": _ADD,
    "sheet-passed-over": _ADD,
    "sea-level-without-coast": _ADD,
    "land-use-only": _ADD,
    "source-missing": Text(
        "Rimettere il file al suo posto, o sostituirlo: Livelli > Aggiungi un livello.",
        "Put the file back, or replace it: Layers > Add a layer.",
    ),
    "crs-missing": _CRS,
    "crs-no-operation": _CRS,
    "mended-copy-stale": _MEND,
    "folder-missing": Text("Indicare la cartella giusta.", "Name the right folder."),
    "folder-stopped": _LATER,
    "folder-too-many": Text(
        "Unirli in pochi file, o aggiungere dopo quelli che servono.",
        "Put them into a few files, or add those that are wanted later.",
    ),
    "folder-unreadable": Text("Controllare i permessi e ripetere.", "Check permissions and do it again."),
    "study-missing": Text(
        "Scegliere un'altra cartella, o crearne uno nella pagina iniziale.",
        "Choose another folder, or make one on the start page.",
    ),
    "folder-not-ours": Text("Indicare una cartella nuova.", "Name a new folder."),
    "archive-several": _ONE,
    "table-unclear": _ONE,
    "layer-empty": Text("Controllare il file e la tabella scelta.", "Check the file and the table that was chosen."),
    "layer-elsewhere": Text(
        "Di solito è il sistema di riferimento: togliere il livello e aggiungerlo di nuovo con quello giusto.",
        "Usually it is the CRS: remove the layer and add it again with the right one.",
    ),
    "crs-without-rome-datum": Text(
        "Se la fonte lo conferma, scegliere quel sistema di riferimento nell'aggiungere il livello.",
        "If the source confirms it, choose that CRS when adding the layer.",
    ),
    "table-places": Text(
        "Sono gradi: se il dato non dice altro, scegliere EPSG:4326.",
        "They are degrees: unless the data says otherwise, choose EPSG:4326.",
    ),
    "geometry-none": Text(
        "Unirla prima a un livello di poligoni, o dare alle colonne i nomi x e y, o wkt.",
        "Join it to a layer of polygons first, or name the columns x and y, or wkt.",
    ),
    "table-without-place": Text(
        "Si può unire a un livello che ha lo stesso codice.", "It can be joined to a layer that has the same code."
    ),
    "encoding-guessed": _ACCENTS,
    "encoding-corrected": _ACCENTS,
    "encoding-wrong": Text("Salvare il file in UTF-8 e ripetere.", "Save the file in UTF-8 and do it again."),
    "areas-differ": Text(
        "Di solito è un poligono che si sovrappone: Livelli > Rimedia il livello.",
        "Usually it is a polygon that overlaps: Layers > Mend the layer.",
    ),
    "geometry-doubled": Text("Se sono doppi: Livelli > Rimedia il livello.", "If double: Layers > Mend the layer."),
    "field-missing": Text(
        "Dare al campo quel nome nel file, o aggiungere il livello da un file che lo ha.",
        "Give the field that name in the file, or add the layer from a file that has it.",
    ),
    "field-not-number": _ATTRIBUTES,
    "code-unknown": _ATTRIBUTES,
    "zoning-codes-differ": Text(
        "Per confrontare le zone servono gli stessi codici: Livelli > Attributi del livello.",
        "To compare zones the same codes are wanted: Layers > Attributes of the layer.",
    ),
    "standards-without-category": Text(
        "Se devono contare, dare loro un tipo del catalogo: Livelli > Attributi del livello.",
        "If they should, give them a kind of the catalogue: Layers > Attributes of the layer.",
    ),
    "service-ambiguous": Text("Se non è così, correggerli nel dato.", "If that is wrong, mend the data."),
    "selection-applied": Text(
        "Se dovevano contare, aggiungere di nuovo il livello senza la condizione.",
        "If they should count, add the layer again without the condition.",
    ),
    "year-missing": Text("Aggiungere di nuovo il livello col suo anno.", "Add the layer again with its year."),
    "year-differs": Text(
        "Controllare il file; se l'anno è sbagliato, aggiungere di nuovo il livello col suo anno.",
        "Check the file; if the year is wrong, add the layer again with its year.",
    ),
    "year-rows-later": Text(
        "Correggerne l'anno, o toglierli dal dato.", "Correct their year, or take them out of the data."
    ),
    "source-credit": Text(
        "Citare «© OpenStreetMap contributors, ODbL» fra le fonti.",
        "Name “© OpenStreetMap contributors, ODbL” among the sources.",
    ),
    "source-outside": _ADD,
    "mended-copy-changed": Text(
        "Se la modifica è voluta, aggiungere il file: Livelli > Aggiungi un livello.",
        "If the change is meant, add the file: Layers > Add a layer.",
    ),
    "layer-mended": Text("L'originale resta com'era.", "The original stays as it was."),
    "role-taken": Text("Togliere prima il livello che c'è.", "Remove the layer that is there first."),
    "role-unclear": Text("Aggiungerlo, scegliendone il ruolo.", "Add it, choosing its role."),
    "applies-layer-left-out": Text(
        "Vedere «Prima di eseguire» nel pannello dell'analisi.", "See “Before running” in the analysis panel."
    ),
    "metadata-incomplete": Text(
        "Completarli nel catalogo dove i dati si pubblicano.", "Complete them in the catalogue that publishes the data."
    ),
}
"""By the code of the problem. Others say the same here and on the command line."""


def here(problem: Problem) -> Problem:
    """Return a problem with the remedy that the window offers, where its own tells of the command line."""
    remedy = BY_CODE.get(problem.code)
    return replace(problem, remedy=remedy) if remedy is not None and is_of_commands(problem.remedy) else problem


def is_of_commands(remedy: Text) -> bool:
    """Tell whether a remedy names the command line, or one of its options."""
    return any(sign in remedy.it for sign in ("puc-tool", "--"))
