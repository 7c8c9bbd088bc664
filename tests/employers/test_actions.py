"""The acts of the register: an employer is registered once, by who answers for it, and kept true."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from certif import employers
from certif.employers import Banner, Employer, Establishment, MemberRole, Membership
from certif.employers.summary_views import employer_answers, establishment_answers
from certif.kit import audit
from certif.kit.access import VISITOR
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from tests.conftest import Mailbox
from tests.employers.people import PLACE, draft, person, register

pytestmark = pytest.mark.usefixtures("unit")


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_complete_draft_becomes_an_employer_with_its_establishment_and_its_owner() -> None:
    aicha = person("aicha@exemple.com", "Aïcha Tremblay")
    employer = employers.register_employer(draft(), by=aicha)
    assert (employer.legal_name, employer.neq, employer.name, employer.contact_phone) == (
        "Épicerie du Coin inc.", "1160000001", "Épicerie du Coin inc.", "418 555-1234",
    )  # fmt: skip
    [place] = employers.establishments_of(employer)
    assert (place.name, place.mrc.slug, place.is_main) == ("Épicerie du Coin inc.", "quebec", True)
    [membership] = employers.members_of(employer)
    assert (membership.user_id, membership.role, membership.added_by) == (aicha.user_id, MemberRole.OWNER, aicha.ref)
    assert employers.employers_of(aicha) == [employer]


def test_the_journal_says_who_registered_what() -> None:
    employer = register(legal_name="Ferme du Ruisseau")
    with_chain = db.session().info["journal"]
    assert [entry.sentence for entry in with_chain if entry.subject == f"Employer:{employer.ref}"] == [
        "aicha a inscrit l’organisation «\u00a0Ferme du Ruisseau\u00a0»."
    ]


def test_registering_again_from_the_same_draft_gives_the_same_employer() -> None:
    kept, aicha = draft(), person("aicha@exemple.com")
    first = employers.register_employer(kept, by=aicha)
    assert employers.register_employer(kept, by=aicha) is first
    assert count(Employer) == count(Establishment) == count(Membership) == 1


def test_someone_else_gets_nothing_from_a_finished_draft() -> None:
    kept = draft()
    employers.register_employer(kept, by=person("aicha@exemple.com"))
    with pytest.raises(NotFound):
        employers.register_employer(kept, by=person("autre@exemple.com"))


@pytest.mark.parametrize("email", ["autre@exemple.com", "aicha@exemple.com.ca"])
def test_only_the_address_of_the_contact_may_confirm(email: str) -> None:
    with pytest.raises(Refusal, match="Confirmez d’abord l’adresse"):
        employers.register_employer(draft(), by=person(email))
    with pytest.raises(Refusal, match="Confirmez d’abord l’adresse"):
        employers.register_employer(draft(), by=VISITOR)


def test_the_address_of_the_contact_confirms_whatever_its_case() -> None:
    assert employers.register_employer(draft(contact_email="Aicha@Exemple.com"), by=person("aicha@exemple.com"))


def test_an_incomplete_draft_is_not_registered() -> None:
    with pytest.raises(Refusal, match="Il manque des réponses"):
        employers.register_employer(draft(contact_email=""), by=person("aicha@exemple.com"))


def test_a_finished_draft_holds_nothing_more_and_takes_nothing_more() -> None:
    kept = draft()
    employers.register_employer(kept, by=person("aicha@exemple.com"))
    assert kept.data == {}
    with pytest.raises(Refusal, match="déjà terminée"):
        employers.keep_answers(kept, {"legal_name": "Autre"})


def test_the_same_neq_is_registered_once() -> None:
    register(neq="1160000009")
    with pytest.raises(Refusal, match="ce NEQ est déjà inscrite"):
        register(neq="1160000009")


def test_two_organisations_without_a_neq_are_both_registered() -> None:
    assert register(neq=None).neq is None
    assert register(neq=None).neq is None


@pytest.mark.parametrize(
    "typed",
    ["Epicerie du coin inc", "ÉPICERIE DU COIN, INC.", "épicerie  du-coin (inc.)", "Épicerie\u00a0du Coin Inc."],
)
def test_the_same_name_at_the_same_postal_code_is_found_whatever_its_accents_and_punctuation(typed: str) -> None:
    employer = register(legal_name="Épicerie du Coin inc.")
    assert employers.find_similar(None, typed, "G1R 4S9") is employer
    assert employers.find_similar(None, typed, "H2X 1Y4") is None


def test_another_name_at_the_same_postal_code_is_not_the_same_organisation() -> None:
    register(legal_name="Épicerie du Coin inc.")
    assert employers.find_similar(None, "Épicerie du Coin Nord inc.", "G1R 4S9") is None


def test_the_same_neq_is_found_under_another_name_even_when_said_to_be_another() -> None:
    employer = register(neq="1160000009")
    assert employers.find_similar("1160000009", "Tout autre", "X0X 0X0", other_than=[employer.ref]) is employer


def test_a_name_made_of_signs_only_looks_like_itself_alone() -> None:
    employer = register(legal_name="★★★")
    assert employers.find_similar(None, "★★★", "G1R 4S9") is employer
    assert employers.find_similar(None, "☆☆", "G1R 4S9") is None


def test_an_organisation_said_to_be_another_is_left_aside_and_the_next_one_found() -> None:
    first, second = register(legal_name="Dépanneur Soleil"), register(legal_name="Dépanneur Soleil")
    assert employers.find_similar(None, "Dépanneur Soleil", "G1R 4S9") is first
    assert employers.find_similar(None, "Dépanneur Soleil", "G1R 4S9", other_than=[first.ref]) is second


def test_the_employers_of_a_chain_share_one_banner_however_it_is_typed() -> None:
    one, other = register(banner="Rôtisserie Benoît"), register(banner="ROTISSERIE BENOIT")
    assert one.banner is other.banner
    assert (one.banner.name if one.banner else "") == "Rôtisserie Benoît"
    assert count(Banner) == 1


def test_one_contact_may_register_several_entities() -> None:
    one, two, three = register(legal_name="Ville de Lac-Bleu", neq=None), register(legal_name="Ville de Lac-Vert", neq=None), register()
    assert employers.employers_of(person("aicha@exemple.com")) == [three, one, two]


def test_a_municipality_without_a_neq_and_a_school_are_employers_too() -> None:
    assert register(kind="municipality", neq=None, sector="91").kind_label.startswith("Municipalité")
    assert register(kind="school", sector="61").kind_label.startswith("École")


def test_an_employer_that_hires_nobody_is_on_the_path_of_supporters() -> None:
    assert register(hires="none").hires_nobody
    assert not register(hires="interns_only").hires_nobody


def test_several_establishments_are_registered_in_order_the_first_one_the_main_one() -> None:
    employer = register({"name": "Nord", "mrc": "joliette"}, {"name": "Sud", "mrc": "matawinie"})
    assert [(place.name, place.is_main) for place in employers.establishments_of(employer)] == [("Nord", True), ("Sud", False)]


def test_an_employer_is_renamed_and_the_former_name_stays_in_the_journal() -> None:
    employer, by = register(legal_name="Ancien inc."), person("aicha@exemple.com")
    employers.edit_employer(employer, {**employer_answers(employer), "legal_name": "Nouveau inc.", "federally_regulated": True}, by=by)
    assert (employer.legal_name, employer.name_key, employer.federally_regulated) == ("Nouveau inc.", "nouveau inc", True)
    said = [entry.sentence for entry in db.session().info["journal"] if entry.subject == f"Employer:{employer.ref}"]
    assert "aicha a changé le nom légal d’«\u00a0Ancien inc.\u00a0» à «\u00a0Nouveau inc.\u00a0»." in said


def test_a_neq_is_added_but_never_replaced_nor_shared() -> None:
    employer, other, by = register(neq=None), register(neq="1160000002"), person("aicha@exemple.com")
    known = {**employer_answers(employer), "federally_regulated": False}
    with pytest.raises(Refusal, match="déjà inscrite"):
        employers.edit_employer(employer, {**known, "neq": other.neq}, by=by)
    employers.edit_employer(employer, {**known, "neq": "1160000003"}, by=by)
    with pytest.raises(Refusal, match="ne change pas"):
        employers.edit_employer(employer, {**known, "neq": "1160000004"}, by=by)
    employers.edit_employer(employer, {**known, "neq": None}, by=by)
    assert employer.neq == "1160000003"


def test_someone_who_may_only_sign_changes_nothing() -> None:
    employer, signatory = register(), person("signataire@exemple.com")
    db.session.add(
        Membership(user_id=signatory.user_id, employer=employer, role=MemberRole.SIGNATORY, since=employer.registered_at, added_by="x")
    )
    db.session.flush()
    [place] = employers.establishments_of(employer)
    acts = (
        lambda: employers.edit_employer(employer, employer_answers(employer), by=signatory),
        lambda: employers.add_establishment(employer, {**PLACE, "name": "Nord"}, by=signatory),
        lambda: employers.edit_establishment(place, establishment_answers(place), is_main=True, by=signatory),
        lambda: employers.close_establishment(place, by=signatory),
    )
    for act in acts:
        with pytest.raises(Refusal, match="peuvent la modifier"):
            act()


def test_the_contact_changes_only_to_an_address_that_a_member_has_proven() -> None:
    employer, by = register(), person("aicha@exemple.com")
    said = {
        "contact_name": "Noémie",
        "contact_role": "Direction",
        "contact_email": "noemie@exemple.com",
        "contact_phone": None,
        "language": "en",
    }
    with pytest.raises(Refusal, match="Invitez d’abord cette personne"):
        employers.edit_contact(employer, said, by=by)
    db.session.add(
        Membership(
            user_id=person("noemie@exemple.com").user_id, employer=employer, role="member", since=employer.registered_at, added_by="x"
        )
    )
    employers.edit_contact(employer, said, by=by)
    assert (employer.contact_name, employer.contact_email, employer.language) == ("Noémie", "noemie@exemple.com", "en")


def test_an_establishment_is_added_once_and_may_become_the_main_one() -> None:
    employer, by = register(), person("aicha@exemple.com")
    new = employers.add_establishment(employer, {**PLACE, "name": "Nord", "mrc": "joliette"}, is_main=True, by=by)
    assert [place.is_main for place in employers.establishments_of(employer)] == [True, False]
    assert new.is_main
    with pytest.raises(Refusal, match="déjà inscrit"):
        employers.add_establishment(employer, {**PLACE, "name": "Nord"}, by=by)


def test_an_establishment_is_moved_to_another_mrc() -> None:
    employer, by = register(), person("aicha@exemple.com")
    [place] = employers.establishments_of(employer)
    employers.edit_establishment(
        place, {**establishment_answers(place), "mrc": "joliette", "municipality": "Joliette"}, is_main=False, by=by
    )
    assert (place.mrc.slug, place.municipality, place.is_main) == ("joliette", "Joliette", True)


def test_the_main_establishment_is_closed_and_another_takes_its_place_but_the_last_stays() -> None:
    employer, by = register({"name": "Nord"}, {"name": "Sud"}), person("aicha@exemple.com")
    north, south = employers.establishments_of(employer)
    employers.close_establishment(north, by=by)
    assert employers.establishments_of(employer) == [south]
    assert (south.is_main, north.is_main, north.closed_at is None) == (True, False, False)
    with pytest.raises(Refusal, match="déjà fermé"):
        employers.close_establishment(north, by=by)
    with pytest.raises(Refusal, match="au moins un établissement"):
        employers.close_establishment(south, by=by)


def test_what_is_not_mine_is_not_found() -> None:
    employer, stranger = register(), person("autre@exemple.com")
    [place] = employers.establishments_of(employer)
    assert employers.employer_of(person("aicha@exemple.com"), employer.ref) is employer
    for wanted in (
        lambda: employers.employer_of(stranger, employer.ref),
        lambda: employers.employer_of(VISITOR, employer.ref),
        lambda: employers.establishment_of(stranger, place.ref),
        lambda: employers.employer_of(person("aicha@exemple.com"), "ABSENT"),
    ):
        with pytest.raises(NotFound):
            wanted()
    assert employers.employers_of(VISITOR) == []


def test_a_letter_or_an_entry_of_the_journal_leaves_with_the_employer_or_not_at_all(letters: Mailbox) -> None:
    register(neq="1160000009")
    with pytest.raises(Refusal):
        register(neq="1160000009")
    assert count(Letter) == 0
    db.session.rollback()
    assert audit.history() == []


def test_what_was_registered_is_still_there_after_the_unit_of_work() -> None:
    db.session.rollback()
    with transaction():
        employer = register()
    assert [entry.event for entry in audit.history(employer)] == ["employer_registered"]
