"""A reader of calendars (RFC 5545) that shares nothing with what writes them: bytes in, events out; what is not well formed is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LINE = re.compile(r"(?P<name>[A-Z0-9-]+)(?P<params>(?:;[A-Z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(?P<value>.*)", re.DOTALL)
ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass
class Component:
    """One component: its properties (value, parameters) by name, and what is inside."""

    name: str
    properties: dict[str, list[tuple[str, dict[str, str]]]] = field(default_factory=dict)
    inside: list[Component] = field(default_factory=list)

    def value(self, name: str) -> str:
        """Give the one value of a property, unescaped."""
        [(raw, _params)] = self.properties[name]
        return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], raw)


def read_calendar(content: bytes) -> Component:
    """Read a calendar."""
    assert content.endswith(b"\r\n"), "each line ends with CRLF"
    assert b"\n" not in content.replace(b"\r\n", b""), "no bare line feed"
    physical = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in physical), "no line is longer than 75 octets"
    for line in physical:
        line.decode("utf-8")  # a sign is never cut
    logical: list[str] = []
    for raw in physical:
        if raw[:1] in (b" ", b"\t"):
            logical[-1] += raw[1:].decode()
        else:
            logical.append(raw.decode())
    open_ones, root = [Component("")], None
    for text in logical:
        found = LINE.fullmatch(text)
        assert found, f"not a line of a calendar: {text!r}"
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            open_ones.append(Component(value))
        elif name == "END":
            closed = open_ones.pop()
            assert closed.name == value
            open_ones[-1].inside.append(closed)
        else:
            params = dict(part.split("=", 1) for part in found["params"].split(";")[1:])
            open_ones[-1].properties.setdefault(name, []).append((value, params))
    [root] = open_ones[0].inside
    assert root.name == "VCALENDAR"
    for needed in ("VERSION", "PRODID"):
        assert len(root.properties[needed]) == 1
    for event in root.inside:
        assert event.name == "VEVENT"
        assert {"UID", "DTSTAMP", "DTSTART"} <= event.properties.keys()
    uids = [event.value("UID") for event in root.inside]
    assert len(set(uids)) == len(uids)
    return root
