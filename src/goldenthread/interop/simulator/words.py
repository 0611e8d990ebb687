"""The words the simulator draws from. Nobody here is anybody."""

GIVEN = tuple(
    "Ada Ben Cora Dev Ella Finn Grace Hari Iris Jude Kofi Lena Milo Nia Omar Pia Ravi Sara Tom Una "
    "Viktor Wren Yusuf Zoë Chloé Siân Łukasz Aoife Maya Noor".split()
)
FAMILY = tuple(
    "Abbot Bright Carter Dale Ellis Frost Gale Hart Ince Jarvis Kemp Lowe Marsh North Oakes Price "
    "Quill Reeve Stone Thorne Upton Vale Webb York Adeyemi Begum O'Brien Kowalska Nguyen".split()
)
PLACES = ("Alder", "Birch", "Cedar", "Elder", "Hazel", "Linden", "Maple", "Rowan")
AGENCY_NAMES = {
    "children_social_care": "Children's Services",
    "police": "Police",
    "gp": "Surgery",
    "hospital": "Hospital",
    "health_visiting": "Health Visiting",
    "midwifery": "Midwives",
    "school": "Primary School",
    "nursery": "Nursery",
    "adult_mental_health": "Adult Mental Health",
    "probation": "Probation",
    "housing": "Housing",
    "early_help": "Early Help",
}
STATUSES = (
    "Child in need plan",
    "Child protection plan: neglect",
    "Child protection plan: emotional abuse",
    "Early help",
)
KINDS = (
    "visit", "visit", "contact", "contact", "health_contact", "observation", "incident", "referral",
    "missed_appointment", "core_group", "assessment", "strength", "strength", "child_voice",
    "carer_change", "household_change", "routine_enquiry", "home_assessment", "no_access",
)  # fmt: skip
CONCERNS = (
    "neglect", "domestic_abuse", "parental_mental_health", "substance_misuse", "emotional", "none",
    "strength", "strength", "non_engagement", "unsafe_adult",
)  # fmt: skip
OPENINGS = (
    "Home visit by arrangement.", "Telephone call from mother.", "Seen in clinic.",
    "Attended the house after a call.", "Spoke with father at the gate.", "Reviewed the record.",
    "Core group held.", "School reported at the end of the day.", "Joint visit with a colleague.",
)  # fmt: skip
MIDDLES = (
    "The kitchen was clean and there was food for the week.",
    "The children were dressed for the weather and chatted happily.",
    "Voices were raised and the youngest was upset.",
    "Mother said she had slept badly and felt low.",
    "The appointment was not kept and no message was left.",
    "A new friend of mother was in the house and was not introduced.",
    "Father described the bedtime he keeps and what helps.",
    "Grandmother said she could not help as often this month.",
    "The baby's weight follows its line and feeding goes well.",
)  # fmt: skip
ENDS = (
    "Advice was given and accepted.", "A further visit is booked.", "Follow-up is agreed.",
    "No further action was thought necessary.", "The allocated worker was told.",
    "Mother agreed to ring the surgery.", "The plan was read through together.",
)  # fmt: skip
IMPACTS = ("", "", "Unsettled for the rest of the day.", "Calm and curious.", "Tired in class.")
ACTIONS = ("", "Advice given.", "Told the social worker.", "Visit booked.", "None needed.")
