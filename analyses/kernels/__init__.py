"""The numerical cores: flat arrays in, flat arrays out."""
