"""Measures of the project against the limits of the same machine, in the same run. Ratios travel; absolutes do not."""
