"""A count agrees with its noun: «1 elementi» and “1 rows” are said by no text, for a count is told by `counted`.

A template that has a number before a plural of its own says «1 righe» as soon as there is one. What is declared a
`Noun` (`layers.text`), and the words a planner's data are counted in, are therefore never written behind a slot.
"""

from __future__ import annotations

import re

import pytest

from tests.languages import declared

_NOUNS_IT = (
    "abitanti alberi avvisi campi celle chiavi classi codici colonne comuni coppie criteri dati distretti edifici "
    "elementi errori fogli geometrie giorni incroci insiemi livelli lotti maglie modifiche oggetti pagine particelle "
    "parti passi persone pezzi poligoni problemi proposte punti quaderni quartieri residenti righe risultati scenari "
    "servizi sezioni siti strati studi tabelle tavole tratti usi valori vertici volte voci zone"
)
_NOUNS_EN = (
    "bands buildings cells classes codes columns combinations communes criteria datasets days districts edges errors "
    "features fields files folders geometries homes inhabitants items keys layers maps municipalities neighbourhoods "
    "pages pairs parcels parts people pieces plots points polygons problems residents results rows scenarios sections "
    "services sheets sites steps studies tables times trees uses values vertices warnings zones"
)
COUNTED_IT, COUNTED_EN = _NOUNS_IT.split(), _NOUNS_EN.split()
BETWEEN = "(?:altr[ie] |nuov[ie] |più |more |new |other )?"
FIRST = r"(?:primi|prime|first) "
"""«I primi 1.000 elementi»: how many are looked at is a constant of the code, more than one."""


def counts_of(words: str, plurals: list[str]) -> list[str]:
    """Return each number of a template that has a plural behind it."""
    behind = rf"(?<!\w)(?:{FIRST})?\{{\w*\}}[ \u00a0\u202f]{BETWEEN}(?:{'|'.join(plurals)})(?!\w)"
    return [found for found in re.findall(behind, words, re.IGNORECASE) if not re.match(FIRST, found, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Nel livello mancano {n} elementi.", ["{n} elementi"]),
        ("Così altre {n} coppie.", ["{n} coppie"]),
        ("{n} nuovi residenti", ["{n} nuovi residenti"]),
        ("i primi {n} elementi", []),
        ("Elementi che mancano: {n}.", []),
        ("{n} su {of}", []),
    ],
)
def test_that_a_plural_behind_a_number_is_found(words, found):
    assert counts_of(words, COUNTED_IT) == found


def test_that_no_text_of_the_code_writes_a_plural_behind_a_number():
    fixed = [
        (each.place, words)
        for each in declared()
        for words in (*counts_of(each.it, COUNTED_IT), *counts_of(each.en, COUNTED_EN))
    ]
    assert fixed == []
