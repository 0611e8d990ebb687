"""Challenge and its clock: what a decision's or a plan's page shows of challenges of its entry.

A page passes what `challenge_panel` gives as `challenge_panel` and includes
`challenges/panel.jinja`; `INVITATION` stands beside a sign-off.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from goldenthread.usecases.challenges.read_challenges import challenges_about
from goldenthread.web.challenges.words import line_of
from goldenthread.web.kit import clock

# Read before somebody signs. The Sussex partnership has a statement read at meetings that invites
# professional difference whatever one's seniority; these words are ours.
INVITATION = (
    "Does anybody see this differently? Say so now, whatever your post: a different view keeps "
    "children safe and is written down with the decision. Afterwards anybody who can read it can "
    "challenge it, and is owed an answer by a day."
)


def challenge_panel(request: HttpRequest, case: UUID, statement: UUID) -> dict[str, object]:
    """The challenges of one entry that the reader may read, and where to raise one.

    Raises NotFoundHere where the reader may not read the entry.
    """
    found = challenges_about(request.actor, case, statement, now=clock.now())
    at = {"case": case, "statement": statement}
    return {
        "challenges": [line_of(one, case) for one in found.challenges],
        "raise_at": reverse("challenge_start", kwargs=at) if found.can_be_challenged else "",
        "all_at": reverse("challenges", kwargs={"case": case}),
    }
