"""Longer texts as plain marks: `## ` opens a heading, `- ` a line of a list, a blank line a paragraph. Nothing else means anything, so that
what is typed can never become a link, a picture or code; the same blocks are shown, typeset and sent."""

from __future__ import annotations

from dataclasses import dataclass, field

HEADING, ITEM = "## ", "- "


@dataclass
class Block:
    """A part of a text. `kind`: `heading`, `text` or `list`; `lines`, the lines of a list."""

    kind: str
    text: str = ""
    lines: list[str] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """Cut a text in headings, paragraphs and lists, in order."""
    found: list[Block] = []
    is_new = True
    for line in (one.strip() for one in text.split("\n")):
        last = found[-1] if found else None
        if not line:
            is_new = True
            continue
        if line.startswith(HEADING):
            found.append(Block("heading", line.removeprefix(HEADING).strip()))
        elif line.startswith(ITEM) and last is not None and last.kind == "list" and not is_new:
            last.lines.append(line.removeprefix(ITEM).strip())
        elif line.startswith(ITEM):
            found.append(Block("list", lines=[line.removeprefix(ITEM).strip()]))
        elif last is None or is_new or last.kind == "heading":
            found.append(Block("text", line))
        elif last.kind == "list":
            last.lines[-1] = f"{last.lines[-1]} {line}"
        else:
            last.text = f"{last.text} {line}"
        is_new = False
    return found


def plain(text: str) -> str:
    """Give the same text as it is pasted in a letter: headings in capitals, lists with dashes."""
    said = []
    for block in blocks(text):
        said.append(block.text.upper() if block.kind == "heading" else "\n".join(f"- {line}" for line in block.lines) or block.text)
    return "\n\n".join(said)
