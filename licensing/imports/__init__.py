"""Imports: councils' own files brought into the register, with every row accounted for.

A file is hostile until shown otherwise: `reading` opens it in a confined child process and streams
rows of text; `headings` says what its columns mean; `values` reads single cells; `rows_*` check
whole rows, and `plan_*` compare them with the register. Each row is accepted, left out, or rejected
with reasons, so that the receipt always adds up. Start at `making_plans.make_plan`.
"""
