"""Lines of GEDCOM as they are built, and as version 5.5.1 and version 7 write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

# 5.5.1 allows 255 characters a line; a letter may take several bytes.
_LINE = 200
_BREAKS = re.compile(r"\r\n|\r|\n")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass
class Node:
    """One line and the lines below it; `pointer` and `own` are ids without at-signs."""

    tag: str
    text: str = ""
    pointer: str = ""
    own: str = ""
    below: list[Node] = field(default_factory=list)

    def add(self, tag: str, text: str = "", *, pointer: str = "") -> Node:
        """Add a line one level below and give it back."""
        node = Node(tag, _CONTROLS.sub("", text), pointer)
        self.below.append(node)
        return node


def holds_controls(text: str) -> bool:
    """Whether a text holds characters that GEDCOM does not allow."""
    return _CONTROLS.search(text) is not None


def as_version_5(records: Sequence[Node]) -> bytes:
    """The records as GEDCOM 5.5.1 in UTF-8."""
    lines: list[str] = []
    for record in records:
        _write(record, 0, lines)
    return "".join(f"{line}\r\n" for line in lines).encode()


def _write(node: Node, level: int, lines: list[str]) -> None:
    start = f"{level} @{node.own}@ {node.tag}" if node.own else f"{level} {node.tag}"
    if node.pointer:
        lines.append(f"{start} @{node.pointer}@")
    else:
        # A piece must not end or begin with a blank, which programs strip.
        first, *rest = _BREAKS.split(node.text.replace("@", "@@"))
        lines += _pieces(start, first, level)
        for text in rest:
            lines += _pieces(f"{level + 1} CONT", text, level)
    for child in node.below:
        _write(child, level + 1, lines)


def _pieces(start: str, text: str, level: int) -> list[str]:
    pieces = []
    while True:
        cut = len(text)
        if cut > _LINE:
            cut = _LINE
            while cut > 1 and (" " in text[cut - 1 : cut + 1] or "@" in text[cut - 1 : cut + 1]):
                cut -= 1
        pieces.append(f"{start} {text[:cut]}" if text[:cut] else start)
        text = text[cut:]
        if not text:
            return pieces
        start = f"{level + 1} CONC"


def as_version_7(records: Sequence[Node]) -> bytes:
    """The records as GEDCOM 7, checked against its rules before anybody has them.

    Raises gedcom7's GedcomValidationError where what we built is not valid: a fault of ours.
    """
    import gedcom7
    from gedcom7.types import GedcomStructure

    def structure(node: Node) -> GedcomStructure:
        return GedcomStructure(
            tag=node.tag,
            pointer=f"@{node.pointer}@" if node.pointer else None,
            text=node.text,
            xref=f"@{node.own}@" if node.own else None,
            children=[structure(child) for child in node.below],
        )

    return gedcom7.dumps([structure(record) for record in records], validate=True).encode()
