"""Starting the demonstration again finds its family there: no file is brought in a second time."""

from __future__ import annotations

import pytest

from goldenthread.interop.demo import loader
from goldenthread.interop.demo.story import families
from goldenthread.records.chronology.models import ImportFile, ImportRow
from goldenthread.records.people.models import Filing


def ignore(_words: str) -> None:
    """Nobody listens."""


def held() -> tuple[int, int, int]:
    return ImportFile.objects.count(), ImportRow.objects.count(), Filing.objects.count()


@pytest.mark.slow
def test_a_second_start_opens_no_file_and_adds_no_row(record, monkeypatch):
    loader.load(say=ignore)
    before = held()
    said: list[str] = []

    def opened(*_args, **_more):
        raise AssertionError("A file that is in the record was opened again.")

    with monkeypatch.context() as second:
        second.setattr(loader, "bring_in", opened)
        accounts = loader.load(say=said.append)

    assert before[0] == sum(len(loader.story(one)["spreadsheet"]) for one in families())
    assert held() == before
    assert accounts, "who can sign in is said every time"
    assert said == [], "nothing was done, so nothing is said"


@pytest.mark.slow
def test_a_file_whose_import_was_not_finished_is_brought_in_again(record):
    loader.load(say=ignore)
    one = ImportFile.objects.order_by("uploaded_at").last()
    ImportFile.objects.filter(id=one.id).update(stage="keeping")
    said: list[str] = []
    statements = Filing.objects.count()
    loader.load(say=said.append)

    assert len(said) == 1
    assert one.file_name in said[0]
    assert "0 entries added" in said[0]
    assert Filing.objects.count() == statements


@pytest.mark.slow
def test_somebody_new_to_the_story_can_sign_in_to_an_older_demonstration(record, monkeypatch):
    told = loader.story()
    older = {
        **told, "practitioner": [p for p in told["practitioner"] if "remit" not in p],
        "spreadsheet": [],
    }  # fmt: skip
    monkeypatch.setattr(loader, "families", lambda: ("rudland",))
    monkeypatch.setattr(loader, "read_links", lambda: ())
    monkeypatch.setattr(loader, "_read_out_network", lambda *_: None)
    monkeypatch.setattr(loader, "_tell_story", lambda *_: None)
    monkeypatch.setattr(loader, "story", lambda _family: older)
    loader.load(say=ignore)
    account = loader.key("account", "partnership_manager")
    assert loader.who_acts(account) is None

    monkeypatch.setattr(loader, "story", lambda _family: {**told, "spreadsheet": []})
    loader.load(say=ignore)

    acting = loader.who_acts(account)
    assert acting is not None
    assert acting[1].remit == "partnership_manager"
