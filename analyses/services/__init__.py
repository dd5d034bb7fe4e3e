"""Who reaches which service: the walking network, reach, coverage, capacity, the next best place."""
