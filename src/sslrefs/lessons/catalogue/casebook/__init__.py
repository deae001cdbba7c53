"""The cases of the casebook, a module for each kind."""
