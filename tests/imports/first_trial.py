"""The first trial as a file of court proceedings has it."""

HEADINGS = (
    "source_id,court,started_on,ended_on,defendant,verdict,sentence_months,consecutive,"
    "victims_as_witnesses,licence_no\n"
)
TRIAL = "T1,Sample Crown Court,14/01/2013,14/05/2013"
# The first trial: nine defendants, seven guilty, 95 years, six witnesses; some served at once, some one after another.
GUILTY = (
    (240, "no", 84, "no"),
    (240, "no", 60, "no"),
    (120, "no", 60, "yes"),
    (168, "", None, ""),
    (144, "", None, ""),
    (84, "", None, ""),
    (60, "no", 24, "yes"),
)


def trial() -> str:
    lines = []
    for number, (months, after, more, more_after) in enumerate(GUILTY, 1):
        lines.append(f"{TRIAL},Defendant {number},guilty,{months},{after},6,")
        lines += [f"{TRIAL},Defendant {number},guilty,{more},{more_after},6,"] if more else []
    lines += [f"{TRIAL},Defendant {number},not guilty,,,6," for number in (8, 9)]
    return HEADINGS + "\n".join(lines) + "\n"
