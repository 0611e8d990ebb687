"""Which agencies a row says were told, and when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.interop.spreadsheets import dates, words

_NOBODY = re.compile(r"^(?:no|none|nobody|no one|nil|n/?a|not applicable|-)$", re.IGNORECASE)
_NOT_SHARED = re.compile(r"^not (?:yet )?shared\b", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"[\s,(:–—-]+(?:on\s+)?(?=[^\s,(:]*\d|about\b|\w+ \d)")


class AgencyNotKnown(Refusal):
    """The row names an agency that nobody has matched to one of ours."""


class SharesDoNotMatch(Refusal):
    """The dates of sharing cannot be put beside the agencies."""


class Reader:
    """Reads the two columns of sharing for one layout."""

    def __init__(self, theirs: Mapping[str, str], *, order: str, today: date) -> None:
        self._theirs = theirs
        self._order = order
        self._today = today

    def read(self, who: str, when: str) -> tuple[tuple[tuple[str, str], ...], list[str]]:
        """The (agency slug, EDTF text or empty) pairs of a row, and notes.

        Raises AgencyNotKnown, SharesDoNotMatch or DateNotUnderstood.
        """
        said = who.strip()
        if not said or _NOBODY.match(said):
            return (), _alone(when)
        if _NOT_SHARED.match(said):
            return (), [f"“{said[:200]}” was read as: shared with nobody.", *_alone(when)]
        pairs = [pair for part in re.split(r"[;\n]", said) for pair in self._part(part.strip())]
        if not when.strip():
            return tuple(pairs), []
        return self._with_dates(pairs, when), []

    def _part(self, part: str) -> list[tuple[str, str]]:
        if not part:
            return []
        whole = self._agency(part)
        if whole is not None:
            return [(whole, "")]
        # The date may hold commas and brackets of its own: try every place it could begin.
        for match in self._splits(part):
            slug = self._agency(match[0])
            if slug is not None:
                return [(slug, self._date(match[1]))]
        several = [self._agency(piece) for piece in re.split(r",|/|&| and ", part)]
        if len(several) > 1 and all(several):
            return [(slug, "") for slug in several if slug]
        raise AgencyNotKnown(
            f"“{part[:80]}” is not an agency we know. Match it to one in the words of this layout."
        )

    def _splits(self, part: str) -> list[tuple[str, str]]:
        splits = []
        for found in _BEFORE_DATE.finditer(part):
            agency, when = part[: found.start()].strip(), part[found.end() :].strip().rstrip(")")
            if agency and when:
                splits.append((agency, when))
        return splits

    def _agency(self, text: str) -> str | None:
        return words.ours(AgencyKind, text, self._theirs) if text.strip() else None

    def _date(self, text: str) -> str:
        found = dates.read_past(text, self._order, today=self._today)
        return found.when.edtf if found.when.is_known else ""

    def _with_dates(self, pairs: list[tuple[str, str]], when: str) -> tuple[tuple[str, str], ...]:
        given = [self._date(text) for text in re.split(r"[;\n]", when)]
        if len(given) == 1:
            given *= len(pairs)
        if len(given) != len(pairs):
            raise SharesDoNotMatch(
                f"{len(pairs)} agencies were told, but {len(given)} dates are given. "
                "Give one date for all, or one for each in the same order."
            )
        return tuple(
            (agency, date_of_all or own)
            for (agency, own), date_of_all in zip(pairs, given, strict=True)
        )


def written(pairs: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """The two cells, shared_with and shared_on, that `Reader.read` reads back."""
    days = [day for _, day in pairs]
    who = ";".join(agency for agency, _ in pairs)
    return who, (days[0] if len(set(days)) == 1 else ";".join(days)) if days else ""


def _alone(when: str) -> list[str]:
    if not when.strip():
        return []
    return [f"A date of sharing is given ({when.strip()[:60]}) but no agency; it was left out."]
