"""What an authority's administrator does: accounts, roles, resets, the review of who has access, the field keys.

An administrator cannot act on their own account, nor give a privileged role alone: the procedures of migration
0008 hold to that whatever is asked of them. Start reading at changes.py.
"""
