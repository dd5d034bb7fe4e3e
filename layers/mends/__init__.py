"""Mends: what can be put right in a layer, each chosen, recorded and undoable. One file a mend."""
