"""The reader's test: can somebody who did not decide understand risk and reason from this alone?

It asks the seed's own question of a record (Q-5). What a reader does not understand says something
of the record, never of the reader or of whoever wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from goldenthread.domain.decisions.proposing import Remark
from goldenthread.domain.decisions.record import DecisionRecord
from goldenthread.domain.decisions.vocabulary import Part
from goldenthread.domain.shared.refusal import Refusal

LONGEST = 4_000  # letters of one answer


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A version in a reader's own words; `because` is what they do not understand."""

    risk: str
    reason: str
    understood: bool | None
    because: str = ""


class CannotBeReadBack(Refusal):
    """The answers lack something; `remarks` says what, part by part."""

    def __init__(self, remarks: tuple[Remark, ...]) -> None:
        self.remarks = remarks
        super().__init__(" ".join(one.sentence for one in remarks))


def may_read_back(record: DecisionRecord, *, account: UUID, practitioner: UUID) -> bool:
    """Whether somebody can be asked: nobody who decided or who signed it."""
    decided = {one.practitioner for one in record.of_part(Part.DECIDED)}
    return account != record.signed_by and practitioner not in decided


def checked(said: ReadBack) -> ReadBack:
    """The answers without spaces around them. Raises CannotBeReadBack naming every lack at once."""
    remarks = []
    if said.understood is None:
        remarks.append(Remark("understood", "Say whether you understand it.", refuses=True))
    for part, sentence in (
        ("risk", "Say in your own words what the risk is."),
        ("reason", "Say in your own words why it was decided so."),
    ):
        if said.understood and not getattr(said, part).strip():
            remarks.append(Remark(part, sentence, refuses=True))
    if said.understood is False and not said.because.strip():
        remarks.append(Remark("because", "Say what you do not understand.", refuses=True))
    for part in ("risk", "reason", "because"):
        if len(getattr(said, part)) > LONGEST:
            remarks.append(Remark(part, f"Keep this to {LONGEST:,} letters.", refuses=True))
    if remarks:
        raise CannotBeReadBack(tuple(remarks))
    because = "" if said.understood else said.because.strip()
    return ReadBack(said.risk.strip(), said.reason.strip(), said.understood, because)
