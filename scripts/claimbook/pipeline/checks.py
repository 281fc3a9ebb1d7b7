"""All checks in one call: of the tables, the texts at hand and the prose."""

from claimbook.corpus.validation.report import Report, check_tables
from claimbook.paths import project
from claimbook.pipeline.fingerprint import Checks
from claimbook.prose.lint import add_prose_checks
from claimbook.texts.text_checks import add_text_checks


def check_report() -> Report:
    """Check tables, texts at hand and prose of the project at work.

    Returns:
        The report with all faults; none of the report's own files raises an error.
    """
    report, corpus = check_tables(project().data)
    if corpus is not None:
        add_text_checks(report, corpus)
    add_prose_checks(report)
    return report


def checks_of(report: Report) -> Checks:
    """Group the lines of a report by their meaning.

    Returns:
        The lines under `checked`, `not checked` and `not borne out by the data`, in the order of
        the report's attributes.
    """
    return {
        "checked": report.done,
        "not checked": report.skipped,
        "not borne out by the data": report.failed_findings,
    }
