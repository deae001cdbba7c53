"""The ownership inventory: an item for each misconception, for use before and after the course."""

from __future__ import annotations

from sslrefs.lessons.catalogue.inventory import caching, calling_back, counting, holding
from sslrefs.lessons.items import Item

__all__ = ["ITEMS"]

ITEMS: tuple[Item, ...] = (*counting.ITEMS, *caching.ITEMS, *calling_back.ITEMS, *holding.ITEMS)
