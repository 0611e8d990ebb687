"""Notes, checkpoints and co-signatures: published examples, and what must be refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.audit.signed_note import (
    Checkpoint,
    Note,
    NoteRefused,
    SigningKey,
    parse_checkpoint,
    parse_note,
    parse_signing_key,
    parse_verifier,
)

# The example of Go's package of notes: https://pkg.go.dev/golang.org/x/mod/sumdb/note
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The example of https://c2sp.org/tlog-cosignature, whose keys are not given.
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
LOG = SigningKey("fenwick.example/record", bytes(range(32)))
WITNESS = SigningKey("harbour.example/witness", bytes(range(1, 33)))
AT = 1_772_000_000
TEXT = Checkpoint(LOG.name, 12_345, bytes(range(32))).text()


def test_a_published_note_verifies():
    note = parse_note(PETERS_NOTE)

    assert note.is_signed_by(parse_verifier(PETER))
    assert note.whole() == PETERS_NOTE
    assert parse_verifier(PETER).text() == PETER


def test_the_published_checkpoint_is_read():
    note = parse_note(SOFA)
    checkpoint = parse_checkpoint(note.text)

    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.text() == note.text
    assert note.whole() == SOFA
    assert int.from_bytes(note.signatures[1].signed[:8]) == 1679315147  # as its text says


def test_a_checkpoint_is_signed_and_cosigned():
    note = Note(TEXT, (LOG.sign(TEXT), WITNESS.cosign(TEXT, at=AT)))
    back = parse_note(note.whole())

    assert back == note
    assert back.is_signed_by(LOG.verifier)
    assert back.cosigned_at(WITNESS.verifier.as_cosigner()) == AT


def test_a_signature_is_no_cosignature_and_the_other_way():
    assert Note(TEXT, (LOG.sign(TEXT),)).cosigned_at(LOG.verifier.as_cosigner()) is None
    assert not Note(TEXT, (LOG.cosign(TEXT, at=AT),)).is_signed_by(LOG.verifier)


def test_a_key_of_the_same_name_is_another_key():
    other = SigningKey(LOG.name, bytes(32))

    assert not Note(TEXT, (other.sign(TEXT),)).is_signed_by(LOG.verifier)


def test_one_bad_signature_by_a_known_key_spoils_the_note():
    bad = LOG.sign(TEXT + "x\n")

    assert not Note(TEXT, (LOG.sign(TEXT), bad)).is_signed_by(LOG.verifier)


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_a_changed_byte_of_a_note_is_refused_or_unsigned(place: int, bit: int):
    whole = bytearray(Note(TEXT, (LOG.sign(TEXT), WITNESS.cosign(TEXT, at=AT))).whole().encode())
    whole[place % len(whole)] ^= 1 << bit
    try:
        note = parse_note(whole.decode())
    except (NoteRefused, UnicodeDecodeError):
        return
    assert not (
        note.is_signed_by(LOG.verifier) and note.cosigned_at(WITNESS.verifier.as_cosigner()) == AT
    )


def test_keys_come_back_as_they_were_kept():
    assert parse_signing_key(LOG.text()) == LOG
    assert parse_verifier(LOG.verifier.as_cosigner().text()) == LOG.verifier.as_cosigner()


def test_a_private_key_is_in_no_repr():
    assert LOG.text().split("+")[-1] not in repr(LOG) and "seed" not in repr(LOG)


@pytest.mark.parametrize(
    "whole",
    ["", "text\n", "text\n\n", "text\n\n— name\n", "text\n\n— name !!\n", "te\txt\n\n— n AAAAAAAA\n",
     "text\n\n- name AAAAAAAA\n", "text\n\n— name AAAA\n", "text\n\n— na+me AAAAAAAA\n",
     "text\n\n" + "— name AAAAAAAA\n" * 65],
)  # fmt: skip
def test_what_is_not_a_note_is_refused(whole: str):
    with pytest.raises(NoteRefused):
        parse_note(whole)


@pytest.mark.parametrize(
    "text",
    ["log\n5\n", "log\n05\nAAAA\n", "log\n-1\nAAAA\n", "log\n5\nAAAA\n", "\n5\nAAAA\n", "log\n٥\nAAAA\n"],
)  # fmt: skip
def test_what_is_not_a_checkpoint_is_refused(text: str):
    with pytest.raises(NoteRefused):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    "text",
    ["", "name", "name+00000000", "name+00000000+AAAA", PETER.replace("c7", "c8"),
     "na me+00000000+AAAA", PETER.replace("ARpc", "BRpc")],
)  # fmt: skip
def test_what_is_not_a_key_is_refused(text: str):
    with pytest.raises(NoteRefused):
        parse_verifier(text)
    with pytest.raises(NoteRefused):
        parse_signing_key(text)
