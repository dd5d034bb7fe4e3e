"""What leaves the office as text: the preliminary study, the neighbourhood notebooks, the open data package."""
