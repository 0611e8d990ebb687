"""Whom a document is for, and why an entry is left out of what is made for them.

A document holds what its sender may read and each of those it is for may have. A practitioner may
have what the policy would let them read themselves. Somebody without the record has no clearance
and is on no named list, so for them the careful side of what holds for a pack is taken (see
`usecases/subject_access/subject_access_rules.toml`): no entry that anything restricts, none that
another agency wrote, and for a person of the family none that does not name them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from goldenthread.domain.shared.word import Word


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a document is for: a person of the family, a practitioner, or somebody in words."""

    person: UUID | None = None
    practitioner: UUID | None = None
    words: str = ""


def others(recipients: Iterable[Recipient], sender: UUID) -> tuple[Recipient, ...]:
    """Those who are somebody else than the practitioner who sends it: for them it is narrowed."""
    return tuple(one for one in recipients if one.practitioner != sender)


class WhyLeftOut(Word):
    """Why an entry that its sender reads is left out, in words that tell no restriction."""

    NOT_TOLD = "not_told", "Their agency has not been told it"
    ANOTHER_AGENCY = "another_agency", "Another agency wrote it"
    NOT_ABOUT_THEM = "not_about_them", "It does not name them"
    MAY_NOT_HAVE = "may_not_have", "Not everybody it is for may have it"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why one entry is left out; `agency` is the one that was not told, for that reason alone."""

    why: WhyLeftOut
    agency: UUID | None = None


def left_out_for_reader(*, agency: UUID, is_told: bool, may_read: bool) -> LeftOut | None:
    """Why a practitioner is not given an entry; None where they may read it themselves.

    That their agency was not told comes first: whether something restricts the entry besides is
    not the sender's to learn from this.
    """
    if may_read:
        return None
    if not is_told:
        return LeftOut(WhyLeftOut.NOT_TOLD, agency)
    return LeftOut(WhyLeftOut.MAY_NOT_HAVE)


def left_out_for_outsider(
    *, is_own: bool, is_restricted: bool, is_about_them: bool
) -> LeftOut | None:
    """Why somebody who does not use the record is not given an entry; None where they may be.

    `is_own`: whether the sender's own agency wrote it. `is_about_them` holds for somebody in words,
    of whom nobody can say whom an entry would have to name.
    """
    if not is_own:
        return LeftOut(WhyLeftOut.ANOTHER_AGENCY)
    if not is_about_them:
        return LeftOut(WhyLeftOut.NOT_ABOUT_THEM)
    if is_restricted:
        return LeftOut(WhyLeftOut.MAY_NOT_HAVE)
    return None
