"""The same boss under ten spellings becomes one: suggested with reasons, merged, undone, told apart, found in the register."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from certif.employers import establishments_of
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.nominations import (
    Boss,
    BossMerge,
    find_twins,
    keep_apart,
    link_boss,
    merge_bosses,
    merge_of,
    set_aside_nomination,
    standing_boss,
)
from certif.nominations.boss_actions import undo_merge
from certif.nominations.boss_likeness import Likened, keys_of, likeness
from certif.nominations.boss_queries import BossFilter, ranking_of
from certif.nominations.desk_model import BossKey, BossTwin
from certif.territory import mrcs, region
from tests.factories import Person, make_employer, unit
from tests.nominations.desk import contest, held, make_boss, make_nomination, near_partner, tally
from tests.statements import scanned_tables, statements


def like(one: str, other: str, **both: object) -> list[str]:
    plain = {"municipality": "Joliette", "mrc_id": 1, "person": "", "banner": None, "establishment_id": None, **both}
    from certif.employers import name_key

    a, b = Likened(name_key(one), **plain), Likened(name_key(other), **plain)  # type: ignore[arg-type]
    assert likeness(a, b) == likeness(b, a)
    return likeness(a, b)[1] if keys_of(a) & keys_of(b) and likeness(a, b)[0] >= 60 else []


def merge(merged: Boss, kept: Boss, by: Person) -> BossMerge:
    with unit():
        return merge_bosses(merged, kept, by=by.actor)


def suggested() -> list[tuple[str, str, list[str]]]:
    with unit():
        pass
    find_twins()
    return [(one.one.name, one.other.name, one.reasons) for one in db.session.scalars(select(BossTwin).order_by(BossTwin.score.desc()))]


class TestLikeness:
    @pytest.mark.parametrize(
        ("one", "other", "reason"),
        [
            ("Café du Coin", "cafe du coin", "same_name"),
            ("Café du Coin", "Le Coin", "same_words"),
            ("Épicerie Desrochers", "Epicerie Derochers", "close_name"),
            ("Pharmacie Lavoie inc.", "Lavoi", "close_name"),
            ("Resto Chez Mado", "Mado", "same_words"),
            ("Quincaillerie du Pont", "quincallerie du pont", "same_words"),
        ],
    )
    def test_two_spellings_of_one_name_meet_and_say_why(self, one: str, other: str, reason: str) -> None:
        assert like(one, other) == [reason, "same_town"]

    def test_two_names_two_towns_or_two_places_of_the_register_do_not(self) -> None:
        assert like("Café du Coin", "Café du Quai") == []
        assert like("Garage Tremblay", "Garage Gagnon", person="Julie") == []
        assert like("Café du Coin", "Café du Coin", establishment_id=4) == []

    def test_one_brand_in_one_town_is_a_reason(self) -> None:
        assert like("Burger Royal", "BR Joliette", banner=3) == ["same_banner", "same_town"]


class TestSuggestions:
    def test_new_bosses_are_compared_beside_the_requests_and_shown_the_likeliest_first(self, app: Flask) -> None:
        campaign, manager = contest()
        make_boss(campaign, "Épicerie Desrochers"), make_boss(campaign, "Epicerie Derochers"), make_boss(campaign, "Camp des Cascades")
        assert suggested() == [("Épicerie Desrochers", "Epicerie Derochers", ["close_name", "same_town", "same_person"])]
        page = manager.open(f"/personnel/concours/{campaign.ref}/boss/doublons")
        assert "Noms presque pareils, même municipalité, même personne" in page.text
        page = page.fill("Ce sont deux boss")
        assert "Aucun doublon" in page.text
        assert suggested() == []

    def test_none_is_compared_with_all_the_others(self, app: Flask) -> None:
        campaign, _manager = contest()
        for number in range(40):
            make_boss(campaign, f"Dépanneur {'abcdefghijklmnopqrstuvwxyzabcdefghijklmn'[number] * 5}{number}", person=f"P{number}")
        with statements() as asked:
            find_twins()
        assert len(asked) < 40 * 14
        shared = select(BossKey.boss_id).where(BossKey.campaign_id == campaign.id, BossKey.key == "x").limit(30)
        assert scanned_tables(shared) == []

    def test_a_partner_sees_only_pairs_that_are_both_its_own(self, app: Flask) -> None:
        campaign, _manager = contest()
        near, far = mrcs(region("14"))[:2]
        make_boss(campaign, "Café du Coin", mrc=near), make_boss(campaign, "Café du Coin", mrc=far)
        assert len(suggested()) == 1
        partner = near_partner(campaign.program)
        assert "Aucun doublon" in partner.open(f"/personnel/concours/{campaign.ref}/boss/doublons").text


class TestMerging:
    def test_two_become_one_on_a_page_and_two_again(self, app: Flask) -> None:
        campaign, manager = contest()
        kept, merged = make_boss(campaign, "Épicerie Desrochers"), make_boss(campaign, "Epicerie Derochers")
        make_nomination(kept), make_nomination(merged), make_nomination(merged)
        page = manager.open(f"/personnel/boss/{merged.ref}/fusion/{kept.ref}").fill("Réunir à « Épicerie Desrochers »")
        assert page.path == f"/personnel/boss/{kept.ref}"
        assert (tally(kept), tally(merged)) == (3, 0)
        named = db.session.scalars(select(Boss).where(Boss.id == merged.id)).one()
        assert merge_of(named) is not None
        assert standing_boss(named).id == kept.id
        assert [row.Boss.name for row in ranking_of(campaign, manager.actor, BossFilter(), None).rows] == ["Épicerie Desrochers"]
        page = page.follow("Epicerie Derochers").follow("Les séparer")
        assert page.fill("Séparer").status == 422
        page.fill("Séparer", reason="Deux épiceries voisines.")
        assert (tally(kept), tally(merged)) == (1, 2)
        assert suggested() == [], "who separated them knows"

    def test_a_student_who_named_both_counts_once(self, app: Flask) -> None:
        campaign, manager = contest()
        kept, merged = make_boss(campaign, "Mado"), make_boss(campaign, "Chez Mado")
        make_nomination(kept, "alex@exemple.com"), make_nomination(kept, "sam@exemple.com")
        twice, other = make_nomination(merged, "alex@exemple.com"), make_nomination(merged, "lou@exemple.com")
        done = merge(merged, kept, manager)
        assert (tally(kept), tally(merged)) == (3, 0)
        assert (twice.boss_id, other.boss_id, other.named_id) == (merged.id, kept.id, merged.id)
        with unit():
            set_aside_nomination(twice, "Essai.", by=manager.actor)
        assert tally(merged) == 0, "it counted for nothing already"
        with unit():
            undo_merge(done, "Erreur.", by=manager.actor)
        assert (tally(kept), tally(merged)) == (2, 1)

    def test_merges_follow_one_another_and_are_undone_from_the_last(self, app: Flask) -> None:
        campaign, manager = contest()
        first, second, third = (make_boss(campaign, name) for name in ("Un", "Deux", "Trois"))
        for boss in (first, second, third):
            make_nomination(boss)
        one = merge(first, second, manager)
        two = merge(second, third, manager)
        assert tally(third) == 3
        assert standing_boss(first).id == third.id
        with pytest.raises(Refusal, match="séparez-les d’abord"), unit():
            undo_merge(one, "x", by=manager.actor)
        with unit():
            undo_merge(two, "x", by=manager.actor)
        assert (tally(first), tally(second), tally(third)) == (0, 2, 1)
        with pytest.raises(Refusal, match="déjà séparés"), unit():
            undo_merge(two, "x", by=manager.actor)
        with unit():
            undo_merge(one, "x", by=manager.actor)
        assert [tally(boss) for boss in (first, second, third)] == [1, 1, 1]
        merge(first, second, manager)
        assert tally(second) == 2

    def test_what_makes_no_sense_is_refused(self, app: Flask) -> None:
        campaign, manager = contest()
        place, other_place = establishments_of(make_employer(places=2))
        known, other_known = make_boss(campaign, establishment=place), make_boss(campaign, establishment=other_place)
        said, elsewhere = make_boss(campaign, "Épicerie"), make_boss(contest()[0])
        for merged, kept, sentence in (
            (said, said, "deux boss différents"),
            (said, elsewhere, "rôle"),
            (known, said, "Gardez plutôt"),
            (known, other_known, "distincts"),
        ):
            with pytest.raises(Refusal, match=sentence):
                merge(merged, kept, manager)
        merge(said, known, manager)
        with pytest.raises(Refusal, match="vient d’être réuni"):
            merge(said, other_known, manager)
        with pytest.raises(Refusal, match="rôle"), unit():
            keep_apart(known, other_known, by=SYSTEM)

    def test_the_database_has_the_last_word_on_two_merges_of_one_boss(self, app: Flask) -> None:
        campaign, manager = contest()
        merged, kept = make_boss(campaign, "Un"), make_boss(campaign, "Deux")
        merge(merged, kept, manager)
        from sqlalchemy.exc import IntegrityError

        from certif.kit import clock

        with pytest.raises(IntegrityError), unit():
            db.session.add(BossMerge(merged=merged, kept=kept, number=1, merged_at=clock.now(), merged_by="x"))


class TestRegister:
    def test_a_described_boss_is_found_in_the_register(self, app: Flask) -> None:
        campaign, manager = contest()
        far = mrcs(region("14"))[3]
        employer = make_employer(legal_name="Épicerie Desrochers et filles inc.", mrc=far, establishment="Desrochers, rue Principale")
        boss = make_boss(campaign, "épicerie desrochers")
        make_nomination(boss)
        page = manager.open(f"/personnel/boss/{boss.ref}").follow("Chercher au registre")
        assert "Desrochers, rue Principale" in page.text
        [place] = establishments_of(employer)
        page = page.fill("C’est cet établissement", place=place.ref)
        assert page.path == f"/personnel/boss/{boss.ref}"
        db.session.expire_all()
        assert (boss.establishment_id, boss.mrc_id, boss.name) == (place.id, far.id, "épicerie desrochers")
        other = make_boss(campaign, "Chez Desrochers")
        with pytest.raises(Refusal, match="réunissez-les"), unit():
            link_boss(other, place, by=manager.actor)
        with pytest.raises(Refusal, match="déjà reconnu"), unit():
            link_boss(boss, place, by=manager.actor)

    def test_nothing_found_says_so(self, app: Flask) -> None:
        campaign, manager = contest()
        page = manager.open(f"/personnel/boss/{make_boss(campaign, 'Introuvable').ref}/registre?q=xyz")
        assert "Rien trouvé" in page.text


class TestRanking:
    def test_a_page_costs_the_same_for_one_and_for_twenty_and_nothing_is_scanned(self, app: Flask) -> None:
        campaign, manager = contest()
        path = f"/personnel/concours/{campaign.ref}/boss"
        make_nomination(make_boss(campaign, "Café 0"))
        manager.open(path)
        with statements() as one:
            manager.open(path)
        for number in range(1, 30):
            boss = make_boss(campaign, f"Café {number}")
            for _each in range(1 + number % 3):
                make_nomination(boss)
        manager.open(path)
        with statements() as twenty:
            page = manager.open(path)
        assert len(twenty) == len(one)
        first = [row["href"] for row in page.soup.select("th a")]
        second = [row["href"] for row in page.follow("Page suivante").soup.select("th a")]
        assert len({*first, *second}) == 30
        ranked = [row.named for row in ranking_of(campaign, manager.actor, BossFilter(), None).rows]
        assert ranked == sorted(ranked, reverse=True)

    def test_one_ranking_is_filtered_by_mrc_and_by_category(self, app: Flask) -> None:
        from certif.campaigns import Category
        from certif.programs import Text

        near, far = mrcs(region("14"))[:2]
        campaign, manager = contest(categories=(Category("secteur", Text("Commerce", "Retail"), sectors=("44-45",), mrcs=(near.slug,)),))
        make_nomination(make_boss(campaign, "Ici", mrc=near, sector="44-45"))
        make_nomination(make_boss(campaign, "Là", mrc=far, sector="44-45"))
        make_nomination(make_boss(campaign, "Ailleurs", mrc=near, sector="72"))
        path = f"/personnel/concours/{campaign.ref}/boss"
        assert {"Ici", "Là", "Ailleurs"} <= {link.get_text() for link in manager.open(path).soup.select("th a")}
        assert [link.get_text() for link in manager.open(f"{path}?mrc={far.slug}").soup.select("th a")] == ["Là"]
        assert [link.get_text() for link in manager.open(f"{path}?category=secteur").soup.select("th a")] == ["Ici"]

    def test_the_ranking_is_read_from_its_index(self, app: Flask) -> None:
        campaign, manager = contest()
        make_nomination(make_boss(campaign))
        from certif.nominations.boss_queries import _ranked

        for asked in (BossFilter(), BossFilter(mrc=mrcs(region("14"))[0].slug)):
            assert scanned_tables(_ranked(campaign, manager.actor, asked).limit(26)) == []
        held(make_boss(campaign, "Deux"))
