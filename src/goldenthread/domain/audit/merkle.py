"""The Merkle tree of RFC 6962: roots, proofs, and what checks a proof without the log.

https://www.rfc-editor.org/rfc/rfc6962.html, section 2.1, with the checking of proofs as RFC 9162
(sections 2.1.3.2 and 2.1.4.2) writes it out. Hashes are 32 bytes of SHA-256. Sizes and places are
counts of leaves, from 0.

Nothing here keeps a whole tree: whoever appends keeps the peaks alone, and whoever makes a proof
says how a perfect subtree's hash is found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

# The hash of the perfect subtree of 2**level leaves that begins at leaf place * 2**level.
Subtree = Callable[[int, int], bytes]


def leaf_hash(content: bytes) -> bytes:
    """The hash of one leaf; the prefix keeps a leaf from being taken for a node."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Peaks:
    """A tree of `size` leaves as its perfect subtrees alone, largest first: enough to append."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for as many hashes as no tree of this size has."""
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise ValueError(f"A tree of {self.size} leaves has {self.size.bit_count()} peaks.")

    def root(self) -> bytes:
        """The Merkle tree head."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for peak in reversed(self.hashes[:-1]):
            root = node_hash(peak, root)
        return root

    def grown(self, leaves: Iterable[bytes], *, kept: Kept | None = None) -> Peaks:
        """The tree with these leaf hashes after it; `kept` is told of each subtree it completes."""
        size, hashes = self.size, list(self.hashes)
        for leaf in leaves:
            hashes.append(leaf)
            size += 1
            level = 0
            while not size >> level & 1:
                right = hashes.pop()
                hashes[-1] = node_hash(hashes[-1], right)
                level += 1
                if kept is not None:
                    kept(level, (size >> level) - 1, hashes[-1])
        return Peaks(size, tuple(hashes))


Kept = Callable[[int, int, bytes], None]


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree head of these leaf hashes."""
    return Peaks().grown(leaves).root()


def subtree_of(leaves: Sequence[bytes]) -> Subtree:
    """How the subtrees of leaf hashes that are all at hand are found."""

    def subtree(level: int, place: int) -> bytes:
        begins, ends = place << level, (place + 1) << level
        if not 0 <= begins < ends <= len(leaves):
            raise LookupError(f"Leaves {begins} to {ends - 1} are not all there.")
        return root_of(leaves[begins:ends])

    return subtree


def range_root(begins: int, ends: int, subtree: Subtree) -> bytes:
    """The root over the leaves from `begins` and before `ends`, of which the first is aligned.

    Every range that a proof of RFC 6962 names begins at a multiple of the next power of two.
    """
    hashes = []
    while begins < ends:
        level = (ends - begins).bit_length() - 1
        hashes.append(subtree(level, begins >> level))
        begins += 1 << level
    root = hashes.pop()
    while hashes:
        root = node_hash(hashes.pop(), root)
    return root


def inclusion_proof(place: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """The path from the leaf at `place` to the head of the tree of `size` leaves.

    Raises ValueError where there is no such leaf.
    """
    if not 0 <= place < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {place}.")
    path = []
    begins, ends = 0, size
    while ends - begins > 1:
        middle = begins + _largest_power_below(ends - begins)
        if place < middle:
            path.append(range_root(middle, ends, subtree))
            ends = middle
        else:
            path.append(range_root(begins, middle, subtree))
            begins = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, subtree: Subtree) -> tuple[bytes, ...]:
    """That the tree of `old` leaves is the beginning of the tree of `new` leaves.

    Empty where either is nothing or both are one. Raises ValueError where `old` is the larger.
    """
    if not 0 <= old <= new:
        raise ValueError(f"A log of {new} leaves is not a later state of one of {old}.")
    if old in (0, new):
        return ()
    path = []
    begins, ends, whole = 0, new, True
    while old != ends:
        middle = begins + _largest_power_below(ends - begins)
        if old <= middle:
            path.append(range_root(middle, ends, subtree))
            ends = middle
        else:
            path.append(range_root(begins, middle, subtree))
            begins, whole = middle, False
    if not whole:
        path.append(range_root(begins, ends, subtree))
    return tuple(reversed(path))


def proves_inclusion(
    leaf: bytes, place: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether `path` shows that `leaf` (a hash) stands at `place` in the tree with this head."""
    if not 0 <= place < size or not _are_hashes((leaf, root, *path)):
        return False
    at, last, head = place, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            head = node_hash(step, head)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            head = node_hash(head, step)
        at, last = at >> 1, last >> 1
    return last == 0 and head == root


def proves_consistency(
    old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether `path` shows that the tree with the old head is the beginning of the new one."""
    if not 0 <= old <= new or not _are_hashes((old_root, new_root, *path)):
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    steps = list(path) if old & (old - 1) else [old_root, *path]
    if not steps:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    was = now = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            was, now = node_hash(step, was), node_hash(step, now)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            now = node_hash(now, step)
        at, last = at >> 1, last >> 1
    return last == 0 and was == old_root and now == new_root


def _largest_power_below(size: int) -> int:
    """The largest power of two smaller than `size`, which is 2 or more."""
    return 1 << (size - 1).bit_length() - 1


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
