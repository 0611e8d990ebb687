"""The placement rules of a genogram, each by itself, and the hard families each drawn whole."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

from goldenthread.domain.network.graph import ExtraLink, FamilyGraph, GraphPerson
from goldenthread.drawing.laid_out import GLYPH, PITCH, LineKind
from goldenthread.drawing.layout import OwnAncestor, TooManyPeople, lay_out
from goldenthread.drawing.layout.measures import measure, movement, spots_of
from goldenthread.drawing.layout.own_lines import measure_lines
from tests.drawing.kinship import family, row, shuffled, standing

THREE_FATHERS = family(
    "gran:w:1958 grandad:m:1955 mum:w:1984 aunt:w:1987 "
    "ray:m:1980 lee:m:1983 tom:m:1986 amy:w:2004 ben:m:2006 col:m:2011 dee:w:2016",
    "gran+grandad > mum aunt",
    "mum+ray@2003 > amy ben",
    "mum+lee@2010 > col",
    "mum+tom@2015 > dee",
)
RECONSTITUTED = family(
    "dad:m:1975 mum:w:1977 ex:w:1976 exh:m:1974 d1:w:2000 d2:m:2002 m1:m:2001 m2:w:2003 ours:w:2012",
    "dad+ex@1999 > d1 d2",
    "mum+exh@2000 > m1 m2",
    "dad+mum@2010 > ours",
)
RING = family(
    "a:m b:w c:m d:w e:m f:w ab cb cd ed ef af",
    "a+b > ab",
    "c+b > cb",
    "c+d > cd",
    "e+d > ed",
    "e+f > ef",
    "a+f > af",
)
UNCLE_AND_NIECE = family(
    "p:m:1930 q:w:1932 uncle:m:1965 sister:w:1955 man:m:1953 niece:w:1978 kid:m:2000",
    "p+q > sister uncle",
    "man+sister > niece",
    "uncle+niece > kid",
)
SIBLINGS_MARRY_SIBLINGS = family(
    "a:m b:w c:m d:w a1:m a2:w a3:m c1:w c2:m c3:w k1 k2 k3",
    "a+b > a1 a2 a3",
    "c+d > c1 c2 c3",
    "a1+c1 > k1",
    "c2+a2 > k2",
    "a3+c3 > k3",
)
UNKNOWN_FATHER = family(
    "?unknown:m mum:w:1990 kid:m:2015 baby:w:2020 gran:w:1960 grandad:m",
    "mum+unknown > kid baby",
    "grandad+gran > mum",
)
ADOPTION = family(
    "bm:w:1990 bf:m:1988 am:w:1980 af:m:1979 kid:w:2015 own:m:2009",
    "bf+bm > kid",
    "af+am > own",
    extra=(ExtraLink("x1", ("af", "am"), "kid", "adoptive"),),
)
HARD = {
    "three fathers": (THREE_FATHERS, 1),
    "reconstituted family": (RECONSTITUTED, 0),
    "ring of partners": (RING, 5),
    "uncle and niece": (UNCLE_AND_NIECE, 1),
    "siblings who marry siblings": (SIBLINGS_MARRY_SIBLINGS, 3),
    "unknown father": (UNKNOWN_FATHER, 0),
    "adoption": (ADOPTION, 0),
}


@pytest.mark.parametrize("name", HARD)
def test_a_hard_family_is_drawn_whole(name):
    graph, crossings = HARD[name]

    laid_out = lay_out(graph)

    found = measure(graph, spots_of(laid_out))
    assert (found.missing, found.duplicates, found.overlaps) == (0, 0, 0)
    assert (found.through, found.generation_violations, found.line_overlaps) == (0, 0, 0)
    assert found.crossings <= crossings
    own = measure_lines(laid_out)
    assert (own.through, own.laid_over) == (0, 0)


class TestPlacement:
    def test_each_person_has_one_glyph(self):
        laid_out = lay_out(THREE_FATHERS)

        assert sorted(p.id for p in laid_out.people) == sorted(p.id for p in THREE_FATHERS.people)

    def test_a_child_stands_below_both_parents_and_partners_and_siblings_level(self):
        where = standing(lay_out(RECONSTITUTED))

        assert {where[p].generation for p in ("dad", "mum", "ex", "exh")} == {0}
        assert {where[c].generation for c in ("d1", "d2", "m1", "m2", "ours")} == {1}

    def test_the_eldest_stands_on_the_left(self):
        laid_out = lay_out(
            family("ma:w pa:m c:w:2003 a:m:1999 b:w:2001 d:m:2003.5", "pa+ma > c a b d")
        )

        assert row(laid_out, 1) == ["a", "b", "c", "d"]

    def test_half_siblings_stay_under_their_own_union_whatever_their_ages(self):
        laid_out = lay_out(
            family(
                "mum:w:1980 x:m:1979 y:m:1978 old:m:2000 mid:w:2005 young:w:2010",
                "x+mum@1999 > old young",
                "mum+y@2004 > mid",
            )
        )

        assert abs(row(laid_out, 1).index("old") - row(laid_out, 1).index("young")) == 1

    def test_the_man_stands_left_and_the_woman_right(self):
        assert row(lay_out(family("zoe:w abe:m kid", "zoe+abe > kid")), 0) == ["abe", "zoe"]
        assert row(lay_out(family("abe:w zed:m kid", "abe+zed > kid")), 0) == ["zed", "abe"]

    def test_of_two_of_one_gender_the_elder_stands_left(self):
        assert row(lay_out(family("a:w:1985 b:w:1980 kid", "a+b > kid")), 0) == ["b", "a"]

    def test_the_first_partner_stands_nearest(self):
        level = row(lay_out(THREE_FATHERS), 1)
        apart = {p: abs(level.index(p) - level.index("mum")) for p in ("ray", "lee", "tom")}

        assert apart["ray"] == 1
        assert apart["tom"] == max(apart.values())

    def test_a_loss_takes_its_place_among_the_births(self):
        laid_out = lay_out(
            family("ma:w pa:m first:w:2010 loss:2012 last:m:2015", "pa+ma > last first loss")
        )

        assert row(laid_out, 1) == ["first", "loss", "last"]

    def test_an_unknown_parent_is_a_person_who_knows_the_union_they_stand_for(self):
        where = standing(lay_out(family("mum:w ?dad:m kid", "dad+mum > kid")))

        assert where["dad"].placeholder_for == "u1"
        assert where["dad"].generation == where["mum"].generation

    def test_children_hang_centred_under_their_parents(self):
        where = standing(lay_out(family("pa:m ma:w a b c", "pa+ma > a b c")))

        middle = (where["pa"].x + where["ma"].x) / 2
        assert middle == (where["a"].x + where["c"].x) / 2

    def test_people_who_are_no_family_stand_in_a_column_beside_it(self):
        laid_out = lay_out(family("pa:m ma:w kid *lodger:m *friend:w", "pa+ma > kid"))
        where = standing(laid_out)

        assert where["lodger"].aside
        assert where["friend"].aside
        assert where["lodger"].x == where["friend"].x
        assert where["friend"].x > max(p.x for p in laid_out.people if not p.aside)

    def test_families_without_a_tie_stand_side_by_side(self):
        laid_out = lay_out(family("pa:m ma:w kid x:m y:w z alone", "pa+ma > kid", "x+y > z"))
        where = standing(laid_out)

        assert len(where) == 7
        families = (["pa", "ma", "kid"], ["x", "y", "z"])
        (_, first_ends), (second_starts, _) = sorted(
            (min(where[p].x for p in people), max(where[p].x for p in people))
            for people in families
        )
        assert first_ends + PITCH <= second_starts


class TestLines:
    def test_every_union_and_every_child_has_a_line(self):
        lines = lay_out(THREE_FATHERS).lines

        assert {line.union for line in lines if line.kind == LineKind.UNION} == {
            "u1",
            "u2",
            "u3",
            "u4",
        }
        assert {line.people[-1] for line in lines if line.kind == LineKind.CHILD} == {
            "mum", "aunt", "amy", "ben", "col", "dee",
        }  # fmt: skip

    def test_a_bracket_runs_from_glyph_to_glyph_below_both(self):
        laid_out = lay_out(family("pa:m ma:w", "pa+ma"))
        where = standing(laid_out)
        (line,) = laid_out.lines

        (x, y), *between, (to_x, to_y) = line.points
        assert (x, y) == (where["pa"].x, where["pa"].y + GLYPH / 2)
        assert (to_x, to_y) == (where["ma"].x, where["ma"].y + GLYPH / 2)
        assert all(point[1] > y for point in between)

    def test_the_line_to_a_child_ends_at_the_glyph(self):
        laid_out = lay_out(family("pa:m ma:w kid", "pa+ma > kid"))
        where = standing(laid_out)
        line = next(line for line in laid_out.lines if line.kind == LineKind.CHILD)

        assert line.people[-1] == "kid"
        assert line.points[-1] == (where["kid"].x, where["kid"].y - GLYPH / 2)

    @pytest.mark.parametrize(
        ("nature", "kind"),
        [
            ("birth", LineKind.CHILD),
            ("adoptive", LineKind.ADOPTED),
            ("foster", LineKind.FOSTERED),
            ("kinship", LineKind.KINSHIP),
            ("guardian", LineKind.KINSHIP),
            ("alleged", LineKind.CLAIMED),
        ],
    )
    def test_the_line_says_how_the_child_belongs(self, nature, kind):
        lines = lay_out(family("pa:m ma:w kid", f"pa+ma > kid/{nature}")).lines

        assert [line.kind for line in lines] == [LineKind.UNION, kind]

    def test_a_person_s_brackets_leave_the_glyph_apart(self):
        laid_out = lay_out(family("mum:w a:m b:m k l", "a+mum > k", "mum+b > l"))
        mum = standing(laid_out)["mum"]
        ends = [
            x
            for line in laid_out.lines
            if line.kind == LineKind.UNION
            for x, y in (line.points[0], line.points[-1])
            if abs(x - mum.x) < GLYPH / 2
        ]

        assert len(set(ends)) == 2

    def test_bridges_mark_every_crossing_of_our_own_lines(self):
        laid_out = lay_out(SIBLINGS_MARRY_SIBLINGS)

        assert len(laid_out.bridges) == measure_lines(laid_out).crossings > 0


class TestExtraLinks:
    def test_an_adopted_child_hangs_from_the_birth_union_and_is_tied_to_the_adopters(self):
        laid_out = lay_out(ADOPTION)
        where = standing(laid_out)
        tie = next(line for line in laid_out.lines if line.union == "x1")

        assert tie.kind == LineKind.ADOPTED
        assert tie.people == ("af", "am", "kid")
        x, y = tie.points[-1]
        assert y == where["kid"].y - GLYPH / 2
        assert 0 < abs(x - where["kid"].x) < GLYPH / 2
        assert (
            min(where["bm"].x, where["bf"].x) <= where["kid"].x <= max(where["bm"].x, where["bf"].x)
        )

    def test_a_child_with_no_other_link_stands_below_the_carers(self):
        laid_out = lay_out(
            family(
                "am:w af:m kid", "af+am", extra=(ExtraLink("x1", ("af", "am"), "kid", "foster"),)
            )
        )
        where = standing(laid_out)

        assert where["kid"].generation == 1
        assert where["kid"].x == (where["af"].x + where["am"].x) / 2
        assert {line.kind for line in laid_out.lines} == {LineKind.UNION, LineKind.FOSTERED}

    def test_a_grandmother_who_cares_does_not_move_the_rows(self):
        without = family("gm:w gf:m mum:w dad:m kid", "gf+gm > mum", "dad+mum > kid")
        tied = FamilyGraph(
            without.people, without.unions, (ExtraLink("x1", ("gm",), "kid", "kinship"),)
        )

        assert spots_of(lay_out(tied)) == spots_of(lay_out(without))
        own = measure_lines(lay_out(tied))
        assert (own.through, own.laid_over) == (0, 0)

    def test_carers_of_another_family_stand_a_row_above_the_child(self):
        laid_out = lay_out(
            family(
                "gm:w gf:m mum:w dad:m kid fm:w ff:m",
                "gf+gm > mum",
                "dad+mum > kid",
                "ff+fm",
                extra=(ExtraLink("x1", ("ff", "fm"), "kid", "foster"),),
            )
        )
        where = standing(laid_out)

        assert where["fm"].generation == where["kid"].generation - 1

    def test_a_tie_that_would_make_a_circle_is_only_drawn(self):
        laid_out = lay_out(
            family(
                "pa:m ma:w kid", "pa+ma > kid", extra=(ExtraLink("x1", ("kid",), "pa", "alleged"),)
            )
        )
        where = standing(laid_out)

        assert where["kid"].generation > where["pa"].generation
        assert any(line.kind == LineKind.CLAIMED for line in laid_out.lines)


class TestRefusals:
    def test_a_circle_of_descent_is_named(self):
        graph = family("a b c d e", "a+d > b", "b > c", "c+e > a")

        with pytest.raises(OwnAncestor) as refused:
            lay_out(graph)

        assert refused.value.people == ("a", "b", "c")
        assert "a → b → c → a" in refused.value.reason

    def test_somebody_recorded_as_their_own_parent_is_named(self):
        with pytest.raises(OwnAncestor) as refused:
            lay_out(family("a b", "a+b > a"))

        assert refused.value.people == ("a",)


class TestAnchors:
    def test_a_new_brother_moves_the_others_little(self):
        before = lay_out(THREE_FATHERS)
        graph = family(
            "gran:w:1958 grandad:m:1955 mum:w:1984 aunt:w:1987 ray:m:1980 lee:m:1983 tom:m:1986 "
            "amy:w:2004 ben:m:2006 col:m:2011 dee:w:2016 eve:w:2018",
            "gran+grandad > mum aunt",
            "mum+ray@2003 > amy ben",
            "mum+lee@2010 > col",
            "mum+tom@2015 > dee eve",
        )

        after = lay_out(graph, anchors={p.id: p.x for p in before.people})

        moved = movement(
            {p: spots[0] for p, spots in spots_of(before).items()},
            {p: spots[0] for p, spots in spots_of(after).items()},
        )
        assert moved.mean <= 0.3
        assert moved.pairs_flipped == 0

    def test_without_a_new_fact_nobody_moves(self):
        before = lay_out(RECONSTITUTED)

        assert lay_out(RECONSTITUTED, anchors={p.id: p.x for p in before.people}) == before


class TestRepeatable:
    @pytest.mark.parametrize("name", HARD)
    def test_the_order_of_the_records_does_not_matter(self, name):
        graph, _ = HARD[name]

        assert lay_out(shuffled(graph, 7)) == lay_out(graph)

    def test_nobody_and_one_person(self):
        assert lay_out(FamilyGraph(())).people == ()
        assert [p.id for p in lay_out(family("only")).people] == ["only"]
        assert [p.id for p in lay_out(family("*friend")).people] == ["friend"]

    def test_the_layout_s_version_names_the_solver_that_is_installed(self):
        assert lay_out(RING).version.endswith(f"HiGHS {version('highspy')}")

    def test_the_solver_is_not_imported_until_a_family_is_laid_out(self):
        script = (
            "import sys, goldenthread.drawing.layout as layout;"
            "print(sorted({'numpy', 'highspy', 'scipy'} & set(sys.modules)))"
        )

        printed = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

        assert printed.stdout.strip() == b"[]"


class TestNotes:
    def test_a_family_drawn_as_the_rules_wish_has_none(self):
        assert lay_out(RECONSTITUTED).notes == ()

    def test_a_couple_on_two_generations_is_said_with_the_reason(self):
        laid_out = lay_out(
            family(
                "gran:w man:m grandad:m mum:w dad:m girl:w kid:m",
                "grandad+gran > mum",
                "dad+mum > girl",
                "man+gran",
                "man+girl > kid",
            )
        )

        assert any(n.startswith("One couple stands on two generations") for n in laid_out.notes)

    def test_a_couple_that_could_not_stand_together_is_said(self):
        assert any("side by side" in note for note in lay_out(THREE_FATHERS).notes)


class TestLargeFamilies:
    def test_two_thousand_people_are_laid_out_by_branches_and_it_is_said(self):
        people, unions = ["p0:m"], []
        for number in range(1, 1000):
            people += [f"p{number}:m", f"w{number}:w"]
            unions.append((f"p{number // 3}", f"w{number}", f"p{number}"))
        graph = family(" ".join(people), *(f"{a}+{b} > {c}" for a, b, c in unions if a != c))

        laid_out = lay_out(graph)

        found = measure(graph, spots_of(laid_out))
        assert (found.missing, found.overlaps, found.generation_violations) == (0, 0, 0)
        assert laid_out.notes[0].startswith("This is a large family")

    def test_more_people_than_a_drawing_can_hold_are_refused_with_the_number(self):
        with pytest.raises(TooManyPeople) as refused:
            lay_out(FamilyGraph(tuple(GraphPerson(f"p{n}") for n in range(6_001))))

        assert "6,001 people" in refused.value.reason

    def test_people_without_any_tie_fill_columns_beside_the_family(self):
        laid_out = lay_out(family("pa:m ma:w kid x1 x2 x3", "pa+ma > kid"))
        where = standing(laid_out)

        assert where["x1"].x == where["x2"].x > where["ma"].x
        assert where["x3"].x == where["x1"].x + PITCH
