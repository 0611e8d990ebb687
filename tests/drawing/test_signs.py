"""A genogram as it is drawn: everybody once and never moved, words clear of lines, safe SVG."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.at_date import network_at
from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.graphing import graph_of
from goldenthread.domain.provenance.links import Standing
from goldenthread.drawing.genogram import Look, Style, picture, sentences, svg, table_rows
from goldenthread.drawing.genogram.figures import short_age
from goldenthread.drawing.genogram.labels import nights_in_words
from goldenthread.drawing.layout import lay_out
from goldenthread.drawing.lettering import width_of
from goldenthread.drawing.marks import SMALLEST, Group, Path, Words
from tests.drawing.families import LARCHES, claim, person

ON = date(2026, 4, 14)
LAID_OUT = lay_out(graph_of(LARCHES))
ALL = Look(quality=True, harm=True, responsibility=True)
DAYS = st.integers(0, 5000).map(lambda n: date(2015, 1, 1) + timedelta(days=n))


def drawn(network=LARCHES, on=ON, look=ALL, laid_out=None):
    laid_out = laid_out or (LAID_OUT if network is LARCHES else lay_out(graph_of(network)))
    return picture(laid_out, network, network_at(network, on), look)


def glyph(found, key):
    return next(one for one in found.glyphs if one.person == key)


def words(marks):
    for mark in marks:
        if isinstance(mark, Words):
            yield mark
        elif isinstance(mark, Group):
            yield from words(mark.marks)


def texts(one):
    return [mark.text for mark in words(one.marks)]


def box(mark):
    wide = width_of(mark.text, mark.size)
    left = {"start": mark.x, "middle": mark.x - wide / 2, "end": mark.x - wide}[mark.anchor]
    return left, mark.y - mark.size * 0.75, left + wide, mark.y + mark.size * 0.2


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_everybody_laid_out_is_drawn_once_in_reading_order():
    found = drawn()

    assert sorted(g.person for g in found.glyphs) == sorted(p.id for p in LAID_OUT.people)
    family = [g for g in found.glyphs if not g.aside]
    assert family == sorted(family, key=lambda g: (g.generation, g.x))


@given(on=DAYS)
@settings(max_examples=30, deadline=None)
def test_no_date_moves_anybody_or_changes_the_sheet(on):
    first, found = drawn(), drawn(on=on)

    assert [(g.person, g.x, g.y) for g in found.glyphs] == [
        (g.person, g.x, g.y) for g in first.glyphs
    ]
    assert (found.width, found.height) == (first.width, first.height)


@pytest.mark.parametrize("look", [Look(), ALL, Look(style=Style.CHILD_FRIENDLY), Look(names=False)])
def test_picture_sentences_and_table_are_of_the_same_people(look):
    at = network_at(LARCHES, ON)
    told = sentences(LAID_OUT, LARCHES, at, look)
    rows = table_rows(LAID_OUT, LARCHES, at, look)
    everybody = {g.person for g in drawn(look=look).glyphs}

    assert {key for key, _ in told} == everybody
    assert {key for row in rows for key in row.people} == everybody


def test_somebody_a_viewpoint_did_not_know_is_in_none_of_the_three():
    look = Look(hidden=frozenset({"cal"}))
    at = network_at(LARCHES, ON)

    assert "Cal" not in svg(drawn(look=look))
    assert "Cal" not in " ".join(s for _, s in sentences(LAID_OUT, LARCHES, at, look))
    rows = table_rows(LAID_OUT, LARCHES, at, look)
    assert "Cal Brook" not in {name for row in rows for name in (row.from_whom, row.to_whom)}
    for one in drawn(look=look).glyphs:
        assert (one.x, one.y) == (glyph(drawn(), one.person).x, glyph(drawn(), one.person).y)


def test_claims_a_viewpoint_did_not_know_are_not_drawn():
    known = frozenset(
        c.id for c in LARCHES.claims if "cal" not in c.people and "ned" not in c.people
    )
    network = replace(LARCHES, claims=tuple(c for c in LARCHES.claims if c.id in known))
    found = picture(LAID_OUT, LARCHES, network_at(network, ON), replace(ALL, known_claims=known))

    drawn_of = [set(p.people) for p in (*found.lines, *found.overlays, *found.outlines)]
    assert not [people for people in drawn_of if "cal" in people]
    assert {"ada", "ned"} not in drawn_of
    assert {"joan", "unknown-of:union:joan+?"} in drawn_of  # a question keeps its lines


def test_what_was_put_right_since_is_drawn_as_it_was_believed_and_moves_nobody():
    wrong = claim("parent", "birth", "lee", "ann", standing=Standing.CORRECTED)
    couple = claim("couple", "cohabiting", "jo", "lee", "2020", standing=Standing.WITHDRAWN)
    right = claim("parent", "birth", "jo", "ann")
    people = tuple(
        person(key, key.title(), gender) for key, gender in (("jo", "woman"), ("lee", "man"))
    )
    network = Network(
        (*people, person("ann", "Ann", "woman", is_child=True)), (wrong, couple, right)
    )
    laid_out = lay_out(graph_of(network))
    ours = replace(right, source=replace(right.source, standing=Standing.STANDS))

    def seen(*claims):
        """The drawing of a viewpoint that took these claims to be so."""
        then = [replace(c, source=replace(c.source, standing=Standing.STANDS)) for c in claims]
        look = Look(known_claims=frozenset(c.id for c in claims))
        at = network_at(replace(network, claims=tuple(then)), ON)
        return picture(laid_out, network, at, look)

    before, after = seen(wrong, couple, ours), seen(ours)
    ties = {(p.kind, frozenset(p.people)) for p in before.lines}
    assert ("child", frozenset({"lee", "ann"})) in ties
    assert ("union", frozenset({"jo", "lee"})) in ties
    assert {g.person for g in before.glyphs} == {"jo", "lee", "ann"}  # nobody to ask about then
    assert "LT 2020" in [t for piece in before.lines for t in texts(piece)]

    ties = {frozenset(p.people) for p in after.lines}
    assert frozenset({"lee", "ann"}) not in ties and frozenset({"jo", "lee"}) not in ties
    asked = {g.person for g in after.glyphs} - {"jo", "lee", "ann"}
    assert len(asked) == 1  # the father is a question again
    places = {g.person: (g.x, g.y) for g in after.glyphs}
    assert {g.person: (g.x, g.y) for g in before.glyphs}.items() <= places.items()
    assert (before.width, before.height) == (after.width, after.height)


@pytest.mark.parametrize(
    ("standing", "words"), [(Standing.STANDS, set()), (Standing.DISPUTED, {"?"})]
)
def test_a_birth_is_an_unsure_line_once_it_is_known_to_be_disputed(standing, words):
    birth = claim("parent", "birth", "lee", "ann")
    people = (person("lee", "Lee", "man"), person("ann", "Ann", "woman", is_child=True))
    disputed = replace(birth, source=replace(birth.source, standing=Standing.DISPUTED))
    network = Network(people, (disputed,))  # as it stands today
    then = Network(people, (replace(birth, source=replace(birth.source, standing=standing)),))

    look = Look(known_claims=frozenset({birth.id}))
    found = picture(lay_out(graph_of(network)), network, network_at(then, ON), look)

    line = next(p for p in found.lines if p.kind == "child" and "lee" in p.people)
    assert set(texts(line)) == words
    assert any(mark.dash for mark in line.marks if isinstance(mark, Path)) == bool(words)


def test_what_is_said_of_two_harms_between_the_same_two_can_both_be_read():
    people = (person("lee", "Lee", "man", "1990"), person("jo", "Jo", "woman", "1992"))
    harms = (
        claim("harm", "physical", "lee", "jo", "2025-12", status="alleged"),
        claim("harm", "emotional", "lee", "jo", "2025-02", status="admitted"),
        claim("couple", "cohabiting", "lee", "jo", "2024"),
    )
    found = drawn(Network(people, harms), look=Look(harm=True))

    said = [mark for piece in found.overlays for mark in words(piece.marks)]
    assert {mark.text for mark in said} == {"alleged", "admitted"}
    names = [mark for one in found.glyphs for mark in words(one.marks) if len(mark.text) > 2]
    assert not any(meet(box(a), box(b)) for a, b in combinations(said, 2))
    assert not [(a.text, b.text) for a in said for b in names if meet(box(a), box(b))]


def test_words_are_clear_of_each_other_of_lines_and_of_other_people():
    found = drawn(look=replace(ALL, quality=False, households=False))
    labels = [(one.person, box(mark)) for one in found.glyphs for mark in words(one.marks)]
    segments = segments_of(found)

    assert [pair for pair in combinations(labels, 2) if meet(pair[0][1], pair[1][1])] == []
    assert [label for label in labels for line in segments if meet(label[1], line)] == []


def segments_of(found):
    """The straight strokes of all structural lines, each as the box it fills; gaps left out."""
    return [
        (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for piece in found.lines
        if piece.kind != "bridge"
        for mark in piece.marks
        if isinstance(mark, Path)
        for a, b in pairwise(points_of(mark.data))
        if a[0] == b[0] or a[1] == b[1]
    ]


def points_of(data):
    return [tuple(map(float, each.split())) for each in data[1:].split("L") if "Z" not in each]


@pytest.mark.parametrize("on", [date(2017, 1, 1), ON, date(2026, 11, 13)])
@pytest.mark.parametrize("look", [ALL, Look(style=Style.CHILD_FRIENDLY)])
def test_the_svg_is_well_formed_has_no_styles_no_ids_and_repeats_itself(on, look):
    text = svg(drawn(on=on, look=look))

    root = ElementTree.fromstring(text)
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    names = {name for each in root.iter() for name in each.attrib}
    assert not names & {"style", "id", "onclick", "onload"}
    assert text == svg(drawn(on=on, look=look))
    sizes = [float(e.get("font-size")) for e in root.iter() if e.tag.endswith("text")]
    assert min(sizes) >= SMALLEST


def test_names_cannot_break_out_of_the_drawing():
    nasty = "<script>alert('x')</script>\x00\x1b & \"Co\""
    network = Network(people=(person("a", nasty, "man", "1990"),))

    text = svg(drawn(network, look=Look(link_for=lambda _: 'javascript:"<x>')))

    ElementTree.fromstring(text)
    assert "<script" not in text
    assert "javascript" not in text


def test_everybody_is_a_link_with_a_sentence():
    look = replace(ALL, link_for=lambda key: f"/people/{key}")
    root = ElementTree.fromstring(svg(drawn(look=look)))
    links = [e for e in root.iter() if e.tag.endswith("}a")]

    assert {e.get("href") for e in links} == {f"/people/{one.id}" for one in LARCHES.people}
    ada = next(e for e in links if e.get("href").endswith("/ada"))
    said = ada.get("aria-label")
    for words in ("Ada Ashby", "woman, 29 years", "Cal Brook", "Children’s social care", "Ivy"):
        assert words in said


def test_an_unknown_father_is_a_question_in_words():
    found = drawn()
    question = next(
        g for g in found.glyphs if g.person.startswith("unknown-of") and "joan" in g.person
    )

    assert " ".join(texts(question)) == "? Father of Ada: not known"
    assert any(isinstance(m, Path) and m.dash == (4.0, 3.0) for m in question.marks)


@pytest.mark.parametrize(
    ("on", "state", "says"),
    [
        (date(2025, 1, 1), "not_yet", "not yet born"),
        (date(2026, 4, 14), "unborn", "due 29 May 2026"),
    ],
)
def test_a_baby_before_birth(on, state, says):
    baby = glyph(drawn(on=on), "bea")

    assert baby.state == state
    assert says in " ".join(texts(baby))


def test_somebody_to_come_is_faint_and_says_so_and_has_no_age():
    cal = glyph(drawn(on=date(2025, 1, 1)), "cal")

    assert cal.state == "not_yet"
    assert "not yet here" in texts(cal)
    assert not any(text.isdigit() for text in texts(cal))


def test_a_child_friendly_drawing_has_no_cross_no_bar_and_no_harm():
    found = drawn(look=Look(style=Style.CHILD_FRIENDLY, quality=True, harm=True))
    roles = {
        mark.role
        for piece in (*found.glyphs, *found.lines, *found.overlays)
        for mark in piece.marks
        if isinstance(mark, Path)
    }

    assert "leaf" in roles
    assert not roles & {"cross", "bar"}
    assert {piece.kind for piece in found.overlays} <= {"quality"}


def test_the_dates_of_a_couple_stand_on_its_line():
    found = drawn()
    said = {frozenset(p.people): " ".join(texts(p)) for p in found.lines if p.kind == "union"}

    assert said[frozenset({"ada", "tom"})] == "LT c 2016–2023 · s c 2023"
    assert said[frozenset({"ada", "cal"})] == "LT c 2026"


def test_accounts_that_differ_are_said_to():
    network = replace(
        LARCHES,
        claims=(*LARCHES.claims, claim("couple", "together", "ada", "ned", "2026-01/..")),
    )
    at = network_at(network, ON)
    couple = next(c for c in at.couples if set(c.people) == {"ada", "ned"})
    at = replace(at, couples=(replace(couple, otherwise=("c1",)),))
    found = picture(LAID_OUT, network, at, ALL)
    line = next(p for p in found.lines if set(p.people) == {"ada", "ned"})

    assert "accounts differ" in " ".join(texts(line))


def test_a_household_holds_its_members_and_nobody_else():
    found = drawn()
    homes = {frozenset(p.people): p for p in found.outlines if p.kind == "household"}
    tabs = {frozenset(p.people): p for p in found.outlines if p.kind == "household-tab"}
    tannery = homes[frozenset({"ada", "cal", "ivy", "sam"})]
    toms = homes[frozenset({"tom", "ivy", "sam"})]

    for home in (tannery, toms):
        edge = corners_of(home.marks[0].data)
        inside = {g.person for g in found.glyphs if is_inside((g.x, g.y), edge)}
        assert inside == set(home.people)
    assert "Ivy, Sam: Fri, Sat nights" in " ".join(texts(tabs[frozenset(toms.people)]))


def corners_of(data):
    loops = data.strip("Z").split("Z")
    assert len(loops) == 1
    return [tuple(map(float, q.split(" ")[:2])) for q in loops[0].split("Q")[1:]]


def is_inside(point, corners):
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in pairwise([*corners, corners[0]]):
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            odd = not odd
    return odd


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("34 years", "34"),
        ("about 80 years", "~80"),
        ("14 months", "14m"),
        ("6 weeks", "6w"),
        ("1 day", "1d"),
        ("unborn, about 20 weeks", ""),
        ("age not known", ""),
    ],
)
def test_ages_inside_a_glyph(words, short):
    assert short_age(words) == short


@pytest.mark.parametrize(
    ("nights", "words"),
    [
        ((1, 2, 3, 4, 5), "Mon–Fri nights"),
        ((6, 7), "Sat, Sun nights"),
        ((3,), "Wed night"),
        (tuple(range(1, 8)), "every night"),
        ((1, 2, 3, 6), "Mon–Wed, Sat nights"),
        ((), "nights"),
    ],
)
def test_nights_in_words(nights, words):
    assert nights_in_words(nights) == words
