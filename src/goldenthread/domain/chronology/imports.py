"""The stages of an import and what can become of each row."""

from goldenthread.domain.shared.word import Word


class ImportStage(Word):
    """Where an uploaded file is on its way; nothing is kept before `keeping`."""

    READING = "reading", "Reading the file"
    MAPPING = "mapping", "Waiting for you to say what each column holds"
    CHECKING = "checking", "Checking each row"
    CHECKED = "checked", "Waiting for you to confirm"
    KEEPING = "keeping", "Adding to the record"
    KEPT = "kept", "Added to the record"
    REFUSED = "refused", "Could not be read"
    ABANDONED = "abandoned", "Put aside"


class RowOutcome(Word):
    """What will become, or became, of one row."""

    NEW = "new", "New"
    ALREADY_HELD = "already_held", "Already in the record"
    CHANGED = "changed", "Changed since it was last imported"
    PROBLEM = "problem", "Cannot be kept as it is"
    BLANK = "blank", "Blank row"
    KEPT = "kept", "Added to the record"
