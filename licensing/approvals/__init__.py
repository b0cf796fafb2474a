"""What needs a second person: proposed by one, decided by another, carried out when the last has agreed.

Privileged roles, merges and corrections of decisions come through here, so that nobody does alone what the
law or the councils' agreement wants two to do. A feature says in its own module what is done in the end:

    @carries_out(ProposalKind.MERGE, approver=Permission.CHANGES_APPROVE, shows=_shown)
    def merge(proposal: Proposal) -> None: ...

and proposes with `changes.propose`. Start reading at kinds.py, then changes.py.
"""
