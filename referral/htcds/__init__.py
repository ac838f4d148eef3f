"""Cases by IOM's Human Trafficking Case Data Standard 2.0: mapping, checking, exchange. Pure: no database, no web.

The standard's names and codes are re-keyed from "Human Trafficking Case Data Standard 2.0", IOM, CC BY 4.0; no
endorsement implied.
"""

from referral.htcds.assessment import Assessment, check_assessment, staff_fields
from referral.htcds.case import HtcdsCase, Record
from referral.htcds.collection import ALL_ITEMS, FilledBy, collected, items
from referral.htcds.consent import ConsentTerms, Override, Released, release
from referral.htcds.coverage import coverage
from referral.htcds.csv_reading import read_csv
from referral.htcds.ctdc import to_ctdc
from referral.htcds.errors import (
    AssessmentRefused,
    BadValue,
    ExportRefused,
    Fault,
    HtcdsError,
    ImportRefused,
    PartnerFileClosed,
    PassphraseTooShort,
)
from referral.htcds.excel_reading import AddressBy, read_excel
from referral.htcds.export import Target, export, export_case, left_out
from referral.htcds.facts import CaseFacts, OutgoingReferral
from referral.htcds.json_file import read_json
from referral.htcds.mapping import case_of
from referral.htcds.partner import open_partner_file, seal_for_partner
from referral.htcds.table import Field, Kind, Section, Table, load_table

__all__ = [
    "ALL_ITEMS",
    "AddressBy",
    "Assessment",
    "AssessmentRefused",
    "BadValue",
    "CaseFacts",
    "ConsentTerms",
    "ExportRefused",
    "Fault",
    "Field",
    "FilledBy",
    "HtcdsCase",
    "HtcdsError",
    "ImportRefused",
    "Kind",
    "OutgoingReferral",
    "Override",
    "PartnerFileClosed",
    "PassphraseTooShort",
    "Record",
    "Released",
    "Section",
    "Table",
    "Target",
    "case_of",
    "check_assessment",
    "collected",
    "coverage",
    "export",
    "export_case",
    "items",
    "left_out",
    "load_table",
    "open_partner_file",
    "read_csv",
    "read_excel",
    "read_json",
    "release",
    "seal_for_partner",
    "staff_fields",
    "to_ctdc",
]
