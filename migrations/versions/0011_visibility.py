"""The visibility kit: logos of employers, kits ordered by staff, printed stickers with a number of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0011_visibility"
down_revision = "0010_credentials"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _kits()
    _lots()
    _lives()


def _kits() -> None:
    op.create_table(
        "employer_logo",
        *_key("employer_logo"),
        _link("employer_logo", "employer"),
        _whole("number"),
        sa.Column("digest", sa.String(), sa.ForeignKey("evidence.digest", name="fk_employer_logo_digest_evidence"), nullable=True),
        *_when_and_who("given"),
        sa.UniqueConstraint("employer_id", "number", name="uq_employer_logo_employer_id_number"),
    )
    op.create_table(
        "kit_order",
        *_key("kit_order"),
        _text("ref"),
        _link("kit_order", "program"),
        _whole("parts"),
        *_when_and_who("ordered"),
        _text("ordered_by_name"),
        sa.UniqueConstraint("ref", name="uq_kit_order_ref"),
    )
    op.create_index("ix_kit_order_program_id", "kit_order", ["program_id"])
    op.create_table(
        "ordered_kit",
        *_key("ordered_kit"),
        _link("ordered_kit", "kit_order", column="order_id"),
        _link("ordered_kit", "verification"),
        _whole("part"),
        sa.UniqueConstraint("order_id", "verification_id", name="uq_ordered_kit_order_id_verification_id"),
    )
    op.create_index("ix_ordered_kit_verification_id", "ordered_kit", ["verification_id"])
    op.create_table(
        "typeset_kit",
        *_key("typeset_kit"),
        _link("typeset_kit", "ordered_kit"),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.Column("typeset_at", INSTANT, nullable=False),
        sa.UniqueConstraint("ordered_kit_id", name="uq_typeset_kit_ordered_kit_id"),
    )
    op.create_table(
        "kit_part",
        *_key("kit_part"),
        _link("kit_part", "kit_order", column="order_id"),
        _whole("number"),
        _whole("size_bytes"),
        sa.Column("closed_at", INSTANT, nullable=False),
        sa.UniqueConstraint("order_id", "number", name="uq_kit_part_order_id_number"),
    )


def _lots() -> None:
    op.create_table(
        "sticker_lot",
        *_key("sticker_lot"),
        _text("ref"),
        _whole("number"),
        _link("sticker_lot", "program"),
        _text("look"),
        _whole("quantity"),
        *_when_and_who("printed"),
        _text("printed_by_name"),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_sticker_lot_quantity")),
        sa.UniqueConstraint("ref", name="uq_sticker_lot_ref"),
        sa.UniqueConstraint("number", name="uq_sticker_lot_number"),
    )
    op.create_index("ix_sticker_lot_program_id", "sticker_lot", ["program_id"])
    op.create_table(
        "sticker_handover",
        *_key("sticker_handover"),
        _link("sticker_handover", "sticker_lot", column="lot_id"),
        _link("sticker_handover", "user"),
        *_when_and_who("handed"),
    )
    op.create_index("ix_sticker_handover_lot_id", "sticker_handover", ["lot_id"])
    op.create_index("ix_sticker_handover_user_id", "sticker_handover", ["user_id"])
    op.create_table(
        "sticker",
        *_key("sticker"),
        _text("ref"),
        _link("sticker", "sticker_lot", column="lot_id"),
        _whole("number"),
        _link("sticker", "sticker_handover", column="handover_id", nullable=True),
        sa.UniqueConstraint("ref", name="uq_sticker_ref"),
        sa.UniqueConstraint("lot_id", "number", name="uq_sticker_lot_id_number"),
    )
    op.create_index("ix_sticker_handover_id", "sticker", ["handover_id"])


def _lives() -> None:
    op.create_table(
        "sticker_assignment",
        *_key("sticker_assignment"),
        _link("sticker_assignment", "sticker"),
        _link("sticker_assignment", "verification"),
        _text("hangs_at"),
        *_when_and_who("assigned"),
        _text("assigned_by_name"),
        sa.UniqueConstraint("sticker_id", name="uq_sticker_assignment_sticker_id"),
    )
    op.create_index("ix_sticker_assignment_verification_id", "sticker_assignment", ["verification_id"])
    op.create_table(
        "sticker_retirement",
        *_key("sticker_retirement"),
        _link("sticker_retirement", "sticker"),
        _link("sticker_retirement", "sticker", column="replaced_by_id", nullable=True),
        _text("reason"),
        *_when_and_who("retired"),
        sa.UniqueConstraint("sticker_id", name="uq_sticker_retirement_sticker_id"),
        sa.UniqueConstraint("replaced_by_id", name="uq_sticker_retirement_replaced_by_id"),
    )
    op.create_table(
        "sticker_scan",
        _link("sticker_scan", "sticker"),
        sa.Column("scanned_on", sa.Date(), nullable=False),
        _whole("count"),
        sa.PrimaryKeyConstraint("sticker_id", "scanned_on", name="pk_sticker_scan"),
    )


def _key(table: str) -> tuple[sa.Column, sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def _whole(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _link(table: str, target: str, *, column: str | None = None, nullable: bool = False) -> sa.Column:
    name = column or f"{target}_id"
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{name}_{target}"), nullable=nullable)


def _when_and_who(fact: str) -> tuple[sa.Column, sa.Column]:
    return sa.Column(f"{fact}_at", INSTANT, nullable=False), sa.Column(f"{fact}_by", sa.String(), nullable=False)


def downgrade() -> None:
    for table in (
        "sticker_scan", "sticker_retirement", "sticker_assignment", "sticker", "sticker_handover", "sticker_lot",
        "kit_part", "typeset_kit", "ordered_kit", "kit_order", "employer_logo",
    ):
        op.drop_table(table)
