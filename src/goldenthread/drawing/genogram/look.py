"""What a reader asked to see: the style, what is switched on, and who is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """Neutral is the practice key; child-friendly has no crosses, no bars and no harm."""

    NEUTRAL = "neutral"
    CHILD_FRIENDLY = "child_friendly"


def no_link(_person: str) -> str:
    """Nobody is a link: for a drawing on paper."""
    return ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a genogram is drawn. Nothing here moves anybody.

    `hidden` people are left out altogether (a viewpoint did not know them); `known_claims`, where
    given, are the only claims drawn. `withheld` people stand with a padlock and no name.
    `sensitive` says that the reader's role may see terminations, undisclosed couples and the like;
    without it they are left out. `of_whom` completes the title ("Family of Theo and Jude").
    """

    style: Style = Style.NEUTRAL
    households: bool = True
    caring: bool = True
    couples: bool = True
    quality: bool = False
    harm: bool = False
    names: bool = True
    needs: bool = True
    responsibility: bool = False
    sensitive: bool = False
    hidden: frozenset[str] = frozenset()
    known_claims: frozenset[str] | None = None
    withheld: frozenset[str] = frozenset()
    link_for: Callable[[str], str] = no_link
    of_whom: str = ""

    @property
    def is_gentle(self) -> bool:
        """Whether it is drawn for a child's eyes."""
        return self.style == Style.CHILD_FRIENDLY
