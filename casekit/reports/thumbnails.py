"""Small pictures of figures, for the list of reports."""

from __future__ import annotations

import base64
import binascii
import io

#: Width in pixels: twice what the list shows, for screens with small pixels.
WIDTH = 320

#: Colours a thumbnail keeps; a chart needs few.
COLOURS = 24


def thumbnail(png: str) -> str:
    """A figure (PNG in base64) as a small data URI; an empty text if it is no picture.

    Examples
    --------
    >>> thumbnail("bm8gcGljdHVyZQ==")
    ''
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(base64.b64decode(png))) as picture:
            near = picture.convert("RGBA").reduce(max(1, picture.width // (2 * WIDTH)))
    except (UnidentifiedImageError, binascii.Error, OSError, ValueError):
        return ""
    flat = Image.new("RGB", near.size, "white")
    flat.paste(near, mask=near.getchannel("A"))
    height = max(1, round(flat.height * WIDTH / flat.width))
    small = flat.resize((WIDTH, height), Image.Resampling.LANCZOS).crop((0, 0, WIDTH, min(height, WIDTH)))
    file = io.BytesIO()
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
