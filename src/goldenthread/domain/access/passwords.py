"""What a password may not be made of: the words that anybody who knows the service would try first.

OWASP ASVS 5.0, V6.1.2 and V6.2.11. No word is forbidden: it counts for nothing, and what is left of
the password must be long enough without it (V6.2.1 gives eight).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldenthread.domain.access.remit import Remit
from goldenthread.domain.provenance.vocabulary import AgencyKind

# What is left, in letters and digits, once the words of work are taken out.
LEFT_AT_LEAST = 8
SHORTEST_WORD = 5
# Words of the service and of the work that no vocabulary below holds.
OF_THE_SERVICE = (
    "goldenthread", "golden", "thread", "safeguarding", "safeguard", "protection", "multiagency",
    "password", "welcome", "changeme", "letmein",
)  # fmt: skip
# A digit or sign that stands for a letter in what people take for a clever password.
_STANDS_FOR = str.maketrans("013457@$!", "oleastasi")


def words_of_work(agencies: Iterable[str]) -> frozenset[str]:
    """The words: of the service, of kinds of agency and of posts, and of these agencies' names."""
    said = (*OF_THE_SERVICE, *(one.label for one in (*AgencyKind, *Remit)), *agencies)
    found = {_plain(word) for name in said for word in re.findall(r"[^\W_]+", name)}
    return frozenset(word for word in found if len(word) >= SHORTEST_WORD)


def left_of(password: str, words: Iterable[str]) -> str:
    """What is left of a password without these words, in small letters and digits alone."""
    left = _plain(password)
    for word in sorted(words, key=lambda one: (-len(one), one)):
        left = left.replace(word, "")
    return left


def is_made_of_words(password: str, words: Iterable[str]) -> bool:
    """Whether too little is left of a password without these words."""
    return len(left_of(password, words)) < LEFT_AT_LEAST


def _plain(text: str) -> str:
    letters = text.casefold().translate(_STANDS_FOR)
    return "".join(letter for letter in letters if letter.isalnum())
