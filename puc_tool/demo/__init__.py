"""The demonstration study: a made-up city inside a real boundary."""
