"""A family on one day: who is there, who is a couple, who lives where, who has the baby."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.at_date import carers_at, household_at, network_at
from goldenthread.domain.network.contradicting import contradictions_of
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import Polarity
from tests.domain.network.families import (
    claim,
    lives,
    network,
    networks,
    parent,
    person,
    source,
)

JO, SAM, CARL = person("jo", "woman", "1998-02-01"), person("sam", "man"), person("carl", "man")
ANN = person("ann", "woman", "2015-06-01", is_child=True)
BABY = person("baby", "", "2026-03-02", expected_on=date(2026, 3, 9), is_child=True)
HOMES = ["Elm", "Oak"]


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(on: str, *claims, people=(JO, SAM, CARL, ANN, BABY)):
    return network_at(network(people, claims, HOMES), day(on))


PRESENCES = [
    # who, on, shown as, age in words, sure
    (BABY, "2025-05-01", "not_yet", "before the pregnancy", True),
    (BABY, "2025-12-01", "unborn", "unborn, about 26 weeks", True),
    (BABY, "2026-03-02", "present", "0 days", True),
    (person("x", born="2020"), "2020-06-01", "present", "about 5 months", False),
    (person("x", born="2020"), "2021-01-01", "present", "about 12 months", True),
    (person("x", born="[..2020]"), "2010-01-01", "present", "age not known", False),
    (person("x"), "2020-01-01", "present", "age not known", True),
    (
        person("x", expected_on=date(2026, 3, 9)),
        "2026-03-12",
        "unborn",
        "unborn, about 40 weeks",
        False,
    ),
    (person("x", born="1950", died="2020-05"), "2020-04-30", "present", "about 70 years", True),
    (person("x", born="1950", died="2020-05"), "2020-05-10", "died", "about 70 years", False),
    (person("x", born="1950", died="2020-05"), "2024-01-01", "died", "about 70 years", True),
    (person("x", died="XXXX-XX-XX"), "2024-01-01", "died", "age not known", False),
    (person("x", born="1950", died="XXXX-XX-XX"), "2024-01-01", "died", "age not known", False),
    (
        person("x", born="1950", died="XXXX-XX-XX"),
        "1940-01-01",
        "not_yet",
        "before the pregnancy",
        True,
    ),
    (person("x", born="1950", died="[..2010]"), "2024-01-01", "died", "about 60 years", True),
    (person("x", loss="miscarriage"), "2024-01-01", "died", "age not known", False),
]


@pytest.mark.parametrize(("who", "on", "presence", "age", "sure"), PRESENCES)
def test_somebody_is_shown_on_a_day(who, on, presence, age, sure):
    (found,) = network_at(network([who]), day(on)).people
    assert (found.presence, found.age_words, found.certain) == (presence, age, sure)


def test_a_new_partner_is_not_yet_in_the_family_until_he_came():
    came = [
        claim("couple", "together", "jo", "carl", "2025-07-01/.."),
        lives("carl", "Elm", "2025-08/.."),
    ]
    before = at("2025-06-30", *came).person("carl")
    assert (before.presence, before.because) == ("not_yet", (came[0].id,))
    after = at("2025-07-01", *came).person("carl")
    assert (after.presence, after.certain, after.because) == ("present", True, (came[0].id,))


@pytest.mark.parametrize(
    "tie", [claim("couple", "together", "jo", "carl"), parent("gran", "carl"), lives("carl", "Elm")]
)
def test_somebody_whose_coming_nobody_dated_is_never_hidden(tie):
    people = (JO, CARL, person("gran"))
    found = at("2001-01-01", tie, claim("couple", "married", "jo", "carl", "2025"), people=people)
    assert found.person("carl").presence == "present"


def test_a_child_of_the_family_belongs_from_birth_though_every_tie_is_dated_later():
    assert at("2016-01-01", lives("ann", "Elm", "2020/..")).person("ann").presence == "present"


def test_an_undated_father_belongs_from_the_pregnancy_on():
    assert at("2014-01-01", parent("sam", "ann")).person("sam").presence == "not_yet"
    assert at("2014-12-01", parent("sam", "ann")).person("sam").presence == "present"


COUPLES = [
    # what is claimed (nature, when), the day, the state then, since, ended, sure
    ([("married", "2014-05-03")], "2014-05-02", None),
    ([("married", "2014-05-03")], "2020-01-01", ("married", "2014-05-03", False, True)),
    (
        [("cohabiting", "2012"), ("married", "2014")],
        "2020-01-01",
        ("married", "2014-01-01", False, True),
    ),
    (
        [("married", "2014"), ("separated", "2016-03-01")],
        "2015-06-01",
        ("married", "2014-01-01", False, True),
    ),
    (
        [("married", "2014"), ("separated", "2016-03-01")],
        "2017-06-01",
        ("separated", "2016-03-01", True, True),
    ),
    (
        [("married", "2014"), ("separated", "2016"), ("divorced", "2017-02")],
        "2018-01-01",
        ("divorced", "2017-02-01", True, True),
    ),
    (
        [("together", "2014"), ("separated", "2016"), ("together", "2018/..")],
        "2019-01-01",
        ("together", "2018-01-01", False, True),
    ),
    ([("cohabiting", "2014/2016-08-01")], "2018-01-01", ("cohabiting", "2016-08-01", True, True)),
    ([("cohabiting", "2014/2016")], "2016-06-01", ("cohabiting", "2014-01-01", False, False)),
    (
        [("cohabiting", "2010/2020"), ("married", "2014")],
        "2022-01-01",
        ("married", "2014-01-01", False, True),
    ),
    (
        [("separated", "2016"), ("together", "2018/2019-05-01")],
        "2021-01-01",
        ("together", "2019-05-01", True, True),
    ),
    (
        [("married", "2010"), ("separated", "2016/2018")],
        "2021-01-01",
        ("married", "2010-01-01", False, True),
    ),
    ([("married", "")], "1990-01-01", ("married", None, False, False)),
    ([("married", ""), ("separated", "2016")], "2015-01-01", ("married", None, False, False)),
    (
        [("married", ""), ("separated", "2016")],
        "2018-01-01",
        ("separated", "2016-01-01", True, True),
    ),
    (
        [("together", "2014/.."), ("separated", "")],
        "2018-01-01",
        ("together", "2014-01-01", False, False),
    ),
    ([("married", ""), ("divorced", "")], "2018-01-01", ("divorced", None, True, False)),
    ([("married", "[..2014]")], "2012-01-01", ("married", "2014-12-31", False, False)),
    ([("separated", "2016/2018")], "2021-01-01", None),
    ([("never_together", "")], "2012-01-01", ("never_together", None, False, False)),
]


@pytest.mark.parametrize(("said", "on", "expected"), COUPLES)
def test_how_two_people_are_a_couple_on_a_day(said, on, expected):
    claims = [claim("couple", nature, "jo", "sam", when) for nature, when in said]
    couples = at(on, *claims).couples
    found = [
        (c.state, c.since.isoformat() if c.since else None, c.has_ended, c.certain) for c in couples
    ]
    assert found == ([expected] if expected else [])
    assert all(couple.because for couple in couples)


def test_a_separation_remembers_what_it_ended_and_other_accounts_stay():
    claims = [
        claim("couple", "cohabiting", "jo", "sam", "2012"),
        claim("couple", "separated", "jo", "sam", "2016"),
    ]
    (couple,) = at("2017-01-01", *claims).couples
    assert (couple.was_before, couple.because) == ("cohabiting", (claims[1].id,))
    undated = claim("couple", "separated", "jo", "carl")
    (couple,) = at(
        "2026-01-01", claim("couple", "together", "jo", "carl", "2025-07-01/.."), undated
    ).couples
    assert couple.otherwise == (undated.id,)


def members(home):
    return {m.person: (m.nature, m.nights_a_week, m.certain) for m in home.members}


def test_a_household_on_a_day_and_a_child_of_two_homes_in_both():
    stays = [
        lives("jo", "Elm", "2020-01-01/.."),
        lives("ann", "Elm", "2020-01-01/..", nights=(1, 2, 3, 4)),
        lives("ann", "Oak", "2024-01-01/..", "stays", nights=(5, 6, 7)),
        lives("sam", "Oak"),
        lives("carl", "Elm", "2025-07~/.."),
        lives("carl", "Oak", "2019/2021"),
        lives("stranger", "Elm"),
    ]
    on = at("2025-07-10", *stays)
    elm, oak = on.households
    assert members(elm) == {
        "jo": ("lives", None, True),
        "ann": ("lives", 4, True),
        "carl": ("lives", None, False),
    }
    assert members(oak) == {"sam": ("lives", None, False), "ann": ("stays", 3, True)}
    assert {m.person for m in elm.members if m.shared} == {"ann"}
    assert (
        household_at(network([JO, SAM, CARL, ANN], stays, HOMES), "Oak", day("2025-07-10")) == oak
    )
    assert household_at(network([JO]), "Ash", day("2025-07-10")).members == ()


def test_nobody_lives_anywhere_before_birth_or_after_death():
    gran = person("gran", died="2020-01-05")
    stays = [lives("baby", "Elm"), lives("gran", "Elm"), claim("cares_for", "main", "gran", "baby")]
    people = [BABY, gran]
    assert household_at(network(people, stays), "Elm", day("2026-02-01")).people == ()
    assert household_at(network(people, stays), "Elm", day("2026-03-03")).people == ("baby",)
    assert carers_at(network(people, stays), "baby", day("2026-03-03")).carers == ()


def test_who_has_the_baby_on_each_night():
    care = [
        claim("cares_for", "main", "jo", "baby", "2026-03-02/.."),
        claim("cares_for", "nights", "carl", "baby", "2026-04-01/..", nights=(5, 6)),
        claim("cares_for", "none", "sam", "baby", "2026-03-10/..", nights=(1,)),
        claim("cares_for", "helps", "ann", "baby", days=(6,)),
    ]
    family = network([JO, SAM, CARL, ANN, BABY], care)
    found = carers_at(family, "baby", day("2026-04-03"))
    assert [(slot.carers, slot.is_said) for slot in found.nights] == [(("jo",), False)] * 4 + [
        (("carl",), True)
    ] * 2 + [(("jo",), False)]
    assert [slot.carers for slot in found.days] == [("jo",)] * 5 + [("ann",)] + [("jo",)]
    assert found.nights[4].because == (care[1].id,)
    assert {(c.carer, c.is_dated, c.certain) for c in found.carers} == {
        ("jo", True, True),
        ("carl", True, True),
        ("sam", True, True),
        ("ann", False, False),
    }
    before = carers_at(family, "baby", day("2026-03-20"))
    assert before.nights[4].carers == ("jo",)
    nobody = carers_at(family, "ann", day("2026-03-20"))
    assert len(nobody.nights) == 7 and not any(slot.carers for slot in nobody.nights)
    assert network_at(family, day("2026-04-03")).care == (found,)


def test_harm_is_shown_with_a_status_and_a_source_only():
    harms = [
        claim("harm", "physical", "sam", "jo", "2024", status="alleged"),
        claim("harm", "control", "sam", "jo", "2024"),
        claim("harm", "emotional", "sam", "jo", "2024", status="found", source=None),
    ]
    assert [(h.nature, h.person, h.other, h.because) for h in at("2025-01-01", *harms).harms] == [
        ("physical", "sam", "jo", (harms[0].id,))
    ]


def test_several_claims_of_one_thing_are_its_reasons_together():
    said = [
        claim("quality", "close", "jo", "ann", id="1"),
        claim("quality", "close", "jo", "ann", "2024", id="2"),
    ]
    (quality,) = at("2025-01-01", *said).qualities
    assert (quality.because, quality.certain, quality.is_dated) == (("1", "2"), True, True)


def test_what_was_denied_corrected_or_withdrawn_is_not_so():
    for gone in (
        lives("carl", "Elm", polarity=Polarity.DENIES),
        lives("carl", "Elm", polarity=Polarity.NOT_KNOWN),
        lives("carl", "Elm", source=source(standing=Standing.CORRECTED)),
        lives("carl", "Elm", source=source(standing=Standing.WITHDRAWN)),
    ):
        assert at("2026-01-01", gone).households[0].members == ()


def denial(known="2026-03-20", when="", **more):
    return lives(
        "carl",
        "Elm",
        when,
        polarity=Polarity.DENIES,
        id="denial",
        source=source(known=day(known)),
        **more,
    )


CONTRADICTIONS = [
    # what is claimed, the day, how they do not agree
    ("said and denied", [lives("carl", "Elm", "2025-07/.."), denial()], "2026-03-01", ["denied"]),
    ("denied before he came", [lives("carl", "Elm", "2026-05-01/.."), denial()], "2026-06-01", []),
    (
        "denied after he left",
        [lives("carl", "Elm", "2025-07/2025-12"), denial(when="2026-03")],
        "2026-03-10",
        [],
    ),
    ("not yet on that day", [lives("carl", "Elm", "2025-07/.."), denial()], "2025-01-01", []),
    ("another house", [lives("carl", "Oak", "2025-07/.."), denial()], "2026-03-01", []),
    (
        "the denial was withdrawn",
        [
            lives("carl", "Elm", "2025-07/.."),
            replace(denial(), source=source(standing=Standing.WITHDRAWN)),
        ],
        "2026-03-01",
        [],
    ),
    (
        "another word for the couple is denied",
        [
            claim("couple", "cohabiting", "jo", "carl", "2025/.."),
            claim("couple", "together", "carl", "jo", "2025/..", polarity=Polarity.DENIES),
        ],
        "2026-03-01",
        ["denied"],
    ),
    (
        "never a couple, says one",
        [
            claim("couple", "brief", "jo", "carl", "2025"),
            claim("couple", "never_together", "carl", "jo"),
        ],
        "2026-03-01",
        ["denied"],
    ),
    (
        "only the separation is denied",
        [
            claim("couple", "married", "jo", "carl", "2020"),
            claim("couple", "separated", "jo", "carl", "2025", polarity=Polarity.DENIES),
        ],
        "2026-03-01",
        [],
    ),
    (
        "ended for one agency, going on for another",
        [
            claim("couple", "separated", "jo", "carl", "2026-02-01", source=source("csc")),
            claim("couple", "together", "jo", "carl", "2025-07/..", source=source("police")),
        ],
        "2026-03-01",
        ["goes_on"],
    ),
    (
        "one agency has both",
        [
            claim(
                "couple",
                "separated",
                "jo",
                "carl",
                "2026-02-01",
                source=source("csc", day("2026-02-02")),
            ),
            claim("couple", "together", "jo", "carl", "2025-07/..", source=source("csc")),
        ],
        "2026-03-01",
        [],
    ),
    (
        "together again is no contradiction",
        [
            claim("couple", "separated", "jo", "carl", "2026-02-01", source=source("csc")),
            claim("couple", "together", "jo", "carl", "2026-02-20/..", source=source("police")),
        ],
        "2026-03-01",
        [],
    ),
    (
        "moved out for one agency, living there for another",
        [
            lives("carl", "Elm", "2025-07/2026-01-10", source=source("csc")),
            lives("carl", "Elm", "2025-07/..", source=source("hv")),
        ],
        "2026-03-01",
        ["goes_on"],
    ),
    (
        "a wedding learnt of later does not go on",
        [
            claim("couple", "divorced", "jo", "carl", "2020", source=source("csc")),
            claim(
                "couple",
                "married",
                "jo",
                "carl",
                "2015",
                source=source("police", day("2026-02-02")),
            ),
        ],
        "2026-03-01",
        [],
    ),
    (
        "two fathers of one birth",
        [parent("jo", "ann"), parent("sam", "ann"), parent("carl", "ann", id="z")],
        "2026-03-01",
        ["two_births"],
    ),
    (
        "a father not identified, then one named",
        [parent("x", "ann"), parent("sam", "ann", id="z")],
        "2026-03-01",
        [],
    ),
]


@pytest.mark.parametrize(
    ("claims", "on", "kinds"), [r[1:] for r in CONTRADICTIONS], ids=[r[0] for r in CONTRADICTIONS]
)
def test_accounts_that_do_not_agree_stand_side_by_side(claims, on, kinds):
    people = (JO, SAM, CARL, ANN, person("x", "man", is_identified=False))
    found = at(on, *claims, people=people).contradictions
    assert [c.kind for c in found] == kinds
    for contradiction in found:
        assert len(contradiction.claims) > 1
        assert "carl" in contradiction.people


def test_he_had_left_before_anybody_denied_that_he_lives_there():
    left = lives("carl", "Elm", "2025-07/2025-12")
    family = network([CARL], [left, denial(when="2026-03")], HOMES)
    assert contradictions_of(family) == ()
    assert len(contradictions_of(network([CARL], [left, denial(when="2025-10")], HOMES))) == 1


def test_a_contradiction_keeps_all_its_claims_in_the_order_they_were_known():
    said = lives("carl", "Elm", "2025-07/..", id="a", source=source("police", day("2026-02-01")))
    also = lives(
        "carl", "Elm", "2025-08/..", "stays", id="b", source=source("hv", day("2026-01-10"))
    )
    (found,) = at("2026-03-21", said, denial(), also).contradictions
    assert found.because == ("b", "a", "denial")


@settings(max_examples=250, deadline=None)
@given(family=networks(), on=st.dates(date(2019, 1, 1), date(2025, 1, 1)))
def test_a_day_invents_nobody_loses_nobody_and_has_a_reason_for_everything(family, on):
    found = network_at(family, on)
    everybody = {one.id for one in family.people}
    assert [one.id for one in found.people] == sorted(everybody)
    claims = {claim.id: claim for claim in family.claims}
    items = [*found.couples, *found.qualities, *found.harms, *found.ties]
    items += [m for home in found.households for m in home.members]
    items += [carer for care in found.care for carer in care.carers]
    for item in items:
        assert item.because
        for key in item.because:
            assert claims[key].asserts and set(claims[key].people) <= everybody
            begun = claims[key].happened.from_min
            assert begun is None or begun <= on
            over = claims[key].held_on(on) is False
            assert not over or getattr(item, "has_ended", False)
        if item.certain and not getattr(item, "has_ended", False):
            assert any(claims[key].held_on(on) for key in item.because)
    for contradiction in found.contradictions:
        assert all(claim.still_counts for claim in contradiction.claims)
        assert set(contradiction.people) <= everybody
    assert all(harm.status for harm in found.harms)


@settings(max_examples=150, deadline=None)
@given(
    family=networks(),
    on=st.dates(date(2019, 1, 1), date(2025, 1, 1)),
    dice=st.randoms(use_true_random=False),
)
def test_the_order_of_people_and_claims_changes_nothing_of_a_day(family, on, dice):
    people, claims = list(family.people), list(family.claims)
    dice.shuffle(people)
    dice.shuffle(claims)
    assert network_at(
        replace(family, people=tuple(people), claims=tuple(claims)), on
    ) == network_at(family, on)


@settings(max_examples=100, deadline=None)
@given(family=networks(), on=st.dates(date(2019, 1, 1), date(2025, 1, 1)))
def test_one_household_and_one_child_asked_alone_say_the_same(family, on):
    found = network_at(family, on)
    for home in found.households:
        assert household_at(family, home.household, on) == home
    for care in found.care:
        assert carers_at(family, care.child, on) == care
