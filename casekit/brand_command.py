"""``casekit brand``: the look of a firm, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from casekit._text import _, listed

brand_app = typer.Typer(no_args_is_help=True, help="Brands: a firm's name, logo and colours on its reports.")


@brand_app.command("new")
def new(
    path: Annotated[Path, typer.Argument(help="file to write")] = Path("brand.yaml"),
    force: Annotated[bool, typer.Option("--force", help="replace the file if it is there")] = False,
) -> None:
    """Write a commented brand file to start from."""
    from casekit.reports.brand import write_example

    made = write_example(path, overwrite=force)
    out = Console(highlight=False, soft_wrap=True)
    out.print(escape(_("{path}. Next: casekit report CASE --brand {path}").format(path=made)))


@brand_app.command("check")
def check(path: Annotated[Path, typer.Argument(help="the brand file")] = Path("brand.yaml")) -> None:
    """Check a brand file and show what it says."""
    import warnings

    from casekit.reports.brand import read_brand

    out = Console(highlight=False, soft_wrap=True)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        brand = read_brand(path)
    for warning in caught:
        out.print(escape(str(warning.message)))
    colours = listed(f"{name} {colour}" for name, colour in brand.figure_colours.items())
    out.print(
        escape(_("name: {name}; paper: {paper}").format(name=brand.name or _("none"), paper=brand.paper))
    )
    out.print(escape(_("colours of the figures: {colours}").format(colours=colours or _("those of casekit"))))
