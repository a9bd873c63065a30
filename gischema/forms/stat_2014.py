"""Typed sections of the statistics form of report years 2014–2018 (国办发〔2014〕32号)."""

from __future__ import annotations

from attrs import field, frozen

from gischema.forms.section_classes import OWN_FIGURE, Count, Money


@frozen
class DisclosureChannels:
    """Items disclosed by channel (条)."""

    gazette: Count = None
    website: Count = None
    weibo: Count = None
    wechat: Count = None
    other: Count = None


@frozen
class Proactive:
    """Proactive disclosure; the same item on several channels counts once (条)."""

    disclosed: Count = None
    disclosed_normative: Count = None
    normative_issued: Count = None
    channels: DisclosureChannels = field(factory=DisclosureChannels)


@frozen
class ResponseChannels:
    """Ways of responding to public concern (次; interpretations 篇)."""

    press_conferences: Count = None
    press_conferences_by_head: Count = None
    online_interviews: Count = None
    online_interviews_by_head: Count = None
    interpretations: Count = None
    weibo_wechat: Count = None
    other: Count = None


@frozen
class Response:
    """Responses to public concern and interpretations of policy."""

    topics: Count = None
    channels: ResponseChannels = field(factory=ResponseChannels)


@frozen
class Received:
    """Requests received, in all and by the way they came (件)."""

    total: Count = field(default=None, metadata=OWN_FIGURE)
    in_person: Count = None
    fax: Count = None
    online: Count = None
    letter: Count = None


@frozen
class Concluded:
    """Requests concluded, in all, in time and after extension (件)."""

    total: Count = field(default=None, metadata=OWN_FIGURE)
    on_time: Count = None
    extended: Count = None


@frozen
class Refusals:
    """Refusals, in all and by ground (件)."""

    total: Count = field(default=None, metadata=OWN_FIGURE)
    state_secret: Count = None
    trade_secret: Count = None
    privacy: Count = None
    security: Count = None
    not_government_information: Count = None
    other_statutory: Count = None


@frozen
class Answered:
    """Answers, in all and by kind (件)."""

    total: Count = field(default=None, metadata=OWN_FIGURE)
    already_public: Count = None
    granted: Count = None
    partially_granted: Count = None
    refused: Refusals = field(factory=Refusals)
    not_this_agency: Count = None
    nonexistent: Count = None
    correction_asked: Count = None
    other_channel: Count = None


@frozen
class Requests:
    """Disclosure on request."""

    received: Received = field(factory=Received)
    concluded: Concluded = field(factory=Concluded)
    answered: Answered = field(factory=Answered)


@frozen
class Cases:
    """Reconsiderations or lawsuits, in all and by outcome (件)."""

    total: Count = field(default=None, metadata=OWN_FIGURE)
    upheld: Count = None
    corrected: Count = None
    other: Count = None


@frozen
class Staff:
    """People who work on disclosure (人)."""

    total: Count = field(default=None, metadata=OWN_FIGURE)
    full_time: Count = None
    part_time: Count = None


@frozen
class Institution:
    """Offices, reading points, staff and funds (funds in 万元)."""

    offices: Count = None
    reading_points: Count = None
    staff: Staff = field(factory=Staff)
    funds: Money = None


@frozen
class Training:
    """Meetings, courses and people trained."""

    meetings: Count = None
    courses: Count = None
    trainees: Count = None
