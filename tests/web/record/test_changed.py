"""The page after saving says what follows from the entry, to whom may see it, and says it quietly."""

from __future__ import annotations

import html
from datetime import timedelta

from goldenthread.usecases._steps import consider as considering
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.web.kit import clock
from tests.families.world import World
from tests.web.record.conftest import Form

BRUISE = {"kind": "injury", "concerns": ("physical",), "about": ("ada",)}
AGAIN = "2 injuries that worried somebody are recorded"


def bruised_before(world: World) -> None:
    on = (clock.today() - timedelta(days=30)).isoformat()
    entry = world.entry("health_visiting", "A bruise was seen.", on, known=on, **BRUISE)
    record_entry(world.actors["ama"], world.case, entry, now=clock.now())


def saved(form: Form) -> str:
    form.who(text="A bruise on her cheek.", kind="injury")
    form.when(concerns="physical")
    form.told()
    page = html.unescape(form.get("saved").content.decode())
    return page.partition('id="changed"')[2].partition("</section>")[0]


def test_a_question_it_put_is_named_with_who_is_asked_and_the_way_to_it(form: Form, world: World):
    bruised_before(world)

    said = saved(form)

    assert "Now asked because of it:" in said
    assert AGAIN in said
    assert "Asked of Priya Nair, Fenwick Children's Services" in said
    assert f"/families/{world.case}/picture/?question=injury_of_concern_again#q-" in said


def test_a_strength_is_said_to_be_part_of_what_holds(form: Form, world: World):
    for back in (40, 20):
        on = (clock.today() - timedelta(days=back)).isoformat()
        entry = world.entry("health_visiting", "Ruth asked for help.", on, known=on,
                            kind="strength", concerns=("strength",))  # fmt: skip
        record_entry(world.actors["ama"], world.case, entry, now=clock.now())

    about = str(world.person("ruth"))
    form.who(text="Ruth asked for help before it was too much.", kind="strength", people=about)
    form.when(concerns="strength")
    form.told()
    page = html.unescape(form.get("saved").content.decode())

    assert "Part of what holds:" in page
    assert "what made that possible, and how do we keep it so?" in page


def test_where_nothing_follows_it_says_so_in_a_sentence(form: Form, world: World):
    assert "No question is asked because of it, and none has ended." in saved(form)


def test_what_could_not_be_worked_out_is_said_and_the_entry_is_saved(
    form: Form, world: World, monkeypatch
):
    bruised_before(world)
    monkeypatch.setattr(considering, "follow", lambda *args, **more: 1 / 0)

    said = saved(form)

    assert "Not yet considered: 1 entry. What is saved is safe" in said
    assert AGAIN not in said
