"""From plain data to a questionnaire: whatever is not understood is refused, and each fault says where it is and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certif.kit.languages import _
from certif.kit.plain_reader import Path, PlainReader
from certif.programs import Text
from certif.surveys.definitions import AGES, LEVELS, MOST_HOURS, ROLES, Check, Definition, Flag, Kind, Option, Question
from certif.surveys.model import Audience

MOST_QUESTIONS, MOST_OPTIONS = 60, 40


def definition_from(given: Any, lines: Mapping[Path, int] | None = None) -> Definition:
    """Give the questionnaire that plain data holds.

    Takes: `given`, what JSON or the file gave; `lines`, on which line of the file each part is.
    Refuses (`FaultyFile`): all that is unknown, missing, of the wrong kind, or leads nowhere.
    """
    reader = _Reader(lines)
    found = reader.questionnaire(given)
    if not reader.faults:
        reader.together(found)
    reader.settle()
    return found


class _Reader(PlainReader):
    def questionnaire(self, given: Any) -> Definition:
        """Read it all."""
        known = {"slug", "audience", "level", "title", "intro", "questions", "checks", "flags"}
        data = self.table(given, known, {"slug", "audience", "title", "questions"}, ())
        questions = self.list_of(data.get("questions"), ("questions",), MOST_QUESTIONS, least=1)
        checks, flags = (self.list_of(data.get(name, []), (name,)) for name in ("checks", "flags"))
        return Definition(
            slug=self.name(data.get("slug"), ("slug",)),
            audience=self.one_of(data.get("audience"), tuple(Audience), ("audience",)),
            level=self.one_of(data["level"], LEVELS, ("level",)) if data.get("level") is not None else None,
            title=self.said(data.get("title"), ("title",)),
            intro=self.said(data["intro"], ("intro",)) if data.get("intro") else Text(),
            questions=tuple(self.question(one, ("questions", number)) for number, one in enumerate(questions)),
            checks=tuple(self.check(one, ("checks", number)) for number, one in enumerate(checks)),
            flags=tuple(self.flag(one, ("flags", number)) for number, one in enumerate(flags)),
        )

    def question(self, given: Any, where: Path) -> Question:
        """Read one question."""
        known = {"id", "role", "kind", "optional", "only_if", "ask", "hint", "options", "positive"}
        data = self.table(given, known, {"id", "kind", "ask"}, where)
        kind = Kind(self.one_of(data.get("kind"), tuple(Kind), (*where, "kind")) or Kind.CHOICE)
        options = self.list_of(data.get("options", []), (*where, "options"), MOST_OPTIONS)
        found = Question(
            id=self.name(data.get("id"), (*where, "id")),
            role=self.one_of(data["role"], ROLES, (*where, "role")) if data.get("role") is not None else None,
            kind=kind,
            ask=self.said(data.get("ask"), (*where, "ask")),
            hint=self.said(data["hint"], (*where, "hint")) if data.get("hint") else Text(),
            is_optional=self.yes_or_no(data.get("optional", False), (*where, "optional")),
            only_if=self.conditions(data.get("only_if", {}), (*where, "only_if")),
            options=tuple(self.option(one, (*where, "options", number)) for number, one in enumerate(options)),
            positive=self.names(data.get("positive", []), (*where, "positive")),
        )
        if kind is Kind.HOURS and options:
            self.blame((*where, "options"), _("une question d’heures n’a pas d’options ; retirez-les."))
        if kind is not Kind.HOURS and len(options) < 2:
            self.blame((*where, "options"), _("donnez au moins deux options."))
        return found

    def option(self, given: Any, where: Path) -> Option:
        """Read one option."""
        data = self.table(given, {"id", "fr", "en"}, {"id", "fr", "en"}, where)
        return Option(
            self.name(data.get("id"), (*where, "id")),
            self.said({name: data[name] for name in ("fr", "en") if name in data}, where),
        )

    def check(self, given: Any, where: Path) -> Check:
        """Read what answers must be together."""
        data = self.table(given, {"sum", "least", "most", "say"}, {"sum", "say"}, where)
        least, most = (self.hours(data.get(name), (*where, name)) for name in ("least", "most"))
        if least is None and most is None:
            self.blame(where, _("donnez « least », « most » ou les deux."))
        return Check(self.names(data.get("sum", []), (*where, "sum")), self.said(data.get("say"), (*where, "say")), least, most)

    def flag(self, given: Any, where: Path) -> Flag:
        """Read what is implausible."""
        data = self.table(given, {"sum", "over", "answers"}, set(), where)
        over, names = self.hours(data.get("over"), (*where, "over")), self.names(data.get("sum", []), (*where, "sum"))
        if (over is None) != (not names) or not (names or data.get("answers")):
            self.blame(where, _("donnez « sum » avec « over », ou « answers »."))
        return Flag(names, over, self.conditions(data.get("answers", {}), (*where, "answers")))

    def together(self, found: Definition) -> None:
        """See that the parts fit one another."""
        seen: dict[str, Question] = {}
        for number, question in enumerate(found.questions):
            self._question_fits(question, seen, ("questions", number))
            seen[question.id] = question
        roles = [question.role for question in found.questions if question.role]
        for role in sorted({role for role in roles if roles.count(role) > 1}):
            self.blame(("questions",), _("deux questions ont le rôle « %(role)s » ; gardez-en une.", role=role))
        for number, check in enumerate(found.checks):
            self._are_hours(check.sum, seen, ("checks", number, "sum"))
        for number, flag in enumerate(found.flags):
            self._are_hours(flag.sum, seen, ("flags", number, "sum"))
            self._lead_somewhere(flag.answers, seen, ("flags", number, "answers"))
        if found.audience == Audience.STUDENTS and not _asks_age_first(found):
            ages = ", ".join(AGES)
            self.blame(("questions", 0), _("la première question aux élèves est celle de l’âge, avec les options %(ages)s.", ages=ages))

    def _question_fits(self, question: Question, before: dict[str, Question], where: Path) -> None:
        if question.id in before:
            self.blame((*where, "id"), _("ce nom est déjà celui d’une autre question ; changez-le."))
        self._lead_somewhere(question.only_if, before, (*where, "only_if"))
        if len(set(question.option_ids)) < len(question.options):
            self.blame((*where, "options"), _("deux options ont le même nom ; changez-en un."))
        for name in set(question.positive) - set(question.option_ids):
            self.blame((*where, "positive"), _("« %(name)s » n’est pas une de ses options.", name=name))
        if (question.role or "").startswith("hours_") and question.kind is not Kind.HOURS:
            self.blame((*where, "kind"), _("ce rôle demande une question d’heures : écrivez « hours »."))

    def _lead_somewhere(self, pairs: tuple[tuple[str, tuple[str, ...]], ...], known: dict[str, Question], where: Path) -> None:
        for name, wanted in pairs:
            if name not in known:
                self.blame((*where, name), _("aucune question posée plus haut ne s’appelle ainsi."))
                continue
            for option in set(wanted) - set(known[name].option_ids):
                self.blame((*where, name), _("« %(name)s » n’est pas une des options de cette question.", name=option))

    def _are_hours(self, names: tuple[str, ...], known: dict[str, Question], where: Path) -> None:
        for name in names:
            if name not in known or known[name].kind is not Kind.HOURS:
                self.blame(where, _("« %(name)s » n’est pas une question d’heures.", name=name))

    def conditions(self, given: Any, where: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give pairs of a question and some of its options."""
        if not isinstance(given, dict):
            self.blame(where, _("écrivez le nom d’une question, puis la liste de ses options."))
            return ()
        return tuple((str(name), self.names(wanted, (*where, name))) for name, wanted in given.items())

    def said(self, given: Any, where: Path) -> Text:
        """Give words in both languages."""
        if given is None:
            return Text()
        data = self.table(given, {"fr", "en"} | ({"id"} if "options" in where else set()), {"fr", "en"}, where)
        return Text(*(self.line(data.get(name, "…"), (*where, name)) for name in ("fr", "en")))

    def hours(self, given: Any, where: Path) -> int | None:
        """Give a number of hours, or None."""
        return self.whole(given, where, MOST_HOURS)

    def number_wanted(self, most: int) -> str:
        """Say which numbers are understood."""
        return _("écrivez un nombre entier d’heures, de 0 à %(most)s.", most=most)


def _asks_age_first(found: Definition) -> bool:
    first = found.questions[0]
    is_asked_of_all = not first.only_if and not first.is_optional
    return first.role == "age" and first.kind is Kind.CHOICE and first.option_ids == AGES and is_asked_of_all
