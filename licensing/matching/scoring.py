"""The driver check's ranking: who, of the records that share a key with an enquiry, is the person asked about."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import exp, log

from licensing.matching.bands import POSSIBLE_FROM, Band, band_of
from licensing.matching.candidates import Candidate, Match
from licensing.matching.comparison import Comparison
from licensing.matching.field_words import words_of
from licensing.matching.groups import group_numbers
from licensing.matching.reasons import reasons_of, what_would_settle
from licensing.matching.records import Enquiry
from licensing.matching.statistics import Statistics
from licensing.matching.weights import CONSTANT, FITTED_PRIOR, PRIOR

__all__ = ["Candidate", "Match", "rank"]

MOST_ROWS = 10

# On a register of a few people anybody would stand out; the sum is taken as if there were at least so many.
_FEWEST_PEOPLE = 2_000
# A candidate so far below the best has no probability worth showing. The margin beyond that leaves room for records of
# one person that differ a little.
_HOPELESS = -log(POSSIBLE_FROM) + 2
_BANDS = list(Band)


def rank(
    enquiry: Enquiry, candidates: Iterable[Candidate], statistics: Statistics, prior: float = PRIOR
) -> list[Match]:
    """The matches worth showing, at most 10.

    Best band first; among certain and strong ones those with an adverse decision, then by probability. `prior` is
    the share of the people asked about, above 0 and below 1, that are taken to be on a register at all.
    """
    comparison = Comparison(enquiry, statistics)
    nobody = _nobody(statistics.people, prior)
    scored = _contenders(comparison, candidates, nobody)
    contenders = [candidate for _, candidate in scored]
    probabilities = _probabilities([score for score, _ in scored], contenders, nobody)
    matches = [
        match
        for candidate, probability in zip(contenders, probabilities, strict=True)
        if (match := _match(enquiry, candidate, probability, comparison))
    ]
    matches.sort(key=_order)
    return matches[:MOST_ROWS]


def _order(match: Match) -> tuple[int, bool, float, str]:
    """Where only the council is told of a match, its place must not tell that a decision stands against somebody."""
    stands_first = match.adverse and match.band is not Band.POSSIBLE
    return _BANDS.index(match.band), not stands_first, -match.probability, match.ref


def _contenders(
    comparison: Comparison, candidates: Iterable[Candidate], nobody: float
) -> list[tuple[float, Candidate]]:
    """The candidates that are not hopeless, with their scores, best first.

    Names take longest to compare, so those whose other details agree best go first and set the mark for the rest.
    """
    quick = [(comparison.score_of_rest(candidate.record), candidate) for candidate in candidates]
    quick.sort(key=_score, reverse=True)
    # A mark for each register: a close record on one must not put another council's out of sight.
    marks: defaultdict[str, float] = defaultdict(lambda: nobody)
    scored: list[tuple[float, Candidate]] = []
    for rest, candidate in quick:
        mark = marks[candidate.register]
        if rest + comparison.most_for_name >= mark - _HOPELESS or candidate.group is not None:
            score = rest + comparison.score_of_name(candidate.record)
            marks[candidate.register] = max(mark, score)
            scored.append((score, candidate))
    scored.sort(key=_score, reverse=True)
    hopeful = [pair for pair in scored if pair[0] >= marks[pair[1].register] - _HOPELESS]
    linked = {candidate.group for _, candidate in hopeful} - {None}
    return [pair for pair in scored if pair in hopeful or pair[1].group in linked] if linked else hopeful


def _score(scored: tuple[float, Candidate]) -> float:
    return scored[0]


def _nobody(people: int, prior: float) -> float:
    """The score that nobody on the registers has to be beaten by."""
    return log(max(people, _FEWEST_PEOPLE)) - CONSTANT + _log_odds(FITTED_PRIOR) - _log_odds(prior)


def _log_odds(share: float) -> float:
    return log(share / (1 - share))


def _probabilities(scores: Sequence[float], candidates: Sequence[Candidate], nobody: float) -> list[float]:
    """For each candidate, best first, the probability of its group, over nobody and all groups on its register."""
    groups = group_numbers(candidates)
    best: dict[int, float] = {}
    for score, group in zip(scores, groups, strict=True):
        best.setdefault(group, score)
    highest = max(nobody, *best.values()) if best else nobody
    rivals: dict[str, set[int]] = {}
    for candidate, group in zip(candidates, groups, strict=True):
        rivals.setdefault(candidate.register, set()).add(group)
    totals = {
        register: exp(nobody - highest) + sum(exp(best[group] - highest) for group in present)
        for register, present in rivals.items()
    }
    return [
        exp(best[group] - highest) / totals[candidate.register]
        for candidate, group in zip(candidates, groups, strict=True)
    ]


def _match(enquiry: Enquiry, candidate: Candidate, probability: float, comparison: Comparison) -> Match | None:
    """The match as shown, or None when it is not worth showing."""
    if probability < POSSIBLE_FROM:
        return None
    record = candidate.record
    findings = comparison.findings(record)
    words = words_of(enquiry, record, findings)
    band = band_of(probability, words)
    if band is None:
        return None
    return Match(
        record.ref,
        probability,
        band,
        candidate.adverse,
        words,
        reasons_of(findings),
        what_would_settle(band, words, record),
    )
