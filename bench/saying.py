"""How a measure is printed: whether its goal is reached, what was found, and the goal."""

from __future__ import annotations


def say(name: str, said: str, goal: str, reached: bool) -> None:
    print(f"{'reached' if reached else 'MISSED ':8} {name:52} {said:34} goal {goal}")
