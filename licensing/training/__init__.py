"""Safeguarding training: who has been trained, by which course, until when, and who says so.

Courses with their versions and providers, the records of people (drivers, operators, passenger assistants), the
training of premises and of operators' named staff, and numbers of the wider workforce. A record belongs to the person:
every council that holds a linked record of the same person is told its facts. Lapsed training is a state that somebody
is asked to look at; nothing here suspends a licence, since that is for the authority's policy and its decision makers.

    training.queries.standings([person_id], authority_id, day) -> {person_id: TrainingStanding}

Start reading at rules.py.
"""
