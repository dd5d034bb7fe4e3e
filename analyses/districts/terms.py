"""What the layer of districts says in its own words, in English: the kinds and states met in plans of Liguria.

The words stay as they are in Italian, and in both languages where they are not among these.
"""

from __future__ import annotations

from collections.abc import Mapping

from layers.text import Text, same
from layers.vocabulary import folded

TERMS: Mapping[str, Text] = {
    italian: Text(italian, english)
    for italian, english in (
        ("distretto integrato", "integrated district"),
        ("distretto produttivo", "production district"),
        ("distretto di servizi", "service district"),
        ("distretto portuale", "harbour district"),
        ("distretto di trasformazione", "transformation district"),
        ("ricomposizione urbana", "urban recomposition"),
        ("riqualificazione urbana", "urban renewal"),
        ("integrato", "integrated"),
        ("produttivo", "production"),
        ("residenziale", "residential"),
        ("proposto", "proposed"),
        ("previsto", "planned"),
        ("non attuato", "not carried out"),
        ("adottato", "adopted"),
        ("approvato", "approved"),
        ("convenzionato", "agreed"),
        ("in attuazione", "under way"),
        ("in corso", "under way"),
        ("parzialmente attuato", "partly carried out"),
        ("attuato", "carried out"),
    )
}
_BY_SPELLING = {folded(italian): said.en for italian, said in TERMS.items()}


def term(words: object) -> Text:
    """Return a kind or a state of the layer; in English too where it is one of the known words, however spelt."""
    said = str(words).strip()
    return Text(said, _BY_SPELLING[folded(said)]) if folded(said) in _BY_SPELLING else same(said)
