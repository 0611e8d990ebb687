"""Keeps the words of safe addresses out of a finished page, and off its printed sheets.

Words that the reader may not have give way to a mark, wherever they stand: in text, across the
pieces of a marked difference, in a tooltip, a drawing, a comment. Words the reader may have are
marked, so that a printed sheet goes without them. What somebody typed themselves stays as typed in
its box: nothing typed is lost.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.templatetags.static import static

from goldenthread.domain.addresses.finding import SEAM, Found, found_in, withheld
from goldenthread.usecases.addresses.protecting import MARK, Protection

_TOKEN = re.compile(r"<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^'\">])*>", re.DOTALL)
_NAME = re.compile(r"</?\s*([\w:-]+)")
_ATTRIBUTE = re.compile(r"(=\s*)(\"[^\"]*\"|'[^']*')")
# Tags that part no words from each other.
_WITHIN_A_LINE = frozenset(
    "a abbr b bdi cite code del em i ins mark q s small span strong sub sup text time tspan u wbr"
    .split()
)  # fmt: skip
# Where a mark can stand only as plain words, and those of an address never stand.
_PLAIN = frozenset({"title", "desc", "option", "text", "tspan", "textPath"})
SHEET = "addresses/addresses.css"


@dataclass(slots=True)
class _Piece:
    """One piece of a page: a tag as it is, or words with their place in the page's whole text."""

    raw: str
    inside: str
    words: str = ""
    start: int = 0
    is_tag: bool = False


def guarded_page(
    page: str, protection: Protection, typed: Callable[[str], bool], sheet: str
) -> str:
    """The page without what its reader may not have; what they may have is marked for print.

    `typed` says of words in a box whether whoever looks typed them. `sheet` is the address of the
    style sheet that keeps marked words off paper.
    """
    pieces = _pieces(page)
    text = _placed(pieces)
    unseen = found_in(text, protection.unseen)
    known = found_in(text, protection.known)
    made = "".join(_made(piece, unseen, known, protection, typed) for piece in pieces)
    if "gt-safe-words" in made:
        made = made.replace("</head>", f'<link rel="stylesheet" href="{sheet}"></head>', 1)
    return made


def _pieces(page: str) -> list[_Piece]:
    found, at, inside = [], 0, [""]
    for match in _TOKEN.finditer(page):
        if match.start() > at:
            raw = page[at : match.start()]
            found.append(_Piece(raw, inside[-1], html.unescape(raw)))
        tag = match.group()
        found.append(_Piece(tag, inside[-1], is_tag=True))
        _enter(inside, tag)
        at = match.end()
    if at < len(page):
        found.append(_Piece(page[at:], inside[-1], html.unescape(page[at:])))
    return found


_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())


def _enter(inside: list[str], tag: str) -> None:
    named = _NAME.match(tag)
    if named is None or tag.startswith("<!") or tag.endswith("/>"):
        return
    name = named.group(1)
    if tag.startswith("</"):
        if name in inside:
            while inside[-1] != name:
                inside.pop()
            inside.pop()
    elif name.lower() not in _EMPTY:
        inside.append(name)


def _placed(pieces: Iterable[_Piece]) -> str:
    """The page's whole text, each piece of words told where in it it stands."""
    parts: list[str] = []
    length = 0
    for piece in pieces:
        if piece.is_tag:
            seam = "" if parts and parts[-1] == SEAM else SEAM
            named = _NAME.match(piece.raw)
            added = seam if named and named.group(1).lower() in _WITHIN_A_LINE else "\n"
        else:
            piece.start, added = length, piece.words
        if added:
            parts.append(added)
        length += len(added)
    return "".join(parts)


def _made(
    piece: _Piece, unseen: Sequence[Found], known: Sequence[Found], protection: Protection,
    typed: Callable[[str], bool],
) -> str:  # fmt: skip
    if piece.is_tag:
        return _tag(piece.raw, protection, typed)
    if piece.inside in ("script", "style"):
        return piece.raw
    is_box = piece.inside == "textarea"
    cut = _cuts(piece, unseen, gone=True, plain=True)
    if is_box:
        cut = [one for one in cut if not typed(piece.words[one[0] : one[1]])]
    else:
        cut += _cuts(piece, known, gone=piece.inside in _PLAIN, plain=False)
    if not cut:
        return piece.raw
    made, upto = [], 0
    for start, end, words in sorted(cut):
        if start >= upto:
            made += [html.escape(piece.words[upto:start], quote=False), words]
            upto = end
    return "".join([*made, html.escape(piece.words[upto:], quote=False)])


def _cuts(
    piece: _Piece, found: Sequence[Found], *, gone: bool, plain: bool
) -> list[tuple[int, int, str]]:
    """What to put in the place of words in one piece: the mark where they begin, else nothing."""
    cuts = []
    for one in found:
        start, end = max(one.start - piece.start, 0), min(one.end - piece.start, len(piece.words))
        if start >= end:
            continue
        words = html.escape(piece.words[start:end], quote=False)
        if gone:
            cuts.append((start, end, MARK if one.start >= piece.start else ""))
        elif not plain:
            cuts.append((start, end, f'<span class="gt-safe-words"><span>{words}</span></span>'))
    return cuts


def _tag(raw: str, protection: Protection, typed: Callable[[str], bool]) -> str:
    """A tag, or a comment, without words that its reader may not have."""
    if raw.startswith("<!--"):
        return withheld(raw, protection.unseen, MARK)
    is_box = raw.startswith("<input")

    def clean(match: re.Match[str]) -> str:
        value = html.unescape(match.group(2)[1:-1])
        if not protection.holds_unseen(value) or (is_box and typed(value)):
            return match.group(0)
        return f'{match.group(1)}"{html.escape(withheld(value, protection.unseen, MARK))}"'

    return _ATTRIBUTE.sub(clean, raw)


def style_sheet() -> str:
    """The address of the style sheet that keeps marked words off paper."""
    return static(SHEET)
