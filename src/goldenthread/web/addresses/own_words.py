"""Which words in a box whoever looks typed themselves: they get them back as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest

from goldenthread.usecases.chronology.keep_draft import read_draft
from goldenthread.web.kit.clock import now


def typed_by(request: HttpRequest) -> Callable[[str], bool]:
    """A question to ask of words in a box: did this person type them, just now or in their draft?

    A box that shows somebody else's words, to be corrected, is none of theirs.
    """

    @lru_cache(maxsize=1)
    def own() -> str:
        sent = [value for values in request.POST.lists() for value in values[1]]
        draft = request.resolver_match.kwargs.get("draft") if request.resolver_match else None
        row = read_draft(request.actor, draft, now=now()) if draft else None
        kept = json.dumps(row.fields, ensure_ascii=False) if row else ""
        return "\n".join([*sent, kept.replace("\\n", "\n"), kept]).replace("\r\n", "\n")

    return lambda words: words.replace("\r\n", "\n") in own()
