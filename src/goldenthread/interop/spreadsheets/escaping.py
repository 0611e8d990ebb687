"""Cells that a spreadsheet program would run as formulas, written so that it will not.

In our own CSV files a cell that begins with one of the dangerous characters is written with one
apostrophe in front, and read back without it. A cell that already begins with apostrophes followed
by such a character gets one more, so that the rule can be undone exactly:

    =1+1    is written  '=1+1    and read back  =1+1
    '=1+1   is written  ''=1+1   and read back  '=1+1
    it's    is written  it's

Only files with exactly our own columns are read back this way; every other file is read as typed.
XLSX needs none of this, because a cell there says that it is text.
"""

import re

# The characters a spreadsheet program may take as the start of a formula (OWASP, CSV injection),
# the full-width ones included.
_DANGEROUS = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet program might run the cell as a formula."""
    return not text.startswith("'") and _DANGEROUS.match(text) is not None


def escaped(text: str) -> str:
    """The cell as it is written in our CSV files."""
    return "'" + text if _DANGEROUS.match(text) else text


def unescaped(text: str) -> str:
    """The cell as it was before `escaped`."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
