"""What the words for agencies in a file mean to one family; an ambiguous word is never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from goldenthread.domain.people.names import fold
from goldenthread.records.shared.reading import AgencyRow


class AgencyWords:
    """An id, a name, or a kind of agency, to the agency it means.

    Where a kind fits several agencies of the partnership, the one on the family's team is meant.
    """

    def __init__(self, known: Mapping[UUID, AgencyRow], on_team: set[UUID]) -> None:
        self._known = known
        self._on_team = on_team
        self._by_words: dict[str, list[UUID]] = defaultdict(list)
        for row in known.values():
            for words in (str(row.id), row.name, row.kind, row.kind_label):
                if row.id not in self._by_words[fold(words)]:
                    self._by_words[fold(words)].append(row.id)

    def meaning(self, words: str) -> tuple[UUID | None, str]:
        """The one agency meant; or None and a sentence saying that none or several could be."""
        found = self._by_words.get(fold(words), [])
        found = [id for id in found if id in self._on_team] or found
        if len(found) == 1:
            return found[0], ""
        if not found:
            return None, f"No agency of this partnership is called “{words[:80]}”."
        names = " or ".join(self._known[id].name for id in found)
        return None, f"“{words}” could be {names}. Say which is meant."
