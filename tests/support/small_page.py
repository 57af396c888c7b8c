"""A small report page with everything that a page can hold, and pictures without a drawing library."""

import base64
import struct
import zlib

FORMULA = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="{display}"><mrow><mi>V</mi><mo>=</mo>'
    "<mfrac><mrow><mi>m</mi><mo>·</mo><mi>r</mi></mrow><mrow><mn>1</mn><mo>+</mo><mi>d</mi></mrow></mfrac>"
    "</mrow></math>"
)

FACTS = {
    "case": "90_small",
    "title": "Whom do we call?",
    "parameters": {"calls": 20, "seed": 7},
    "changed": ["calls"],
    "data": "clients.xlsx",
    "own_data": True,
    "data_rows": 1234,
    "data_sha256": "ab" * 32,
    "seed": 7,
    "language": "en",
    "version": "0.1.0",
    "python": "3.11.7",
    "created": "2026-11-21T23:18:51+00:00",
}


def png(wide=40, high=20, colour=(200, 30, 60)):
    """A picture of one colour."""
    row = b"\x00" + bytes(colour) * wide

    def part(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(row * high))
        + part(b"IEND", b"")
    )


def figure(number, caption, wide=400, high=220):
    source = base64.b64encode(png(wide, high)).decode()
    return (
        '<section class="cell"><details class="code">'
        f"<pre>secret_code({number})</pre></details>"
        f'<div class="output"><div><img alt="x" src="data:image/png;base64,{source}"></div></div>'
        '</section><section class="cell"><div class="output"><div class="output_markdown">'
        f'<p class="caption"><strong>Figure {number}.</strong> {caption}</p></div></div></section>'
    )


def told(text):
    return f'<section class="cell"><div class="output"><div><p>{text}</p></div></div></section>'


def table(rows, columns=3):
    head = "".join(f"<th>column {number}</th>" for number in range(columns))
    body = "".join(
        "<tr>" + "".join(f"<td>{row * 10 + number}</td>" for number in range(columns)) + "</tr>"
        for row in range(rows)
    )
    return (
        '<section class="cell"><div class="output"><div class="scroll"><table class="dataframe">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></div></section>"
    )


def section(heading, *parts):
    return f'<section class="text"><h2 id="s">{heading}</h2></section>' + "".join(parts)


def text(words):
    return f'<section class="text"><p>{words}</p></section>'


def page(*parts, title="Whom do we call?"):
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>t</title></head><body><header>'
        f'<h1>{title}</h1><dl class="facts">'
        "<div><dt>Data</dt><dd>clients.xlsx<br><span>1,234 rows</span></dd></div>"
        '</dl><details class="parameters"><summary>Parameters</summary><div class="scroll"><table><thead><tr>'
        "<th>name</th><th>value</th></tr></thead><tbody><tr><td>calls</td><td>20</td></tr></tbody></table></div>"
        f"</details></header><main>{''.join(parts)}</main><footer><p>end</p></footer></body></html>"
    )


def whole_page(title="Whom do we call?"):
    """Opening, a section with everything, one with text alone, one with a list of references."""
    return page(
        text("A manager asks whom to call. It costs money."),
        section(
            "1. The question",
            text(f"The value of a client is {FORMULA.format(display='inline')} in short."),
            text(FORMULA.format(display="block")),
            figure(
                1, "Simulated branch. Calling 20 clients brings <em>¥300</em> a month. The rest is chance."
            ),
            told("At 12 % a year it pays."),
            table(3),
        ),
        section("2. A long table", table(60, 8)),
        section(
            "What we would tell the manager", told("<b>Call the 20 best clients now.</b> It brings ¥300.")
        ),
        section(
            "References",
            text('Kotler, P. (2012). <em>Marketing</em>. <a href="https://example.org/x">Link</a>'),
        ),
        title=title,
    )
