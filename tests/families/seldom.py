"""What stands behind forms that are met seldom, put into a family: each begun and left half done.

An address that is kept, a file half brought in, packs in the hands of others, an entry that was
corrected and not told, an account that was closed, a list of unusual access, a glass that somebody
asks to break again.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from goldenthread.domain.access.step_up import StepShown
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.interop.clock import now as the_present
from goldenthread.jobs import worker
from goldenthread.usecases.accounts import look_after
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.imports.arrangement import Arrangement, arrange_file
from goldenthread.usecases.chronology.imports.reading import read_import
from goldenthread.usecases.chronology.imports.receiving import receive_file
from goldenthread.usecases.chronology.imports.stopping import note_stopped
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.subject_access.check_pack import ask_for_check, check_pack
from goldenthread.usecases.subject_access.prepare_pack import (
    Request,
    choose_entry,
    leave_out_waiting,
    redact,
    start_pack,
)
from goldenthread.usecases.subject_access.read_packs import read_for_check, read_pack
from tests.families import glass, needs
from tests.families.addresses import keep as keep_address
from tests.families.hidden_packs import OF_PACK
from tests.families.unusual import list_now
from tests.families.world import NOW, World, key

ADDRESS = key("address of seldom")
TO_COLUMNS, TO_NAMES = key("file at its columns"), key("file at its names")
TO_HEADINGS, STOPPED = key("file at its headings"), key("file that stopped")
TO_CHECK, TO_RELEASE = key("pack to check"), key("pack to release")
LOG = b"Ref,Date,Who,What we saw\n1,03/03/2026,Aunty Bea,Aunty Bea brought nappies.\n"
COLUMNS = {"id": "Ref", "date": "Date", "people": "Who", "what": "What we saw"}


def half_done(world: World) -> None:
    """All of it; the world has its leads and those who are on duty already."""
    keep_address(world, id=ADDRESS, people=frozenset({key("person father")}))
    _files(world)
    _packs(world)
    _correction(world)
    needs.agree(world, "priya", "of seldom")
    _glass(world)
    _closed_account(world)
    for agency in ("social_care", "police"):
        list_now(world, agency)


def _files(world: World) -> None:
    """One read, one with a name nobody knows, one that nobody can make out, one that stopped."""
    priya = world.actors["priya"]
    for id, content in (
        (TO_COLUMNS, LOG), (TO_NAMES, LOG + b"2,04/03/2026,Ada,Ada fed.\n"),
        (TO_HEADINGS, b"Of the surgery\n\nRung,0\nRung again,1\n"),
    ):  # fmt: skip
        receive_file(priya, world.case, id=id, content=content, file_name="log.csv", now=NOW)
    worker.run_waiting_jobs()
    receive_file(
        priya, world.case, id=STOPPED, content=LOG + b"3,,,\n", file_name="log.csv", now=NOW,
        read_in_background=False,
    )  # fmt: skip
    read = read_import(priya, world.case, TO_NAMES, now=NOW).file.survey[0]
    arrange_file(
        priya, TO_NAMES, sheet=read["name"], header_row=1, fingerprint="seldom",
        arrangement=Arrangement(COLUMNS), now=NOW,
    )  # fmt: skip
    worker.run_waiting_jobs()
    note_stopped(priya, STOPPED, "The machine was switched off.")


def _packs(world: World) -> None:
    """Two of what Ruth asked for: one that waits for a check, one that was agreed to."""
    priya, ruth = world.actors["priya"], key("person ruth")
    for pack in (TO_CHECK, TO_RELEASE):
        request = Request(ruth, ruth, date(2026, 6, 1), "Known to me.")
        start_pack(priya, world.case, pack, request, now=NOW)
        leave_out_waiting(priya, world.case, pack, now=NOW)
        seen = read_pack(priya, world.case, pack, now=NOW)
        for one in seen.waiting:
            choose_entry(
                priya, world.case, pack, one.id, is_in=False, reason="serious_harm", now=NOW
            )
        kept = next(one for one in seen.entries if one.id == OF_PACK)
        redact(
            priya, world.case, pack, kept.id, id=uuid4(), words="pram", reason="third_party",
            now=NOW,
        )  # fmt: skip
        ask_for_check(priya, world.case, pack, id=uuid4(), now=NOW)
    rosa = world.actors["rosa"]  # may read all that is in it, a sealed entry too
    digest = read_for_check(rosa, world.case, TO_RELEASE, now=NOW).pack.digest
    check_pack(rosa, world.case, TO_RELEASE, digest=digest, agrees=True, now=NOW)


def _correction(world: World) -> None:
    """Priya told health visiting and the surgery of an entry, and one of them that it was wrong."""
    priya = world.actors["priya"]
    told = {"health_visiting": "2026-05-04", "gp": "2026-05-04"}
    said = world.entry("social_care", "Ruth took tablets.", "2026-05-03", told=told,
                       asserted_by=priya.practitioner)  # fmt: skip
    record_entry(priya, world.case, said, now=NOW)
    right = world.entry("social_care", "They were her sister's.", "2026-05-03",
                        told={"gp": "2026-05-10"}, asserted_by=priya.practitioner)  # fmt: skip
    answer_entry(
        priya, world.case, said.id, LinkKind.CORRECTS, right, reason="I rang again.", now=NOW
    )


def _glass(world: World) -> None:
    """Dora opened the family this morning, and asks Vera to agree that she opens it again."""
    now = the_present()
    glass.broke(world, now=now - timedelta(hours=5))
    glass.broke(world, now=now, second="vera", id=key("ask of seldom"))


def _closed_account(world: World) -> None:
    """Sam has left."""
    look_after.end_post(
        world.actors["admin"], key("practitioner sam"), "", key("practitioner priya"), id=uuid4(), based_on=0,
        shown=StepShown(NOW, timedelta(minutes=15)), now=NOW,
    )  # fmt: skip
