"""At which address a document is made, without the answer of whom it is for."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

FOR = "for"
SOMEBODY_ELSE = "somebody-else"  # in place of an answer: ask
LONGEST = 2_000  # characters of an address


def without_answer(asked: QueryDict) -> QueryDict:
    """What a document is asked, without the answer of whom it is for."""
    left = asked.copy()
    left.pop(FOR, None)
    return left


def place_of(request: HttpRequest) -> str:
    """The document's own address, with what it is asked in a settled order."""
    asked = sorted((k, v) for k, vs in without_answer(request.GET).lists() for v in vs)
    return f"{request.path}?{urlencode(asked)}" if asked else request.path


def opened_by(place: str, answer: object) -> str:
    """The address at which a document is made once it was said for whom it is."""
    return f"{place}{'&' if '?' in place else '?'}{FOR}={answer}"


def for_somebody_else(place: str) -> str:
    """The address at which is asked for whom else a document is to be made."""
    return opened_by(place, SOMEBODY_ELSE)
