"""What every binary column holds. A new column fails the tests until it is named here, and until the world fills it."""

from enum import StrEnum, unique
from types import MappingProxyType


@unique
class Content(StrEnum):
    """A meaning; the letter stands in the table."""

    STORY = "S"
    FROM_PERSON = "M"
    STAFF = "W"
    CONSENT = "C"
    REPLY = "R"
    CHAT = "H"
    CASE_KEY = "K"
    STAFF_CHAT = "staff chats"
    ORGANISATION_KEY = "organisation keys"
    STAFF_KEY = "staff keys"
    GATEWAY = "gateway's notes"
    GAP = "questions without an answer"
    CLEAR = ""


LEGEND = MappingProxyType(
    {
        Content.STORY: "what the person told and chose",
        Content.FROM_PERSON: "later messages of the person",
        Content.STAFF: "words of staff: notes, replies in the thread, reasons, notes to other organisations",
        Content.CONSENT: "details of consents and of questions for consent",
        Content.REPLY: "replies that nobody has fetched yet",
        Content.CHAT: "the person's chat",
        Content.CASE_KEY: "a copy of the case's key",
    }
)
CLEAR = Content.CLEAR
COLUMNS = MappingProxyType(
    {
        "audit_event.hash": CLEAR,
        "audit_event.previous": CLEAR,
        "case_field.sealed": Content.STORY,  # STAFF when it has an author
        "case_field.signature": CLEAR,
        "case_key.sealed_key": Content.CASE_KEY,
        "case_message.message_hash": CLEAR,
        "case_message.sealed": Content.FROM_PERSON,  # STAFF when it has an author
        "case_message.signature": CLEAR,
        "case_record.binding": CLEAR,
        "case_record.code_tag": CLEAR,
        "case_record.public_key": CLEAR,
        "case_record.reply_public_key": CLEAR,
        "case_record.submission_hash": CLEAR,
        "case_referral.answer_sealed": Content.STAFF,
        "case_referral.answer_signature": CLEAR,
        "case_referral.sealed": Content.STAFF,
        "case_referral.signature": CLEAR,
        "consent_record.sealed": Content.CONSENT,
        "consent_record.signature": CLEAR,
        "consent_request.sealed": Content.CONSENT,
        "consent_request.signature": CLEAR,
        "content_feedback.who": CLEAR,
        "content_gap.sealed": Content.GAP,
        "content_gap.who": CLEAR,
        "escrow_share.sealed": Content.ORGANISATION_KEY,
        "legal_override.sealed": Content.STAFF,
        "legal_override.signature": CLEAR,
        "number_report.who": CLEAR,
        "organisation_key.public_key": CLEAR,
        "organisation_key.verify_key": CLEAR,
        "organisation_key_grant.sealed_key": Content.ORGANISATION_KEY,
        "outbox.sealed": Content.REPLY,
        "pull_reply.sealed": Content.REPLY,
        "route.route_box": Content.CHAT,
        "route.route_tag": CLEAR,
        "staff.certificate": CLEAR,
        "staff.locked_private_key": Content.STAFF_KEY,
        "staff.login_hash": CLEAR,
        "staff.pairing_tag": CLEAR,
        "staff.public_key": CLEAR,
        "staff.recovery_hash": CLEAR,
        "staff.recovery_locked_key": Content.STAFF_KEY,
        "staff.recovery_salt": CLEAR,
        "staff.salt": CLEAR,
        "staff.verify_key": CLEAR,
        "staff_route.route_box": Content.STAFF_CHAT,
        "staff_route.route_tag": CLEAR,
        "tombstone.case_hash": CLEAR,
    }
)
GATEWAY_COLUMNS = MappingProxyType({"chat.box": Content.GATEWAY, "kept.box": Content.GATEWAY})
