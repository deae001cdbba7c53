"""The casebook: public reports, each with a prediction and a repair."""

from __future__ import annotations

from sslrefs.lessons.cases import Case
from sslrefs.lessons.catalogue.casebook import caches, names, offers, stores

__all__ = ["CASES"]

CASES: dict[str, Case] = {
    name: getattr(module, name)
    for module in (names, stores, caches, offers)
    for name in module.__all__
}
"""Each case by its name, such as "SAVED_FROM_A_GET"."""
