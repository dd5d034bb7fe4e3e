"""One file per way in: vectors, rasters, tables, archives."""
