"""The curiosity list: each of the eight kinds is asked when it is a gap, and not when it is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.gaps import FactAt, GapFacts, GapKind, GapRules, gaps_of
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import Polarity
from tests.domain.network.families import claim, lives, network, networks, parent, person, source

ON = date(2026, 9, 1)
RULES = GapRules(partner_is_new_for=365, history_stops_after=180, not_seen_alone_after=42)
JO, SAM = person("jo", "woman", "1998"), person("sam", "man", "1990")
CARL, NAN = person("carl", "man"), person("nan", "woman", "1960")
ANN = person("ann", "woman", "2015-06-01", is_child=True)
BABY = person("baby", "", "2026-03-02", is_child=True)
EVERYBODY = (JO, SAM, CARL, NAN, ANN)
KNOWN = date(2026, 8, 1)


def known(on=KNOWN, agency="csc", **more):
    return source(agency, on, **more)


def recent(made):
    return replace(made, source=known())


def asked(kind, claims, *, people=EVERYBODY, facts=None, on=ON, rules=RULES):
    family = network(people, claims, ["Elm", "Oak"])
    return [g for g in gaps_of(family, facts or GapFacts(), rules=rules, on=on) if g.kind == kind]


def questions(kind, claims, **more):
    return [found.question for found in asked(kind, claims, **more)]


def fact(who, on, because="f1"):
    return (FactAt(who, date.fromisoformat(on), because),)


# -- a parent nobody has recorded ------------------------------------------------------------------

REFUSED = claim("parent", "birth", "father", "ann", "2026-05-03", polarity=Polarity.ASKED_NO_ANSWER)
FATHER = person("father", "man", is_identified=False, name="")
PARENTS = [
    ("both known", [parent("jo", "ann"), parent("sam", "ann")], []),
    ("no father", [parent("jo", "ann")], ["Nobody has recorded who Ann’s father is: who will ask, and whom?"]),
    ("no mother", [parent("sam", "ann")], ["Nobody has recorded who Ann’s mother is: who will ask, and whom?"]),
    ("neither", [], ["Nobody has recorded who Ann’s parents are: who will ask, and whom?"]),
    ("a father not identified", [parent("jo", "ann"), parent("father", "ann")],
     ["Nobody has recorded who Ann’s father is: who will ask, and whom?"]),
    ("asked, refused to say", [parent("jo", "ann"), REFUSED],
     ["Nobody has recorded who Ann’s father is (asked on 3 May 2026, no answer given): who else could say?"]),
    ("one said to be", [parent("jo", "ann"), parent("carl", "ann", "alleged")],
     ["Carl is said to be a parent of Ann: what would settle it?"]),
    ("adopted", [parent("nan", "ann", "adoptive")], []),
    ("a kinship carer is no parent found", [parent("nan", "ann", "kinship")],
     ["Nobody has recorded who Ann’s parents are: who will ask, and whom?"]),
    ("shared with a twin", [parent("jo", "ann"), claim("sibling", "twin", "ann", "bo"), parent("jo", "bo"), parent("sam", "bo")], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "expected"), [r[1:] for r in PARENTS], ids=[r[0] for r in PARENTS]
)
def test_a_parent_nobody_recorded(claims, expected):
    people = (*EVERYBODY, FATHER, person("bo", "man", "2015-06-01", is_child=True))
    found = [q for q in questions(GapKind.UNKNOWN_PARENT, claims, people=people) if "Ann" in q]
    assert found == expected


def test_an_unborn_child_has_a_father_too_and_an_adult_is_not_asked_about():
    unborn = person("bump", expected_on=date(2026, 11, 1), is_child=True, name="Unborn baby")
    found = questions(GapKind.UNKNOWN_PARENT, [parent("jo", "bump")], people=[JO, unborn])
    assert found == ["Nobody has recorded who Unborn baby’s father is: who will ask, and whom?"]


# -- an adult in the household nobody has spoken to ------------------------------------------------

HOME = [lives("ann", "Elm"), lives("carl", "Elm", "2026-07-01~/..")]
SPOKEN = [
    ("nobody has", HOME, GapFacts(),
     ["Nobody has recorded speaking to Carl since he moved in on about 1 July 2026: who will?"]),
    ("somebody has, since", HOME, GapFacts(spoken_to=fact("carl", "2026-07-20")), []),
    ("somebody has, before", HOME, GapFacts(spoken_to=fact("carl", "2026-05-20")),
     ["Nobody has recorded speaking to Carl since he moved in on about 1 July 2026: who will?"]),
    ("somebody will have", HOME, GapFacts(spoken_to=fact("carl", "2026-10-20")),
     ["Nobody has recorded speaking to Carl since he moved in on about 1 July 2026: who will?"]),
    ("nobody dated it", [lives("ann", "Elm"), lives("carl", "Elm", nature="stays")], GapFacts(),
     ["Nobody has recorded speaking to Carl, who is said to stay at times with Ann: who will?"]),
    ("spoken to, undated", [lives("ann", "Elm"), lives("carl", "Elm")],
     GapFacts(spoken_to=fact("carl", "2020-01-01")), []),
    ("no child there", [lives("ann", "Oak"), lives("carl", "Elm", "2026-07-01/..")], GapFacts(), []),
    ("gone again", [lives("ann", "Elm"), lives("carl", "Elm", "2026-07-01/2026-08-01")], GapFacts(), []),
    ("only a month is known", [lives("ann", "Elm"), lives("nan", "Elm", "2026-07/..")], GapFacts(),
     ["Nobody has recorded speaking to Nan since she moved in during July 2026: who will?"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "facts", "expected"), [r[1:] for r in SPOKEN], ids=[r[0] for r in SPOKEN]
)
def test_an_adult_in_the_household_nobody_has_spoken_to(claims, facts, expected):
    assert questions(GapKind.NOT_SPOKEN_TO, claims, facts=facts) == expected


def test_somebody_known_only_by_a_description_is_asked_about_by_it():
    man = person("x", "man", name="", is_identified=False, description="the man with the red van")
    found = questions(
        GapKind.NOT_SPOKEN_TO, [lives("ann", "Elm"), lives("x", "Elm")], people=[ANN, man]
    )
    assert found == [
        "Nobody has recorded speaking to “the man with the red van”, who is said to live with Ann: who will?"
    ]


# -- a new partner with no checks ------------------------------------------------------------------

COUPLE = claim("couple", "together", "jo", "carl", "2026-07/..")
MINE = parent("jo", "ann")
CHECKED = [
    ("new, unchecked", [MINE, COUPLE], GapFacts(),
     ["No checks are recorded about Carl, Jo’s partner (together from July 2026): "
      "who will ask which agencies what they know?"]),
    ("checked", [MINE, COUPLE], GapFacts(checks=fact("carl", "2026-08-01")), []),
    ("not new", [MINE, claim("couple", "together", "jo", "carl", "2020/..")], GapFacts(), []),
    ("undated", [MINE, claim("couple", "together", "jo", "carl")], GapFacts(),
     ["No checks are recorded about Carl, Jo’s partner: who will ask which agencies what they know?"]),
    ("the father of all her children", [MINE, parent("carl", "ann"), COUPLE], GapFacts(), []),
    ("over", [MINE, claim("couple", "together", "jo", "carl", "2026-07/2026-08-01")], GapFacts(), []),
    ("nobody has a child", [COUPLE], GapFacts(), []),
    ("partner of a carer",
     [claim("cares_for", "main", "nan", "ann"), claim("couple", "together", "nan", "carl", "2026-07-03/..")],
     GapFacts(),
     ["No checks are recorded about Carl, Nan’s partner (together from 3 July 2026): "
      "who will ask which agencies what they know?"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "facts", "expected"), [r[1:] for r in CHECKED], ids=[r[0] for r in CHECKED]
)
def test_a_new_partner_with_no_checks(claims, facts, expected):
    assert questions(GapKind.NO_CHECKS, claims, facts=facts) == expected


# -- a carer known from one person's word ----------------------------------------------------------


def cares(one="carl", key="", **said):
    return claim("cares_for", "nights", one, "ann", id=key or f"care-{one}", source=known(**said))


ONE_WORD = [
    ("one word", [cares(informant="jo")], GapFacts(),
     ["All that is recorded about Carl, who looks after Ann, comes from Jo alone: who else could say?"]),
    ("two words", [cares(informant="jo"), cares(key="b", informant="nan")], GapFacts(), []),
    ("somebody saw it", [cares(informant="jo", how_known="saw")], GapFacts(), []),
    ("somebody has met him", [cares(informant="jo")], GapFacts(spoken_to=fact("carl", "2026-08-01")), []),
    ("his own word", [cares(informant="carl")], GapFacts(), []),
    ("one record", [cares(how_known="record")], GapFacts(),
     ["All that is recorded about Carl, who looks after Ann, comes from Children's social care alone: "
      "who else could say?"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "facts", "expected"), [r[1:] for r in ONE_WORD], ids=[r[0] for r in ONE_WORD]
)
def test_a_carer_known_from_one_persons_word(claims, facts, expected):
    assert questions(GapKind.ONE_WORD, claims, facts=facts) == expected


# -- accounts that differ; ended and going on ------------------------------------------------------


def test_accounts_that_differ_are_put_side_by_side():
    said = lives("carl", "Elm", "2026-07/..", id="a", source=source("police"))
    not_so = lives("carl", "Elm", id="b", polarity=Polarity.DENIES, source=source("csc", KNOWN))
    (found,) = asked(GapKind.ACCOUNTS_DIFFER, [said, not_so])
    assert found.question == (
        "Accounts differ on whether Carl lives or stays at Elm Road: Police recorded that it is so, "
        "Children's social care that it is not. What would settle it?"
    )
    assert (found.about, found.because) == (("carl",), ("a", "b"))
    settled = replace(said, source=replace(said.source, standing=Standing.CORRECTED))
    assert asked(GapKind.ACCOUNTS_DIFFER, [settled, not_so]) == []


def test_two_fathers_of_one_birth_are_an_account_that_differs():
    claims = [parent("jo", "ann"), parent("sam", "ann"), parent("carl", "ann", id="z")]
    assert questions(GapKind.ACCOUNTS_DIFFER, claims) == [
        "Sam and Carl are each recorded as a parent of Ann: what would settle it?"
    ]


def test_a_relation_that_ended_for_one_agency_and_goes_on_for_another():
    parted = claim("couple", "separated", "jo", "carl", "2026-08-01", source=source("csc"))
    on = claim("couple", "together", "jo", "carl", "2026-07-01/..", source=source("hv"))
    (found,) = asked(GapKind.ENDED_AND_GOES_ON, [parted, on])
    assert found.question == (
        "Health visiting recorded that Jo and Carl are a couple; Children's social care last recorded "
        "that this had ended. Which is so now, and who has to be told?"
    )
    assert asked(GapKind.ACCOUNTS_DIFFER, [parted, on]) == []


def test_somebody_seen_somewhere_on_one_day_ended_nothing():
    seen = lives("carl", "Elm", "2026-08-01/2026-08-01", source=source("csc"))
    on = lives("carl", "Elm", "2026-07-01/..", source=source("hv"))
    assert asked(GapKind.ENDED_AND_GOES_ON, [seen, on]) == []
    left = lives("carl", "Elm", "2026-07-01/2026-08-01", source=source("csc"))
    assert len(asked(GapKind.ENDED_AND_GOES_ON, [left, on])) == 1


# -- an adult whose history stops ------------------------------------------------------------------

FATHERHOOD = parent("sam", "ann", source=known(date(2025, 1, 10)), id="p")
STOPS = [
    ("long ago", [FATHERHOOD], GapFacts(),
     ["Nothing is recorded about Sam since 10 January 2025: what has happened since, and who would know?"]),
    ("mentioned since", [FATHERHOOD], GapFacts(mentioned=fact("sam", "2026-08-01")), []),
    ("mentioned long ago", [FATHERHOOD], GapFacts(mentioned=fact("sam", "2025-06-02")),
     ["Nothing is recorded about Sam since 2 June 2025: what has happened since, and who would know?"]),
    ("no parent, carer, partner or member", [claim("network", "friend", "sam", source=known(date(2025, 1, 10)))],
     GapFacts(), []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "facts", "expected"), [r[1:] for r in STOPS], ids=[r[0] for r in STOPS]
)
def test_an_adult_whose_history_stops(claims, facts, expected):
    assert questions(GapKind.HISTORY_STOPS, claims, facts=facts) == expected


def test_the_history_of_somebody_who_died_has_not_stopped_for_want_of_asking():
    people = [replace(SAM, died=ANN.born), ANN]
    assert asked(GapKind.HISTORY_STOPS, [FATHERHOOD], people=people) == []


# -- a child nobody has seen alone -----------------------------------------------------------------


def test_a_child_nobody_has_seen_alone():
    kind = GapKind.NOT_SEEN_ALONE
    assert questions(kind, []) == ["Nobody has recorded seeing Ann alone: who will, and when?"]
    seen = GapFacts(seen_alone=fact("ann", "2026-06-01"))
    assert questions(kind, [], facts=seen) == [
        "Nobody has recorded seeing Ann alone since 1 June 2026: who will, and when?"
    ]
    assert asked(kind, [], facts=GapFacts(seen_alone=fact("ann", "2026-08-01"))) == []
    assert asked(kind, [], people=[BABY], on=date(2026, 3, 20)) == []  # nobody can have been late
    assert len(asked(kind, [], people=[BABY])) == 1
    assert asked(kind, [], people=[BABY], rules=replace(RULES, seen_alone_from_age=730)) == []
    assert asked(kind, [], people=[replace(ANN, is_child=False)]) == []  # a child of another family


# -- ids and order ---------------------------------------------------------------------------------


def test_one_more_account_of_the_same_leaves_the_question_and_a_new_denial_makes_another():
    first = lives("carl", "Elm", "2026-07-01/..", id="a", source=known(date(2026, 7, 2)))
    again = lives("carl", "Elm", "2026-07-01/..", id="b", source=known(agency="police"))
    here = [recent(lives("ann", "Elm"))]
    kind = GapKind.NOT_SPOKEN_TO
    assert asked(kind, [*here, first])[0].id == asked(kind, [*here, first, again])[0].id

    denial = lives("carl", "Elm", id="c", polarity=Polarity.DENIES, source=known())
    more = lives("carl", "Elm", id="d", polarity=Polarity.DENIES, source=known(agency="hv"))
    kind = GapKind.ACCOUNTS_DIFFER
    assert asked(kind, [first, denial])[0].id != asked(kind, [first, denial, more])[0].id


def test_asking_again_and_being_refused_leaves_the_question_what_it_was():
    kind, people = GapKind.UNKNOWN_PARENT, (*EVERYBODY, FATHER)
    before = asked(kind, [MINE], people=people)
    after = asked(kind, [MINE, REFUSED], people=people)
    assert [g.id for g in before] == [g.id for g in after]
    assert before[0].question != after[0].question


@settings(max_examples=120, deadline=None)
@given(
    family=networks(),
    on=st.dates(date(2021, 1, 1), date(2026, 1, 1)),
    dice=st.randoms(use_true_random=False),
)
def test_questions_come_once_in_one_order_and_about_people_who_are_there(family, on, dice):
    people = [replace(p, is_child=p.id < "p05") for p in family.people]
    family = replace(family, people=tuple(people))
    gaps = gaps_of(family, GapFacts(), rules=RULES, on=on)
    assert len({g.id for g in gaps}) == len(gaps)
    claims = {c.id for c in family.claims}
    for found in gaps:
        assert found.about and set(found.about) <= {p.id for p in people}
        assert set(found.because) <= claims
        assert found.question.endswith("?") and "{" not in found.question
    shuffled = list(family.claims)
    dice.shuffle(people)
    dice.shuffle(shuffled)
    again = replace(family, people=tuple(people), claims=tuple(shuffled))
    assert gaps_of(again, GapFacts(), rules=RULES, on=on) == gaps
