"""Relations brought in from a file: read apart, looked through by a person, and kept once."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.usecases.network.read_network import read_network
from goldenthread.web.kit.clock import now
from tests.families.world import build_world
from tests.web.network.conftest import address, signed_in

TREE = b"""0 HEAD
1 GEDC
2 VERS 5.5.1
1 CHAR UTF-8
0 @I1@ INDI
1 NAME Ruth /Okafor/
1 SEX F
0 @I2@ INDI
1 NAME Esther /Bello/
1 SEX F
1 BIRT
2 DATE 4 MAY 1941
0 @I3@ INDI
1 NAME Maureen /Okafor/
1 SEX F
0 @F1@ FAM
1 WIFE @I2@
1 CHIL @I3@
0 @F2@ FAM
1 WIFE @I3@
1 CHIL @I1@
0 TRLR
"""


class Reading:
    """One file sent up by one practitioner, and what they choose of it."""

    def __init__(self, world, who: str) -> None:
        self.client, self.world, self.draft = signed_in(world, who), world, uuid4()

    def at(self, name: str) -> str:
        more = {} if name == "network_import" else {"draft": self.draft}
        return address(self.world, name, **more)

    def sends(self, content: bytes, name: str = "tree.ged"):
        given = {"file": SimpleUploadedFile(name, content)}
        return self.client.post(self.at("network_read_file"), given, follow=True)

    def keeps(self, page, **more):
        html = page.content.decode()
        chosen = dict(
            re.findall(
                r'<select[^>]*name="([^"]+)">.*?<option value="([^"]+)" selected', html, re.S
            )
        )
        claims = re.findall(r'name="claim" value="(\d+)" checked', html)
        usual = {"text": "A family tree Ruth showed me.", "informant": "Ruth Okafor"}
        given = {**chosen, "claim": claims, **usual, **more}
        return self.client.post(self.at("network_record_file"), given, follow=True)


@pytest.fixture
def reading(world) -> Reading:
    return Reading(world, "priya")


def network_of(world):
    at = now()
    return read_network(world.actors["priya"], world.case, Viewpoint(at), now=at).network


def told(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_a_family_tree_is_looked_through_and_then_kept_once_with_its_source(world, reading):
    page = reading.sends(TREE)
    assert "Nothing is in the record yet" in told(page)
    assert "Esther Bello is mother of Maureen Okafor" in told(page)
    before = {one.id for one in network_of(world).people}

    kept = reading.keeps(page)
    again = reading.keeps(page)

    assert "relations added to the record" in told(kept)
    assert "Nothing was added twice" in told(again)
    network = network_of(world)
    (esther,) = [one for one in network.people if one.id not in before]
    assert (esther.name, esther.born.edtf) == ("Esther Bello", "1941-05-04")
    (claim,) = [c for c in network.claims if c.person == esther.id]
    assert claim.other == str(world.person("maureen"))
    assert (claim.source.how_known, claim.source.informant) == ("record", "Ruth Okafor")


def test_whoever_is_left_out_and_what_is_not_chosen_stays_out(world, reading):
    page = reading.sends(TREE)
    before = len(network_of(world).claims)

    place = re.search(r'for="(who-\d+)"><strong>Esther', page.content.decode())[1]
    reading.keeps(page, **{place: "leave"})

    assert not any("Esther" in one.name for one in network_of(world).people)
    assert len(network_of(world).claims) == before + 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"%PDF-1.7", "This is a PDF"), (b"", "empty"), (b"0 HEAD\n0 TRLR\n", "nobody")],
)
def test_a_file_that_cannot_be_read_says_why_and_nothing_is_kept(reading, content, sentence):
    page = reading.sends(content, "tree.ged")

    assert sentence.lower() in told(page).lower()
    assert "Family file" in told(page)
    # where it happened: beside the field, and in the summary that leads to it
    assert "There is a problem" in told(page)
    assert 'href="#file"' in page.content.decode()
    assert "file-error-1" in page.content.decode()


@pytest.mark.parametrize(
    ("part", "sentence"), [("text", "your own words"), ("informant", "Who made it")]
)
def test_words_and_a_source_are_asked_and_what_was_chosen_stays(world, reading, part, sentence):
    page = reading.keeps(reading.sends(TREE), **{part: ""})

    assert "Not done" in told(page)
    assert sentence.lower() in told(page).lower()
    assert "A family tree Ruth showed me." in page.content.decode() or part == "text"
    assert not any("Esther" in one.name for one in network_of(world).people)


def test_our_own_csv_read_again_offers_everybody_as_who_they_are(world, reading):
    content = reading.client.get(address(world, "network_csv")).content

    page = reading.sends(content, "network.csv")

    html = page.content.decode()
    for name in ("maureen", "dean", "leo"):
        assert f'<option value="{world.person(name)}" selected' in html


def test_somebody_without_a_tie_can_neither_read_nor_keep_a_file(record):
    reading = Reading(build_world(), "tom")

    assert reading.client.get(reading.at("network_import")).status_code == 404
    assert reading.sends(TREE).status_code == 404
    assert reading.client.post(reading.at("network_record_file"), {}).status_code == 404
