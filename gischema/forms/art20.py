"""Typed sections of the Article 20 forms (国办公开办函〔2019〕60号 and 〔2021〕30号)."""

from __future__ import annotations

from attrs import field, frozen

from gischema.forms.section_classes import Applicants, Count, Money, Outcomes


@frozen
class Refused:
    """Requests refused, by ground."""

    state_secret: Applicants = field(factory=Applicants)
    prohibited_by_law: Applicants = field(factory=Applicants)
    security_stability: Applicants = field(factory=Applicants)
    third_party: Applicants = field(factory=Applicants)
    internal_affairs: Applicants = field(factory=Applicants)
    deliberative: Applicants = field(factory=Applicants)
    enforcement_file: Applicants = field(factory=Applicants)
    administrative_query: Applicants = field(factory=Applicants)


@frozen
class Unavailable:
    """Requests for what could not be provided, by reason."""

    not_held: Applicants = field(factory=Applicants)
    needs_creation: Applicants = field(factory=Applicants)
    unclear: Applicants = field(factory=Applicants)


@frozen
class NotProcessed:
    """Requests not processed, by reason."""

    petition: Applicants = field(factory=Applicants)
    duplicate: Applicants = field(factory=Applicants)
    publication: Applicants = field(factory=Applicants)
    excessive: Applicants = field(factory=Applicants)
    confirmation: Applicants = field(factory=Applicants)


@frozen
class OtherDisposal:
    """Requests disposed of otherwise, from 2021."""

    correction_overdue: Applicants = field(factory=Applicants)
    fee_overdue: Applicants = field(factory=Applicants)
    other: Applicants = field(factory=Applicants)


@frozen
class Disposed2019:
    """Requests disposed of in the year, 2019–2020."""

    granted: Applicants = field(factory=Applicants)
    partially_granted: Applicants = field(factory=Applicants)
    refused: Refused = field(factory=Refused)
    unavailable: Unavailable = field(factory=Unavailable)
    not_processed: NotProcessed = field(factory=NotProcessed)
    other: Applicants = field(factory=Applicants)
    total: Applicants = field(factory=Applicants)


@frozen
class Disposed2021:
    """Requests disposed of in the year, from 2021."""

    granted: Applicants = field(factory=Applicants)
    partially_granted: Applicants = field(factory=Applicants)
    refused: Refused = field(factory=Refused)
    unavailable: Unavailable = field(factory=Unavailable)
    not_processed: NotProcessed = field(factory=NotProcessed)
    other: OtherDisposal = field(factory=OtherDisposal)
    total: Applicants = field(factory=Applicants)


@frozen
class Requests2019:
    """Requests received and disposed of, by applicant, 2019–2020."""

    received: Applicants = field(factory=Applicants)
    carried_in: Applicants = field(factory=Applicants)
    disposed: Disposed2019 = field(factory=Disposed2019)
    carried_out: Applicants = field(factory=Applicants)


@frozen
class Requests2021:
    """Requests received and disposed of, by applicant, from 2021."""

    received: Applicants = field(factory=Applicants)
    carried_in: Applicants = field(factory=Applicants)
    disposed: Disposed2021 = field(factory=Disposed2021)
    carried_out: Applicants = field(factory=Applicants)


@frozen
class Litigation:
    """Lawsuits, brought at once or after reconsideration."""

    direct: Outcomes = field(factory=Outcomes)
    after_reconsideration: Outcomes = field(factory=Outcomes)


@frozen
class Review:
    """Reconsiderations and lawsuits over disclosure."""

    reconsideration: Outcomes = field(factory=Outcomes)
    litigation: Litigation = field(factory=Litigation)


@frozen
class MadeDocuments:
    """Rules or normative documents made and disclosed (件)."""

    made: Count = None
    disclosed: Count = None
    disclosed_total: Count = None


@frozen
class Items:
    """Items of a kind last year, their change (signed) and the decisions taken."""

    items_last_year: Count = None
    items_change: Count = None
    decisions: Count = None


@frozen
class FeeItems:
    """Fee items last year and their change (signed)."""

    items_last_year: Count = None
    items_change: Count = None


@frozen
class Procurement:
    """Government procurement; the form prints no unit for the amount."""

    projects: Count = None
    amount: Money = None


@frozen
class Proactive2019:
    """Article 20 (1), (5), (6), (8) and (9)."""

    rules: MadeDocuments = field(factory=MadeDocuments)
    normative: MadeDocuments = field(factory=MadeDocuments)
    licensing: Items = field(factory=Items)
    other_services: Items = field(factory=Items)
    penalty: Items = field(factory=Items)
    compulsion: Items = field(factory=Items)
    fees: FeeItems = field(factory=FeeItems)
    procurement: Procurement = field(factory=Procurement)


@frozen
class Documents:
    """Rules or normative documents issued, repealed and in force (件)."""

    issued: Count = None
    repealed: Count = None
    in_force: Count = None


@frozen
class Decisions:
    """Decisions taken in the year (件)."""

    decisions: Count = None


@frozen
class Fees:
    """Administrative fees taken (万元)."""

    amount: Money = None


@frozen
class Proactive2021:
    """Article 20 (1), (5), (6) and (8)."""

    rules: Documents = field(factory=Documents)
    normative: Documents = field(factory=Documents)
    licensing: Decisions = field(factory=Decisions)
    penalty: Decisions = field(factory=Decisions)
    compulsion: Decisions = field(factory=Decisions)
    fees: Fees = field(factory=Fees)
