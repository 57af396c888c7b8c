"""The survey that the customer-value case reads."""

from casekit._text import N_
from casekit.information.layouts._layout import Column, Layout

CUSTOMER_VALUE_ANALYSIS = Layout(
    case="customer_value_analysis",
    row=N_("one respondent's mark for one offer on one attribute"),
    columns=(
        Column(
            "respondent_id",
            "id",
            N_("who answered: a questionnaire number or any name of your own"),
            ("R001", "R001", "R002"),
            synonyms=("受访者", "受访者编号", "问卷编号", "样本编号", "客户号", "respondent", "answer id"),
        ),
        Column(
            "segment",
            "category",
            N_("kind of customer; without it everyone is one segment"),
            ("worker", "worker", "tourist"),
            synonyms=("细分市场", "客户类型", "客户群", "群体", "segment name", "customer type"),
            required=False,
        ),
        Column(
            "offer",
            "category",
            N_("the offer that is marked: yours or a rival's"),
            ("coach", "train", "coach"),
            synonyms=(
                "产品",
                "品牌",
                "方案",
                "供应商",
                "竞品",
                "brand",
                "product",
                "supplier",
                "alternative",
            ),
        ),
        Column(
            "attribute",
            "category",
            N_("what is marked; leave price out, it has its own column"),
            ("comfort", "comfort", "safety"),
            synonyms=("属性", "指标", "评价项目", "要素", "评价指标", "feature", "criterion", "item"),
        ),
        Column(
            "rating",
            "number",
            N_("mark from 1 to 10; 10 is best for the customer, also for effort and worry"),
            (4, 7, 6),
            synonyms=("评分", "得分", "打分", "分数", "score", "mark", "performance"),
            low=1,
            high=10,
        ),
        Column(
            "importance",
            "number",
            N_("importance of the attribute to this respondent, in points; only proportions count"),
            (30, 30, 10),
            synonyms=("重要性", "权重", "重要度", "重要程度", "weight", "points"),
            low=0,
        ),
        Column(
            "price",
            "money",
            N_("price of the offer as this respondent sees it"),
            (550, 331, 550),
            synonyms=("价格", "售价", "票价", "单价", "报价", "fare", "list price"),
            low=0,
        ),
        Column(
            "component",
            "category",
            N_(
                "part of delivered value: product, service, personnel, image, energy (effort) or "
                "psychic (worry); product if you leave it out"
            ),
            ("product", "product", "image"),
            synonyms=("价值构成", "构成", "价值要素", "成本类别", "value component"),
            required=False,
            choices=("product", "service", "personnel", "image", "energy", "psychic"),
        ),
        Column(
            "hours",
            "number",
            N_("customer's time that the offer takes; 0 if you leave it out"),
            (72, 48, 72),
            synonyms=("耗时", "时间", "小时", "时长", "花费时间", "time", "duration"),
            unit=N_("hours"),
            required=False,
            low=0,
        ),
        Column(
            "worth_of_hour",
            "money",
            N_("what this respondent would pay to save an hour"),
            (4, 4, 12),
            synonyms=("时间价值", "每小时价值", "一小时值多少钱", "value of time"),
            required=False,
            low=0,
        ),
        Column(
            "worth_of_point",
            "money",
            N_("what this respondent would pay for one more point on everything"),
            (35, 35, 190),
            synonyms=("每分价值", "一分值多少钱", "质量溢价", "value of a point"),
            required=False,
            low=0,
        ),
        Column(
            "price_importance",
            "share",
            N_("weight of price against quality in this respondent's choice"),
            (0.65, 0.65, 0.35),
            synonyms=("价格重要性", "价格权重", "价格敏感度", "price weight"),
            required=False,
            low=0,
            high=1,
        ),
        Column(
            "chosen",
            "flag",
            N_("yes if this is the offer that the respondent takes"),
            ("no", "yes", "no"),
            synonyms=("是否选择", "选择", "已选", "choice", "selected", "preferred"),
            required=False,
        ),
    ),
    key=("respondent_id", "offer", "attribute"),
    person=("respondent_id",),
    notes=N_(
        "Every respondent marks every offer on every attribute; answers about a person stand on each row."
    ),
)
