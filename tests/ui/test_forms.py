"""The form is its declaration."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QLabel

from analyses import registry
from analyses.params import param
from layers.text import Text
from ui.forms.editors import EDITORS, LineField, YesNoField
from ui.forms.param_form import UNVERIFIED, ParamForm, hint
from ui.parts import Icon


@dataclass(frozen=True)
class Params:
    reach_m: float = param(
        300.0, Text("Fascia", "Band"), unit="m", low=50, high=5000, help=Text("Dalla costa.", "From the coast.")
    )
    people: int = param(5, Text("Persone", "People"), is_verified=False)
    split: bool = param(True, Text("Separa", "Split"))
    note: str = param("", Text("Nota", "Note"))
    year: int | None = param(None, Text("Anno", "Year"))


@pytest.fixture
def form(qtbot, look) -> ParamForm:
    made = ParamForm(Params, look, "it")
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("analysis", registry.ALL, ids=lambda analysis: analysis.id)
def test_that_an_untouched_form_gives_the_defaults(qtbot, look, analysis):
    made = ParamForm(analysis.params, look, "it")
    qtbot.addWidget(made)
    assert made.value() == analysis.params()


def test_that_a_number_is_shown_as_the_language_writes_it(qtbot, look, form):
    form.put({"reach_m": "80.2", "note": "v. 80.2"})
    assert form.editors["reach_m"].words() == "80,2"
    assert form.editors["note"].words() == "v. 80.2"
    english = ParamForm(Params, look, "en", {"reach_m": "80.2"})
    qtbot.addWidget(english)
    assert english.editors["reach_m"].words() == "80.2"


def test_that_every_type_of_parameter_has_an_editor():
    assert set(EDITORS) == {int, float, bool, str}


def test_that_what_is_typed_is_read_with_the_italian_comma(form):
    form.editors["reach_m"].put("12,5")
    form.editors["split"].put("no")
    form.editors["year"].put("2018")
    assert form.value() == Params(reach_m=12.5, split=False, year=2018)


def test_that_typing_tells_name_and_words(qtbot, form):
    with qtbot.waitSignal(form.changed) as told:
        qtbot.keyClicks(form.editors["people"].focusProxy(), "7")
    assert told.args == ["people", "7"]


def test_that_a_field_says_label_and_unit_to_a_screen_reader(form):
    assert form.editors["reach_m"].focusProxy().accessibleName() == "Fascia, m"


def test_that_the_kind_of_editor_follows_the_type(form):
    kinds = {name: type(editor) for name, editor in form.editors.items()}
    assert kinds == {
        "reach_m": LineField, "people": LineField, "split": YesNoField, "note": LineField, "year": LineField,
    }  # fmt: skip


def test_that_the_tooltip_has_help_and_bounds(form):
    assert form.editors["reach_m"].toolTip() == "Dalla costa.\nValori ammessi: 50 – 5000 m"


def test_that_a_parameter_without_bounds_or_help_has_no_tooltip(form):
    assert form.editors["note"].toolTip() == ""
    assert hint(Params.__dataclass_fields__["people"].metadata["about"], "it") == ""


def test_that_only_an_unverified_default_carries_the_sign(form):
    signs = [icon for icon in form.findChildren(Icon) if icon.toolTip() == UNVERIFIED.it]
    assert len(signs) == 1
    beside = signs[0].parentWidget().findChildren(QLabel)
    assert "Persone" in [label.text() for label in beside]
