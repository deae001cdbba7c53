"""What maintainers run; none of it is in the package."""
