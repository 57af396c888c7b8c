"""The reports in headless Chromium with every other host blocked (`make test-full`)."""

import shutil

import pytest

from casekit.reports.cases import list_cases
from casekit.reports.index import write_index
from casekit.reports.run import make_report

pytestmark = pytest.mark.full

CASES = list_cases(guides=True)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra `formats`")
    if chromium is None:
        pytest.skip("needs Chromium: system-packages.txt")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for case in CASES:
        make_report(case, out=folder)
    write_index(folder)
    return folder


def open_page(browser, path, width):
    """The page, with the requests to other hosts, the failures and the errors that came up."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    trouble = []

    def only_files(route):
        if route.request.url.startswith(("file:", "data:")):
            return route.continue_()
        trouble.append(f"asked {route.request.url}")
        return route.abort()

    page.route("**/*", only_files)
    page.on("requestfailed", lambda request: trouble.append(f"failed {request.url[:80]}"))
    page.on("console", lambda message: message.type == "error" and trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_load_state("load")
    return page, trouble


HIDDEN_FIGURES = (
    "Array.from(document.images).filter(i => !(i.naturalWidth > 40 && i.clientWidth > 40)).length"
)
WITHOUT_TEXT = "Array.from(document.querySelectorAll('main img')).filter(i => !i.alt).length"
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_page(browser, reports, case, width):
    page, trouble = open_page(browser, reports / f"{case.stem}.html", width)
    assert trouble == []
    assert page.evaluate("document.images.length") >= (1 if case.is_guide else 3)
    assert page.evaluate(HIDDEN_FIGURES) == 0
    assert page.evaluate(WITHOUT_TEXT) == 0
    assert page.evaluate(OVERFLOW) <= 0
    page.close()


def test_index(browser, reports):
    page, trouble = open_page(browser, reports / "index.html", 1280)
    assert trouble == []
    links = page.eval_on_selector_all("h2 a", "all => all.map(a => a.getAttribute('href'))")
    assert sorted(links) == [f"{case.stem}.html" for case in CASES]
    page.close()


def test_a_request_to_another_host_is_found(browser, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text('<img src="http://192.0.2.1/x.png"><script>throw Error("x")</script>', encoding="utf-8")
    page, trouble = open_page(browser, bad, 1280)
    assert any("asked" in item for item in trouble)
    assert any(item == "x" for item in trouble)
    assert page.evaluate(HIDDEN_FIGURES) == 1
    page.close()
