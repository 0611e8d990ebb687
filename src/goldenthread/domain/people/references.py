"""How a family's reference is compared: however it was typed, it is the same reference."""

from __future__ import annotations

import unicodedata

# Dashes that a telephone, a word processor or another keyboard puts in place of a hyphen.
DASHES = "‐‑‒–—―−﹘﹣－"
# Spaces that a person does not see as other than one, or does not see at all.
SPACES = " \t\n\r\u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u2060\ufeff"
_ALIKE = str.maketrans({**dict.fromkeys(DASHES, "-"), **dict.fromkeys(SPACES, "")})


def reference_key(typed: str) -> str:
    """What two spellings of one reference have in common: no case, no spaces, one kind of dash.

    "" for what holds nothing else. Case is taken off as the database does, letter by letter.
    """
    return unicodedata.normalize("NFKC", typed.translate(_ALIKE)).translate(_ALIKE).lower()
