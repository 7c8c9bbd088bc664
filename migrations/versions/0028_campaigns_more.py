"""What is published of a contest never changes; and lists of contests find their rows."""

from alembic import op

revision = "0028_campaigns_more"
down_revision = "0027_galas"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_campaign_closes_on"), "campaign", ["closes_on"])
    op.create_index(op.f("ix_campaign_drafted_at"), "campaign", ["drafted_at", "ref"])
    _keep_published()


def _keep_published() -> None:
    """Refuse to change or remove what is published: nobody who holds the database itself may rewrite the rules of a contest."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION campaign_is_immutable() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'campaign is immutable' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        op.execute(
            "CREATE TRIGGER campaign_immutable BEFORE UPDATE OR DELETE ON campaign FOR EACH ROW"
            " WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION campaign_is_immutable()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER campaign_immutable_{verb.lower()} BEFORE {verb} ON campaign WHEN OLD.published_at IS NOT NULL"
            " BEGIN SELECT RAISE(ABORT, 'campaign is immutable'); END"
        )
