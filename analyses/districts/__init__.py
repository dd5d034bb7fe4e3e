"""What a transformation district can carry: ground, scheda and formulas, parcels, scenarios."""
