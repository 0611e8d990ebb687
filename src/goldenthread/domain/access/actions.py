"""What can be asked of a family's record, and what can be decided of it (`decision.py`)."""

from goldenthread.domain.shared.word import Word


class Action(Word):
    """What can be asked of a family's record."""

    VIEW_FAMILY = "view_family", "Open a family's record"
    VIEW_ENTRY = "view_entry", "Read one entry"
    ADD_ENTRY = "add_entry", "Add what I know"
    ANSWER_ENTRY = "answer_entry", "Correct, withdraw or dispute an entry"
    IMPORT_CHRONOLOGY = "import_chronology", "Import a chronology"
    EXPORT_CHRONOLOGY = "export_chronology", "Print or export a chronology"
    JUDGE_SIGNIFICANCE = "judge_significance", "Say how much an entry matters"
    LINK_EVENTS = "link_events", "Say whether two entries are one event"
    SHARE_ENTRY = "share_entry", "Record that another agency was told"
    RECEIVE_ENTRY = "receive_entry", "Say that an entry was read, and what came of it"
    PUBLISH_CHRONOLOGY = "publish_chronology", "Publish a chronology for a meeting"
    ANSWER_GAP = "answer_gap", "Take on or answer what is not known"
    ANSWER_QUESTION = "answer_question", "Answer a question of this family's history"
    WRITE_SUMMARY = "write_summary", "Write the cumulative summary"
    WRITE_PLAN = "write_plan", "Write, sign or answer for the safety plan"
    SIGN_DECISION = "sign_decision", "Write and sign a decision"
    READ_DECISION_BACK = "read_decision_back", "Say a decision back in one's own words"
    CHALLENGE_DECISION = "challenge_decision", "Challenge a decision, or answer a challenge"
    LINK_PEOPLE = "link_people", "Say whether people of two families are one"
    FOLLOW_LINK = "follow_link", "See that somebody is known in another family"
    KEEP_ADDRESS = "keep_address", "Keep a safe address, or say that it changed"
    REVEAL_ADDRESS = "reveal_address", "Be shown a safe address"
    TELL_ADDRESS = "tell_address", "Give a safe address to another agency"
    SEND_DOCUMENT = "send_document", "Take a document out of the record"
    DECIDE_DOCUMENT = "decide_document", "Decide whether a held document leaves"
    LABEL_ENTRY = "label_entry", "Put a sensitivity label on an entry, or take one off"
    WITHHOLD_ENTRY = "withhold_entry", "Withhold an entry from a person or an agency"
    SEAL_RECORD = "seal_record", "Seal a record for named people, go on with it, or lift it"
    JOIN_TEAM = "join_team", "Put somebody on the team around a family"
    END_MEMBERSHIP = "end_membership", "End somebody’s place on the team around a family"
    PREPARE_PACK = "prepare_pack", "Prepare what somebody asked to see of what is kept about them"
    CHECK_PACK = "check_pack", "Check a pack that somebody else prepared"
    RELEASE_PACK = "release_pack", "Release a pack that was checked, and take it out"


# All that may be asked of a record while the glass is broken: it is read, and nothing else.
READS = frozenset({Action.VIEW_FAMILY, Action.VIEW_ENTRY})


class Outcome(Word):
    """What was decided."""

    ALLOW = "allow", "Allowed"
    MASK = "mask", "Masked"
    DENY = "deny", "Refused"
