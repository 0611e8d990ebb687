"""The closed vocabularies of safe addresses."""

from goldenthread.domain.shared.word import Word


class AddressPart(Word):
    """The parts of an address that give a place away wherever they stand."""

    POSTCODE = "postcode", "the postcode"
    STREET = "street", "the house and street"
    PHONE = "phone", "the telephone number"


class AddressChange(Word):
    """What became of an address, as the row that stands in its place says."""

    MOVED = "moved", "They moved: this is where they live now"
    CORRECTED = "corrected", "It was written wrongly"
    ENDED = "ended", "They are no longer there"


class KeptFromSort(Word):
    """Why somebody is never given an address."""

    MUST_NOT_REACH = "must_not_reach", "It must not reach them"
    ACTS_FOR = "acts_for", "They act for, or work with, somebody it must not reach"


class AddressShown(Word):
    """In which of three states a reader finds an address."""

    FULL = "full", "May have it, by a click and with a reason"
    WITHHELD = "withheld", "Address withheld"
    HIDDEN = "hidden", "As if none were kept"
