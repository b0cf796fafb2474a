"""What each finding adds to the log-odds that two sets of details belong to one person.

Each weight is a fixed part and a part for every unit of rarity (natural logarithm), so that agreeing on a rare name
counts for more than agreeing on Khan.

How they were fitted: maximum likelihood of a choice among all candidates and "nobody", over 5,000 synthetic
enquiries against 50,000 synthetic licence holders, with FEBRL 4 and the historical figures with errors added by the
Ministry of Justice at a fifth of the weight, a small ridge towards hand-set values, and rarity never counting against agreement.
On held-out halves of the enquiries the figures differ by less than half a point.

Not fitted, but policy: vehicles are shared and badge numbers reused, so both say less than the synthetic data would let them; and
a vehicle that differs says nothing.
"""

WEIGHTS: dict[str, tuple[float, float]] = {
    "same": (-0.5, 0.4),
    "mohammed spelt": (-0.84, 0.05),
    "same sound": (0.03, 0.16),
    "same sound near": (-2.64, 0.54),
    "same sound only": (-2.05, 0.0),
    "other form": (-1.57, 0.52),
    "one letter": (0.31, 0.12),
    "two letters": (-1.45, 0.0),
    "initial": (0.37, 0.0),
    "order": (-1.31, 0.0),
    "written as one": (1.06, 0.01),
    "given name differs": (-6.02, 0.0),
    "family name differs": (-5.16, 0.0),
    "name differs": (-4.8, 0.0),
    "called only asked": (-4.0, 0.0),
    "called only recorded": (-2.24, 0.0),
    "family only asked": (-3.02, 0.0),
    "family only recorded": (-2.76, 0.0),
    "only asked": (-1.85, 0.0),
    "only recorded": (-1.01, 0.0),
    "often added": (-1.12, 0.0),
    "often dropped": (-1.12, 0.0),
    "date same": (-0.79, 0.76),
    "date swapped": (3.41, 0.0),
    "date exchanged": (0.67, 0.15),
    "date one digit": (-0.94, 0.38),
    "date next year": (-0.2, 0.35),
    "date same day": (-5.91, 0.0),
    "date same year and month or day": (-3.8, 0.0),
    "date same year": (-5.87, 0.0),
    "date different": (-6.79, 0.0),
    "date not recorded": (-1.97, 0.0),
    "postcode agrees": (6.93, 0.08),
    "postcode district": (2.22, 0.0),
    "postcode differs": (-1.51, 0.0),
    "ni_number agrees": (12.14, 0.0),
    "ni_number differs": (-4.77, 0.0),
    "driver_number agrees": (12.16, 0.0),
    "driver_number differs": (-1.67, 0.0),
    "badge_number agrees": (10.0, 0.0),
    "badge_number differs": (-1.0, 0.0),
    "registration_mark agrees": (4.0, 0.0),
    "registration_mark differs": (0.0, 0.0),
}

# The sum's constant, fitted where 65 in 100 of the people asked about were on the register.
CONSTANT = 8.08
FITTED_PRIOR = 0.65

# The share of the people asked about that the check takes to be on a register: a policy, and a generous one, since
# a person missed is worse than a second look.
PRIOR = 0.8
