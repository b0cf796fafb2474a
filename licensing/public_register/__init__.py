"""The registers that the law makes public: for anybody, without signing in, and nothing but what the law names.

An authority chooses which of its registers are published; none is until it has. The database answers through one
function for each register (migration 0014), which returns the columns of rules.REGISTERS and no others; the tables
stay closed. Start reading at rules.py.
"""
