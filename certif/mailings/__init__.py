"""TO MANY. One letter to each of an audience: seen and counted first, confirmed, by two people where they are many, and sent once."""

from certif.mailings import actions
from certif.mailings.model import FOUR_EYES_ABOVE, Audience, Mailing, MailingRecipient, MailingStep, Step
from certif.mailings.queries import SENDERS
from certif.mailings.writers import Subject, Writer, Written, write_with

confirm_mailing = actions.confirm_mailing
draft_mailing = actions.draft_mailing
draft_mailing_to = actions.draft_mailing_to
second_mailing = actions.second_mailing
stop_mailing = actions.stop_mailing

__all__ = [
    "FOUR_EYES_ABOVE",
    "SENDERS",
    "Audience",
    "Mailing",
    "MailingRecipient",
    "MailingStep",
    "Step",
    "Subject",
    "Writer",
    "Written",
    "confirm_mailing",
    "draft_mailing",
    "draft_mailing_to",
    "second_mailing",
    "stop_mailing",
    "write_with",
]
