"""What was solved so far, for the boxes and the board of one notebook.

Lives in the kernel and in the widgets' state; no account, no server.
"""

from __future__ import annotations

import traitlets

__all__ = ["PROGRESS", "Progress"]


class Progress(traitlets.HasTraits):
    """The solved challenges.

    Attributes:
        best: For each solved challenge, by its name, the least that it took, in the unit of par.
    """

    best = traitlets.Dict()

    def solved(self, name: str, cost: int) -> None:
        """Note that a challenge was solved.

        >>> progress = Progress()
        >>> progress.solved("twice", 5)
        >>> progress.solved("twice", 7)
        >>> progress.best
        {'twice': 5}
        """
        self.best = {**self.best, name: min(cost, self.best.get(name, cost))}


PROGRESS = Progress()
"""What was solved in this kernel."""
