"""The Network page through Django's client: viewpoints, days, refusals, audit, and what it costs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.jobs.worker import run
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.chronology.models import Look
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.web.kit import clock
from tests.families.network import claim, newcomer, say
from tests.families.world import build_world
from tests.web.network.conftest import address, signed_in

LATEST = {"on": "10 June 2026"}


def words(page: str) -> str:
    """The page as it is read, without marks."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def drawn(page: str) -> dict[str, str]:
    """Everybody drawn, by id, with where their figure begins."""
    found = re.findall(
        r'<a href="[^"]+" class="gt-person" data-person="([^"]+)".*?<path[^>]* d="([^"L]+)', page
    )
    return dict(found)


def table(page: str) -> str:
    """The rows of the day."""
    return words(page.split('id="table"')[1].split("</table>")[0])


def test_the_page_draws_everybody_and_its_table_says_the_same(world, network_of):
    page = network_of("priya")

    assert len(drawn(page)) == 9
    said = table(page)
    assert "Dean Carter stays at times at The flat over the shop Since 2 May 2026" in said
    assert "Maureen Okafor mother of Ruth Okafor" in said
    assert "Told by Ruth Okafor. Fenwick Children's Services, since 3 December 2025" in said


def test_moving_through_the_dates_moves_nobody(network_of):
    places = {
        day: drawn(network_of("priya", at=day))
        for day in ("2026-06-01", "2026-03-05", "2019-01-01")
    }

    assert len({tuple(sorted(found.items())) for found in places.values()}) == 1


def test_as_it_was_keeps_everybody_and_as_known_to_leaves_out_who_was_not_known(world, network_of):
    earlier = network_of("priya", at="1 April 2026")
    unknown = network_of("priya", on="1 April 2026")

    dean = str(world.person("dean"))
    assert dean in drawn(earlier)
    assert dean not in drawn(unknown)
    assert "Dean" not in table(unknown)
    assert "were not yet known to any agency you may see on 1 April 2026" in words(unknown)
    others = drawn(earlier)
    others.pop(dean)
    assert drawn(unknown) == others


def test_what_one_agency_knew_on_a_day_is_not_what_another_did(world, network_of):
    health, care = world.agency("health_visiting"), world.agency("social_care")

    assert "Dean Carter" in table(network_of("grace", known_to=health, on="9 April 2026"))
    assert "Dean Carter" not in table(network_of("grace", known_to=care, on="9 April 2026"))
    assert "Dean Carter" in table(network_of("grace", known_to=care, on="10 April 2026"))


def test_what_police_hold_alone_reaches_nobody_else_by_any_way(world, network_of):
    dean = str(world.person("dean"))

    assert "domestic abuse" in words(network_of("tom", person=dean))
    for form in ("genogram", "ecomap", "homes"):
        page = network_of("priya", person=dean, form=form, marks="harm")
        assert "domestic abuse" not in words(page)
        assert "caution" not in words(page)


def test_a_panel_says_what_is_known_of_one_person_and_by_whom(world, network_of):
    panel = (
        network_of("priya", person=world.person("dean"))
        .split('id="side"')[1]
        .split("</section>")[0]
    )

    said = words(panel)
    assert (
        "Ruth Okafor is in a couple (not living together) with Dean Carter, since 6 April 2026"
        in said
    )
    assert "Fenwick Health Visiting, since 9 April 2026" in said
    assert "?instead=" in panel


def test_somebody_not_known_from_the_viewpoint_has_no_panel(world, network_of):
    page = network_of("priya", person=world.person("dean"), on="1 April 2026")

    assert 'id="side"' not in page
    assert "Dean" not in words(page.split('id="words"')[1].split("</section>")[0])


def test_the_night_is_said_with_who_has_the_baby(network_of):
    said = words(network_of("priya", at="28 March 2026"))

    assert "Ada Okafor : Maureen Okafor Friday and Saturday nights" in said
    assert "no days or nights recorded" not in said


def test_what_is_new_is_counted_from_when_this_reader_last_looked(world, network_of):
    looked = datetime.now(UTC) - timedelta(days=3)
    first = words(network_of("priya", on="20 April 2026"))
    assert "became known in the four weeks to 20 April 2026" in first
    assert "since you last looked" not in words(network_of("priya"))

    read_history(world.actors["priya"], world.case, Viewpoint(looked), now=looked)
    say(
        world, "police", "He told me.", [claim(world, "network", "friend", "dean", "ruth", "2026-05")],
        known="2026-06-09", told={"social_care": "2026-06-09"},
    )  # fmt: skip
    page = network_of("priya")
    new = page.split('id="news"')[1].split("</details>")[0]
    day = f"{looked.day} {looked:%B %Y}"
    assert f"since you last looked at this family, on {day}" in words(new)
    assert "Dean Carter is a friend of Ruth Okafor" in words(new)

    Look.objects.using("owner").update(looked_at=clock.now(), previous_at=clock.now())
    assert "No relation is new since you last looked at this family" in words(network_of("priya"))


def test_a_place_of_the_slider_leads_to_its_day_and_begins_with_the_familys_own_time(world):
    answer = signed_in(world, "priya").get(address(world), {"step": 0})

    assert answer.status_code == 302
    # Not with a grandfather's birth in 1964.
    assert answer["Location"].endswith("?at=1990-01-01")


@pytest.mark.parametrize("person", [False, True])
def test_each_thing_is_said_once(world, network_of, person):
    page = words(network_of("priya", **({"person": world.person("dean")} if person else {})))

    for title in ("Who lives where", "Who has the children, the night", "The same as a table"):
        assert page.count(title) == 1


def test_the_table_is_of_the_day_unless_everything_is_asked_for(network_of):
    day, every = (
        network_of("priya", at="2026-03-05"),
        network_of("priya", at="2026-03-05", table="all"),
    )

    assert "relations on this day, each with its source" in words(day)
    assert "Not so on 5 March 2026" not in words(day)
    assert "?at=2026-03-05&amp;table=all#table" in day
    assert "Not so on 5 March 2026" in words(every)
    assert "Only what holds on this day" in words(every)


@pytest.mark.parametrize("query", [{"at": "nonsense"}, {"on": "1 January 2030"}, {"known-to": "x"}])
def test_what_cannot_be_read_is_said_and_the_page_still_shows(world, query):
    answer = signed_in(world, "priya").get(address(world), query)

    assert answer.status_code == 200
    assert "There is a problem" in words(answer.content.decode())


@pytest.mark.parametrize(
    "name", ["network", "network_add_start", "network_question", "network_csv"]
)
def test_somebody_without_a_tie_is_refused_as_if_there_were_no_such_family(record, name):
    world = build_world()

    assert signed_in(world, "tom").get(address(world, name)).status_code == 404


def test_every_look_is_audited_with_its_viewpoint(world, network_of):
    network_of("priya", known_to=world.agency("police"), on="3 June 2026")

    (look,) = AuditEvent.objects.using("reader").filter(action="view_family", resource="network")
    assert look.account == world.actors["priya"].account
    assert look.detail["viewpoint"] == str(world.agency("police"))


def test_the_number_of_queries_does_not_grow_with_the_family(world):
    client = signed_in(world, "priya")
    client.get(address(world))

    with CaptureQueriesContext(connection) as few:
        client.get(address(world))
    for number in range(8):
        name = f"cousin{number}"
        say(
            world, "social_care", f"Another cousin, {number}.",
            [claim(world, "parent", "birth", "maureen", name)],
            people=[newcomer(world, name, "cousin", f"Cousin {number}", "Okafor")],
            known="2026-02-01", informant="Maureen",
        )  # fmt: skip
    client.get(address(world))
    with CaptureQueriesContext(connection) as many:
        client.get(address(world))

    assert len(many) == len(few)


def test_a_denial_is_never_drawn_or_worded_as_a_relation(world, network_of):
    say(
        world, "social_care", "Ruth says that Sam is not Ada’s father.",
        [claim(world, "parent", "birth", "sam", "ada", polarity=Polarity.DENIES)],
        known="2026-03-08", informant="Ruth Okafor",
    )  # fmt: skip

    assert "Said not to be so: father of Ada Okafor" in table(network_of("priya"))


def test_a_large_family_is_drawn_in_the_background_and_its_table_is_there_at_once(
    world, network_of
):
    names = [f"cousin{number}" for number in range(60)]
    say(
        world, "social_care", "Maureen named everybody.",
        [claim(world, "parent", "birth", "maureen", name) for name in names],
        people=[newcomer(world, one, "cousin", one.title(), "Okafor") for one in names],
        known="2026-02-01", informant="Maureen",
    )  # fmt: skip

    waiting = network_of("priya")
    assert "is large, and is being drawn" in words(waiting)
    assert "Maureen Okafor mother of Cousin59 Okafor" in table(waiting)

    for form in ("pdf", "svg", "png"):
        not_yet = signed_in(world, "priya").get(address(world, f"network_{form}"))
        assert not_yet.status_code == 503
        assert "still being drawn" in words(not_yet.content.decode())

    run(wait=False)
    assert set(drawn(network_of("priya"))) >= {str(world.person(one)) for one in names}
