"""The tables of training: courses and what councils ask, people's records, and training of groups."""

from licensing.training.models.courses import Course, CourseAcceptance, CourseVersion, TrainingPolicy
from licensing.training.models.groups import OperatorStaff, PremisesTraining, StaffRegisterCheck, WorkforceTraining
from licensing.training.models.records import TrainingOffer, TrainingRecord

__all__ = [
    "Course",
    "CourseAcceptance",
    "CourseVersion",
    "OperatorStaff",
    "PremisesTraining",
    "StaffRegisterCheck",
    "TrainingOffer",
    "TrainingPolicy",
    "TrainingRecord",
    "WorkforceTraining",
]
