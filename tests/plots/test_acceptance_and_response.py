"""The operating characteristic and the response curve show the figures they are given."""

import matplotlib.pyplot as plt
import pytest

from casekit.plots import plot_operating_characteristic, plot_response_curve
from casekit.selling import adbudg_response, best_effort, calibrate_adbudg


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


def test_curve_and_risks(ax):
    found = plot_operating_characteristic(sample=89, accept=2, acceptable=0.01, rejectable=0.06, ax=ax)
    assert found is ax
    shares, chances = ax.lines[0].get_data()
    assert (shares[0], chances[0]) == (0, 1)
    assert shares[-1] > 0.06
    assert [text.get_text() for text in ax.texts] == ["producer's risk 6.0 %", "consumer's risk 9.2 %"]


def test_curve_without_marks(ax):
    plot_operating_characteristic(sample=5, accept=0, up_to=0.5, ax=ax)
    assert ax.get_xlim() == (0, 0.5)
    assert not ax.texts


def test_response_curve_marks_the_answers_and_the_best(ax):
    curve = calibrate_adbudg(50, minimum=10, maximum=100, half_more=65)
    plan = best_effort(curve, margin=0.1, limit=10)
    assert plot_response_curve(curve, plan=plan, ax=ax) is ax
    judged, best = ax.lines[2], ax.lines[3]
    assert judged.get_ydata().tolist() == pytest.approx([10, 50, 65])
    assert best.get_xdata()[0] == plan.effort
    assert best.get_ydata()[0] == pytest.approx(adbudg_response(plan.effort, curve=curve))
    assert ax.get_xlim()[1] > plan.effort
