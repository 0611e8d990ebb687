"""Whatever a family is like and however carelessly it is recorded: drawn whole, readable, unmoved."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from xml.etree import ElementTree

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.at_date import network_at
from goldenthread.domain.network.graphing import graph_of
from goldenthread.drawing.ecomap import EcoLook, ecomap
from goldenthread.drawing.ecomap import svg as ecomap_svg
from goldenthread.drawing.genogram import Look, Style, picture, sentences, svg, table_rows
from goldenthread.drawing.layout import OwnAncestor, lay_out
from goldenthread.drawing.residence import LanesLook, residence
from goldenthread.drawing.residence import svg as residence_svg
from tests.domain.network.families import networks
from tests.drawing.test_signs import box, meet, segments_of, words

DAYS = st.dates(date(2018, 1, 1), date(2027, 1, 1))
LOOKS = st.builds(
    Look,
    style=st.sampled_from(Style),
    households=st.booleans(),
    caring=st.booleans(),
    couples=st.booleans(),
    quality=st.booleans(),
    harm=st.booleans(),
    names=st.booleans(),
    responsibility=st.booleans(),
    sensitive=st.booleans(),
)
FAMILIES = networks(circles=False)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def laid(network):
    try:
        return lay_out(graph_of(network))
    except OwnAncestor:
        assume(False)


@given(network=FAMILIES, look=LOOKS, on=DAYS, later=DAYS)
@QUICK
def test_everybody_is_in_the_picture_the_text_and_the_table_and_moves_on_no_date(
    network, look, on, later
):
    laid_out, at = laid(network), network_at(network, on)
    found = picture(laid_out, network, at, look)

    everybody = {glyph.person for glyph in found.glyphs}
    assert everybody == {one.id for one in laid_out.people}
    assert {key for key, _ in sentences(laid_out, network, at, look)} == everybody
    assert {k for row in table_rows(laid_out, network, at, look) for k in row.people} == everybody
    again = picture(laid_out, network, network_at(network, later), look)
    assert [(g.person, g.x, g.y) for g in again.glyphs] == [
        (g.person, g.x, g.y) for g in found.glyphs
    ]
    ElementTree.fromstring(svg(found))


@given(network=FAMILIES, on=DAYS)
@QUICK
def test_no_name_is_crossed_by_another_or_by_a_line(network, on):
    found = picture(laid(network), network, network_at(network, on), Look(households=False))
    labels = [box(mark) for glyph in found.glyphs for mark in words(glyph.marks) if not mark.halo]

    assert [pair for pair in combinations(labels, 2) if meet(*pair)] == []
    lines = segments_of(found)
    assert [(label, line) for label in labels for line in lines if meet(label, line)] == []


@given(network=FAMILIES, on=DAYS)
@QUICK
def test_an_ecomap_and_the_lanes_are_drawn_of_any_family(network, on):
    at = network_at(network, on)

    ElementTree.fromstring(ecomap_svg(ecomap(network, at, EcoLook())))
    ElementTree.fromstring(
        residence_svg(residence(network, at, LanesLook(), until=date(2027, 1, 1)))
    )
