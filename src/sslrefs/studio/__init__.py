"""Joins the parts into one run, in all its forms."""
