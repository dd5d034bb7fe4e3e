"""How much soil is consumed: states and codes, the ledger, indicators, the plan's side, the path to net zero."""
