"""The files that a report can be: one module a format, and what each needs installed."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from casekit import errors
from casekit._text import _, language
from casekit.reports.brand import Brand


@dataclass(frozen=True)
class Format:
    """One kind of file: the ending of its name and what must be installed to write it.

    Attributes
    ----------
    name : str
        As given to ``--to``.
    ending : str
        End of the file's name, with its dot.
    packages : tuple of str
        Names of packages to import, all of the extra ``formats``.
    programs : tuple of str
        Programs that pip does not install: ``chromium``, ``pandoc``.
    """

    name: str
    ending: str
    packages: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()


#: Every format, by name.
FORMATS: dict[str, Format] = {
    item.name: item
    for item in (
        Format("html", ".html"),
        Format("pdf", ".pdf", packages=("playwright",), programs=("chromium",)),
        Format("slides", ".slides.html"),
        Format("docx", ".docx", packages=("lxml",), programs=("pandoc",)),
        Format("pptx", ".pptx", packages=("pptx",)),
        Format("ipynb", ".ipynb"),
    )
}

_PANDOC = {"darwin": "brew install pandoc", "win32": "winget install JohnMacFarlane.Pandoc"}


def require_formats(names: Iterable[str]) -> None:
    """Refuse formats that are unknown or that this machine cannot write, before anything is run.

    Raises
    ------
    InputError
        Naming for each format the one command that installs what is missing.

    Examples
    --------
    >>> require_formats(["html", "ipynb"])
    """
    names = list(dict.fromkeys(names))
    problems = [
        errors.unknown_name(_("format"), name, list(FORMATS)) for name in names if name not in FORMATS
    ]
    if not names:
        problems = [errors.missing_argument(_("format"), hint=f"--to {','.join(FORMATS)}")]
    known = [FORMATS[name] for name in names if name in FORMATS]
    problems += _missing_packages(known)
    for program in dict.fromkeys(program for item in known for program in item.programs):
        problems += _missing_program(program, [item.name for item in known if program in item.programs])
    if problems:
        raise errors.InputError("formats", problems)


def read_formats(text: str) -> tuple[str, ...]:
    """The formats of a list with commas; refused if this machine cannot write one of them.

    Examples
    --------
    >>> read_formats("html, ipynb")
    ('html', 'ipynb')
    """
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    require_formats(names)
    return names


def _missing_packages(wanted: list[Format]) -> list[errors.Problem]:
    """One problem for all packages, since one command installs them all."""
    lacking = {
        item.name: package
        for item in wanted
        for package in item.packages
        if importlib.util.find_spec(package) is None
    }
    if not lacking:
        return []
    return [
        errors.must_hold(
            _("for {formats} packages of the extra “formats” must be installed").format(
                formats=", ".join(lacking)
            ),
            got=_("no {packages}").format(packages=", ".join(dict.fromkeys(lacking.values()))),
            hint='pip install "casekit[formats]"',
        )
    ]


def _missing_program(program: str, formats: list[str]) -> list[errors.Problem]:
    from casekit.reports.formats.chromium import find_chromium, missing_chromium

    found = find_chromium() if program == "chromium" else shutil.which(program)
    if found:
        return []
    if program == "chromium":
        hint = missing_chromium()
    else:
        hint = _PANDOC.get(sys.platform, "sudo apt-get install pandoc")
    rule = _("for {formats} the program {program} must be installed").format(
        formats=", ".join(formats), program=program
    )
    return [errors.must_hold(rule, got=_("none on this machine"), hint=hint)]


class Converters:
    """Writes finished reports in any format; keeps the browser and the templates open between reports.

    One for each worker process. Use it in a ``with`` block, or call :meth:`close`.

    Examples
    --------
    >>> with Converters() as converters:  # doctest: +SKIP
    ...     converters.write(notebook, page, Path("report.pdf"), "pdf", brand=None, language="en")
    """

    def __init__(self) -> None:
        self._chromium: Any = None
        self._outline: tuple[str, Any] | None = None

    def write(
        self,
        notebook: Mapping[str, Any],
        page_html: str,
        target: Path,
        fmt: str,
        *,
        brand: Brand | None = None,
        language: str = "en",
    ) -> None:
        """Write one format of one report to exactly ``target``.

        Parameters
        ----------
        notebook : mapping
            The executed notebook, with the facts of the report in ``metadata.casekit``.
        page_html : str
            The page, as :func:`casekit.reports.page.render_page` made it with the same brand and language.
        target : Path
            File to write. The caller renames it.
        fmt : str
            A name of :data:`FORMATS`.
        brand : Brand, optional
            Name, logo, colours, footer, font and paper.
        language : str
            ``en`` or ``zh_CN``.
        """
        if fmt not in FORMATS:
            raise errors.InputError("formats", errors.unknown_name(_("format"), fmt, list(FORMATS)))
        from casekit.reports.formats.docx import page_as_docx
        from casekit.reports.formats.pptx import outline_as_pptx
        from casekit.reports.formats.slides import page_as_slides

        facts = notebook["metadata"].get("casekit", {})
        writers: dict[str, Callable[..., bytes]] = {
            "html": lambda: page_html.encode(),
            "ipynb": lambda: (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode(),
            "pdf": lambda: self._pdf(page_html, facts, brand),
            "slides": lambda: page_as_slides(self._outline_of(page_html), facts, brand).encode(),
            "docx": lambda: page_as_docx(page_html, facts, brand),
            "pptx": lambda: outline_as_pptx(self._outline_of(page_html), facts, brand),
        }
        with _speaking(language):
            Path(target).write_bytes(writers[fmt]())

    def close(self) -> None:
        """End the browser, if one was started."""
        if self._chromium is not None:
            self._chromium.close()
            self._chromium = None

    def __enter__(self) -> Converters:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _pdf(self, page_html: str, facts: Mapping[str, Any], brand: Brand | None) -> bytes:
        from casekit.reports.formats.chromium import Chromium
        from casekit.reports.formats.pdf import page_as_pdf

        if self._chromium is None:
            self._chromium = Chromium()
        return page_as_pdf(self._chromium, page_html, facts, brand)

    def _outline_of(self, page_html: str) -> Any:
        """The outline of the page, read once for all formats that need it."""
        from casekit.reports.formats.outline import read_outline

        if self._outline is None or self._outline[0] != page_html:
            self._outline = (page_html, read_outline(page_html))
        return self._outline[1]


_speaking = language
