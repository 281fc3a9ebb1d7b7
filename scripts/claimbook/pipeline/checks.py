"""All checks in one call: tables, texts at hand, prose."""

from claimbook.corpus.validation.report import Report, check_tables
from claimbook.paths import project
from claimbook.pipeline.fingerprint import Checks
from claimbook.prose.lint import add_prose_checks
from claimbook.texts.text_checks import add_text_checks


def check_report() -> Report:
    """Check tables, texts at hand and prose of the project at work.

    Returns:
        What was found; nothing is raised for a fault of the report's own files.
    """
    report, corpus = check_tables(project().data)
    if corpus is not None:
        add_text_checks(report, corpus)
    add_prose_checks(report)
    return report


def checks_of(report: Report) -> Checks:
    """Name the lines of a report by what they say, in the order of its attributes."""
    return {
        "checked": report.done,
        "not checked": report.skipped,
        "not borne out by the data": report.failed_findings,
    }
