"""The four components of the preliminary study, each a file of sentence templates, tables, charts and maps."""
