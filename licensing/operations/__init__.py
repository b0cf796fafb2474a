"""Operations: patrols, raids, taxi stops and visits that agencies do together, and test purchases.

An operation is planned, briefed, begun, recorded on a phone during the night, followed up and looked back at. It is
known to the agencies that lead or join it and to nobody else: a raid that others hear of finds nothing. A test purchase
says what a place did when it was tried; who tried it is never recorded. Start reading at rules.py.
"""
