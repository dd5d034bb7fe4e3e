"""Seeded chance for the demonstration city: streams, hashes and smooth noise, the same on every machine."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_LATTICE = 64
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def stream(seed: int, purpose: str) -> np.random.Generator:
    """Return the random numbers for one purpose, so that a change in one part leaves the others as they were."""
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])


def hashed(seed: int, *keys: ArrayLike) -> Floats:
    """Return a number in [0, 1) for each combination of whole ``keys``: a block keeps its chance wherever it is met."""
    state = np.asarray(np.uint64(seed))
    for key in keys:
        state = _mixed(state ^ np.asarray(key).astype(np.int64).astype(np.uint64))
    return (state >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the SplitMix64 step of Steele, Lea and Flood (2014), doi:10.1145/2714064.2660195."""
    with np.errstate(over="ignore"):
        state = state + _MIX[0]
        state = (state ^ (state >> np.uint64(30))) * _MIX[1]
        state = (state ^ (state >> np.uint64(27))) * _MIX[2]
    mixed: NDArray[np.uint64] = state ^ (state >> np.uint64(31))
    return mixed


@dataclass(frozen=True)
class Noise:
    """Smooth noise in [-1, 1]: octaves of random lattices, each half as wide and half as strong."""

    lattices: tuple[Floats, ...]
    wavelength_m: float

    def at(self, x: Floats, y: Floats) -> Floats:
        """Return the noise at positions in metres."""
        total = np.zeros(np.broadcast(x, y).shape)
        for octave, lattice in enumerate(self.lattices):
            size = self.wavelength_m / 2**octave
            total += _interpolated(lattice, x / size, y / size) / 2**octave
        return total / (2 - 2 ** (1 - len(self.lattices)))


def noise(rng: np.random.Generator, wavelength_m: float, octaves: int = 4) -> Noise:
    """Draw a noise whose widest bumps are about ``wavelength_m`` apart."""
    return Noise(tuple(rng.uniform(-1, 1, (_LATTICE, _LATTICE)) for _ in range(octaves)), wavelength_m)


def _interpolated(lattice: Floats, u: Floats, v: Floats) -> Floats:
    col, row = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    a, b = _eased(u - col), _eased(v - row)
    west, east, south, north = col % _LATTICE, (col + 1) % _LATTICE, row % _LATTICE, (row + 1) % _LATTICE
    lower = lattice[south, west] * (1 - a) + lattice[south, east] * a
    upper = lattice[north, west] * (1 - a) + lattice[north, east] * a
    blended: Floats = lower * (1 - b) + upper * b
    return blended


def _eased(share: Floats) -> Floats:
    return share * share * (3 - 2 * share)
