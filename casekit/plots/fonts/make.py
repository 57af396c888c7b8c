"""Makes the font of the figures: ``python casekit/plots/fonts/make.py NotoSansCJK-Regular.ttc`` (fonttools).

The glyphs of GB 2312 and a few signs, so that Chinese names in a client's file show in figures everywhere.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

FAMILY = "Noto Sans SC GB2312"
TARGET = Path(__file__).with_name("NotoSansSC-GB2312.otf")


def gb2312() -> str:
    """Every character of GB 2312: rows 1 to 9 (signs, digits, letters) and 16 to 87 (characters)."""
    rows = [*range(1, 10), *range(16, 88)]
    codes = (bytes([0xA0 + row, 0xA0 + cell]) for row in rows for cell in range(1, 95))
    return "".join(code.decode("gb2312", errors="ignore") for code in codes)


def main(source: str) -> None:
    names = {font["name"].getDebugName(1): font for font in TTCollection(source).fonts}
    font = names["Noto Sans CJK SC"]
    options = subset.Options(layout_features=[], hinting=False, desubroutinize=False, notdef_outline=True)
    options.drop_tables += ["GPOS", "GSUB", "VORG", "vhea", "vmtx", "BASE"]
    work = subset.Subsetter(options)
    work.populate(text=gb2312() + "¥−–—…“”")
    work.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = FAMILY
        elif record.nameID == 6:
            record.string = FAMILY.replace(" ", "")
    font.save(TARGET)


if __name__ == "__main__":
    main(*sys.argv[1:])
