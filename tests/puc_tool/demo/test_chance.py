import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from puc_tool.demo.chance import hashed, noise, stream

KEYS = np.arange(20_000)


def test_that_a_hash_is_spread_evenly():
    drawn = hashed(1, KEYS, KEYS % 7)
    tenths = np.histogram(drawn, bins=10, range=(0, 1))[0]
    # 2,000 a tenth; five standard deviations of sqrt(20000 x 0.1 x 0.9) = 42 are 212.
    assert np.abs(tenths - 2000).max() < 212


def test_that_a_hash_hangs_on_the_seed_and_on_each_key():
    drawn = [hashed(1, KEYS, 0), hashed(2, KEYS, 0), hashed(1, KEYS, 1)]
    assert all((a != b).mean() > 0.99 for a, b in ((drawn[0], drawn[1]), (drawn[0], drawn[2])))


def test_that_negative_keys_are_welcome():
    assert hashed(3, np.array([-1, 0, 1])).shape == (3,)


def test_that_streams_of_two_purposes_differ_and_one_repeats():
    first, again, other = (stream(5, purpose).random(4) for purpose in ("relief", "relief", "roads"))
    assert (first == again).all()
    assert (first != other).all()


@given(seed=st.integers(0, 2**31), x=st.floats(-1e6, 1e6), y=st.floats(-1e6, 1e6))
def test_that_noise_stays_between_minus_one_and_one_and_is_smooth(seed, x, y):
    rough = noise(np.random.default_rng(seed), 100.0, 4)
    here, beside = rough.at(np.array([x, x + 0.01]), np.array([y, y]))
    assert -1 <= here <= 1
    # The steepest octave: a step of at most 2 over a lattice of 100 m, eased to 1.5 times that, halved each octave
    # in width and strength alike, so four times 0.03 a metre at most.
    assert abs(here - beside) <= 4 * 0.03 * 0.01 + 1e-9
