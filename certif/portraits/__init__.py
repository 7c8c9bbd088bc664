"""WHAT CAN BE TOLD. Figures of surveys, from which nobody can be computed back: what is shown, what is withheld, and releases."""
