"""The factor sheet that the SWOT case reads."""

from casekit._text import N_
from casekit.information.layouts._layout import Column, Layout

SWOT = Layout(
    case="swot",
    row=N_("one factor of the SWOT list"),
    columns=(
        Column(
            "code",
            "id",
            N_("short code that begins with S, W, O or T; plain numbers will do where the kind is given"),
            ("S1", "W1", "O1"),
            synonyms=("编号", "代码", "序号", "因素编号", "factor code", "no", "number", "id"),
        ),
        Column(
            "kind",
            "category",
            N_("S, W, O or T, or the word; without it the first letter of the code tells"),
            ("S", "W", "O"),
            synonyms=("类型", "类别", "SWOT", "因素类型", "性质", "type", "category", "quadrant"),
            required=False,
            choices=("S", "W", "O", "T"),
            choice_synonyms={
                "S": ("strength", "strengths", "优势"),
                "W": ("weakness", "weaknesses", "劣势", "弱点"),
                "O": ("opportunity", "opportunities", "机会", "机遇"),
                "T": ("threat", "threats", "威胁", "挑战"),
            },
        ),
        Column(
            "factor",
            "text",
            N_("the factor in a few words"),
            ("Own workshop near the customer", "One buyer takes half the output", "A new line opens"),
            synonyms=("因素", "关键因素", "描述", "内容", "说明", "description", "key factor", "item"),
        ),
        Column(
            "weight",
            "number",
            N_("importance: any points or shares (60% too); they are divided by the total of their side"),
            (0.30, 0.20, 0.25),
            synonyms=("权重", "重要性", "重要程度", "比重", "importance", "weighting"),
            low=0,
            percent=True,
        ),
        Column(
            "rating",
            "number",
            N_("strength 3 or 4, weakness 1 or 2; response to an opportunity or threat 1 (poor) to 4"),
            (4, 1, 3),
            synonyms=("评分", "评级", "得分", "打分", "分值", "score", "points", "response"),
            low=1,
            high=4,
        ),
        Column(
            "evidence",
            "text",
            N_("where the claim comes from"),
            ("order book 2024", "sales ledger", "opinion of the sales manager"),
            synonyms=("证据", "依据", "来源", "数据来源", "出处", "source", "proof"),
            required=False,
        ),
    ),
    key=("code",),
    notes=N_("Internal factors (S, W) are weighed against each other, and so are external ones (O, T)."),
)
