"""Facts of the coach survey that are real, as printed in the press of 2001 and 2006 (see the card)."""

from casekit.datasets import load_coach_survey


def offers():
    return load_coach_survey().groupby("offer")[["price", "hours"]].first()


def test_west_china_city_daily_24_september_2001_coach():
    assert offers().loc["coach"].tolist() == [550, 3 * 24]


def test_xinhua_15_september_2006_fares():
    assert offers()["price"][["train seat", "train sleeper", "plane"]].tolist() == [331, 712, 975]


def test_china_org_27_june_2006_timetable_48_hours_10_minutes():
    assert abs(offers().loc["train seat", "hours"] - (48 + 10 / 60)) < 0.05
