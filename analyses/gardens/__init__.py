"""Where urban gardens can go: criteria, the ground in cells, vetoes, sites."""
