"""The items of the checklists: what each means, in English, and its Chinese term."""

from __future__ import annotations

from casekit._text import _

#: The lists there are.
CHECKLISTS = (
    "account",
    "call_preparation",
    "spin_questions",
    "listening",
    "saying",
    "observing",
    "impact",
    "dialogue",
    "emotional_dialogue",
    "crisis_plan",
)

_Items = dict[str, tuple[str, str]]


def items_of(name: str) -> _Items:
    """Meaning and Chinese term of each item of a list."""
    return (_selling() | _talking() | _deciding())[name]


def _selling() -> dict[str, _Items]:
    return {
        "account": {
            "business_direction": (_("what in the market moves the customer's business"), "客户业务方向"),
            "business_plans": (_("what the customer does to get there"), "客户业务计划"),
            "success_factors": (
                _("what helps or hinders, and how the customer defines success"),
                "客户成功因素",
            ),
            "our_solution": (_("what we could do to solve the customer's problem"), "解决方案"),
            "our_strength": (_("how our way to success differs from competitors'"), "竞争力"),
            "our_cases": (_("which of our cases resemble this problem"), "案例"),
            "unique_value": (_("how our solution meets the need and carries our value"), "独有价值"),
        },
        "call_preparation": {
            "customer_researched": (_("the customer's business and trade, and our link with it"), "研究客户"),
            "offers_chosen": (_("which of our offers touch the customer, and how"), "研究方案"),
            "team_goals": (_("what the team wants and who does what"), "团队目标和责任"),
            "result_wanted": (_("what this call is to achieve"), "拜访目标"),
            "information_wanted": (_("what we want to learn"), "想得到的信息"),
            "next_step": (_("the next step to be agreed"), "下一步"),
            "course_of_call": (
                _("how the call is to run: who, what, where, when"),
                "流程: who, what, where, when",
            ),
            "opening": (_("the opening words"), "开场白"),
            "objections": (_("questions and objections to expect"), "预计问题及异议"),
        },
        "spin_questions": {
            "situation": (_("facts about the customer's situation"), "背景问题"),
            "problem": (_("difficulties and dissatisfaction"), "难点问题"),
            "implication": (_("consequences of a difficulty"), "暗示问题"),
            "need_payoff": (_("what a solution would be worth to the customer"), "需求-效益问题"),
        },
    }


def _talking() -> dict[str, _Items]:
    return {
        "listening": {
            "interest": (_("follows up on what the customer said"), "真正的兴趣"),
            "attention": (_("looks at the customer; does nothing else meanwhile"), "目光接触"),
            "notes": (_("writes down what was said"), "用笔记录"),
            "lets_finish": (_("neither interrupts nor ends the customer's sentences"), "不假设"),
            "asks_before_answering": (_("asks whether there is more before answering"), "听完再问"),
            "plays_back": (_("says in own words what was understood, and has it confirmed"), "复述确认"),
            "checks_facts": (_("checks what the customer takes for granted"), "打个问号"),
        },
        "saying": {
            "acknowledges_feeling": (_("names the customer's feeling before the facts"), "体谅情绪"),
            "no_blame": (_("blames neither the customer nor a colleague"), "不指责"),
            "asks_instead_of_orders": (_("asks or offers where an order would be shorter"), "请求代替命令"),
            "gives_reason": (_("gives the reason for a request or a refusal"), "说明理由"),
            "says_what_can_be_done": (_("says what can be done, not only what cannot"), "说能做什么"),
            "customers_words": (_("speaks in the customer's words, without jargon"), "用顾客喜欢的方式"),
        },
        "observing": {
            "behaviour_noted": (_("notes what the customer did, not only what was said"), "行为"),
            "surroundings_noted": (_("notes what the place shows of the customer"), "环境"),
            "change_noted": (_("notes what has changed since the last visit"), "变化"),
            "fact_from_reading": (_("keeps what was seen apart from what it may mean"), "区分事实与推断"),
        },
        "dialogue": {
            "parties_known": (_("both sides know whom they are talking with"), "双方识别"),
            "means_to_talk": (_("both sides have the means to talk freely"), "交流工具"),
            "both_gain": (_("the subject serves both sides, and both wish to talk"), "双方有利"),
            "either_may_lead": (_("either side may lead"), "任一方主导"),
            "behaviour_changes": (_("what is learnt changes what the firm does"), "改变行为"),
            "resumed": (_("the talk goes on where it stopped last time"), "从上次停下来的地方开始"),
        },
        "emotional_dialogue": {
            "before_sale": (_("a personal exchange before the sale"), "销售前"),
            "during_sale": (_("personal attention during the sale"), "销售中"),
            "after_sale": (_("a contact after the sale that sells nothing"), "销售后"),
            "opinion_answered": (_("the customer's opinion was asked and answered"), "重视意见"),
            "more_than_promised": (_("the customer got more than was promised"), "超出想象"),
            "problem_solved_soon": (_("open problems were solved within the time set"), "尽快解决"),
            "contact_in_time": (_("the last contact is no older than the tier's cadence"), "经常联系"),
        },
    }


def _deciding() -> dict[str, _Items]:
    return {
        "impact": {
            "customers_named": (_("which customers feel the change is written down"), "受影响的客户"),
            "effect_described": (_("what it changes for them: money, time, effort, feeling"), "带来的影响"),
            "need_foreseen": (_("it meets a need that customers have or will have"), "预见客户的需求"),
            "preference_heard": (_("customers were asked, and what they prefer was heard"), "顾客的喜好"),
            "content_after_deal": (_("those who bought before will be no less content"), "成交后的满足感"),
            "staff_able": (_("staff know what to say and may put things right"), "员工授权"),
            "measured_after": (_("the measure of satisfaction that should move is named"), "晴雨表"),
            "way_back": (_("what would make us undo it is written down"), "退路"),
        },
        "crisis_plan": {
            "levels": (_("levels of severity with an example each"), "分级预案"),
            "owner": (_("one person in charge at each level, with a deputy"), "负责人"),
            "first_hour": (_("what happens within the first hour is written down"), "1小时内启动"),
            "customers_reached": (_("how the customers concerned are found and told"), "客户通知"),
            "remedy": (_("what may be offered without asking"), "补偿方案"),
            "escalation": (_("when the next level is called"), "升级条件"),
            "review": (_("a date for the review, and who changes the plan"), "事后复盘"),
        },
    }
