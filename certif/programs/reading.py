"""Rules as they are stored and as a model file holds them: one shape, read strictly. Whatever is not understood is refused, never
ignored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from certif.kit.access import Role
from certif.law import HourRule, StudentGroup
from certif.programs.checks import Automatic, Check
from certif.programs.sizes import SIZES
from certif.programs.values import REMINDER_DAYS, Colours, Commitment, ContractText, Level, PaymentMethod, Rules, Terms, Text, may_be_delays

STAFF_ROLES = (Role.PARTNER, Role.AGENT, Role.MANAGER)
AGREEMENTS = ("student", "school")
_HOURS = ("week", "monday_thursday", "monday_friday", "ideal")
Value = TypeVar("Value")


def read_terms(given: Mapping[str, Any]) -> Terms:
    """Read the terms of a model file."""
    known = {field.name: field for field in fields(Terms)}
    _only(given, set(known), "terms")
    for name, value in given.items():
        if type(value) is not (bool if name.startswith("requires") else int):
            raise ValueError(f"terms.{name}: {value!r}")
    return Terms(**given)


def read_rules(given: Mapping[str, Any]) -> Rules:
    """Read rules from what JSON or TOML gave.

    Refuses (`ValueError`, our fault or a model file’s, never a person’s): an unknown key, a missing one, a value of the wrong kind.
    """
    _only(given, {field.name for field in fields(Rules)}, "rules")
    return Rules(
        slogan=_text(given.get("slogan"), "slogan"),
        presentation=_text(given.get("presentation"), "presentation"),
        levels=_all(given, "levels", _level),
        hours=_all(given, "hours", _hour_rule),
        commitments=_all(given, "commitments", _commitment),
        contract=_contract(given.get("contract", {})),
        receivers=_roles(given.get("receivers", ["agent", "manager"])),
        validators=_roles(given.get("validators", ["agent", "manager"])),
        shows_in_progress=_kind(given.get("shows_in_progress", False), bool, "shows_in_progress"),
        waivers_per_year=_number(given.get("waivers_per_year"), "waivers_per_year"),
        instructions={_one_of(PaymentMethod, name): _text(text, name) for name, text in _pairs(given.get("instructions", {}))},
        agreements=tuple(_choice(name, AGREEMENTS) for name in given.get("agreements", [])),
        colours=_colours(given.get("colours", {})),
        logo=None if given.get("logo") is None else _kind(given["logo"], str, "logo"),
        recognises_founders=_kind(given.get("recognises_founders", False), bool, "recognises_founders"),
        pilot_until=_day(given.get("pilot_until")),
        entry_level_months=_number(given.get("entry_level_months"), "entry_level_months"),
        sample_percent=_number(given.get("sample_percent"), "sample_percent"),
        reminder_days=_delays(given.get("reminder_days", list(REMINDER_DAYS))),
        prices_by_size={_choice(size, tuple(SIZES)): _cents(cents) for size, cents in _pairs(given.get("prices_by_size", {}))},
        automatic=_automatic(given.get("automatic")),
    )


def write_rules(rules: Rules) -> dict[str, Any]:
    """Give rules as JSON can hold them; `read_rules` gives them back equal."""
    return {
        "slogan": _said(rules.slogan),
        "presentation": _said(rules.presentation),
        "levels": [
            {
                "code": one.code,
                "name": _said(one.name),
                "criteria": _said(one.criteria),
                "colour": one.colour,
                "supporter": one.is_supporter,
            }
            for one in rules.levels
        ],
        "hours": [_written_hours(one) for one in rules.hours],
        "commitments": [_written_commitment(one) for one in rules.commitments],
        "contract": {field.name: _said(getattr(rules.contract, field.name)) for field in fields(ContractText)},
        "receivers": [role.value for role in rules.receivers],
        "validators": [role.value for role in rules.validators],
        "shows_in_progress": rules.shows_in_progress,
        "waivers_per_year": rules.waivers_per_year,
        "instructions": [[method.value, _said(text)] for method, text in rules.instructions.items()],
        "agreements": list(rules.agreements),
        "colours": {field.name: getattr(rules.colours, field.name) for field in fields(Colours)},
        "logo": rules.logo,
        "recognises_founders": rules.recognises_founders,
        "pilot_until": rules.pilot_until.isoformat() if rules.pilot_until else None,
        "entry_level_months": rules.entry_level_months,
        "sample_percent": rules.sample_percent,
        "reminder_days": list(rules.reminder_days),
        "prices_by_size": [[size, cents] for size, cents in rules.prices_by_size.items()],
        **_written_automatic(rules.automatic),
    }


def _written_hours(rule: HourRule) -> dict[str, Any]:
    said = {name: getattr(rule, f"{name}_hours") for name in _HOURS}
    finish = rule.latest_finish.isoformat("minutes") if rule.latest_finish else None
    return {"group": rule.group.value, **said, "latest_finish": finish}


def _written_automatic(rule: Automatic | None) -> dict[str, Any]:
    if rule is None:
        return {}
    return {"automatic": {"checks": [check.value for check in rule.checks], "hand_percent": rule.hand_percent}}


def _written_commitment(one: Commitment) -> dict[str, Any]:
    delay = {"within_months": one.within_months} if one.within_months is not None else {}
    return {"id": one.id, "required": one.is_required, **_said(one.text), **delay}


def _said(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}


def _level(given: Mapping[str, Any]) -> Level:
    _only(given, {"code", "name", "criteria", "colour", "supporter"}, "level")
    return Level(
        code=_kind(given.get("code"), str, "level.code"),
        name=_text(given.get("name"), "level.name"),
        criteria=_text(given.get("criteria"), "level.criteria"),
        colour=_colour(given.get("colour", Level.colour)),
        is_supporter=_kind(given.get("supporter", False), bool, "level.supporter"),
    )


def _hour_rule(given: Mapping[str, Any]) -> HourRule:
    _only(given, {"group", "latest_finish", *_HOURS}, "hours")
    hours = {f"{name}_hours": _number(given.get(name), f"hours.{name}") for name in _HOURS}
    return HourRule(group=_one_of(StudentGroup, given.get("group")), latest_finish=_time(given.get("latest_finish")), **hours)


def _commitment(given: Mapping[str, Any]) -> Commitment:
    _only(given, {"id", "required", "fr", "en", "within_months"}, "commitment")
    text = _text({name: given.get(name, "") for name in ("fr", "en")}, "commitment")
    is_required = _kind(given.get("required", True), bool, "commitment.required")
    months = _number(given.get("within_months"), "commitment.within_months")
    return Commitment(_kind(given.get("id"), str, "commitment.id"), text, is_required, months)


def _automatic(given: Any) -> Automatic | None:
    if given is None:
        return None
    _only(_kind(given, dict, "automatic"), {"checks", "hand_percent"}, "automatic")
    checks = tuple(_one_of(Check, name) for name in _kind(given.get("checks"), list, "automatic.checks"))
    return Automatic(checks, _number(given.get("hand_percent", 0), "automatic.hand_percent") or 0)


def _contract(given: Mapping[str, Any]) -> ContractText:
    names = {field.name for field in fields(ContractText)}
    _only(given, names, "contract")
    return ContractText(**{name: _text(given.get(name), f"contract.{name}") for name in names})


def _colours(given: Mapping[str, Any]) -> Colours:
    _only(given, {field.name for field in fields(Colours)}, "colours")
    return Colours(**{name: _colour(value) for name, value in given.items()})


def _all(given: Mapping[str, Any], name: str, reader: Callable[[Mapping[str, Any]], Value]) -> tuple[Value, ...]:
    return tuple(reader(_kind(one, dict, name)) for one in _kind(given.get(name, []), list, name))


def _roles(given: Any) -> tuple[Role, ...]:
    return tuple(Role(_choice(name, tuple(role.value for role in STAFF_ROLES))) for name in _kind(given, list, "roles"))


def _delays(given: Any) -> tuple[int, ...]:
    days = tuple(_number(one, "reminder_days") or 0 for one in _kind(given, list, "reminder_days"))
    if not may_be_delays(days):
        raise ValueError(f"reminder_days: {given!r}")
    return days


def _pairs(given: Any) -> list[tuple[str, Any]]:
    """Read a table, or the list of pairs that JSON needs to keep an order."""
    return list(given.items()) if isinstance(given, dict) else [(name, value) for name, value in _kind(given, list, "pairs")]


def _text(given: Any, where: str) -> Text:
    if given is None:
        return Text()
    _only(_kind(given, dict, where), {"fr", "en"}, where)
    return Text(*(_kind(given.get(name, ""), str, where).strip() for name in ("fr", "en")))


def _colour(given: Any) -> str:
    colour = _kind(given, str, "colour").lower()
    if len(colour) != 7 or colour[0] != "#" or set(colour[1:]) - set("0123456789abcdef"):
        raise ValueError(f"colour: {given!r}")
    return colour


def _number(given: Any, where: str) -> int | None:
    if given is None:
        return None
    if type(given) is not int or given < 0:
        raise ValueError(f"{where}: {given!r}")
    return given


def _cents(given: Any) -> int:
    if (cents := _number(given, "prices_by_size")) is None:
        raise ValueError("prices_by_size: a price is missing")
    return cents


def _time(given: Any) -> dt.time | None:
    if given is None or isinstance(given, dt.time):
        return given
    try:
        return dt.time.fromisoformat(_kind(given, str, "latest_finish"))
    except ValueError as error:
        raise ValueError(f"latest_finish: {given!r}") from error


def _day(given: Any) -> dt.date | None:
    if given is None or isinstance(given, dt.date):
        return given
    try:
        return dt.date.fromisoformat(_kind(given, str, "pilot_until"))
    except ValueError as error:
        raise ValueError(f"pilot_until: {given!r}") from error


def _one_of(names: Callable[[Any], Value], given: Any) -> Value:
    try:
        return names(given)
    except ValueError as error:
        raise ValueError(f"{given!r} is not known") from error


def _choice(given: Any, known: tuple[str, ...]) -> str:
    if given not in known:
        raise ValueError(f"{given!r} is not one of {known}")
    return str(given)


def _kind(given: Any, kind: type[Value], where: str) -> Value:
    if type(given) is not kind:
        raise ValueError(f"{where}: {given!r} is not {kind.__name__}")
    return given


def _only(given: Mapping[str, Any], known: set[str], where: str) -> None:
    if strange := set(given) - known:
        raise ValueError(f"{where}: unknown {sorted(strange)}")
