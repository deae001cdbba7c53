"""The items of the inventory, a module for each group of topics."""
