"""What sharing would have changed is said only where the patterns themselves say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import Phase, given, settings

from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.domain.thread.becoming_known import Ending
from goldenthread.domain.thread.sharing import askings, differences, told_at_once
from goldenthread.domain.thread.unfolding import unfold
from goldenthread.usecases.risk.shipped import shipped_patterns
from tests.domain.risk.histories import histories

PATTERNS = shipped_patterns()
CSC = "children_social_care"


def fact(id, on, agency, kind, people, concerns="", told=(), text=""):
    return Fact(
        id=id,
        agency=agency,
        kind=kind,
        happened=on_day(on),
        known_from=on,
        people=tuple(people.split("; ")),
        concerns=frozenset(concerns.split()),
        told=tuple(told),
        text=text,
    )


REFERRED = fact("1", date(2024, 1, 10), CSC, "referral", "child; mother", "neglect")
PARTNER = fact(
    "2", date(2024, 2, 1), "midwifery", "new_partner", "mother; child; mother's partner", "none"
)


def between(facts, agency=CSC):
    facts = tuple(facts)
    return differences(
        PATTERNS,
        facts,
        askings(unfold(PATTERNS, facts)),
        askings(unfold(PATTERNS, facts, agency)),
        agency,
    )


def of(pattern, found):
    return [one for one in found if one.asking.raised.pattern == pattern]


def of_key(found, pattern):
    return [one for one in found if one.raised.pattern == pattern]


def last_day():
    """An entry nobody asks about, so that the history goes on until then."""
    return fact("end", date(2024, 3, 31), CSC, "contact", "mother", "none")


def test_an_agency_that_was_never_told_would_have_been_asked_had_it_been():
    found = of("new_adult_without_checks", between([REFERRED, PARTNER, last_day()]))

    (one,) = found
    assert one.together.on == date(2024, 2, 15)
    assert one.alone is None
    assert one.days_earlier is None
    (missing,) = one.not_told
    assert (missing.entry, missing.held_by) == ("2", "midwifery")
    assert (missing.held_from, missing.told_on) == (date(2024, 2, 1), None)
    assert one.would_be_asked
    assert not one.would_be_settled


def test_an_agency_told_late_would_have_been_asked_so_many_days_earlier():
    late = date(2024, 3, 13)
    told = fact(
        "2", date(2024, 2, 1), "midwifery", "new_partner", "mother; child; mother's partner",
        "none", told=[(CSC, late)],
    )  # fmt: skip

    (one,) = of("new_adult_without_checks", between([REFERRED, told, last_day()]))

    # A fortnight to act counts from the day it was told.
    assert one.alone.on == date(2024, 3, 27)
    assert one.days_earlier == 41
    assert one.not_told[0].told_on == late
    assert one.would_be_asked


def test_a_question_about_not_having_told_would_have_been_needless():
    kept = fact(
        "2", date(2024, 2, 1), "midwifery", "new_partner", "mother; child; mother's partner",
        "unsafe_adult",
    )  # fmt: skip

    found = of("lead_not_told_of_an_adult", between([REFERRED, kept, last_day()]))

    assert [one.would_be_settled for one in found] == [True]
    assert [one.would_be_asked for one in found] == [False]


def test_what_both_were_asked_on_one_day_says_nothing_of_sharing():
    own = fact("2", date(2024, 2, 1), CSC, "new_partner", "mother; child; mother's partner", "none")

    (one,) = of("new_adult_without_checks", between([REFERRED, own, last_day()]))

    assert one.days_earlier == 0
    assert one.not_told == ()


def test_a_question_that_ceased_says_when():
    checked = fact("3", date(2024, 2, 20), "police", "information_request", "mother's partner")

    found = askings(unfold(PATTERNS, [REFERRED, PARTNER, checked, last_day()]))

    (one,) = [one for one in found if one.raised.pattern == "new_adult_without_checks"]
    assert (one.on, one.ended) == (date(2024, 2, 15), date(2024, 2, 20))


def test_the_same_question_put_later_because_of_other_entries_is_the_same_question():
    """Asked of all in February because of midwifery's entry; of social care because of its own."""
    own = fact("3", date(2024, 3, 5), CSC, "new_partner", "mother; child; mother's partner", "none")

    (one,) = of("new_adult_without_checks", between([REFERRED, PARTNER, own, last_day()]))

    assert (one.together.on, one.alone.on) == (date(2024, 2, 15), date(2024, 3, 19))
    assert [each.entry for each in one.not_told] == ["2"]


def test_an_entry_that_no_longer_stood_is_not_said_to_have_been_worth_telling():
    """Midwifery withdrew what it had heard before the fortnight was over, and told of that."""
    ids = [str(UUID(int=n)) for n in range(4)]
    referred = replace(REFERRED, id=ids[0])
    heard = replace(PARTNER, id=ids[1])
    day = date(2024, 2, 10)
    withdrawn = fact(ids[2], day, "midwifery", "contact", "mother", "none", told=[(CSC, day)])
    facts = (referred, heard, withdrawn, replace(last_day(), id=ids[3]))
    ending = Ending(heard.id, withdrawn, "withdraws")
    asked = askings(unfold(PATTERNS, facts))
    assert of_key(asked, "new_adult_without_checks")

    (one,) = of(
        "new_adult_without_checks", differences(PATTERNS, facts, asked, (), CSC, endings=(ending,))
    )

    assert not one.would_be_asked
    assert not of_key(
        askings(unfold(PATTERNS, facts, endings=(ending,))), "new_adult_without_checks"
    )


def test_told_at_once_takes_nothing_from_what_was_never_told():
    told = fact("3", date(2024, 2, 1), "gp", "contact", "mother", told=[(CSC, date(2024, 5, 1))])

    one, never = told_at_once([told, PARTNER], CSC)

    assert one.told == ((CSC, date(2024, 2, 1)),)
    assert never is PARTNER


@given(histories(12))
@settings(max_examples=40, phases=(Phase.explicit, Phase.generate))
def test_whatever_is_said_of_telling_is_true_of_that_day(facts):
    """Nothing an agency lacked was known to it by then, and all together were asked no later."""
    for agency in sorted({one.agency for one in facts})[:2]:
        known = {one.id: one for one in facts}
        for one in between(facts, agency):
            for missing in one.not_told:
                entry = known[missing.entry]
                assert entry.agency != agency
                assert entry.known_from <= one.together.on
                assert missing.told_on is None or missing.told_on > one.together.on
            if one.together and one.alone and one.not_told:
                assert one.days_earlier > 0


@given(histories(12))
@settings(max_examples=40, phases=(Phase.explicit, Phase.generate))
def test_every_time_a_question_is_put_stands_exactly_once(facts):
    together = askings(unfold(PATTERNS, facts))
    alone = askings(unfold(PATTERNS, facts, CSC))

    found = differences(PATTERNS, facts, together, alone, CSC)

    assert sorted((one.together.on, one.together.key) for one in found if one.together) == sorted(
        (one.on, one.key) for one in together
    )
    assert sorted((one.alone.on, one.alone.key) for one in found if one.alone) == sorted(
        (one.on, one.key) for one in alone
    )
    assert all(one.ended is None or one.ended - one.on >= timedelta(days=1) for one in together)
