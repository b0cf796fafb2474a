"""The receipt of a check: one page that proves it was made and says what it found, as the screen did.

It may reach the driver, so it holds no address, no reason for a decision, and only the ends of identifiers.
"""

from licensing import pdf
from licensing.dates import in_words, moment_in_words
from licensing.driver_check import presenting
from licensing.driver_check.answers import NOT_NR3S, Answer, Found
from licensing.driver_check.asking import Asked, AskedList, AskedNumber
from licensing.driver_check.licensed_by import NumberAnswer
from licensing.driver_check.models import DriverCheck


def receipt_pdf(
    check: DriverCheck, asked: Asked | AskedList, answer: Answer | None, headline: str, made_by: str, council: str
) -> bytes:
    """The receipt as a one-page PDF, the same bytes whenever it is printed. `headline` is the answer in a sentence."""
    made = [
        ("Receipt", check.reference),
        ("Made", f"{moment_in_words(check.made_at)} by {made_by}, {council}"),
    ]
    content = [
        pdf.title("Driver check receipt"),
        pdf.facts(made + presenting.asked_rows(asked, check.case_reference, check.purpose.label, mask=True)),
        pdf.heading("Result"),
    ]
    if answer is None:
        content.append(pdf.words("The check was broken off before it was answered. Nothing may be concluded from it."))
    else:
        content += [
            pdf.words(headline, bold=True),
            *(pdf.words(words, bold=True) for words in _asking(answer)),
            *_found(answer),
            pdf.heading("What to do now"),
            *(pdf.words(f"• {step}") for step in presenting.next_steps(answer, check.purpose)),
            pdf.heading("Where we looked"),
        ]
        content.append(pdf.table(["Council", "Last brought up to date"], _where(answer), (0.5, 0.5)))
    content += [pdf.heading("What this is not"), pdf.words(NOT_NR3S)]
    return pdf.one_page(
        f"Driver check receipt {check.reference}",
        "Proof that a driver check was made",
        f"{council}. Driver check {check.reference}. OFFICIAL-SENSITIVE",
        content,
    )


def receipt_of_number(
    check: DriverCheck, asked: AskedNumber, answer: NumberAnswer | None, made_by: str, council: str
) -> bytes:
    """The receipt of a check of a vehicle or a number."""
    made = [
        ("Receipt", check.reference),
        ("Made", f"{moment_in_words(check.made_at)} by {made_by}, {council}"),
    ]
    content = [
        pdf.title("Licence check receipt"),
        pdf.facts(made + presenting.asked_rows(asked, check.case_reference, check.purpose.label)),
        pdf.heading("Result"),
    ]
    if answer is None:
        content.append(pdf.words("The check was broken off before it was answered. Nothing may be concluded from it."))
    else:
        content += [
            pdf.words(presenting.headline_of_number(answer), bold=True),
            *_licences(answer),
            pdf.heading("Where we looked"),
            pdf.table(["Council", "Last brought up to date"], _where(answer), (0.5, 0.5)),
        ]
    return pdf.one_page(
        f"Licence check receipt {check.reference}",
        "Proof that it was asked which councils license a vehicle or a number",
        f"{council}. Licence check {check.reference}. OFFICIAL-SENSITIVE",
        [*content, pdf.heading("What this is not"), pdf.words(NOT_NR3S)],
    )


def _licences(answer: NumberAnswer) -> list[object]:
    if not answer.licences:
        return []
    rows = [
        (
            one.authority,
            one.kind.label,
            one.number or "Not told",
            presenting.standing_of_number(one),
            one.contact or "–",
        )
        for one in answer.licences
    ]
    headings = ["Council", "Licence", "Number", "Status today", "Whom to ask"]
    return [pdf.table(headings, rows, (0.22, 0.2, 0.13, 0.15, 0.3))]


def _asking(answer: Answer) -> list[str]:
    """Who asks to be spoken to first; of another council while its decision is within what may be told of it."""
    return list(dict.fromkeys(one.asking for one in answer.found if one.ask_first and (one.own or one.adverse)))


def _found(answer: Answer) -> list[object]:
    if not answer.found:
        return []
    rows = [(found.band.capitalize(), *_person(found), _standing(found)) for found in answer.found]
    headings = ["Match", "Who", "Council", "Licences and adverse decisions"]
    return [pdf.table(headings, rows, (0.12, 0.25, 0.25, 0.38))]


def _person(found: Found) -> tuple[str, str]:
    if not found.may_be_told:
        return "Not shown: possibly a namesake", found.authority
    born = f", born {in_words(found.date_of_birth)}" if found.date_of_birth else ""
    return f"{found.name}{born}", found.authority


def _standing(found: Found) -> str:
    licences = [f"{one.kind.label} {one.number}: {one.status.label}" for one in found.licences]
    decisions = [
        f"{one.kind.label} {in_words(one.decided_on) if one.decided_on else '(date not recorded)'}, "
        "on relevant information; ask whether there is an appeal"
        for one in found.adverse
    ]
    training = [f"Safeguarding training: {found.training.lower()}"] if found.may_be_told else []
    return ". ".join(decisions + licences + training) or "–"


def _where(answer: Answer | NumberAnswer) -> list[tuple[str, str]]:
    searched = [
        (one.name, moment_in_words(one.imported_at) if one.imported_at else "No file has been brought in")
        for one in answer.searched
    ]
    return searched + [(one.name, "Not searched: its sharing agreement is not recorded") for one in answer.not_searched]
