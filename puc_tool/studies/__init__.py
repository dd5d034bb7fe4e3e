"""A study as a file: read, edited, made anew, refused in words."""
