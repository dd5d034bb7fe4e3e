from analyses.soil.codes import CLASS_OF, CODES, IS_CONSUMED, IS_PERMANENT, IS_REVERSIBLE, LEVEL_ONE, LEVELS, NO_DATA


def codes_where(flags):
    return {code for code, flag in zip(CODES, flags, strict=True) if flag}


def test_that_the_legend_is_that_of_the_domain_page():
    # Section 1.2: consumed = 1, 11, 12, 111-118, 121-126; not consumed = 2, 201-205.
    consumed = {1, 11, 12, *range(111, 119), *range(121, 127)}
    assert codes_where(IS_CONSUMED) == consumed
    assert codes_where(~IS_CONSUMED) == {2, *range(201, 206)}


def test_that_consumed_is_permanent_reversible_or_not_told():
    assert codes_where(IS_PERMANENT) == {11, *range(111, 119)}
    assert codes_where(IS_REVERSIBLE) == {12, *range(121, 127)}
    assert codes_where(IS_CONSUMED & ~IS_PERMANENT & ~IS_REVERSIBLE) == {1}


def test_that_a_code_is_as_deep_as_it_has_digits():
    assert {code: int(LEVELS[CLASS_OF[code]]) for code in (1, 2, 11, 12, 118, 205)} == {
        1: 1, 2: 1, 11: 2, 12: 2, 118: 3, 205: 3,
    }  # fmt: skip


def test_that_the_first_level_of_a_code_is_its_first_digit():
    parents = {code: CODES[LEVEL_ONE[CLASS_OF[code]]] for code in CODES}
    assert set(parents.values()) == {1, 2}
    assert all(str(code)[0] == str(parent) for code, parent in parents.items())


def test_that_no_data_comes_after_every_class():
    assert sorted(CLASS_OF.values()) == list(range(NO_DATA))
