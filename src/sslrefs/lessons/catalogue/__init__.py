"""The lessons, one module each: scenarios and questions as data, and what judges a challenge."""
