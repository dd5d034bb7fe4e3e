"""Quaderni di quartiere: two pages for the citizens of each neighbourhood."""
