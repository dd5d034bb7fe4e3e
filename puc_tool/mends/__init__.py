"""Mends chosen by the planner: working copies with a receipt."""
