"""Two windows on one draft: what another window kept meanwhile is never put over by older words.

Each page that shows a form has an id of its own and the instant it was made (`PAGE` among what it
sends). With each part of a draft is kept which page saved it last, and when. The saves of one page
follow one another and never refuse each other; whoever goes on from what is kept, on a new page,
is no other window either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from goldenthread.domain.shared.refusal import Refusal

# What a page sends of itself, and where the draft keeps which page saved each part last.
PAGE, PAGES = "page", "pages"
Fields = Mapping[str, object]


class ChangedElsewhere(Refusal):
    """Another page kept other words since this one was shown; `kept` are those, by field."""

    def __init__(self, kept: Mapping[str, list[str]]) -> None:
        super().__init__("This draft was changed in another window.")
        self.kept = kept


@dataclass(frozen=True, slots=True)
class Page:
    """One page that shows a form: its id, when it was made, and when it saved."""

    id: str
    made: str
    saved: str


def page_words(id: object, now: datetime) -> str:
    """What a page says of itself in a hidden field."""
    return f"{id} {now.isoformat()}"


def pages_of(fields: Fields, now: datetime) -> tuple[dict[str, Page], dict[str, object]]:
    """By part of a draft, the page that sends it; and the fields without that."""
    pages, rest = {}, dict(fields)
    for part, typed in fields.items():
        if isinstance(typed, Mapping) and part != PAGES and PAGE in typed:
            rest[part] = {name: words for name, words in typed.items() if name != PAGE}
            id, _, made = str(next(iter(typed[PAGE]), "")).partition(" ")
            if id and _is_instant(made):
                pages[part] = Page(id, made, now.isoformat())
    return pages, rest


def refuse_overtaken(before: Fields, fields: Fields, pages: Mapping[str, Page]) -> None:
    """Raise ChangedElsewhere where another page saved other words after this one was made."""
    known = before.get(PAGES)
    for part, page in pages.items():
        last = known.get(part) if isinstance(known, Mapping) else None
        if last is None or last[0] == page.id or before.get(part) == fields[part]:
            continue
        if datetime.fromisoformat(last[1]) > datetime.fromisoformat(page.made):
            kept = before[part]
            raise ChangedElsewhere(kept if isinstance(kept, Mapping) else {})


def noted(before: Fields, pages: Mapping[str, Page]) -> dict[str, object]:
    """What the draft keeps of which page saved each part last; nothing where no page said so."""
    known = before.get(PAGES)
    earlier = dict(known) if isinstance(known, Mapping) else {}
    now = {part: [page.id, page.saved] for part, page in pages.items()}
    return {PAGES: {**earlier, **now}} if earlier or now else {}


def without_pages(fields: Fields) -> dict[str, object]:
    """The fields of a draft as they were typed."""
    return {part: typed for part, typed in fields.items() if part != PAGES}


def _is_instant(words: str) -> bool:
    try:
        return datetime.fromisoformat(words).tzinfo is not None
    except ValueError:
        return False
