"""The yearly count of one group of customers that the lifetime-value case reads."""

from casekit._text import N_
from casekit.information.layouts._layout import Column, Layout

LIFETIME_VALUE = Layout(
    case="lifetime_value",
    row=N_("one year of one group of customers who were won together"),
    columns=(
        Column(
            "year",
            "count",
            N_("0, 1, 2, … since they were won, or calendar years: the first one is year 0"),
            (0, 1, 2),
            synonyms=("年份", "年度", "第几年", "合作年数", "客户年限", "age", "tenure", "period"),
            low=0,
        ),
        Column(
            "customers",
            "number",
            N_("how many of the group are customers in that year, or which share of it (first year 1)"),
            (1000, 631, 468),
            synonyms=(
                "客户数",
                "客户数量",
                "留存客户",
                "留存客户数",
                "续约客户数",
                "活跃客户数",
                "在册客户数",
                "survivors",
                "active",
                "active customers",
                "remaining",
            ),
            low=0,
        ),
        Column(
            "revenue",
            "money",
            N_(
                "what they paid in that year; without it the value of a purchase is taken from the parameters"
            ),
            (500000, 330000, 260000),
            synonyms=("收入", "销售额", "营业收入", "购买额", "购买金额", "sales", "turnover"),
            required=False,
            low=0,
        ),
    ),
    key=("year",),
    notes=N_(
        "One group only: customers won in the same year or campaign. A count of all customers, with new ones "
        "coming in, hides how long they stay. Losses must be seen in two years at least."
    ),
)
