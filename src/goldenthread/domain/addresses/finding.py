"""Where the words of an address stand in a text, however they are written.

A postcode is found whatever the spaces, letter case or line breaks in it; a house with its street
with and without commas, in either order and with the street's kind shortened; a telephone number
with +44, 0044 or 0 before it and its digits parted anyhow. Numbers written out in words are not
looked for. It must find every written variant; now and then finding one too many is the price.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from goldenthread.domain.addresses.postal import PostalAddress
from goldenthread.domain.addresses.vocabulary import AddressPart
from goldenthread.domain.people.names import fold

# What may stand between two characters of one thing: spaces of every kind, line breaks, invisible
# characters, and the points, strokes and brackets people part numbers with.
BETWEEN = r"[\s\u00a0\u00ad\u200b-\u200f\u2060\ufeff.,;:/\\|()\[\]_'\"’‘“”*\-\u2010-\u2015]{0,12}"
# Between pieces of one line that stand in marks of their own: part of no word, and no break in one.
SEAM = "\u200b"
LOOKS_LIKE = {"0": "[0Oo]", "O": "[O0]", "1": "[1Iil]", "I": "[I1l]"}
KINDS_OF_STREET = {
    "avenue": "avenue|ave|av", "close": "close|cl", "court": "court|ct", "crescent":
    "crescent|cresc|cres|cr", "drive": "drive|dr", "gardens": "gardens|gdns", "grove": "grove|gr",
    "house": "house|hse", "lane": "lane|ln", "mews": "mews", "parade": "parade|pde", "park":
    "park|pk", "place": "place|pl", "rise": "rise", "road": "road|rd", "row": "row", "square":
    "square|sq", "street": "street|str|st", "terrace": "terrace|terr|ter", "view": "view", "walk":
    "walk|wlk", "way": "way",
}  # fmt: skip
_IN_FULL = {short: full for full, all_of in KINDS_OF_STREET.items() for short in all_of.split("|")}
_NUMBER = re.compile(r"^(\d+)\s*([a-z]?)$")


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """An address whose words are looked for."""

    address: UUID
    postal: PostalAddress

    def __repr__(self) -> str:
        """Never its words, nor a place in memory whose digits could be read as some."""
        return "<an address that is looked for>"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One place in a text, from `start` up to `end`, where a part of an address stands."""

    start: int
    end: int
    part: AddressPart
    address: UUID


def found_in(text: str, wanted: Iterable[Wanted]) -> tuple[Found, ...]:
    """Every place in a text where a part of one of these addresses stands, in order."""
    return tuple(
        sorted(
            Found(match.start(), match.end(), part, one.address)
            for one in wanted
            for part, pattern in _patterns(one.postal)
            for match in pattern.finditer(text)
        )
    )


def withheld(text: str, wanted: Iterable[Wanted], mark: str) -> str:
    """The text with `mark` wherever a part of one of these addresses stands in it."""
    kept, upto = [], 0
    for found in found_in(text, wanted):
        if found.end > upto:
            if found.start >= upto:
                kept += [text[upto : found.start], mark]
            upto = found.end
    return "".join([*kept, text[upto:]])


@lru_cache(maxsize=512)
def _patterns(postal: PostalAddress) -> tuple[tuple[AddressPart, re.Pattern[str]], ...]:
    written: list[tuple[AddressPart, str]] = []
    if postal.postcode:
        apart = BETWEEN.join(LOOKS_LIKE.get(c, c) for c in postal.postcode)
        written.append((AddressPart.POSTCODE, rf"(?<![^\W_]){apart}(?![^\W_])"))
    written += [(AddressPart.STREET, one) for one in _streets(postal.lines)]
    if postal.phone:
        written.append((AddressPart.PHONE, _telephone(postal.phone)))
    return tuple((part, re.compile(one, re.IGNORECASE)) for part, one in written)


def _telephone(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    for prefix in ("0044", "44", "0"):
        if digits.startswith(prefix) and (prefix != "44" or phone.strip().startswith("+")):
            digits = digits.removeprefix(prefix)
            break
    national = BETWEEN.join(digits.removeprefix("0"))
    before = rf"(?:\+|0{BETWEEN}0)?{BETWEEN}4{BETWEEN}4{BETWEEN}(?:0{BETWEEN})?|0{BETWEEN}"
    return rf"(?<!\d)(?:{before}|\+?){national}(?!\d)"


def _streets(lines: tuple[str, ...]) -> Iterator[str]:
    """Patterns of a house with its street: of each line that has both, and of lines read on."""
    folded = [fold(line).split() for line in lines]
    for place, words in enumerate(folded):
        numbered = [(n, found) for n, word in enumerate(words) if (found := _NUMBER.match(word))]
        if not numbered:
            continue
        last, number = numbered[-1]
        street = words[last + 1 :] or (folded[place + 1] if place + 1 < len(folded) else [])
        if street:
            digits, letter = number.groups()
            yield from _house(digits, letter, street)
    if folded and not any(_NUMBER.match(word) for word in folded[0]):
        yield from _named_house(folded)


def _named_house(folded: list[list[str]]) -> Iterator[str]:
    """A house that has a name and no number: by its name, with the street where that is short."""
    name = folded[0]
    if len(name) > 1:
        yield rf"(?<![^\W_]){_said(name)}(?![^\W_])"
    elif len(folded) > 1:
        yield rf"(?<![^\W_]){_said(name)}{BETWEEN}{_said(folded[1])}(?![^\W_])"


def _house(digits: str, letter: str, street: list[str]) -> Iterator[str]:
    house = digits + (BETWEEN + letter if letter else "")
    said = _said(street)
    yield rf"(?<!\d){house}{BETWEEN}{said}(?![^\W_])"
    yield rf"(?<![^\W_]){said}{BETWEEN}(?:n(?:o|umber|r)?{BETWEEN})?{house}(?!\d)"


def _said(words: list[str]) -> str:
    """These words however parted, the last as any short form of its kind of street, or left out."""
    kind = _IN_FULL.get(words[-1]) if len(words) > 1 else None
    named = words[:-1] if kind else words
    said = BETWEEN.join(f"['’{SEAM}]{{0,4}}".join(map(re.escape, word)) for word in named)
    return rf"{said}(?:{BETWEEN}(?:{KINDS_OF_STREET[kind]})(?![^\W_]))?" if kind else said
