"""Files built to do harm, or merely far too large, end in one plain sentence and little memory."""

import io
import random
import struct
import subprocess
import zipfile

import pytest

from goldenthread.interop.spreadsheets import limits, reading, refusals
from goldenthread.interop.spreadsheets.archive import Archive
from tests.interop.spreadsheets import making

MEGABYTES = 1024
BOUND = 600 * MEGABYTES  # kilobytes


def bomb(size: int) -> bytes:
    """A workbook whose sheet unpacks to `size` bytes of blanks."""
    out = io.BytesIO(making.workbook())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/blank.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(size // limits.MEGABYTE):
            member.write(b" " * limits.MEGABYTE)
    return out.getvalue()


def with_declared_size(content: bytes, name: bytes, size: int) -> bytes:
    """The archive with its directory and local header lying about one member's unpacked size."""
    changed = bytearray(content)
    for signature, offset, length in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        at = changed.find(signature)
        while at >= 0:
            if changed[at + length : at + length + len(name)] == name:
                struct.pack_into("<I", changed, at + offset, size)
            at = changed.find(signature, at + 4)
    return bytes(changed)


def refused(content: bytes, filename: str = "log.xlsx") -> refusals.FileRefused:
    with pytest.raises(refusals.FileRefused) as caught:
        reading.survey(content, filename)
    reason = caught.value.reason
    assert reason[0].isupper()
    assert reason.endswith(".")
    assert "Error" not in reason
    return caught.value


def told_memory(content: bytes, filename: str = "log.xlsx") -> dict:
    end = making.ending(content, filename)
    print(f"child peak: {end['peak_kilobytes'] / 1024:.0f} MB")
    assert end["peak_kilobytes"] < BOUND
    return end


def test_a_small_file_that_unpacks_to_gigabytes_is_refused_from_its_directory():
    content = bomb(300 * limits.MEGABYTE)
    # Declares 3 GB without the test having to make 3 GB.
    content = with_declared_size(content, b"xl/media/blank.xml", 3 * 1024**3)
    assert len(content) < limits.MEGABYTE
    assert isinstance(refused(content), refusals.TooLargeInside)
    assert told_memory(content)["refused"] == "TooLargeInside"


def test_a_bomb_that_declares_little_is_not_unpacked_beyond_what_it_declares():
    sheet = f'<worksheet xmlns="{making.MAIN}"><sheetData>' + " " * (200 * limits.MEGABYTE)
    content = making.workbook(parts={"xl/worksheets/sheet1.xml": sheet})
    content = with_declared_size(content, b"xl/worksheets/sheet1.xml", 4 * limits.MEGABYTE)
    assert isinstance(refused(content), refusals.FileDamaged)
    told_memory(content)


def test_a_part_that_shrinks_beyond_what_spreadsheets_do_is_refused():
    sheet = f'<worksheet xmlns="{making.MAIN}"><sheetData>' + " " * (20 * limits.MEGABYTE)
    content = making.workbook(parts={"xl/worksheets/sheet1.xml": sheet})
    assert isinstance(refused(content), refusals.TooLargeInside)


def test_unpacking_is_counted_whatever_the_directory_says(monkeypatch):
    content = making.workbook([making.HEADER, making.row(2, "2026", "x" * 5000)])
    archive = Archive(io.BytesIO(content))
    monkeypatch.setattr(limits, "INFLATED_BYTES", 1000)
    with pytest.raises(refusals.TooLargeInside):
        list(archive.chunks("xl/worksheets/sheet1.xml"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels", "xl/sharedStrings.xml"]
)
def test_an_xml_bomb_is_refused_at_its_declaration(part, encoding):
    laughs = "".join(
        f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' if n else '<!ENTITY lol0 "lol">'
        for n in range(10)
    )
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{laughs}]><x>&lol9;</x>'
    parts = {part: xml.encode(encoding)}
    if part == "xl/sharedStrings.xml":
        parts["xl/_rels/workbook.xml.rels"] = (
            f'<Relationships xmlns="{making.PACKAGE}">'
            f'<Relationship Id="r1" Type="{making.LINKS}/worksheet" '
            'Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{making.LINKS}/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>'
        )
    content = making.workbook(parts=parts)
    assert isinstance(refused(content), refusals.UnsafeInside)
    told_memory(content)


def test_a_declaration_is_refused_even_where_it_declares_nothing():
    xml = f'<!DOCTYPE x><worksheet xmlns="{making.MAIN}"><sheetData/></worksheet>'
    content = making.workbook(parts={"xl/worksheets/sheet1.xml": xml})
    assert isinstance(refused(content), refusals.UnsafeInside)


def test_a_request_for_a_file_of_the_server_is_refused():
    xml = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet>&f;</worksheet>'
    content = making.workbook(parts={"xl/worksheets/sheet1.xml": xml})
    assert isinstance(refused(content), refusals.UnsafeInside)


def test_a_tag_that_never_ends_is_refused_before_it_fills_memory():
    noise = random.Random(7).randbytes(6 * limits.MEGABYTE).hex()
    sheet = f'<worksheet xmlns="{making.MAIN}"><sheetData><row r="{noise}"/></sheetData>'
    content = making.workbook(parts={"xl/worksheets/sheet1.xml": sheet})
    assert isinstance(refused(content), refusals.TooLargeInside)
    told_memory(content)


def test_shared_texts_that_outgrow_the_memory_allowed_end_the_child_and_nothing_else():
    source = random.Random(7)
    # One character beyond the usual makes Python keep each text at four bytes a character.
    texts = "".join(
        f"<si><t>\U0001f9f8{source.randbytes(20).hex()}{'a' * 960}</t></si>" for _ in range(80_000)
    )
    parts = {
        "xl/sharedStrings.xml": f'<sst xmlns="{making.MAIN}">{texts}</sst>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{making.PACKAGE}">'
        f'<Relationship Id="r1" Type="{making.LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{making.LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
    }
    content = making.workbook([making.HEADER], parts=parts)
    assert len(content) < limits.UPLOAD_BYTES
    assert isinstance(refused(content), refusals.TooLargeInside)
    end = told_memory(content)
    assert end["peak_kilobytes"] > 150 * MEGABYTES, "the file must reach the limit to test it"


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/job", "/etc/passwd", "xl/../../x", "..\\..\\x.xml", "C:\\x.xml"],
)
def test_a_name_that_leads_outside_the_archive_is_refused(name):
    assert isinstance(refused(making.workbook(parts={name: "x"})), refusals.UnsafeInside)


def test_a_link_inside_the_archive_is_refused():
    out = io.BytesIO(making.workbook())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert isinstance(refused(out.getvalue()), refusals.UnsafeInside)


@pytest.mark.parametrize("name", ["xl/embeddings/inner.zip", "xl/media/picture.png"])
def test_an_archive_inside_the_archive_is_refused_by_what_it_holds(name):
    content = making.workbook(parts={name: making.workbook()})
    assert isinstance(refused(content), refusals.UnsafeInside)


def test_too_many_parts_are_refused():
    parts = {f"xl/x{n}.xml": "" for n in range(limits.ARCHIVE_MEMBERS)}
    assert isinstance(refused(making.workbook(parts=parts)), refusals.TooLargeInside)


def test_a_password_protected_workbook_is_said_to_be_one():
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
    locked = container + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
    assert isinstance(refused(locked, "log.xlsx"), refusals.PasswordProtected)
    assert isinstance(refused(locked, "log.xls"), refusals.PasswordProtected)
    assert isinstance(refused(container, "log.xlsx"), refusals.PasswordProtected)


def test_an_old_workbook_is_said_to_be_old():
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
    assert "old kind" in refused(container, "log.xls").reason


def test_a_locked_archive_is_said_to_be_locked():
    content = bytearray(making.workbook())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    assert isinstance(refused(bytes(content)), refusals.PasswordProtected)


@pytest.mark.parametrize(
    ("content", "filename", "says"),
    [
        (b"%PDF-1.7\n...", "log.xlsx", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "log.csv", "picture"),
        (b"<html><table><tr><td>Date", "log.xls", "web page"),
        (b"", "log.csv", "empty"),
        (bytes(range(256)) * 40, "log.csv", "not a spreadsheet"),
        (b"PK\x03\x04 broken", "log.xlsx", "damaged"),
        (making.workbook()[:-30], "log.xlsx", "damaged"),
    ],
)
def test_a_file_of_another_kind_is_named(content, filename, says):
    assert says in refused(content, filename).reason


def test_a_word_document_is_named():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "Word" in refused(out.getvalue()).reason


def test_200_000_rows_are_refused_and_memory_stays_low():
    rows = [making.HEADER, *(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(2, 200_002))]
    content = making.workbook(rows)
    assert isinstance(refused(content), refusals.TooManyRows)
    assert told_memory(content)["refused"] == "TooManyRows"


def test_60_000_rows_are_read_and_one_more_is_refused():
    content = b"Date,What happened\r\n" + b"3/3/2026,Seen at home\r\n" * limits.ROWS
    assert reading.survey(content, "log.csv")[0].rows == limits.ROWS
    assert isinstance(refused(content + b"x,y\r\n", "log.csv"), refusals.TooManyRows)


def test_200_000_rows_of_csv_are_refused():
    content = b"Date,What happened\r\n" + b"3/3/2026,Seen at home\r\n" * 200_000
    assert "60,000" in refused(content, "log.csv").reason


def test_60_columns_are_read_and_one_more_is_refused():
    header = ",".join(f"Heading {n}" for n in range(60))
    assert len(reading.survey(f"{header}\nx,y\n".encode(), "log.csv")[0].headers) == 60
    assert isinstance(refused(f"{header},one more\n".encode(), "log.csv"), refusals.TooManyColumns)
    wide = '<row r="2"><c r="XFD2"><v>1</v></c></row>'
    assert isinstance(refused(making.workbook([making.HEADER, wide])), refusals.TooManyColumns)


def test_an_upload_over_the_limit_is_refused_without_a_child():
    assert isinstance(refused(b"x" * (limits.UPLOAD_BYTES + 1), "log.csv"), refusals.TooLarge)


def test_the_child_has_no_secrets(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    seen = {}
    real = subprocess.Popen

    def spy(*arguments, **options):
        seen.update(options["env"])
        return real(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", spy)
    reading.survey(b"Date,What happened\n", "log.csv")
    assert seen
    assert "DATABASE_URL" not in seen


def test_a_child_that_runs_out_of_time_is_a_plain_sentence(monkeypatch):
    """A child that spins is stopped by its own limit on processor time."""
    real = subprocess.Popen

    def slow(arguments, **options):
        spinning = (
            "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
        )
        return real([arguments[0], "-c", spinning], **options)

    monkeypatch.setattr(subprocess, "Popen", slow)
    assert isinstance(refused(b"Date\n", "log.csv"), refusals.ReadingTookTooLong)


def test_a_child_that_falls_silent_is_ended(monkeypatch):
    real = subprocess.Popen
    children = []

    def silent(arguments, **options):
        children.append(real([arguments[0], "-c", "import time; time.sleep(60)"], **options))
        return children[-1]

    monkeypatch.setattr(subprocess, "Popen", silent)
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    assert isinstance(refused(b"Date\n", "log.csv"), refusals.ReadingTookTooLong)
    assert children[0].returncode is not None


def test_a_reader_that_stops_early_leaves_no_child(monkeypatch):
    children = []
    real = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *a, **o: children.append(real(*a, **o)) or children[-1]
    )
    content = b"Date,What happened\r\n" + b"3/3/2026,Seen at home\r\n" * 50_000
    every = reading.rows(content, "log.csv", "log.csv", 1)
    next(every)
    every.close()
    assert children[0].returncode is not None
