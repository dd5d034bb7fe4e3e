"""What a planner brings: looked at, told in sentences, taken into a study."""
