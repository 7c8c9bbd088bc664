"""Plain data as files (YAML): read with the line of each part, and written back the same to the last byte.

Every scalar is read as the text it is: `yes` and `14_15` are names, never a truth or a number. Anchors are refused: a small file must not
become a large one. Source of the form: yaml.org, YAML 1.2.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from certif.kit.languages import _
from certif.kit.plain_reader import FaultyFile, Path

if TYPE_CHECKING:
    import yaml

MOST_BYTES = 200_000

_PLAIN = re.compile(r"[^\W\d_][\w’ ()/+…–-]*[\w’)…?!.]|[0-9]{1,3}|[a-z0-9][a-z0-9_-]*")
_WORDS_OF_YAML = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
_UNSEEN = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]")
_LINE = r"[^\s\x7f-\x9f](?:[^\n\x7f-\x9f\u2028\u2029\ufeff]*[^\s\x7f-\x9f\ufeff])?"
_BLOCK = re.compile(rf"{_LINE}(?:\n+{_LINE})+")
"""Words on several lines that may stand as they are: no blank before a line, nor after one."""
_DEPTH = 12


def read_plain(content: str | bytes) -> tuple[Any, dict[Path, int]]:
    """Give what a file holds, and on which line each part of it is.

    Refuses (`FaultyFile`): a file that is not UTF-8 text, not YAML, too large or too deep, or that says the same key twice.
    """
    import yaml  # late: it takes its time to read, and few requests need it

    text = _as_text(content)
    try:
        node = _composed(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        said = _("Ligne %(line)s : ce n’est pas du YAML. Vérifiez les retraits, les deux-points et les guillemets.", line=line)
        raise FaultyFile([said]) from None
    except yaml.YAMLError:
        raise FaultyFile([_("Ce fichier contient des signes que YAML n’admet pas.")]) from None
    lines: dict[Path, int] = {}
    return _plain(node, (), lines), lines


def write_plain(data: dict[str, Any]) -> str:
    """Give the file of plain data; read and written again, it is the same to the last byte."""
    return "\n".join(_written(data, 0)) + "\n"


def _as_text(content: str | bytes) -> str:
    if len(content) > MOST_BYTES:
        raise FaultyFile([_("Ce fichier est trop lourd : gardez-le sous 200 ko.")])
    try:
        return content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FaultyFile([_("Enregistrez ce fichier en UTF-8 : il contient des octets qui ne sont pas du texte.")]) from None


def _composed(text: str) -> yaml.Node | None:
    import yaml  # late: as above

    loader = yaml.CSafeLoader  # ten times as fast as the one in Python
    for event in yaml.parse(text, loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1
            raise FaultyFile([_("Ligne %(line)s : écrivez tout au long, sans ancre ni renvoi (& et *).", line=line)])
    return yaml.compose(text, loader)


def _plain(node: yaml.Node | None, where: Path, lines: dict[Path, int]) -> Any:
    """Give what a node holds as plain data, and note the line of each part."""
    if node is None:
        return None
    lines[where] = node.start_mark.line + 1
    if len(where) > _DEPTH:
        raise FaultyFile([_("Ligne %(line)s : ces retraits sont trop profonds.", line=lines[where])])
    if node.id == "sequence":
        return [_plain(one, (*where, number), lines) for number, one in enumerate(node.value)]
    return _table(node, where, lines) if node.id == "mapping" else node.value


def _table(node: yaml.Node, where: Path, lines: dict[Path, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in found:
            raise FaultyFile([_("Ligne %(line)s : la clé « %(name)s » est écrite deux fois.", line=line, name=name)])
        found[name] = _plain(value, (*where, name), lines)
        lines[*where, name] = line
    return found


def _written(value: Any, depth: int) -> list[str]:
    margin = "  " * depth
    if isinstance(value, dict):
        lines = []
        for name, inner in value.items():
            if (isinstance(inner, dict) and inner) or (isinstance(inner, list) and any(isinstance(one, dict) for one in inner)):
                lines += [f"{margin}{_scalar(name)}:", *_written(inner, depth + 1)]
            elif isinstance(inner, str) and _BLOCK.fullmatch(inner):
                lines += [f"{margin}{_scalar(name)}: |-", *(f"{margin}  {line}" if line else "" for line in inner.split("\n"))]
            else:
                lines.append(f"{margin}{_scalar(name)}: {_inline(inner)}")
        return lines
    lines = []
    for one in value:
        first, *rest = _written(one, depth + 1)
        lines += [f"{margin}- {first.strip()}", *rest]
    return lines


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{}"
    return f"[{', '.join(_scalar(one) for one in value)}]" if isinstance(value, list) else _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML
    if is_plain:
        return text
    return _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))
