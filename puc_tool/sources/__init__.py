"""What a study's sources hold, what changed in them, and whether they are trusted."""
