"""The workspace of scenarios: one list, two beside each other, the chart of all, what binds, the badge on the map."""
