"""Boxes: a submission runs without network, alone, within limits, and only plain values come out."""
