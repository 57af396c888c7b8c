"""Names that common columns have in the wild, beside those that a layout gives itself."""

#: Names in Chinese and English, by canonical name. A layout's own names go before these.
COMMON_SYNONYMS: dict[str, tuple[str, ...]] = {
    "customer_id": (
        "客户号", "客户编号", "客户代码", "客户ID", "会员号", "会员编号", "会员卡号", "会员ID", "顾客编号",
        "用户ID", "用户编号", "卡号", "账号", "customer no", "customer number", "client id", "client no",
        "cust id", "cust no", "member id", "member no", "user id", "account id", "account no", "guest id",
        "card no", "card number",
    ),
    "date": (
        "日期", "消费日期", "交易日期", "购买日期", "下单日期", "订单日期", "到店日期", "付款日期",
        "transaction date", "order date", "purchase date", "visit date", "invoice date", "day",
    ),
    "amount": (
        "金额", "消费金额", "交易金额", "订单金额", "实付金额", "实收金额", "支付金额", "付款金额",
        "销售额", "消费额", "总金额", "total", "total amount", "spend", "spending", "sales", "revenue",
        "paid", "value", "amt", "price paid",
    ),
    "covers": ("人数", "用餐人数", "就餐人数", "guests", "people", "pax", "party size"),
    "quantity": ("数量", "件数", "购买数量", "qty", "units"),
    "product": ("产品", "商品", "产品名称", "商品名称", "品名", "item", "sku", "product name"),
    "segment": ("分群", "客群", "客户等级", "客户类别", "群组", "group", "customer segment"),
    "tier": ("等级", "会员等级", "级别", "level", "member level"),
    "channel": ("渠道", "来源", "获客渠道", "source"),
    "branch": ("网点", "支行", "门店", "分店", "机构", "store", "shop", "outlet"),
    "age": ("年龄", "岁数"),
    "gender": ("性别", "sex"),
    "balance": ("余额", "账户余额", "账户结余", "account balance"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "mobile", "telephone", "tel", "cell"),
    "name": ("姓名", "客户姓名", "名称", "联系人", "full name", "customer name"),
}  # fmt: skip

#: Names taken only when no other column has a better one: a name is a poor id, a clock time a poor date.
LAST_RESORT: dict[str, tuple[str, ...]] = {
    "customer_id": (
        "客户", "会员", "顾客", "姓名", "客户姓名", "客户名称", "会员姓名", "顾客姓名", "customer", "client",
        "member", "guest", "account", "name", "customer name",
    ),
    "date": ("时间", "消费时间", "交易时间", "下单时间", "付款时间", "time", "order time", "timestamp"),
}  # fmt: skip
