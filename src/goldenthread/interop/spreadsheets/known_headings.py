"""Headings that agencies and published chronology templates use for each canonical column.

One line each of headings separated by bars; case, punctuation and spacing do not count. From the
Tayside and Care Inspectorate templates and the everyday exports of the services.
"""

KNOWN_HEADINGS: dict[str, str] = {
    "id": """
        ref | reference | reference number | entry id | event id | record id | row id | entry no
        | entry number | no | unique id | unique reference | log number | occurrence number
    """,
    "date": """
        event date | event date or period | date or period | date of event | date/time | date
        and time | date of incident | incident date | date of contact | contact date | date of
        entry | when | when it happened | happened | date happened | event period | date
        occurred | occurred | date of occurrence | date of visit | visit date | appointment date
        | consultation date | date from | start date
    """,
    "agency": """
        organisation | service | source agency | agency name | recording agency
    """,
    "source": """
        practitioner | source practitioner service | source of information | source document |
        information source | recorded by | author | entered by | worker | professional |
        clinician | officer | staff member | name of practitioner | seen by | completed by |
        source of the information | practitioner service
    """,
    "how_known": """
        how is it known | how it is known | how we know | basis | how known seen told by whom
        document inferred | how do we know | first hand or reported | evidence type
    """,
    "told_by": """
        informant | told by whom | reported by | who told us | who told you | information from |
        informed by | referrer | caller
    """,
    "people": """
        persons involved | people involved | who | about whom | who was involved | person |
        person s | persons | family member | family members | subject | subjects | individuals |
        individuals involved | who is it about | those present | about | persons involved tags
        for indicators | name | child name | patient
    """,
    "kind": """
        event type | type | type of event | type of contact | contact type | category | event
        category | incident type | nature of contact | encounter type | activity | crime type |
        type of incident | record type | entry type
    """,
    "domain": """
        concern | concerns | area of concern | areas of concern | domains | risk type | harm
        type | type of harm | category of concern | concern or strength | theme | themes |
        indicator | indicators | tags | tags for indicators | risk factor
    """,
    "what": """
        significant event | event | what happened | details | description | narrative | event
        details | details of event | summary | significant event plain language family readable
        | key event | event description | incident | information | entry | note | notes | case
        note | significant information | contact details of event | account | text | details of
        contact | consultation notes | event information | comment | comments
    """,
    "impact": """
        impact on child | impact | impact on child positive or negative | effect on child |
        effect on the child | impact on child children | impact on children | significance for
        child | what it meant for the child | impact on the children
    """,
    "action": """
        action taken | action taken reason for none | actions | outcome | action and outcome |
        action outcome | response | action taken and outcome | agency response | disposal |
        action taken reason for none and outcome | actions taken | what was done | plan | action
        taken or reason for none | result | service response | follow up
    """,
    "known_from": """
        date learned | known from | date known | date received | when known | date reported |
        known since | date informed | date learned and date recorded | date learned and date
        recorded distinct from event date | date we knew | learned | date told | date notified |
        date agency became aware | received
    """,
    "shared_with": """
        shared | information shared with | agencies told | agencies informed | shared
        with agency date basis | shared with agency date basis not shared why | who was told |
        notified | agencies notified | passed to | who has been told
    """,
    "shared_on": """
        date shared | shared date | date of sharing | when shared | date passed on | date
        agencies told | information shared on
    """,
    "significance": """
        significance of event | importance | significant | level of significance | weight
    """,
}
