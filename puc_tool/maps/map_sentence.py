"""The sentence of a map where less stands round the map than on its own sheet: no table beside it, another scale."""

from __future__ import annotations

from layers.text import NOTHING, Text

BESIDE = Text("I valori sono nella tabella a lato.", "The values are in the table beside it.")


def without_table(alt: Text) -> Text:
    """Return ``alt`` for a map that has no table beside it: small paper, a page of the study."""
    return _changed(_changed(alt, Text(f" {BESIDE.it}", f" {BESIDE.en}"), NOTHING), BESIDE, NOTHING)


def at_scale(alt: Text, sheets: Text, shown: Text) -> Text:
    """Return ``alt`` for the same map drawn at the scale ``shown``, where the sheet's is ``sheets``."""
    return _changed(alt, sheets, shown)


def _changed(alt: Text, old: Text, new: Text) -> Text:
    return Text(alt.it.replace(old.it, new.it), alt.en.replace(old.en, new.en))
