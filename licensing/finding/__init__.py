"""The search box on every page: anything on the acting authority's registers, by name, number or postcode.

What is found is what row-level security shows the reader; other councils' registers are searched by the driver check.
Start reading at rules.py, which says what a few typed words may mean.
"""
