"""An address as it is kept: lines, a postcode and a telephone number; never shown by accident.

Its words must never stand in a log, a traceback or a message, so it has no words of its own: what
Python shows of one says only that it is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from goldenthread.domain.shared.refusal import Refusal

LONGEST_LINE = 120  # characters
MOST_LINES = 6
# As BS 7666 has it: area, district, and the inward part of one digit and two letters.
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}|GIR0AA")
FEWEST_DIGITS, MOST_DIGITS = 10, 15  # of a telephone number; the most is ITU-T E.164's


class NotAnAddress(Refusal):
    """What was given cannot be kept as an address; `part` is the question to mend."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


@dataclass(frozen=True, slots=True, repr=False)
class PostalAddress:
    """Lines as written, the postcode without its space, and a telephone number as written."""

    lines: tuple[str, ...] = ()
    postcode: str = ""
    phone: str = ""

    def __repr__(self) -> str:
        return "<an address>"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given at all."""
        return not (self.lines or self.postcode or self.phone)

    @property
    def postcode_as_written(self) -> str:
        """The postcode with its space."""
        return f"{self.postcode[:-3]} {self.postcode[-3:]}" if self.postcode else ""


def as_given(lines: str, postcode: str, phone: str) -> PostalAddress:
    """The address somebody typed: `lines` one to a row. Raises NotAnAddress."""
    kept = tuple(" ".join(line.split()) for line in lines.splitlines() if line.strip())
    if len(kept) > MOST_LINES:
        raise NotAnAddress("lines", f"Write the address in {MOST_LINES} lines at most.")
    if any(len(line) > LONGEST_LINE for line in kept):
        raise NotAnAddress("lines", f"Write {LONGEST_LINE} characters a line at most.")
    code = re.sub(r"\W", "", postcode).upper()
    if postcode.strip() and not POSTCODE.fullmatch(code):
        raise NotAnAddress("postcode", "Write the whole postcode, such as ZZ1 9ZZ.")
    digits = re.sub(r"\D", "", phone)
    if phone.strip() and not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise NotAnAddress("phone", "Write the whole telephone number, with its area code.")
    address = PostalAddress(kept, code, " ".join(phone.split()))
    if address.is_empty:
        raise NotAnAddress("lines", "Write the address, a postcode or a telephone number.")
    return address
