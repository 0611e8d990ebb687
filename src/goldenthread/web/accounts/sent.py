"""What a form of accounts sent: words, an id, a number; a thing that cannot be read is no error."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from goldenthread.web.kit import clock


def text_sent(request: HttpRequest, part: str) -> str:
    """The words of one field; empty where it was not sent."""
    return str(request.POST.get(part, ""))


def id_sent(request: HttpRequest) -> UUID:
    """The form's own id, by which a form that is sent twice counts once."""
    return chosen(text_sent(request, "form")) or clock.new_id()


def number_sent(request: HttpRequest, part: str) -> int:
    """A whole number; one that cannot be is read as no number there is."""
    typed = text_sent(request, part)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


def chosen(typed: str) -> UUID | None:
    """The id that was chosen, or None."""
    try:
        return UUID(typed)
    except ValueError:
        return None
