"""Tools. They know no employer, no student, no gala. Each module is its own door."""
