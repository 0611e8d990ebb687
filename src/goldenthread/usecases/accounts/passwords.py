"""What a new password is held against: words of work, and passwords that leaked."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

from goldenthread.domain.access.passwords import is_made_of_words, words_of_work
from goldenthread.records.shared.reading import agencies


def is_of_work(password: str) -> bool:
    """Whether a password is made of the service's, the agencies' and the posts' words."""
    with transaction.atomic():
        names = [one.name for one in agencies().values()]
    return is_made_of_words(password, words_of_work(names))


def has_leaked(password: str, listed: Path) -> bool:
    """Whether a password stands in a file of leaked ones, found in it by halves.

    A line of the file is the SHA-1 of a password in capital hexadecimal, and what may follow a
    colon; the lines are in order: the form in which Have I Been Pwned gives them away. SHA-1 is
    theirs; it guards nothing here.
    """
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    low, high = 0, listed.stat().st_size
    with listed.open("rb") as file:
        while (
            low < high
        ):  # the line looked for, if it is there, begins at low or beyond, before high
            middle = (low + high) // 2
            file.seek(max(middle - 1, 0))
            if middle:
                file.readline()  # on to where a line begins, unless one begins right here
            begins, line = file.tell(), file.readline()
            found = line[: len(digest)]
            if begins >= high or not line or found > digest:
                high = middle
            elif found == digest:
                return line[len(digest) : len(digest) + 1] in (b":", b"\r", b"\n", b"")
            else:
                low = file.tell()
    return False
