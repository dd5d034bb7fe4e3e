"""What a cell of the gardens' map is; the number is what the rasters of the results hold."""

from __future__ import annotations

SUITABLE, EXCLUDED, UNSUITABLE, NO_DATA = 1, 2, 3, 4
