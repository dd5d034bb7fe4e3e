"""What binds the ground and what enriches it: constraints gathered, measured by kind and by neighbourhood."""
