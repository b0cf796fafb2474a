"""The filter of the jobs page, and the button that starts a job again."""

from licensing.forms import BaseForm, ChoiceField, FilterForm, SubmitField
from licensing.jobs.rules import JobState

_SHOWN = (JobState.TODO, JobState.DOING, JobState.SUCCEEDED, JobState.FAILED)


class JobsFilterForm(FilterForm):
    state = ChoiceField("State", empty="All", choices=[(one.value, one.label) for one in _SHOWN], coerce=JobState)


class RetryForm(BaseForm):
    submit = SubmitField("Start again")
