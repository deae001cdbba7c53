"""A run as words, tables and a picture: all pure."""
