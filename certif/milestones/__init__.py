"""PROMISES FOR LATER. What a contract lets an employer do some months after its certification: declared done, recalled, seen by staff."""

from certif.milestones.actions import declare_done
from certif.milestones.model import MilestoneReminder
from certif.milestones.queries import count_overdue
from certif.milestones.reminders import remind_of_milestones
from certif.milestones.space_words import milestone_words

__all__ = ["MilestoneReminder", "count_overdue", "declare_done", "milestone_words", "remind_of_milestones"]
