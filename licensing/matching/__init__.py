"""How two sets of personal details are compared, for the driver check and for finding duplicates.

A low room: it knows no feature, no web page and no database. Start with `scoring.rank`, which puts candidates in
order and says why; `keys` says how candidates are found without reading everybody; `names` and `sounds` what a name
is reduced to. The tables of keys and of statistics hold keyed hashes only.
"""
