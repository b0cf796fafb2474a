"""Suitability: is somebody fit and proper to hold a licence, or still so? From the application or the concern to the
recommendation; the decision is another room's.

The law: Local Government (Miscellaneous Provisions) Act 1976 ss.51, 55, 59 to 62; Taxis and Private Hire Vehicles
(Safeguarding and Road Safety) Act 2022 s.3, which forbids a decision before the national register was searched; the
Statutory Taxi and Private Hire Vehicle Standards (July 2020), whose table of convictions is a starting point and no
more. Nothing here decides anything: it says what is missing, what stands in the way and by which law, and keeps what
was weighed.

Start at `rules.py` (applications, considerations, recommendations), then `starting_points.py` (convictions) and
`readiness.py` (what is still missing before an application can be decided).
"""
