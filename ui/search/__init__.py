"""The panels at the right that stand in the analysis's place while they are wanted."""
