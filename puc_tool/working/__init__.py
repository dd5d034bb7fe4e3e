"""The open study at work, without its screen: one history, its journal, what is shown and selected."""
