"""What is linked with a record, two steps out: people, premises, vehicles, operators, actions and operations.

Every link stands in some register or some action; nothing is guessed, and likeness makes no link. It is read with the
rights of whoever asks, so that what they may not know is absent from the drawing, the table and the counts alike.
Start with rules.py (walking) and reading.py (where links come from).
"""
