"""Scenarios as files and at work: read, written, measured, side by side."""
