"""A file through every step at once: what is kept, what is known again, what is held back."""

from __future__ import annotations

import random
from uuid import uuid4

import pytest

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.links import Standing
from goldenthread.interop.chronology.bring_in import bring_in
from goldenthread.interop.chronology.sheets import NoChronologyFound
from goldenthread.interop.spreadsheets.reading import FileRefused
from goldenthread.usecases.chronology.imports.arrangement import Arrangement
from goldenthread.usecases.chronology.imports.reading import problem_rows, read_import
from goldenthread.usecases.chronology.imports.step import CannotImport
from goldenthread.usecases.chronology.read_history import read_history
from tests.families.world import NOW, World, build_world
from tests.interop.chronology.files import (
    CALL,
    HEADINGS,
    HOME_VISIT,
    NOT_BROUGHT,
    ROWS,
    as_csv,
    as_xlsx,
    with_cell,
)

NO_REFERENCE = HEADINGS[1:]


@pytest.fixture
def world(record) -> World:
    return build_world()


def brought(world: World, content: bytes, who: str = "ama", name: str = "hv.csv", **more):
    return bring_in(
        world.actors[who], world.case, content, name, id=more.pop("id", uuid4()), now=NOW, **more
    )


def entries(world: World, who: str = "grace"):
    history = read_history(world.actors[who], world.case, Viewpoint(NOW), now=NOW)
    return history.entries


def texts(world: World) -> list[str]:
    return sorted(entry.statement.text for entry in entries(world))


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_every_row_is_in_the_record_with_its_source(world, make):
    receipt = brought(world, make(*ROWS))

    assert (receipt.kept, receipt.counts) == (3, {"new": 3})
    by_reference = {e.statement.reference: e.statement for e in entries(world)}
    assert by_reference["HV1"].how_known == "saw"
    assert by_reference["HV3"].informant == "mother"
    assert by_reference["HV3"].happened.edtf == "2026-04~"
    assert by_reference["HV2"].kind == "missed_appointment"
    assert by_reference["HV1"].agency == world.agency("health_visiting")


def test_an_agency_that_was_told_knows_from_that_day(world):
    brought(world, as_csv(*ROWS))

    seen = read_history(world.actors["priya"], world.case, Viewpoint(NOW), now=NOW).entries
    assert [e.statement.reference for e in seen] == ["HV2"]


def test_the_same_file_twice_adds_nothing(world):
    brought(world, as_csv(*ROWS))
    again = brought(world, as_csv(*ROWS))

    assert (again.kept, again.counts) == (0, {"already_held": 3})
    assert len(entries(world)) == 3
    page = read_import(world.actors["ama"], world.case, again.file, now=NOW)
    assert page.file.stage == "kept", "nobody is asked to confirm nothing"


def test_a_newer_file_adds_only_what_is_new_in_any_order(world):
    brought(world, as_csv(HOME_VISIT, NOT_BROUGHT))
    newer = brought(world, as_xlsx(CALL, NOT_BROUGHT, HOME_VISIT), name="april.xlsx")

    assert newer.counts == {"already_held": 2, "new": 1}
    assert len(entries(world)) == 3


def test_a_changed_row_corrects_and_the_earlier_stays_readable(world):
    brought(world, as_csv(*ROWS))
    changed = with_cell(HOME_VISIT, "What happened", "Ada awake and feeding. Ruth warm with her.")
    receipt = brought(world, as_csv(changed, NOT_BROUGHT, CALL))

    assert receipt.counts == {"changed": 1, "already_held": 2}
    standing = {e.statement.text[:10]: e.standing for e in entries(world)}
    assert standing["Ada asleep"] is Standing.CORRECTED
    assert standing["Ada awake "] is Standing.STANDS
    assert brought(world, as_csv(changed)).kept == 0


def test_rows_without_references_are_known_again_by_what_they_say(world):
    rows = [row[1:] for row in ROWS]
    twins = [*rows, rows[1], rows[1]]
    first = brought(world, as_csv(*twins, headings=NO_REFERENCE))
    random.Random(3).shuffle(twins)
    again = brought(world, as_csv(*twins, headings=NO_REFERENCE))

    assert first.counts == {"new": 5}
    assert again.counts == {"already_held": 5}
    assert len(entries(world)) == 5


def test_two_rows_that_differ_only_in_one_cell_never_correct_each_other(world):
    seen_by_a = ("03/03/2026", "Ada", "visit", "Seen at home.", "saw", "", "")
    seen_by_b = ("03/03/2026", "Ada", "visit", "Seen at home.", "record", "", "")
    brought(world, as_csv(seen_by_a, headings=NO_REFERENCE))
    receipt = brought(world, as_csv(seen_by_b, seen_by_a, headings=NO_REFERENCE))

    assert receipt.counts == {"new": 1, "already_held": 1}
    assert {e.standing for e in entries(world)} == {Standing.STANDS}


def test_matching_words_later_does_not_make_old_rows_new(world):
    odd = with_cell(HOME_VISIT, "Type", "HVF2F")[1:]
    brought(world, as_csv(odd, headings=NO_REFERENCE))
    columns = dict(zip(("date", "people", "kind", "what", "how_known"), NO_REFERENCE, strict=False))
    matched = Arrangement(columns, {"kind": {"HVF2F": "visit"}})
    receipt = brought(world, as_csv(odd, headings=NO_REFERENCE), arrangement=matched)

    assert receipt.counts == {"changed": 1}


def test_bad_rows_are_held_back_with_a_sentence_and_good_ones_kept(world):
    bad_date = with_cell(CALL, "Date", "31/02/2026")
    nobody = with_cell(NOT_BROUGHT, "Who", "Dean M")
    receipt = brought(world, as_csv(HOME_VISIT, bad_date, nobody))

    assert receipt.counts == {"new": 1, "problem": 2}
    assert texts(world) == [HOME_VISIT[4]]
    page = read_import(
        world.actors["ama"], world.case, receipt.file, now=NOW, outcomes=("problem",)
    )
    sentences = [" ".join(row.sentences) for row in page.rows]
    assert "31" in sentences[0]
    assert "Dean M" in sentences[1]
    assert ["people", "Dean M", 1] in page.file.findings["unknown"]
    _, rows = problem_rows(world.actors["ama"], world.case, receipt.file, now=NOW)
    assert dict(rows[0].entry["as_typed"])["What happened"] == CALL[4]


def test_names_are_asked_about_never_guessed(world):
    named = with_cell(HOME_VISIT, "Who", "Ada; Dean M; Auntie")
    receipt = brought(
        world, as_csv(named), people={"Dean M": world.person("father"), "Auntie": None}
    )

    assert receipt.kept == 1
    (entry,) = entries(world)
    assert {s.person for s in entry.subjects} == {world.person("ada"), world.person("father")}
    later = brought(world, as_csv(with_cell(CALL, "Who", "Dean M")))
    assert later.kept == 1  # the name was remembered with the confirmed import


def test_the_layout_of_an_agency_is_remembered_once_confirmed(world):
    odd = tuple(f"col {n}" for n in range(8))
    columns = dict(zip(("id", "date", "people", "kind", "what", "how_known"), odd, strict=False))
    with pytest.raises((CannotImport, NoChronologyFound)):
        brought(world, as_csv(HOME_VISIT, headings=odd))
    brought(world, as_csv(HOME_VISIT, headings=odd), arrangement=Arrangement(columns), header_row=1)

    assert brought(world, as_csv(NOT_BROUGHT, headings=odd), header_row=1).kept == 1


def test_a_row_of_another_agency_needs_the_allocated_worker(world):
    with_agency = (*HEADINGS, "Agency")
    rows = [(*HOME_VISIT, ""), (*NOT_BROUGHT, "Fenwick Police")]
    mine = brought(world, as_csv(*rows, headings=with_agency))
    assert mine.counts == {"new": 1, "problem": 1}

    lead = brought(
        world, as_csv(*rows, headings=with_agency), "priya",
        agency=world.agency("health_visiting"),
    )  # fmt: skip
    assert lead.counts == {"already_held": 1, "new": 1}
    assert {e.statement.agency for e in entries(world)} == {
        world.agency("health_visiting"),
        world.agency("police"),
    }


def test_nobody_imports_for_an_agency_they_do_not_speak_for(world):
    with pytest.raises(CannotImport, match="own agency"):
        brought(world, as_csv(*ROWS), agency=world.agency("police"))


def test_a_refused_file_leaves_nothing_but_the_reason(world):
    file = uuid4()
    with pytest.raises(FileRefused) as refused:
        brought(world, b"%PDF-1.7 not a spreadsheet", id=file)

    page = read_import(world.actors["ama"], world.case, file, now=NOW)
    assert (page.file.stage, page.file.refused_because) == ("refused", refused.value.reason)
    assert not entries(world)


def test_entries_another_agency_may_have_made_of_the_same_event_are_counted(world):
    columns = {name: name for name in ("date", "people", "kind", "what")}
    theirs = b"date,people,kind,what\n03/03/2026,Ada,visit,Ada asleep in her basket with Ruth\n"
    brought(world, theirs, "lund", arrangement=Arrangement(columns))
    receipt = brought(world, as_csv(HOME_VISIT), "priya", agency=world.agency("health_visiting"))
    page = read_import(world.actors["priya"], world.case, receipt.file, now=NOW)

    assert page.file.findings["possibly_same"] == 0  # she may not read what the clinic holds
    lead = brought(
        world, as_csv(with_cell(HOME_VISIT, "Ref", "HV9")), "grace",
        agency=world.agency("health_visiting"),
    )  # fmt: skip
    page = read_import(world.actors["grace"], world.case, lead.file, now=NOW)
    assert page.file.findings["possibly_same"] == 1
