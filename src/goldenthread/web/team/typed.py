"""What was typed or chosen on the forms of this journey."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, QueryDict

from goldenthread.web.kit import clock


def line(sent: QueryDict, name: str) -> str:
    """What was typed in a field, without what no keyboard types."""
    return sent.get(name, "")


def id_of(sent: QueryDict, name: str) -> UUID | None:
    """The id that was chosen in a field, or None."""
    try:
        return UUID(sent.get(name, ""))
    except ValueError:
        return None


def form_id(request: HttpRequest) -> UUID:
    """The id the form was given when it was made, so that sending it twice does it once."""
    return id_of(request.POST, "id") or clock.new_id()
