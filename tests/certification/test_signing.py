"""Reading and signing the moral contract: French first, a code of one's own, a box that nobody ticked beforehand."""

from __future__ import annotations

import datetime as dt

import pytest

from certif import certification as paths
from certif.certification import Certification, Stage
from certif.kit import clock, tokens
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program
from tests.certification.signing import (
    READ,
    SIGN,
    TYPED,
    ask_code,
    colleague_of,
    contract_of,
    is_signed,
    owner_actor,
    sign,
    to_the_form,
    words_of,
    wrong,
)
from tests.certification.signing import pdf_of as sealed
from tests.conftest import Mailbox
from tests.factories import Person, code_in_letter, publish, unit

MINUTE = dt.timedelta(minutes=1)


def test_english_is_refused_before_the_french_text_is_delivered(certification: Certification) -> None:
    with pytest.raises(Refusal, match="texte français"), unit():
        paths.choose_language(certification, "en", by=owner_actor(certification))
    with unit():
        paths.deliver_contract(certification, by=owner_actor(certification))
        paths.choose_language(certification, "en", by=owner_actor(certification))
    assert certification.language == "en"


def test_the_page_offers_no_english_and_takes_none_before_the_french_text(certification: Certification, owner: Person) -> None:
    for path in (READ, f"/en{READ}"):
        page = owner.open(path)
        assert not page.soup.find("article", class_="contract")
        assert "expressly choose English" not in page.text
    token = page.soup.find("input", attrs={"name": "csrf_token"})["value"]
    answer = owner.send(f"/en{READ}/langue", {"chosen": "en", "csrf_token": token})
    assert answer.status == 409
    assert certification.language_choices == []


def test_the_english_pages_too_deliver_the_french_text_first(certification: Certification, owner: Person) -> None:
    page = owner.open(f"/en{READ}").fill()
    assert [part["lang"] for part in page.soup.find_all("article")] == ["fr"]
    page = page.fill("expressly choose English")
    assert [part["lang"] for part in page.soup.find_all("article")] == ["en", "fr"], "and the French text stays within reach"


def test_opening_the_page_delivers_nothing_and_its_button_keeps_the_instant_once(certification: Certification, owner: Person) -> None:
    owner.open(READ)
    assert certification.deliveries == []
    first = clock.now()
    with clock.frozen(first):
        page = owner.open(READ).fill("Ouvrir le contrat moral")
    assert contract_of(certification).parts("fr").title in page.text
    with clock.frozen(first + MINUTE), unit():
        again = paths.deliver_contract(certification, by=owner_actor(certification))
    assert [again.id] == [one.id for one in certification.deliveries]
    assert (again.french_shown_at, again.shown_to) == (first, owner.user.ref)


def test_the_express_choice_is_kept_with_its_instant_and_none_is_erased(certification: Certification, owner: Person) -> None:
    start = clock.now()
    with clock.frozen(start):
        page = owner.open(READ).fill("Ouvrir le contrat moral")
    with clock.frozen(start + MINUTE):
        page = page.fill("expressly choose English")
    assert "expressément choisi l’anglais" in page.text
    with clock.frozen(start + 2 * MINUTE):
        page = page.fill("Revenir au français")
    db.session.refresh(certification)
    kept = [(one.language, one.chosen_at - start, one.chosen_by) for one in certification.language_choices]
    assert kept == [("en", MINUTE, owner.user.ref), ("fr", 2 * MINUTE, owner.user.ref)]
    assert certification.language == "fr"


def test_what_follows_is_in_the_language_chosen(certification: Certification, letters: Mailbox) -> None:
    by = owner_actor(certification)
    with unit():
        paths.deliver_contract(certification, by=by)
        paths.choose_language(certification, "en", by=by)
    signature = sign(certification, ask_code(certification))
    assert signature.language == "en"
    assert signature.language_chosen_at == certification.language_choices[0].chosen_at
    assert letters.last(by.email).language == "en"
    said = words_of(sealed(certification))
    for language in ("fr", "en"):
        assert contract_of(certification).parts(language).title in said, "the French text is never left out"


def test_a_language_chosen_for_an_earlier_text_must_be_chosen_again(certification: Certification) -> None:
    by = owner_actor(certification)
    with unit():
        paths.deliver_contract(certification, by=by)
        paths.choose_language(certification, "en", by=by)
    publish(certification.program, grace_days=45)
    code = ask_code(certification)
    assert certification.language == "fr"
    assert sign(certification, code).language == "fr"


def test_the_digest_of_another_text_is_refused(certification: Certification, owner: Person) -> None:
    for digest in (contract_of(certification).digest_en, "0" * 64, "", "x\x00"):
        code = ask_code(certification)
        with pytest.raises(Refusal, match="vient de changer"):
            sign(certification, code, digest=digest)
        tokens_forgotten(certification)
    page = to_the_form(owner).fill("Signer", **TYPED, digest="0" * 64, code=code_in_letter(owner.user.email))
    assert page.status == 409
    assert not is_signed(certification)


def tokens_forgotten(certification: Certification) -> None:
    """Start the count of attempts anew."""
    with unit():
        tokens.forget_attempts(f"signature {certification.ref}")
        tokens.forget_attempts(f"signing code {certification.ref} {owner_actor(certification).ref}")


def test_a_wrong_code_is_refused_with_what_to_do_and_what_was_typed_is_kept(certification: Certification, owner: Person) -> None:
    form = to_the_form(owner)
    page = form.fill("Signer", **TYPED, code=wrong(code_in_letter(owner.user.email)))
    assert page.status == 409
    assert "Vérifiez-le, ou demandez-en un autre" in " ".join(page.errors())
    assert page.soup.find(id="signatory")["value"] == "Aïcha Tremblay"
    assert page.soup.find(id="role")["value"] == "Propriétaire"
    assert not is_signed(certification)
    assert page.fill("Signer", code=code_in_letter(owner.user.email)).h1 == "Mon espace"
    assert is_signed(certification)


def test_a_code_is_good_for_fifteen_minutes(certification: Certification) -> None:
    start = clock.now()
    with clock.frozen(start):
        code = ask_code(certification)
    with clock.frozen(start + 15 * MINUTE), pytest.raises(Refusal, match="échu"):
        sign(certification, code)
    with clock.frozen(start + 15 * MINUTE - dt.timedelta(seconds=1)):
        assert sign(certification, code)


def test_the_code_of_another_person_or_of_another_file_is_refused(certification: Certification, program: Program) -> None:
    colleague, by = colleague_of(certification), owner_actor(certification)
    mine = ask_code(certification)
    theirs = ask_code(certification, by=colleague.actor)
    with pytest.raises(Refusal, match="pas le bon"):
        sign(certification, theirs, by=by)
    with pytest.raises(Refusal, match="pas le bon"):
        sign(certification, mine, by=by), "the last code sent is the one that counts"
    assert sign(certification, theirs, by=colleague.actor).email == colleague.user.email


def test_the_fifth_guess_still_counts_and_the_sixth_is_refused_even_with_the_right_code(
    certification: Certification, owner: Person
) -> None:
    form = to_the_form(owner)
    code = code_in_letter(owner.user.email)
    for _guess in range(5):
        page = form.fill("Signer", **TYPED, code=wrong(code))
        assert page.status == 409
        assert "Trop d’essais" not in page.text
    page = form.fill("Signer", **TYPED, code=code)
    assert page.status == 409
    assert "Trop d’essais" in page.text, "each refusal was rolled back, but its count was kept"
    assert not is_signed(certification)
    with clock.frozen(clock.now() + 16 * MINUTE):
        form = owner.open(SIGN).fill("Recevoir mon code")
        form.fill("Signer", **TYPED, code=code_in_letter(owner.user.email))
    assert is_signed(certification)


def test_the_twin_where_the_count_is_lost_the_sixth_guess_signs(certification: Certification, owner: Person) -> None:
    form = to_the_form(owner)
    code = code_in_letter(owner.user.email)
    for _guess in range(5):
        form.fill("Signer", **TYPED, code=wrong(code))
    tokens_forgotten(certification)
    form.fill("Signer", **TYPED, code=code)
    assert is_signed(certification)


def test_a_sixth_code_within_an_hour_is_refused(certification: Certification) -> None:
    for _code in range(5):
        ask_code(certification)
    with pytest.raises(Refusal, match="Trop d’essais"):
        ask_code(certification)
    with clock.frozen(clock.now() + 61 * MINUTE):
        assert ask_code(certification)


def test_no_code_is_sent_before_the_text_is_delivered(certification: Certification, letters: Mailbox) -> None:
    before = len(letters.all())
    with pytest.raises(Refusal, match="Lisez d’abord"), unit():
        paths.send_signing_code(certification, by=owner_actor(certification))
    assert len(letters.all()) == before


def test_an_unticked_box_signs_nothing_and_keeps_what_was_typed(certification: Certification, owner: Person) -> None:
    form = to_the_form(owner)
    assert not form.soup.find(id="agrees").has_attr("checked"), "the box is never ticked beforehand"
    page = form.fill("Signer", **{**TYPED, "agrees": False}, code=code_in_letter(owner.user.email))
    assert page.status == 422
    assert "Cochez cette case" in " ".join(page.errors())
    assert page.soup.find(id="signatory")["value"] == "Aïcha Tremblay"
    assert not is_signed(certification)


@pytest.mark.parametrize(
    ("field", "typed"), [("signatory", ""), ("role", " "), ("signatory", "a" * 301), ("code", "12"), ("code", "abcdef")]
)
def test_what_is_missing_or_misshapen_is_said(certification: Certification, owner: Person, field: str, typed: str) -> None:
    form = to_the_form(owner)
    page = form.fill("Signer", **{**TYPED, "code": code_in_letter(owner.user.email), field: typed})
    assert page.status == 422
    assert page.soup.find(id=f"{field}-error")
    assert not is_signed(certification)


def test_the_commitments_picked_are_kept_and_no_other(program: Program, certification: Certification, owner: Person) -> None:
    offered = [one.id for one in contract_of(certification).optional]
    form = to_the_form(owner)
    labels = [box.find_parent(class_="field__option").get_text(" ", strip=True) for box in form.soup.select("[name=commitments]")]
    assert labels
    assert all(label[0].isupper() and label.endswith(".") for label in labels), labels
    page = form.fill("Signer", **TYPED, commitments=[offered[0], "invented"], code=code_in_letter(owner.user.email))
    assert page.status == 422, "the page takes only what it offers"
    signature = sign(certification, code_in_letter(owner.user.email), commitments=[offered[-1], "invented", offered[0]])
    assert signature.commitments == [offered[-1], offered[0]], "and so does the act"
    parts, said = contract_of(certification).parts("fr"), words_of(sealed(certification))
    for one in parts.optional:
        assert (" ".join(one.text.fr.replace("\u00a0", " ").split()).rstrip(" .;") in said) == (one.id in signature.commitments)


def test_what_was_signed_cannot_be_signed_again(certification: Certification, owner: Person) -> None:
    sign(certification, ask_code(certification))
    for act in (lambda: ask_code(certification), lambda: sign(certification, "123456")):
        with pytest.raises(Refusal, match="n’attend pas de signature"):
            act()
    assert owner.open(SIGN).path.startswith(READ)
    assert certification.stage is Stage.AWAITING_VALIDATION
