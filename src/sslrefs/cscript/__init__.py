"""C texts: parsed, checked and interpreted on the model; never executed."""
