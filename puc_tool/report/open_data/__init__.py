"""The open data package: layers, tables, styles, metadata, licence, dictionary."""
