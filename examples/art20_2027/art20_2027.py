"""A generation that does not exist yet: `art20-2027`, as one class beside one grammar."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen

from gischema import Form, hookimpl, read_form
from gischema.forms import art20
from gischema.forms.report_classes import Art20Report2021
from gischema.forms.section_classes import Applicants, Count

HERE = Path(__file__).parent


@frozen
class NotProcessed:
    """Requests not processed, by reason; 要求提供公开出版物 is gone."""

    petition: Applicants = field(factory=Applicants)
    duplicate: Applicants = field(factory=Applicants)
    excessive: Applicants = field(factory=Applicants)
    confirmation: Applicants = field(factory=Applicants)


@frozen
class OtherDisposal(art20.OtherDisposal):
    """Requests disposed of otherwise; data sets are told apart."""

    open_data: Applicants = field(factory=Applicants)


@frozen
class Disposed:
    """Requests disposed of in the year."""

    granted: Applicants = field(factory=Applicants)
    partially_granted: Applicants = field(factory=Applicants)
    refused: art20.Refused = field(factory=art20.Refused)
    unavailable: art20.Unavailable = field(factory=art20.Unavailable)
    not_processed: NotProcessed = field(factory=NotProcessed)
    other: OtherDisposal = field(factory=OtherDisposal)
    total: Applicants = field(factory=Applicants)


@frozen
class Requests:
    """Requests received and disposed of, by applicant."""

    received: Applicants = field(factory=Applicants)
    carried_in: Applicants = field(factory=Applicants)
    disposed: Disposed = field(factory=Disposed)
    carried_out: Applicants = field(factory=Applicants)


@frozen
class Channel:
    """Requests that came one way (件)."""

    working_days: Count = None
    other_days: Count = None
    total: Count = None


@frozen
class Channels:
    """Requests by the way they came."""

    in_person: Channel = field(factory=Channel)
    online: Channel = field(factory=Channel)
    letter: Channel = field(factory=Channel)
    total: Channel = field(factory=Channel)


class Art20Report2027(Art20Report2021):
    """A report on the form `art20-2027`."""

    requests: Requests
    channels: Channels


@hookimpl
def gischema_forms() -> list[Form]:
    """The form."""
    return [read_form(HERE / "art20_2027.lark", report=Art20Report2027)]


@hookimpl
def gischema_rules() -> list[Path]:
    """What must hold in it."""
    return [HERE / "art20_2027.rules"]
