"""The forms of allegations. None of a referral's questions must be answered while somebody is on the telephone."""
