"""The line that every sheet and page carries: whose eyes, when, by whom, and for whom.

Worded here and nowhere else, so that a sheet found in a street says the same wherever it was made.
"""

from __future__ import annotations

OWN_USE = "For their own use"
EXCEL_HOLDS = 255  # characters of a header or footer, with the marks that place it


def made_words(seen: str, when: str, maker: str) -> str:
    """`Seen as Ashdown School on 3 March 2026 at 14:02 by Ama Boateng`, from its three parts."""
    return f"{seen} on {when} by {maker}"


def sheet_line(seen: str, when: str, maker: str, for_whom: str = "") -> str:
    """The whole line; `for_whom` is a sentence, "For Ruth Okafor", and without one their own use.

    >>> sheet_line("Seen as Ashdown School", "3 March 2026 at 14:02", "Ama Boateng")
    'Seen as Ashdown School on 3 March 2026 at 14:02 by Ama Boateng. For their own use'
    """
    return f"{made_words(seen, when, maker)}. {for_whom or OWN_USE}"
