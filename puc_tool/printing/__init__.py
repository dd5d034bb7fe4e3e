"""From a wish to files: sheets ordered, drawn by one process or many, kept, previewed, packed."""
