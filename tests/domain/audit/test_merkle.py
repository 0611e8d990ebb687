"""The tree of RFC 6962, held to published vectors, to the RFC's own example, and to properties.

The RFC prints its example (section 2.1.3) as names of nodes and no bytes. The bytes are those of
the reference implementation of Certificate Transparency, which every log is held to:
github.com/transparency-dev/merkle, proof/verify_test.go and testdata/consistency/2/happy-path.json.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.audit.merkle import (
    EMPTY_ROOT,
    Peaks,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    proves_consistency,
    proves_inclusion,
    range_root,
    root_of,
    subtree_of,
)

CONTENTS = [
    bytes.fromhex(one)
    for one in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
LEAVES = [leaf_hash(one) for one in CONTENTS]
ROOTS = """
6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125
aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77
d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4
76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef
ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c
5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
""".split()
INCLUDED = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENT = {
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (6, 7): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}


def test_an_empty_tree_has_the_hash_of_nothing():
    assert root_of([]) == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots(size: int):
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("place", "size"), INCLUDED)
def test_the_published_inclusion_proofs(place: int, size: int):
    path = inclusion_proof(place, size, subtree_of(LEAVES[:size]))

    assert [step.hex() for step in path] == INCLUDED[place, size]
    assert proves_inclusion(LEAVES[place], place, size, path, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("old", "new"), CONSISTENT)
def test_the_published_consistency_proofs(old: int, new: int):
    path = consistency_proof(old, new, subtree_of(LEAVES[:new]))

    assert [step.hex() for step in path] == CONSISTENT[old, new]
    heads = (bytes.fromhex(ROOTS[size - 1]) for size in (old, new))
    assert proves_consistency(old, new, path, *heads)


def test_the_example_that_the_rfc_draws():
    """Section 2.1.3: seven leaves, nodes a to l, and the paths it gives for them."""
    leaves = [leaf_hash(f"d{n}".encode()) for n in range(7)]
    a, b, c, d, e, f, j = leaves
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, el = node_hash(g, h), node_hash(i, j)
    subtree = subtree_of(leaves)

    assert inclusion_proof(0, 7, subtree) == (b, h, el)
    assert inclusion_proof(3, 7, subtree) == (c, g, el)
    assert inclusion_proof(4, 7, subtree) == (f, j, k)
    assert inclusion_proof(6, 7, subtree) == (i, k)
    assert consistency_proof(3, 7, subtree) == (c, d, g, el)
    assert consistency_proof(4, 7, subtree) == (el,)
    assert consistency_proof(6, 7, subtree) == (i, j, k)


@pytest.mark.parametrize(
    ("old", "new", "path", "heads", "holds"),
    [
        (0, 0, (), (EMPTY_ROOT, EMPTY_ROOT), True),
        (0, 1, (), (EMPTY_ROOT, LEAVES[0]), True),
        (0, 1, (LEAVES[0],), (EMPTY_ROOT, LEAVES[0]), False),
        (1, 1, (), (LEAVES[0], LEAVES[0]), True),
        (1, 1, (), (LEAVES[0], LEAVES[1]), False),
        (1, 1, (EMPTY_ROOT,), (LEAVES[0], LEAVES[0]), False),
        (1, 2, (), (LEAVES[0], LEAVES[1]), False),
        (2, 1, (), (LEAVES[0], LEAVES[0]), False),
        (-1, 1, (), (LEAVES[0], LEAVES[0]), False),
    ],
)
def test_proofs_at_the_edges(old, new, path, heads, holds):
    assert proves_consistency(old, new, path, *heads) is holds


@pytest.mark.parametrize(("place", "size"), [(0, 0), (1, 1), (-1, 1), (2, 1)])
def test_a_leaf_that_is_not_there_is_in_no_proof(place: int, size: int):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(place, size, subtree_of(LEAVES[:size]))
    assert not proves_inclusion(LEAVES[0], place, size, (), LEAVES[0])


def test_a_shorter_log_is_no_later_state():
    with pytest.raises(ValueError, match="not a later state"):
        consistency_proof(3, 2, subtree_of(LEAVES))


def test_peaks_must_be_those_of_their_size():
    with pytest.raises(ValueError, match="has 2 peaks"):
        Peaks(3, (LEAVES[0],))


sizes = st.integers(1, 70)
LONG = [leaf_hash(n.to_bytes(2)) for n in range(70)]


@st.composite
def placed(draw) -> tuple[int, int]:
    size = draw(sizes)
    return draw(st.integers(0, size - 1)), size


@st.composite
def states(draw) -> tuple[int, int]:
    new = draw(sizes)
    return draw(st.integers(1, new)), new


def naive_root(leaves: list[bytes]) -> bytes:
    """The definition of the RFC, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(naive_root(leaves[:half]), naive_root(leaves[half:]))


@given(sizes, st.data())
def test_growing_in_any_steps_is_the_tree_the_rfc_defines(size: int, data):
    at, peaks = 0, Peaks()
    while at < size:
        step = data.draw(st.integers(1, size - at))
        peaks = peaks.grown(LONG[at : at + step])
        at += step

    assert peaks.root() == naive_root(LONG[:size])
    assert range_root(0, size, subtree_of(LONG)) == peaks.root()


@given(placed())
def test_any_leaf_is_proved(at: tuple[int, int]):
    place, size = at
    path = inclusion_proof(place, size, subtree_of(LONG[:size]))

    assert proves_inclusion(LONG[place], place, size, path, naive_root(LONG[:size]))


@given(states())
def test_any_later_state_is_proved(at: tuple[int, int]):
    old, new = at
    path = consistency_proof(old, new, subtree_of(LONG[:new]))

    assert proves_consistency(old, new, path, naive_root(LONG[:old]), naive_root(LONG[:new]))


def flipped(values: list[bytes], bit: int) -> list[bytes]:
    """One bit of all that is given, turned."""
    number, within = divmod(bit % (len(values) * 256), 256)
    changed = bytearray(values[number])
    changed[within // 8] ^= 1 << within % 8
    return [*values[:number], bytes(changed), *values[number + 1 :]]


@given(placed(), st.integers(0, 100_000))
def test_a_flipped_bit_of_an_inclusion_proof_fails(at: tuple[int, int], bit: int):
    place, size = at
    path = inclusion_proof(place, size, subtree_of(LONG[:size]))
    leaf, root, *steps = flipped([LONG[place], naive_root(LONG[:size]), *path], bit)

    assert not proves_inclusion(leaf, place, size, steps, root)


@given(states(), st.integers(0, 100_000))
def test_a_flipped_bit_of_a_consistency_proof_fails(at: tuple[int, int], bit: int):
    old, new = at
    path = consistency_proof(old, new, subtree_of(LONG[:new]))
    was, now, *steps = flipped([naive_root(LONG[:old]), naive_root(LONG[:new]), *path], bit)

    assert not proves_consistency(old, new, steps, was, now)


@given(placed(), st.integers(0, 69))
def test_a_proof_of_one_place_is_none_of_another(at: tuple[int, int], other: int):
    place, size = at
    path = inclusion_proof(place, size, subtree_of(LONG[:size]))

    holds = proves_inclusion(LONG[place], other, size, path, naive_root(LONG[:size]))
    assert holds is (other == place)


@given(states(), st.sampled_from(["more", "fewer"]))
def test_a_longer_or_shorter_proof_fails(at: tuple[int, int], how: str):
    old, new = at
    path = consistency_proof(old, new, subtree_of(LONG[:new]))
    changed = (*path, LONG[0]) if how == "more" else path[:-1]

    holds = proves_consistency(old, new, changed, naive_root(LONG[:old]), naive_root(LONG[:new]))
    assert holds is (changed == path)


@given(sizes, st.integers(0, 69))
def test_appending_keeps_every_subtree_a_proof_needs(size: int, begins: int):
    kept: dict[tuple[int, int], bytes] = {}
    begins = min(begins, size)
    first = Peaks().grown(
        LONG[:begins], kept=lambda level, place, one: kept.update({(level, place): one})
    )
    first.grown(
        LONG[begins:size], kept=lambda level, place, one: kept.update({(level, place): one})
    )

    at_hand = subtree_of(LONG[:size])
    assert all(at_hand(level, place) == one for (level, place), one in kept.items())
    assert len(kept) == sum(size >> level for level in range(1, 8))
