"""What scenarios do to the city: patches put into it, and what each neighbourhood has of it."""
