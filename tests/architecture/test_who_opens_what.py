"""Who may open a transaction beyond one family, and that nobody says it in another way."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "goldenthread"
# Each with why: what concerns more than a person's own families, and shows none of them.
BEYOND_ONE_FAMILY = {
    "usecases/_steps/beside_families.py": "counts, conflicts, breaks of the glass, and what a lead "
    "is told of unusual access, each line by what they may know",
    "usecases/access/asking.py": "the family a command names, before who may ask",
    "usecases/accounts/confirming.py": "whoever's account is closed leaves every team",
    "usecases/accounts/permitted.py": "whoever leaves a post leaves every team",
    "usecases/access/break_glass.py": "somebody names a family in an emergency, or closes it",
    "usecases/access/escalate_glass.py": "which breaks nobody reviewed, told to their reviewers",
    "usecases/access/match_staff.py": "staff compared with people of the record, told to nobody",
    "usecases/audit/make_unusual.py": "the week's list of an agency, kept and not shown",
    "usecases/audit/tell_unusual.py": "who has a line to answer, told that and no more",
    "usecases/access/conflicts.py": "somebody declares a conflict with a family they name",
    "usecases/chronology/imports/step.py": "which family a file is of, before who may look",
    "usecases/chronology/imports/stopping.py": "why a step stopped, said to nobody",
    "usecases/chronology/keep_draft.py": "drafts too old to keep",
    "usecases/network/layouts.py": "a drawing somebody waits for, made by a job",
    "usecases/people/load_families.py": "families brought in together",
    "usecases/people/set_up.py": "families brought in",
    "usecases/plans/remind.py": "which families have a plan, for a morning's round",
    "usecases/risk/consider_families.py": "which families there are, for a night's round",
}
# Links to other families that a rule allows to be told of.
REACHING_BEYOND = {
    "usecases/network/elsewhere.py",
    "usecases/network/linked_families.py",
    # Names, from families that the reader may open, to point out in what they read.
    "usecases/_steps/others_named.py",
}


def files_saying(words: str) -> set[str]:
    return {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if re.search(words, file.read_text())
    }


def test_only_these_open_a_transaction_beyond_one_family():
    found = files_saying(r"wall\.open_beyond_one_family\(\)")

    assert found == set(BEYOND_ONE_FAMILY)


def test_only_these_reach_beyond_the_family_they_were_opened_for():
    assert files_saying(r"wall\.reaching_beyond\(\)") == REACHING_BEYOND


def test_what_a_transaction_is_for_is_said_in_one_place():
    assert files_saying(r"set_config\(|SET LOCAL gt\.") == {"records/shared/wall.py"}


def test_only_use_cases_say_what_a_transaction_is_for():
    found = files_saying(r"\bwall\.open_") - {"records/shared/wall.py"}

    assert found
    assert {file.split("/")[0] for file in found} == {"usecases"}
