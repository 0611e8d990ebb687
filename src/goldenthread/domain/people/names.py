"""Names folded for matching: accents, case and punctuation set aside, the name itself kept."""

import unicodedata


def fold(words: str) -> str:
    """The form in which names are compared: decomposed, marks and punctuation removed, one space.

    Zoë and Zoe, O'Brien and OBrien fold alike; letters of every script are kept.
    """
    decomposed = unicodedata.normalize("NFKD", words)
    kept = (
        c if c.isalnum() else " " if c.isspace() or c in "-_/" else ""
        for c in decomposed
        if not unicodedata.combining(c)
    )
    return " ".join("".join(kept).casefold().split())
