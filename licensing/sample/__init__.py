"""Invented councils' details, users and licence holders, for trying the product and for its tests.

Everything shown follows from a council and a number alone, so the same scale always holds the same people, and a
larger one holds those of a smaller among others. Every address is a Sample or an Example one, every postcode is of
a district without homes, every National Insurance number begins QQ. Start reading at holders.py.
"""
