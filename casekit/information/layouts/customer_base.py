"""The purchase log that the customer-base case reads."""

from casekit._text import N_
from casekit.information.layouts._layout import Column, Layout

CUSTOMER_BASE = Layout(
    case="customer_base",
    row=N_("one purchase of one customer, or one line of a receipt"),
    columns=(
        Column(
            "customer_id",
            "id",
            N_("who bought: a customer or membership number, or any name of your own"),
            ("C0001", "C0002", "C0001"),
            synonyms=(
                "客户号",
                "客户编号",
                "会员号",
                "买家",
                "买家昵称",
                "采购方",
                "buyer",
                "buyer id",
                "payer",
            ),
        ),
        Column(
            "date",
            "date",
            N_("day of the purchase"),
            ("2024-03-01", "2024-03-01", "2024-04-17"),
            synonyms=("购买日期", "订单日期", "开票日期", "成交日期", "支付日期", "sale date", "order day"),
        ),
        Column(
            "amount",
            "money",
            N_("amount paid; refunds negative"),
            (128, 45.5, -20),
            synonyms=("金额", "实付金额", "订单金额", "成交金额", "买家实付", "order value", "net sales"),
        ),
    ),
    person=("customer_id",),
    date="date",
    amount="amount",
    notes=N_(
        "The whole history of these customers: a log that begins in the middle of a customer's life takes "
        "the first purchase in the log for the first one of all. All rows of a customer on one day count as "
        "one purchase. Refunds lower what the customer spent and never count as a purchase; refunds=net sets "
        "them against the purchases themselves, refunds=drop leaves them out. Rows equal in every column "
        "are taken for copies: duplicates=keep lets them stay."
    ),
)
