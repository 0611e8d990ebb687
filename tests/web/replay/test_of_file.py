"""A file of a past case through a page: shown once, bad rows named, hostile files refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goldenthread.records.chronology.models import ImportFile
from goldenthread.usecases.risk.replay_file import MOST_ROWS
from tests.web.case.conftest import words

HISTORIES = Path(__file__).resolve().parents[2] / "spec" / "histories"
HEADER = "id,date,agency,how_known,people,kind,domain,what\n"


@pytest.fixture
def send(signed_in):
    def sends(content: bytes, name: str = "case.csv", who: str = "ama", **said: str):
        upload = SimpleUploadedFile(name, content)
        return signed_in(who).post(reverse("replay_file"), {"file": upload, **said})

    return sends


def plain(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", words(answer)).replace("&#39;", "'").split())


def test_a_past_case_is_lived_through_and_the_difference_said(send):
    content = (HISTORIES / "a_plan_that_rested_on_grandmother.csv").read_bytes()

    text = plain(send(content))

    assert "14 rows read, and lived through day by day" in text
    assert (
        "What children's social care knew did not raise it. It would have been asked that same "
        "day had GP practice told children's social care on 20 May 2024." in text
    )
    assert "nobody would have had to ask" in text


def test_each_question_leads_to_its_rows_on_the_page(send):
    page = words(send((HISTORIES / "said_to_be_over.csv").read_bytes()))

    named = set(re.findall(r'href="#(row-\d+)"', page))
    assert named
    assert named == set(re.findall(r'id="(row-\d+)"', page))


def test_another_agency_is_put_beside(send):
    content = (HISTORIES / "said_to_be_over.csv").read_bytes()

    assert "What police knew by itself" in plain(send(content, agency="police"))


def test_bad_rows_are_named_and_the_others_used(send):
    good = (HISTORIES / "said_to_be_over.csv").read_text(encoding="utf-8").rstrip()
    columns = good.splitlines()[0].count(",") + 1
    bad = ",".join(["BAD-1", "35 Maymber 2024"] + [""] * (columns - 2))

    text = plain(send(f"{good}\n{bad}\n".encode()))

    assert "Row 12 left out" in text
    assert "10 rows read" in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty."),
        (b"\x00\x01\x02 not a table", ""),
        (b"PK\x03\x04 not a workbook either", ""),
        (HEADER.encode(), ""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(send, content, said):
    answer = send(content)

    assert answer.status_code == 422
    text = plain(answer)
    assert "There is a problem" in text
    assert said in text
    assert "Traceback" not in text


def test_too_many_rows_are_refused_with_the_limit_and_what_to_do(send):
    row = "{},2024-01-01,police,saw,child,incident,neglect,x\n"
    content = HEADER + "".join(row.format(n) for n in range(MOST_ROWS + 1))

    text = plain(send(content.encode()))

    assert f"This file has {MOST_ROWS + 1:,} rows. Up to {MOST_ROWS:,}" in text


def test_no_file_is_said_at_its_place(signed_in):
    answer = signed_in("ama").post(reverse("replay_file"), {})

    assert answer.status_code == 422
    assert "Choose a chronology to live through." in words(answer)


def test_words_of_the_file_are_shown_as_words(send):
    text = "<script>alert(1)</script>"
    good = (HISTORIES / "said_to_be_over.csv").read_text(encoding="utf-8").replace(
        "mother", f"mother{text}"
    )  # fmt: skip

    assert text not in words(send(good.encode()))


def test_nothing_is_kept_of_it(send, world):
    send((HISTORIES / "said_to_be_over.csv").read_bytes())

    assert not ImportFile.objects.exists()


def test_an_account_administrator_has_no_such_page(send, signed_in):
    assert signed_in("admin").get(reverse("replay_file")).status_code == 404
    assert send(b"x", who="admin").status_code == 404


def test_the_form_says_its_limits_before_a_file_is_chosen(signed_in):
    assert f"up to {MOST_ROWS:,} rows and 20 MB" in words(
        signed_in("mina").get(reverse("replay_file"))
    )
