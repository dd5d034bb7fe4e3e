"""What codes are called: by their own list, in both languages; what is in no list is called nothing."""

from __future__ import annotations

import pytest

from layers import roles
from layers.code_labels import label_of, stands_alone
from layers.edits import choices
from layers.text import NOTHING
from layers.vocabulary import YES_NO

CODED = [(role, field) for role in roles.ALL for field in role.fields if field.codes is not None]


def test_that_a_code_is_called_as_its_list_calls_it():
    codes = roles.LAND_USE.field("code").codes
    assert label_of(codes, "111").it == "Tessuto urbano continuo"
    assert label_of(codes, "111").en == "Continuous urban fabric"
    assert label_of(roles.ZONING.field("dm1444").codes, "B").it == "Completamento"


def test_that_an_unknown_code_and_a_field_without_codes_are_called_nothing():
    assert label_of(roles.LAND_USE.field("code").codes, "99999") == NOTHING
    assert label_of(None, "111") == NOTHING


def test_that_yes_and_no_need_no_code_beside_them():
    assert [label_of(YES_NO, each).it for each in ("yes", "no")] == ["sì", "no"]
    assert stands_alone(YES_NO)
    assert not stands_alone(roles.LAND_USE.field("code").codes)


@pytest.mark.parametrize(("role", "field"), CODED, ids=lambda each: getattr(each, "id", getattr(each, "name", "")))
def test_that_every_code_of_a_list_has_a_label_or_none_has(role, field):
    labelled = {code for code in choices(field) if label_of(field.codes, code)}
    assert labelled in (set(choices(field)), set())
