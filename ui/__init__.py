"""The window. The only floor that knows Qt: it renders and listens."""
