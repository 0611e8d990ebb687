"""What a GEDCOM file cannot carry, counted while it is written and said in plain sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from goldenthread.domain.network.claim import Network, Relative
from goldenthread.domain.network.vocabulary import ClaimKind, Gender, Loss

_SENTENCES = {
    ClaimKind.PARENT: "{} of how somebody is a parent: GEDCOM has no word for step-parents, "
    "kinship carers, special guardians, donors or surrogates.",
    ClaimKind.SIBLING: "{} of brothers, sisters or twins whose parents do not show it.",
    ClaimKind.COUPLE: "{} of what two people were to each other, beyond married, divorced, "
    "separated or living together.",
    ClaimKind.QUALITY: "{} of how two people get on.",
    ClaimKind.HARM: "{} of harm.",
    ClaimKind.RESPONSIBILITY: "{} of parental responsibility.",
    ClaimKind.LIVES_AT: "{} of who lives where.",
    ClaimKind.CARES_FOR: "{} of who looks after whom.",
    ClaimKind.NETWORK: "{} of friends and network.",
    ClaimKind.INVOLVEMENT: "{} of agencies' involvement.",
    ClaimKind.NEED: "{} of histories, needs and strengths.",
}


class LeftOut:
    """Claims that were not written, dates and words that lost something, by what was lost."""

    def __init__(self) -> None:
        self._claims: Counter[str] = Counter()
        self._others: dict[str, int] = {}

    def claim(self, kind: str) -> None:
        """One claim of this kind was not written."""
        self._claims[kind] += 1

    def note(self, sentence: str, *, times: int = 1) -> None:
        """Something else was lost; `{}` in the sentence becomes how often."""
        if times:
            self._others[sentence] = self._others.get(sentence, 0) + times

    def network(self, network: Network) -> None:
        """Count what GEDCOM has no place for at all."""
        sourced = sum(claim.source is not None for claim in network.claims)
        self.note(
            "Who said each thing, how they knew and since when it is known ({} claims).",
            times=sourced,
        )
        unsaid = sum(not claim.asserts for claim in network.claims)
        self.note("{} claims that were denied, not answered, corrected or withdrawn.", times=unsaid)
        self.note("{} households.", times=len(network.households))
        self.note("{} agencies.", times=len(network.agencies))

    def people(self, people: Iterable[Relative], *, version: int) -> None:
        """Count what is known of people and has no place."""
        for one in people:
            self.note("{} expected dates of birth.", times=one.expected_on is not None)
            self.note("That {} people are pregnancies that ended.", times=one.loss != Loss.NONE)
            self.note("{} people's roles, and who is an index child.",
                      times=bool(one.role) or one.is_child)  # fmt: skip
            self.note("That {} people are not identified.", times=not one.is_identified)
            self.note("{} places among brothers and sisters that no date gives.",
                      times=one.birth_order is not None and one.born is None)  # fmt: skip
            self.note("That {} people are non-binary (version 7 can say it).",
                      times=one.gender == Gender.NON_BINARY and version == 5)  # fmt: skip

    def sentences(self) -> tuple[str, ...]:
        """Everything left out, one plain sentence each."""
        claims = [
            _SENTENCES[ClaimKind(kind)].format(f"{count:,} claim{'s' if count > 1 else ''}")
            for kind, count in sorted(self._claims.items())
        ]
        others = [sentence.format(f"{count:,}") for sentence, count in sorted(self._others.items())]
        return (*others, *claims)
