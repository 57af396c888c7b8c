"""The visit log that the loyalty-tiers case reads."""

from casekit._text import N_
from casekit.information.layouts._layout import Column, Layout

LOYALTY_TIERS = Layout(
    case="loyalty_tiers",
    row=N_("one visit of one guest"),
    columns=(
        Column(
            "customer_id",
            "id",
            N_("who paid: a membership number or any name of your own"),
            ("G0001", "G0002", "G0001"),
            synonyms=(
                "客户号",
                "客户编号",
                "会员号",
                "会员卡号",
                "顾客",
                "客户",
                "member",
                "guest",
                "card no",
            ),
        ),
        Column(
            "date",
            "date",
            N_("day of the visit"),
            ("2024-03-01", "2024-03-01", "2024-03-09"),
            synonyms=("消费日期", "日期", "到店日期", "交易日期", "visit date", "day"),
        ),
        Column(
            "amount",
            "money",
            N_("amount paid"),
            (460, 1280, 520),
            synonyms=("金额", "消费金额", "实付金额", "消费总额", "spend", "paid", "total"),
        ),
        Column(
            "covers",
            "count",
            N_("people at the table"),
            (8, 16, 10),
            synonyms=("人数", "用餐人数", "就餐人数", "guests", "people", "pax"),
            low=1,
        ),
        Column(
            "meal",
            "category",
            N_("lunch or dinner"),
            ("lunch", "dinner", "dinner"),
            synonyms=("餐别", "市别", "午晚市", "餐段"),
            required=False,
            choices=("lunch", "dinner"),
            choice_synonyms={"lunch": ("午餐", "午市", "中餐", "中午"), "dinner": ("晚餐", "晚市", "晚上")},
        ),
    ),
    person=("customer_id",),
    date="date",
    amount="amount",
)
