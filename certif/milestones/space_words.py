"""What this room says to an employer in its own space: how far it is with its promises, and which comes next."""

from __future__ import annotations

from collections.abc import Iterator

from certif.certification import Certification, Milestone, Progress, Stage, Word, granted_after, milestones_of, say_in_space
from certif.kit.languages import _, format_day


def milestone_words(certification: Certification) -> Iterator[Word]:
    """Say how many promises are met, and the first that is not, while the certification counts."""
    found = milestones_of(certification) if certification.badges else []
    if not found or certification.stage not in {Stage.CERTIFIED, Stage.SUSPENDED} or granted_after(certification) is not None:
        return
    waiting = [one for one in found if one.completion is None]
    title = _("Engagements à tenir : %(done)s sur %(count)s", done=len(found) - len(waiting), count=len(found))
    is_late = any(one.progress is Progress.OVERDUE for one in waiting)
    said = _next(waiting[0]) if waiting else str(_("Tout ce que vous aviez promis pour plus tard est tenu. Merci !"))
    yield Word("warning" if is_late else "info", title, said, _("Voir les échéances"), "milestones.list_milestones", certification.ref)


def _next(milestone: Milestone) -> str:
    day = format_day(milestone.due_on)
    if milestone.progress is Progress.OVERDUE:
        return str(_("« %(promise)s » : c’était pour le %(day)s. Dites-nous quand c’est fait.", promise=milestone.text, day=day))
    return str(_("Le prochain : « %(promise)s », d’ici le %(day)s.", promise=milestone.text, day=day))


say_in_space(milestone_words)
