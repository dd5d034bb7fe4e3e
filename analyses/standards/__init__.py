"""Planning standards: what is due, what counts as existing, and how it is told."""
