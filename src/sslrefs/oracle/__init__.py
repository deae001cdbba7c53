"""The oracle: the same run on the real libssl, step by step.

Everything native is in this room. Nothing here draws, judges or teaches.
"""

from __future__ import annotations

__all__: list[str] = []
