"""The recorded run."""
