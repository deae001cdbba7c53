"""The lessons: scenarios and questions as data; long scenarios in a module of their own."""
