"""Layout engines behind one port."""
