"""A receipt may come from elsewhere, and is not to be trusted."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.problems import PucError
from layers.reference import LayerRef
from puc_tool.mends import mending, receipts
from puc_tool.studies import study_reading

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("originals", "entry", "mends", "told", "copy", "features", "area_m2")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.sampled_from(FIELDS), JSON)
def test_that_a_receipt_with_anything_in_it_is_read_or_refused_in_words(study, plan, town, remarks, field, value):
    current = study_reading.read(town).of_role("zoning")[0]
    done = current if receipts.steps_of(current) else mending.apply(study, plan, {"dedupe": ()}).ref
    file = town / receipts.beside(done.source)
    whole = file.read_text(encoding="utf-8")
    content = json.loads(whole)
    content["steps"][0][field] = value
    file.write_text(json.dumps(content), encoding="utf-8")
    try:
        remarks()
        receipts.chain(town, done)
        mending.undo(study_reading.read(town), done)
    except PucError as refusal:
        assert [problem.code for problem in refusal.problems] == ["mend-nothing-to-undo"]  # noqa: PT017
        file.write_text(whole, encoding="utf-8")


@pytest.mark.parametrize(
    "entry",
    [
        '[[layer]]\nrole = "green"\nsource = "x.gpkg"\n',
        '[[layer]]\nrole = "zoning"\nsource = "x.gpkg"\n\n[study]\ntitle = "altro"\n',
        "niente",
    ],
)
def test_that_a_receipt_can_t_put_anything_but_its_own_entry_back(study, plan, town, hashes, entry, refuses):
    done = mending.apply(study, plan, {"dedupe": ()})
    file = town / done.receipt
    content = json.loads(file.read_text(encoding="utf-8"))
    content["steps"][0]["entry"] = entry
    file.write_text(json.dumps(content), encoding="utf-8")
    before = hashes(town)
    told = refuses(mending.undo, study_reading.read(town), done.ref)
    assert told == ["mend-nothing-to-undo"]
    assert hashes(town) == before


@pytest.mark.parametrize(
    ("source", "steps"),
    [
        ("data/mended/zoning.gpkg", 1),
        ("data/mended/zoning.2.gpkg", 2),
        ("data/mended/zoning.1.gpkg", 0),
        ("data/mended/zoning.02.gpkg", 0),
        ("data/mended/zoning.².gpkg", 0),
        ("data/mended/zoning.gpkg.gpkg", 0),
        ("data/mended/../zoning.gpkg", 0),
        ("data/zoning.gpkg", 0),
        ("data/mended/green.gpkg", 0),
    ],
)
def test_that_only_the_names_we_give_are_taken_for_ours(source, steps):
    assert receipts.steps_of(LayerRef("zoning", source)) == steps
