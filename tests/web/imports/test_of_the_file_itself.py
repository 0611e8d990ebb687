"""Of a file that is sent in its rows are taken: once they are, who made it and what it hides is gone."""

from __future__ import annotations

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from openpyxl.comments import Comment

from goldenthread.records.chronology.models import ImportFile
from goldenthread.records.provenance.models import Statement
from tests.web.imports.test_import_journey import (
    CHOSEN,
    ROWS,
    confirmed,
    follow,
    signed_in,
    world,  # noqa: F401 - a fixture
)

SECRET = "Plumtree"


def with_secrets(rows: list[list[object]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.properties.creator = book.properties.lastModifiedBy = f"{SECRET} the maker"
    book.properties.description = book.properties.keywords = f"{SECRET} in the properties"
    book.active["A2"].comment = Comment(f"{SECRET} in a comment", f"{SECRET} who commented")
    hidden = book.create_sheet(f"{SECRET} sheet")
    hidden.append([f"{SECRET} in a hidden sheet"])
    hidden.sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("log.xlsx", out.getvalue())


def kept() -> str:
    """Every row of every table, in one text; what is kept in bytes as text too."""
    found = []
    with connections["owner"].cursor() as cursor:
        for table in connections["owner"].introspection.table_names(cursor):
            cursor.execute(f'SELECT one::text FROM "{table}" one')
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def test_of_a_workbook_nothing_is_kept_that_is_beside_its_rows(world):  # noqa: F811
    client = signed_in("ama")
    begun = client.post(f"/families/{world.case}/imports/", {"file": with_secrets(ROWS)})
    where, _ = follow(client, begun.url)
    where, page = follow(client, client.post(where, CHOSEN).url)
    assert SECRET not in page
    confirmed(client, where)

    assert Statement.objects.count() > 0, "its rows were taken"
    assert bytes(ImportFile.objects.get().content) == b""
    assert "Ada fed well" in kept()
    assert SECRET not in kept()
