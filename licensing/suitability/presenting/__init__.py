"""Records of this room in words: rows of lists, cards and facts of pages."""

from licensing.suitability.presenting.applications import (
    application_facts,
    application_rows,
    application_title,
    item_tasks,
)
from licensing.suitability.presenting.concerns import (
    complaint_facts,
    complaint_rows,
    pattern_words,
    self_report_facts,
    self_report_rows,
)
from licensing.suitability.presenting.considerations import (
    clocks_of,
    consideration_facts,
    consideration_rows,
    consideration_title,
    information_again,
    information_cards,
    marker_cards,
    recommendation_rows,
)
from licensing.suitability.presenting.convictions import (
    conviction_again,
    conviction_cards,
    policy_history,
    policy_rows,
)
from licensing.suitability.presenting.courts import case_facts, case_rows, defendant_again, defendant_rows
from licensing.suitability.presenting.endings import ending_rows

__all__ = [
    "application_facts",
    "application_rows",
    "application_title",
    "case_facts",
    "case_rows",
    "clocks_of",
    "complaint_facts",
    "complaint_rows",
    "consideration_facts",
    "consideration_rows",
    "consideration_title",
    "conviction_again",
    "conviction_cards",
    "defendant_again",
    "defendant_rows",
    "ending_rows",
    "information_again",
    "information_cards",
    "item_tasks",
    "marker_cards",
    "pattern_words",
    "policy_history",
    "policy_rows",
    "recommendation_rows",
    "self_report_facts",
    "self_report_rows",
]
