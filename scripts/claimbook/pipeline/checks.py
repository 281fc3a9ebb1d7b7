"""All checks in one call: of the tables, the available texts and the prose."""

from claimbook.analysis.geodata import load_outlines
from claimbook.analysis.home_points import find_points_abroad
from claimbook.corpus.model import read_schema
from claimbook.corpus.validation.report import Report, check_tables
from claimbook.paths import project
from claimbook.pipeline.fingerprint import FAILED_FINDINGS, WAITING, Checks
from claimbook.prose.lint import add_prose_checks
from claimbook.settings import settings
from claimbook.texts.text_checks import add_text_checks


def check_report() -> Report:
    """Check the tables, the available texts and the prose of the current project.

    Returns:
        The report with all faults. Faults in the report's own files raise no error.
    """
    report, corpus = check_tables(project().data)
    if corpus is not None:
        add_text_checks(report, corpus)
        if (geography := settings().geography) is not None and project().outlines.exists():
            tables = read_schema()
            outlines = load_outlines()
            report.faults += find_points_abroad(tables, corpus, outlines, geography.home)
    add_prose_checks(report)
    return report


def checks_of(report: Report) -> Checks:
    """Group the lines of a report on checks by their meaning.

    Returns:
        The checks made under `checked`, the checks that were not possible under `not checked`, the
        files among the tables that nothing names under `not published`, the sources that nobody
        has begun to code under `waiting for a coder`, and the failed findings under `not borne out
        by the data`. Faults are omitted.
    """
    return {
        "checked": report.done,
        "not checked": report.skipped,
        "not published": report.unpublished,
        WAITING: report.waiting,
        FAILED_FINDINGS: report.failed_findings,
    }
