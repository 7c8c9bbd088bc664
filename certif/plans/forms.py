"""What is typed of funders, plans and objectives."""

from __future__ import annotations

from collections.abc import Sequence

from certif.kit.forms import Choice, Day, Form, ShortText, Tick
from certif.kit.languages import _l
from certif.plans.model import AUDIENCES, ActionPlan, Funder, Objective
from certif.plans.terms import ObjectiveTerms, PlanTerms


class FunderForm(Form):
    """Who pays."""

    name = ShortText(_l("Nom"), most=150, hint=_l("Comme il paraît dans l’entente : un ministère, une fondation, une MRC."))


class PlanForm(Form):
    """What a plan is."""

    title = ShortText(_l("Titre"), most=150)
    from_on = Day(_l("Premier jour"))
    until_on = Day(_l("Dernier jour"))
    funder = Choice(_l("Bailleur de fonds"), required=False)
    is_pilot = Tick(_l("C’est un projet pilote"), hint=_l("Une page permet alors d’en faire l’évaluation."))

    def offer(self, funders: Sequence[Funder], plan: ActionPlan | None = None) -> PlanForm:
        """Offer the funders that are not archived, and the one that the plan has; say what the plan is now."""
        kept = plan.funder if plan else None
        self._funders = {one.ref: one for one in funders if one.archived_at is None or one is kept}
        self.funder.choices = [("", _l("Aucun")), *((one.ref, one.name) for one in self._funders.values())]
        if plan is not None and not self.is_submitted():
            self.funder.data = kept.ref if kept else ""
        return self

    @property
    def terms(self) -> PlanTerms:
        """What was typed."""
        dates = self.from_on.data, self.until_on.data
        return PlanTerms(self.title.data or "", *dates, self._funders.get(self.funder.data or ""), bool(self.is_pilot.data))


class ObjectiveForm(Form):
    """What an objective is."""

    code = ShortText(_l("Numéro dans le plan"), most=20, hint=_l("Comme 5.1.2."))
    title = ShortText(_l("Objectif"), most=200)
    axis = ShortText(_l("Axe ou orientation"), most=120, required=False)
    audience = Choice(_l("Public visé"), required=False, choices=[("", _l("Plusieurs publics")), *AUDIENCES.items()])

    def fill_from(self, objective: Objective) -> ObjectiveForm:
        """Say what the objective is now."""
        if not self.is_submitted():
            self.audience.data = objective.audience or ""
        return self

    @property
    def terms(self) -> ObjectiveTerms:
        """What was typed."""
        return ObjectiveTerms(self.code.data or "", self.title.data or "", self.axis.data or "", self.audience.data or None)
