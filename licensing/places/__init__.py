"""Premises of concern: all that somebody may know of a place on one page, and the guesthouses and their obligations.

England has no guesthouse licence: what a place that takes guests owes stands in layers (fire safety, guest records,
food registration and so on), each checked or not checked. Agencies that are on no register see here what they may
know of a place; what more a register tells stays with it. Start with queries.py; migration 0051 says who knows.
"""
