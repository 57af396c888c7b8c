"""A firm's name, logo, colours, footer, font and paper, on reports and figures alike."""

from __future__ import annotations

import base64
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _
from casekit.reports.colours import TEXT_CONTRAST, alike, contrast, is_colour, long_form, mix, readable

#: Papers a report can be printed on, in millimetres.
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}

#: Kinds of picture that every format can show.
LOGOS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}

#: What a brand file can hold.
KEYS = ("name", "logo", "colours", "footer", "font", "chinese_font", "paper")

#: What its ``colours`` can hold.
COLOUR_KEYS = ("primary", "secondary", "palette")

#: Names of the figures' colours that a palette replaces, in order. Green and red mean gain and loss and stay,
#: unless a palette goes that far.
FIGURE_COLOURS = ("blue", "orange", "sky", "purple", "green", "red")

EXAMPLE = Path(__file__).parent / "templates" / "brand.yaml"


@dataclass(frozen=True)
class Brand:
    """What a report looks like.

    Attributes
    ----------
    name : str
        The firm, on the head of the page and as author in the file's properties.
    logo : bytes
        PNG or JPEG; empty for none.
    logo_type : str
        Its media type.
    primary, secondary : str
        Main colours as ``#rrggbb``; empty for the workbook's own.
    palette : tuple of str
        Colours of the figures, in order; empty for the workbook's, which stay apart for colour-blind readers.
    footer : str
        A line at the foot of each page.
    font, chinese_font : str
        Names of fonts, used where they are installed.
    paper : str
        ``a4`` or ``letter``.
    """

    name: str = ""
    logo: bytes = b""
    logo_type: str = ""
    primary: str = ""
    secondary: str = ""
    palette: tuple[str, ...] = ()
    footer: str = ""
    font: str = ""
    chinese_font: str = ""
    paper: str = "a4"

    @property
    def accent(self) -> str:
        """The main colour of surfaces and rules."""
        return self.primary or "#0b5a8a"

    @property
    def text_accent(self) -> str:
        """The main colour where text is set in it: dark enough to read on white."""
        return readable(self.accent)

    @cached_property
    def logo_uri(self) -> str:
        """The logo as a data URI, or an empty text."""
        if not self.logo:
            return ""
        return f"data:{self.logo_type};base64,{base64.b64encode(self.logo).decode()}"

    @property
    def figure_colours(self) -> dict[str, str]:
        """The named colours of figures that this brand replaces."""
        if self.palette:
            return dict(zip(FIGURE_COLOURS, self.palette, strict=False))
        made = {}
        if self.primary:
            made = {"blue": self.primary, "sky": mix(self.primary, "#ffffff", 0.45)}
        if self.secondary:
            made["orange"] = self.secondary
        return made

    @property
    def environment(self) -> dict[str, str]:
        """Variables for the kernel that draws the figures: ``CASEKIT_BRAND``; none if nothing is replaced."""
        colours = self.figure_colours
        if not colours:
            return {}
        return {"CASEKIT_BRAND": ",".join(f"{name}={colour}" for name, colour in colours.items())}


#: No brand: the look of the workbook.
DEFAULT_BRAND = Brand()


def read_brand(path: str | Path) -> Brand:
    """The brand that a file describes.

    Parameters
    ----------
    path : path
        A YAML file; every key may be left out. ``casekit brand new`` writes a commented example.

    Raises
    ------
    InputError
        If the file cannot be read, a key is unknown, a colour or a font is none, or the logo is missing. All
        that is wrong is listed at once.

    Warns
    -----
    CasekitWarning
        If text in the main colour is hard to read on white (a darker shade is used), or figures' colours look
        alike to colour-blind readers.
    """
    path = Path(path).expanduser()
    given = _load(path)
    problems = _problems(given, path)
    if problems:
        raise errors.InputError("brand", problems)
    colours = given.get("colours") or {}
    logo = path.parent / given["logo"] if given.get("logo") else None
    brand = Brand(
        logo=logo.read_bytes() if logo else b"",
        logo_type=LOGOS[logo.suffix.lower()] if logo else "",
        primary=long_form(colours["primary"]) if colours.get("primary") else "",
        secondary=long_form(colours["secondary"]) if colours.get("secondary") else "",
        palette=tuple(long_form(colour) for colour in colours.get("palette") or ()),
        paper=given.get("paper") or "a4",
        **{key: given.get(key) or "" for key in ("name", "footer", "font", "chinese_font")},
    )
    _warn(brand, path)
    return brand


def read_paper(name: str | None) -> str | None:
    """The paper of a name in any letters; None stays None: the brand decides.

    Examples
    --------
    >>> read_paper("A4"), read_paper(None)
    ('a4', None)
    """
    if name is None:
        return None
    paper = name.strip().lower()
    if paper not in PAPERS:
        raise errors.InputError("report", errors.unknown_name(_("paper"), name, list(PAPERS)))
    return paper


def on_paper(brand: Brand | None, paper: str | None) -> Brand | None:
    """The brand, or the workbook's own look, on a paper that was asked for."""
    return brand if paper is None else replace(brand or DEFAULT_BRAND, paper=paper)


def write_example(target: str | Path, *, overwrite: bool = False) -> Path:
    """Write a commented brand file to start from; return its path."""
    target = Path(target)
    if target.exists() and not overwrite:
        raise errors.InputError(
            "brand",
            errors.must_hold(
                _("the file must not exist yet"), got=str(target), hint=_("another name, or --force")
            ),
        )
    target.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    return target


def _load(path: Path) -> dict[str, Any]:
    import yaml

    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        problem = errors.must_hold(
            _("the brand file must be one that can be read"),
            got=f"{path} ({error.strerror})",
            hint="casekit brand new",
        )
        raise errors.InputError("brand", problem) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = errors.must_hold(
            _("the brand file must be YAML"),
            got=str(getattr(error, "problem", None) or error),
            where=_("{file}, line {line}").format(file=path.name, line=mark.line + 1) if mark else path.name,
            hint=_('put a colour into quotes: "#0b5a8a"'),
        )
        raise errors.InputError("brand", problem) from error
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        problem = errors.wrong_kind(
            path.name, _("a list of names with values"), given, hint="name: Example Bank"
        )
        raise errors.InputError("brand", problem)
    return dict(given)


def _problems(given: Mapping[str, Any], path: Path) -> list[errors.Problem]:
    problems = [errors.unknown_name(_("key"), key, KEYS) for key in given if key not in KEYS]
    for key in ("name", "logo", "footer", "font", "chinese_font", "paper"):
        if given.get(key) is not None and not isinstance(given[key], str):
            problems.append(errors.wrong_kind(key, _("text"), given[key], hint=f'{key}: "{given[key]}"'))
    problems += _colour_problems(given.get("colours"))
    if isinstance(given.get("paper"), str) and given["paper"] not in PAPERS:
        problems.append(errors.unknown_name("paper", given["paper"], list(PAPERS)))
    for key in ("font", "chinese_font"):
        if isinstance(given.get(key), str) and not _is_font(given[key]):
            problems.append(
                errors.must_hold(
                    _("{key} must be the name of one font").format(key=key),
                    got=repr(given[key]),
                    hint=f"{key}: Source Sans 3",
                )
            )
    if isinstance(given.get("logo"), str):
        problems += _logo_problems(given["logo"], path)
    return problems


def _colour_problems(colours: Any) -> list[errors.Problem]:
    if colours is None:
        return []
    if not isinstance(colours, Mapping):
        return [
            errors.wrong_kind(
                "colours", _("a list of names with values"), colours, hint='colours: {primary: "#0b5a8a"}'
            )
        ]
    problems = [
        errors.unknown_name(_("colour"), key, COLOUR_KEYS) for key in colours if key not in COLOUR_KEYS
    ]
    palette = colours.get("palette")
    if palette is not None and not (isinstance(palette, list) and 2 <= len(palette) <= len(FIGURE_COLOURS)):
        problems.append(
            errors.must_hold(
                _("palette must list two to six colours"),
                got=errors.shown(palette),
                hint='palette: ["#0b5a8a", "#e69f00"]',
            )
        )
        palette = None
    named = [(key, colours[key]) for key in ("primary", "secondary") if colours.get(key) is not None]
    named += [(f"palette[{place}]", colour) for place, colour in enumerate(palette or [], start=1)]
    for name, colour in named:
        if not is_colour(colour):
            problems.append(
                errors.must_hold(
                    _("{name} must be a colour of six hexadecimal digits").format(name=name),
                    got=errors.shown(colour),
                    allowed='"#rrggbb"',
                    hint=_('put a colour into quotes: "#0b5a8a"'),
                )
            )
    return problems


def _logo_problems(logo: str, path: Path) -> list[errors.Problem]:
    file = path.parent / logo
    if file.suffix.lower() not in LOGOS:
        rule = _("the logo must be a picture of a known kind")
        return [errors.must_hold(rule, got=file.name, allowed=", ".join(LOGOS))]
    if not file.is_file():
        rule = _("the logo must be a file beside the brand file, or be named with its folder")
        return [errors.must_hold(rule, got=_("no file {name}").format(name=logo))]
    head = file.read_bytes()[:8]
    if not head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        rule = _("the logo must be a whole picture of its kind")
        return [errors.must_hold(rule, got=_("{name}, which is none").format(name=file.name))]
    return []


def _is_font(name: str) -> bool:
    """A plain name: it goes into style sheets, where other characters would mean something."""
    return bool(name.strip()) and not set(name) & set("\"';,:{}<>\\\n")


def _warn(brand: Brand, path: Path) -> None:
    if brand.primary and contrast(brand.primary) < TEXT_CONTRAST:
        text = _(
            "{file}: text in primary ({colour}) has a contrast of {contrast} on white, below {needed}; "
            "it is set in {shade} instead"
        ).format(
            file=path.name,
            colour=brand.primary,
            contrast=contrast(brand.primary),
            needed=TEXT_CONTRAST,
            shade=readable(brand.primary),
        )
        warnings.warn(text, errors.CasekitWarning, stacklevel=3)
    close = alike(list(brand.palette))
    if close:
        text = _("{file}: in figures, colour-blind readers can hardly tell apart {pairs}").format(
            file=path.name, pairs=errors.listing(f"{first} – {second}" for first, second in close)
        )
        warnings.warn(text, errors.CasekitWarning, stacklevel=3)
