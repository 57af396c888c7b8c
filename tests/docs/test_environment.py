"""environment.yml, pyproject.toml and the two constraints files say the same."""

import re
import tomllib

import pytest
import yaml

#: conda's name for a package that PyPI names otherwise.
RENAMED = {"matplotlib-base": "matplotlib", "python-build": "build"}

SPEC = re.compile(r"^([A-Za-z0-9_.-]+)\s*(.*)$")


def spec(text):
    name, bounds = SPEC.match(text).groups()
    name = name.lower().replace("_", "-")
    return RENAMED.get(name, name), bounds.replace(" ", "")


def from_pyproject(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    listed = [*project["dependencies"], *extras["workbook"], *extras["test"]]
    return dict([spec(text) for text in listed] + [("python", project["requires-python"])])


def from_environment(text):
    listed = yaml.safe_load(text)["dependencies"]
    by_pip = next(item["pip"] for item in listed if isinstance(item, dict))
    plain = [item for item in listed if isinstance(item, str) and item != "pip"]
    return dict(spec(item) for item in [*plain, *by_pip] if item != "-e .")


def test_environment_lists_what_pyproject_lists(root):
    text = (root / "environment.yml").read_text(encoding="utf-8")
    assert from_environment(text) == from_pyproject(root)


def test_a_difference_is_found(root):
    text = (root / "environment.yml").read_text(encoding="utf-8")
    assert from_environment(text.replace("pandas>=2.2", "pandas>=2.0")) != from_pyproject(root)


def pins(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return dict(map(spec, lines))


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-lowest.txt"])
def test_constraints_pin_every_package_and_name_no_host(root, name):
    text = (root / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "@" not in text
    pinned = pins(root / name)
    assert all(bounds.startswith("==") for bounds in pinned.values())
    assert set(from_pyproject(root)) - {"python"} <= set(pinned)


def test_lowest_constraints_are_the_lower_bounds(root):
    lowest = pins(root / "constraints-lowest.txt")
    for name, bounds in from_pyproject(root).items():
        if name != "python":
            low = bounds.split(",")[0].removeprefix(">=")
            assert lowest[name] in (f"=={low}", f"=={low}.0"), name
