"""Need to Know: one page, the same or the next day, for those who must hear of something before they read of it.

A note says what happened, who knows, what was done at once, and what is asked of whoever reads it; it names nobody.
One person drafts it, another approves it, and it is issued to readers by name, who acknowledge it. What was issued is
never changed: an update is a note of its own that takes its place. Once a month the notes of the county's councils
are put together in a report, which the lead member, the chief executive and the director sign. What happened to a
licence, premises or a clock proposes a note; nothing is sent by itself. Start reading at words.py, then rules.py.
"""
