"""Where figures come from: results found again, their pieces and origin, numbers as written."""
