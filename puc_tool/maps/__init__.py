"""From results to sheets: style, drawing, page, lint."""
