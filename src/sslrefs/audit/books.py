"""The ledger as a value: an account per object, and the lists that a judge reads."""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.audit.records import Account, Loss, Misplacement, Pointer, Refusal, Surplus, Touch
from sslrefs.model.objects import ObjectId
from sslrefs.trace.timeline import Place

__all__ = ["Ledger", "Spoiling", "listed"]


class Spoiling(NamedTuple):
    """A session was marked not resumable."""

    step: int
    target: ObjectId
    why: str


_FEW = 6
"""Holders that a sentence can name."""


def listed(words: tuple[str, ...] | list[str]) -> str:
    """Words joined as people do.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


class Ledger:
    """What the ledger found. Ask `holders`; the lists are for the judge."""

    def __init__(self) -> None:
        self.accounts: dict[ObjectId, Account] = {}
        self.pointers: dict[Place, Pointer] = {}
        self.surpluses: list[Surplus] = []
        self.losses: list[Loss] = []
        self.touches: list[Touch] = []
        self.deaths: dict[ObjectId, int] = {}
        self.births: dict[ObjectId, int] = {}
        self.spoilings: dict[ObjectId, Spoiling] = {}
        self.refusals: list[Refusal] = []
        self.misplacements: list[Misplacement] = []
        self.hidden: set[ObjectId] = set()

    def account(self, target: ObjectId) -> Account:
        """The account of an object."""
        found = self.accounts.get(target)
        if found is None:
            found = self.accounts[target] = Account()
        return found

    def holders(self, target: ObjectId, step: int) -> tuple[str, ...]:
        """Who holds the object after a step: the library's holders first, then the program's.

        >>> from sslrefs.audit.ledger import keep_ledger
        >>> from sslrefs.cscript.interpreter import run_text
        >>> ledger = keep_ledger(run_text("SSL_SESSION *s = SSL_SESSION_new();"))
        >>> ledger.holders(ObjectId("session", 1), 0)
        ('s',)
        """
        account = self.accounts.get(target)
        return account.holders(step) if account else ()

    def few_holders(self, target: ObjectId, step: int) -> str:
        """The first of them in words, and how many more there are; "" for none.

        >>> from sslrefs.audit.ledger import keep_ledger
        >>> from sslrefs.cscript.interpreter import run_text
        >>> text = "SSL_SESSION *s = SSL_SESSION_new();" + "SSL_SESSION_up_ref(s);" * 9
        >>> keep_ledger(run_text(text)).few_holders(ObjectId("session", 1), 9)
        's, s, s, s, s, s and 4 more'
        """
        account = self.accounts.get(target)
        if account is None:
            return ""
        first, count = account.holders(step, _FEW), account.count(step)
        if count > len(first):
            return f"{', '.join(first)} and {count - len(first):,} more"
        return listed(first)

    def entries_by_step(self) -> dict[int, list[tuple[ObjectId, int, str]]]:
        """Who came (+1) and who went (-1) at each step: target, sign, holder."""
        found: dict[int, list[tuple[ObjectId, int, str]]] = {}
        for target, account in self.accounts.items():
            for entry in account.entries:
                found.setdefault(entry.step, []).append((target, entry.sign, entry.label))
        return found
