"""Typed sections of the rows that Jiangsu adds (件; files in 份)."""

from attrs import field, frozen

from gischema.forms import report_classes, stat_2014
from gischema.forms.section_classes import OWN_FIGURE, Count


@frozen
class Citizens:
    """Requests of citizens, in all and of three professions."""

    total: Count = field(default=None, metadata=OWN_FIGURE)
    lawyers: Count = None
    researchers: Count = None
    journalists: Count = None


@frozen
class Sources:
    """Requests by kind of applicant, 申请来源."""

    party_and_government: Count = None
    social_organizations: Count = None
    enterprises: Count = None
    media: Count = None
    research_institutions: Count = None
    citizens: Citizens = field(factory=Citizens)
    other: Count = None


@frozen
class Requests(stat_2014.Requests):
    """Disclosure on request."""

    sources: Sources = field(factory=Sources)


@frozen
class Institution(stat_2014.Institution):
    """Offices, files sent to reading points, staff and funds."""

    files_sent_to_reading_points: Count = None


@frozen
class AdministrativePowers:
    """Cases handled by kind of power, 行政权力办件情况."""

    licensing: Count = None
    penalty: Count = None
    compulsion: Count = None
    expropriation: Count = None
    payment: Count = None
    adjudication: Count = None
    confirmation: Count = None
    reward: Count = None
    requisition: Count = None
    other: Count = None


class JiangsuReport(report_classes.StatReport2014):
    """A report on `stat-2014+jiangsu`."""

    requests: Requests
    institution: Institution
    mailbox_letters: Count
    administrative_powers: AdministrativePowers
