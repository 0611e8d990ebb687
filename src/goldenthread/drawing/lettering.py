"""How wide words are and where they break, without a font at hand.

Widths are hundredths of the type size, measured on the house's own face (Atkinson Hyperlegible
Next, the bold cut, so that a bold name fits as well). Other faces differ by a little; callers leave
room. Letters not in the table count as wide ones: a label may come out short, never too long.
"""

from __future__ import annotations

_WIDTHS = {
    26: "'|¦j",
    28: ",.:;¹",
    30: "`´·!i¡ìíîı ï",
    34: "l()[]",
    37: "f-",
    40: 'rt{}"ª°_²º³',
    44: "IÌÍÎÏ/1\\",
    50: "*zcsç¢",
    54: "yývÿ¿7x~×",
    56: "?LaàáâãäåJekèéêë",
    59: "9<>Fhnuñùúûü2^oòóôõöøg",
    62: "+3EbdpqÈÉÊË$5=STþ",
    66: "48Zß6P£BVRYÝ0CKÇ",
    70: "AXÀÁÂÃÄÅDUÙÚÛÜH",
    76: "&GNÑwOÒÓÔÕÖØ#Q",
    86: "@©®M½",
    90: "mæWœ%ÆŒ",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER = 92


def width_of(text: str, size: float) -> float:
    """How wide a line of text is at most, in pixels."""
    return sum(_WIDTH_OF.get(letter, _OTHER) for letter in text) * size / 100


def wrapped(text: str, size: float, width: float, *, most: int = 99) -> tuple[str, ...]:
    """A text in lines of at most `width` pixels; too long a word is broken between letters.

    With more than `most` lines the last one ends in "…": the full text stands in the sentence.
    """
    lines: list[str] = []
    for word, gap in _words(text):
        if lines and width_of(f"{lines[-1]}{gap}{word}", size) <= width:
            lines[-1] = f"{lines[-1]}{gap}{word}"
            continue
        pieces = _broken(word, size, width)
        lines.extend(pieces)
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], size, width)]
    return tuple(lines)


def _words(text: str) -> list[tuple[str, str]]:
    """The pieces a line may break between, each with the gap before it; hyphens break too."""
    pieces = []
    for word in text.split():
        parts = word.split("-")
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            pieces.append((part if last else f"{part}-", "" if number else " "))
    return [(piece, gap) for piece, gap in pieces if piece]


def _broken(word: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _shortened(line: str, size: float, width: float) -> str:
    while line and width_of(f"{line} …", size) > width:
        line = line[:-1]
    return f"{line.rstrip()} …"
