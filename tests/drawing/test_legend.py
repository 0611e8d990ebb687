"""The legend holds each sign that was drawn, and no other."""

from datetime import date

import pytest

from goldenthread.domain.network.at_date import network_at
from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.graphing import graph_of
from goldenthread.domain.network.vocabulary import HarmNature, NeedNature, QualityNature
from goldenthread.drawing.genogram import Look, Style, legend_of, picture, sample_svg
from goldenthread.drawing.genogram.legend import sample
from goldenthread.drawing.genogram.signs import (
    SELF_EVIDENT,
    SIGN_OF_HARM,
    SIGN_OF_NEED,
    SIGN_OF_QUALITY,
    Sign,
)
from goldenthread.drawing.layout import lay_out
from tests.drawing.families import claim, home, person

ON = date(2026, 4, 14)
MOTHER, FATHER = (
    person("amy", "Amy Holt", "woman", "1990"),
    person("ben", "Ben Holt", "man", "1989"),
)
SON = person("dan", "Dan Holt", "man", "2015-03-04")
MARRIED = claim("couple", "married", "amy", "ben", "2014/..")
PARENTS = (claim("parent", "birth", "amy", "dan"), claim("parent", "birth", "ben", "dan"))
EVERYTHING = {"quality": True, "harm": True, "responsibility": True, "sensitive": True}


def signs(people, claims, *, homes=(), **look) -> set[Sign]:
    network = Network(people=tuple(people), claims=tuple(claims), households=tuple(homes))
    drawn = picture(
        lay_out(graph_of(network)), network, network_at(network, ON), Look(**{**EVERYTHING, **look})
    )
    assert drawn.legend == legend_of(drawn)
    return {entry.sign for entry in drawn.legend}


def family(*more_claims, people=(), couple=(MARRIED,), son=SON, parents=PARENTS, **look):
    return signs((MOTHER, FATHER, son, *people), (*couple, *parents, *more_claims), **look)


PLAIN = {Sign.MARRIED}


def test_a_plain_family_explains_its_marriage_and_nothing_else():
    assert family() == PLAIN


PEOPLE = {
    Sign.GENDER_NOT_KNOWN: person("x", "Alex Holt", "", "2018"),
    Sign.NON_BINARY: person("x", "Alex Holt", "non_binary", "2018"),
    Sign.INDEX_CHILD: person("x", "Alex Holt", "woman", "2018", is_child=True),
    Sign.DECEASED: person("x", "Alex Holt", "woman", "2018", "2019"),
    Sign.UNBORN: person("x", "Baby Holt", "", expected_on=date(2026, 5, 29)),
    Sign.MISCARRIAGE: person("x", "", "", "2018", loss="miscarriage"),
    Sign.STILLBIRTH: person("x", "Alex Holt", "woman", "2018", loss="stillbirth"),
    Sign.TERMINATION: person("x", "", "", "2018", loss="termination"),
    Sign.UNKNOWN_PERSON: person("x", "Unknown child", "man", is_identified=False),
    Sign.DIMMED: person("x", "Alex Holt", "man", "2029"),
}


@pytest.mark.parametrize("sign", PEOPLE)
def test_a_persons_sign(sign):
    born_to = (claim("parent", "birth", "amy", "x"), claim("parent", "birth", "ben", "x"))

    assert family(*born_to, people=(PEOPLE[sign],)) == PLAIN | {sign}


def test_somebody_whose_name_is_withheld():
    assert family(withheld=frozenset({"dan"})) == PLAIN | {Sign.WITHHELD}


def test_a_friend_is_not_family():
    friend = person("x", "Fay Low", "woman")

    assert family(claim("network", "friend", "x", "amy"), people=(friend,)) == PLAIN | {
        Sign.NOT_FAMILY
    }


COUPLES = {
    Sign.MARRIED: ("married", "2014/.."),
    Sign.COHABITING: ("cohabiting", "2014/.."),
    Sign.TOGETHER: ("together", "2014/.."),
    Sign.BRIEF: ("brief", "2014/.."),
    Sign.UNDISCLOSED: ("undisclosed", "2014/.."),
    Sign.NEVER_TOGETHER: ("never_together", ""),
    Sign.COUPLE_NOT_KNOWN: ("not_known", ""),
}


@pytest.mark.parametrize("sign", COUPLES)
def test_a_couples_sign(sign):
    nature, when = COUPLES[sign]
    when = when or "XXXX-XX-XX"

    assert family(couple=(claim("couple", nature, "amy", "ben", when),)) == {sign}


def test_parents_of_whom_nobody_says_how_they_are_together():
    assert family(couple=()) == {Sign.COUPLE_NOT_KNOWN}


def test_a_separation_a_divorce_and_a_couple_together_again():
    apart = claim("couple", "separated", "amy", "ben", "2016")
    divorced = claim("couple", "divorced", "amy", "ben", "2017")
    again = claim("couple", "cohabiting", "amy", "ben", "2019/..")

    assert family(apart) == {Sign.MARRIED, Sign.SEPARATED}
    assert family(apart, divorced) == {Sign.MARRIED, Sign.DIVORCED}
    assert family(apart, again) == {Sign.COHABITING, Sign.SEPARATED, Sign.REUNITED}


def test_partners_who_are_related():
    grandmother = person("gran", "Gwen Holt", "woman", "1960")
    grandfather = person("grandad", "Guy Holt", "man", "1960")
    born = [claim("parent", "birth", g, c) for g in ("gran", "grandad") for c in ("amy", "ben")]
    old = claim("couple", "married", "gran", "grandad", "1985/..")

    found = family(*born, old, people=(grandmother, grandfather))

    assert found == PLAIN | {Sign.RELATED}


TIES = {
    Sign.ADOPTED: "adoptive",
    Sign.FOSTERED: "foster",
    Sign.KINSHIP: "kinship",
    Sign.GUARDIAN: "guardian",
    Sign.STEP: "step",
    Sign.DONOR: "donor",
    Sign.CLAIMED: "alleged",
}


@pytest.mark.parametrize("sign", TIES)
def test_a_parents_sign(sign):
    other = person("x", "Pat Reed", "woman", "1980")

    assert family(claim("parent", TIES[sign], "x", "dan"), people=(other,)) == PLAIN | {sign}


def test_twins_and_identical_twins():
    twin = person("x", "Don Holt", "man", "2015-03-04")
    born_to = (claim("parent", "birth", "amy", "x"), claim("parent", "birth", "ben", "x"))

    for sign in (Sign.TWINS, Sign.IDENTICAL_TWINS):
        tie = claim("sibling", sign.value.removesuffix("s"), "dan", "x")
        assert family(*born_to, tie, people=(twin,)) == PLAIN | {sign}


def test_parental_responsibility_is_drawn_where_asked_for():
    held = claim("responsibility", "by_birth", "amy", "dan", "2015/..")

    assert family(held) == PLAIN | {Sign.RESPONSIBILITY}
    assert family(held, responsibility=False) == PLAIN


def test_a_household_and_the_childs_own():
    lives = claim("lives_at", "lives", "dan", household="elm", when="2015/..")
    child = person("dan", "Dan Holt", "man", "2015-03-04", is_child=True)
    elm = home("elm", "4 Elm Row")

    assert family(lives, homes=(elm,)) == PLAIN | {Sign.HOME}
    assert family(lives, son=child, homes=(elm,)) == PLAIN | {
        Sign.INDEX_HOME,
        Sign.INDEX_CHILD,
    }
    assert family(lives) == PLAIN | {Sign.HOME}
    assert family(lives, households=False) == PLAIN


def test_nights():
    night = claim("cares_for", "nights", "amy", "dan", "2015/..", nights=(1, 2))

    assert family(night) == PLAIN | {Sign.NIGHTS}


@pytest.mark.parametrize("nature", QualityNature)
def test_a_qualitys_sign(nature):
    tie = claim("quality", nature, "amy", "ben", "2020/..")

    assert family(tie) == PLAIN | {SIGN_OF_QUALITY[nature]}
    assert family(tie, quality=False) == PLAIN


@pytest.mark.parametrize("nature", HarmNature)
def test_a_harms_sign_needs_a_status(nature):
    said = claim("harm", nature, "ben", "amy", "2020/..", status="alleged")
    bare = claim("harm", nature, "ben", "amy", "2020/..")

    assert family(said) == PLAIN | {SIGN_OF_HARM[nature]}
    assert family(bare) == PLAIN
    assert family(said, style=Style.CHILD_FRIENDLY) == PLAIN


@pytest.mark.parametrize("nature", NeedNature)
def test_a_needs_letters(nature):
    need = claim("need", nature, "amy")

    assert family(need) == PLAIN | {SIGN_OF_NEED[nature]}


def test_a_child_friendly_drawing_has_no_cross_to_explain():
    gone = person("x", "Alex Holt", "woman", "2018", "2019")
    born_to = (claim("parent", "birth", "amy", "x"), claim("parent", "birth", "ben", "x"))

    assert family(*born_to, people=(gone,), style=Style.CHILD_FRIENDLY) == PLAIN | {Sign.REMEMBERED}


@pytest.mark.parametrize("sign", [sign for sign in Sign if sign not in SELF_EVIDENT])
def test_every_sign_has_a_sample_that_is_drawn(sign):
    assert sample(sign)


def test_a_sample_stands_alone_as_svg():
    network = Network(people=(MOTHER, FATHER, SON), claims=(MARRIED, *PARENTS))
    drawn = picture(lay_out(graph_of(network)), network, network_at(network, ON), Look())

    assert sample_svg(drawn.legend[0]).startswith("<svg ")
