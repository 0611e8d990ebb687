"""A question names somebody of the team: a table a practitioner can read."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from goldenthread.records.access.reading import TeamRow
from goldenthread.usecases._steps.who_is_asked import who_is_asked
from goldenthread.usecases.risk.shipped import shipped_patterns

CSC, HV, POLICE, GP = (UUID(int=number) for number in range(1, 5))
KINDS = {
    CSC: "Children's social care",
    HV: "Health visiting",
    POLICE: "Police",
    GP: "GP practice",
}


def member(number: int, name: str, agency: UUID, role: str) -> TeamRow:
    return TeamRow(
        UUID(int=100 + number), name, "", "", agency, KINDS[agency], role, date(2025, 1, 1), None
    )


TEAM = (
    member(1, "Priya", CSC, "allocated"),
    member(2, "Grace", CSC, "chair"),
    member(3, "Ama", HV, "named_member"),
    member(4, "Tom", POLICE, "named_member"),
)
# the words of a question, who of the team is asked
TABLE = [
    ("Lead practitioner", "Priya"),
    ("Lead practitioner, or whoever heard of them first", "Priya"),
    ("Team manager", "Priya"),
    ("Conference chair", "Grace"),
    ("Chair or decision maker", "Grace"),
    ("Author of the assessment or chair", "Grace"),
    ("Health visitor", "Ama"),
    ("Police", "Tom"),
    ("GP practice and Police", "Tom"),
    ("GP practice", "Priya"),
    ("Whoever saw the last one, with children's social care", "Priya"),
    ("Safeguarding lead, who has not worked with the family", "Priya"),
]


@pytest.mark.parametrize(("words", "name"), TABLE)
def test_the_words_of_a_question_name_somebody(words: str, name: str):
    assert who_is_asked(words, TEAM, KINDS).name == name


def test_every_shipped_question_names_somebody_of_this_team():
    assert all(who_is_asked(one.asked_of, TEAM, KINDS) for one in shipped_patterns())


def test_nobody_is_asked_where_there_is_no_team_and_no_chair_in_an_agencys_name():
    assert who_is_asked("Lead practitioner", (), KINDS) is None
    assert who_is_asked("Police", TEAM[:2], KINDS).name == "Priya"
