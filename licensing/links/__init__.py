"""What is linked with a record, two steps out: people, premises, vehicles, operators, actions, operations and trials.

Every link stands in some register, action or record of a court, or two councils agreed to it; nothing is guessed, and
likeness makes no link. It is read with the rights of whoever asks, so that what they may not know is absent from the
drawing, the table and the counts alike. Start with rules.py (walking) and reading.py (where links come from).
"""
