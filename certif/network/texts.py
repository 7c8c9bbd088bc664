"""Plain words with a little order in them, as minutes are typed: titles, lists and paragraphs, the same on a page and on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_ITEM = re.compile(r"[-*•]\s+")
_TITLE = re.compile(r"#{1,4}\s+")


class BlockKind(StrEnum):
    """What a block is."""

    TITLE = "title"
    LIST = "list"
    WORDS = "words"


@dataclass(frozen=True)
class Block:
    """A title, the items of a list, or the lines of a paragraph."""

    kind: BlockKind
    lines: tuple[str, ...]


def blocks_of(text: str) -> list[Block]:
    """Read a text block by block: `## ` begins a title, `- ` an item of a list, an empty line a paragraph. Anything else is just words."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        for line in part.split("\n"):
            kind = BlockKind.TITLE if _TITLE.match(line) else BlockKind.LIST if _ITEM.match(line) else BlockKind.WORDS
            said = re.sub(_TITLE if kind is BlockKind.TITLE else _ITEM, "", line, count=1).strip() if kind is not BlockKind.WORDS else line
            goes_on = found and found[-1].kind is kind and kind is not BlockKind.TITLE and line is not part.split("\n")[0]
            if goes_on:
                found[-1] = Block(kind, (*found[-1].lines, said))
            elif said.strip():
                found.append(Block(kind, (said,)))
    return found
