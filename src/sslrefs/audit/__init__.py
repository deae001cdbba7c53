"""The ledger of a run, and the judgement of it."""
