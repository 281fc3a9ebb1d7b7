"""All checks in one call: of the tables, the available texts and the prose."""

from claimbook.analysis.geodata import load_outlines
from claimbook.analysis.home_points import find_points_abroad
from claimbook.corpus.model import read_schema
from claimbook.corpus.validation.table_checks import CheckResults, check_tables
from claimbook.digests import digest_files, source_files
from claimbook.impact.kinds import DOUBTFUL, NOT_BORNE_OUT, NOT_COMPUTED, OFF_AXIS
from claimbook.impact.present_doubts import doubts_of_figures, short_form
from claimbook.paths import project
from claimbook.pipeline.fingerprint import WAITING, Checks
from claimbook.prose.lint import add_prose_checks
from claimbook.settings import settings
from claimbook.texts.passed_checks import PassedChecks
from claimbook.texts.text_checks import add_text_checks


def check_report(figures: bool = False) -> CheckResults:
    """Check the tables, the available texts and the prose of the current project.

    Without faults the report also says what is doubtful.

    Args:
        figures: Whether to compute the data of figures, to see which titles they do not bear out. A
            build sees that by itself, and which marks lie off an axis.

    Returns:
        The report with all faults. Faults in the report's own files raise no error.
    """
    passed = PassedChecks()
    tables_digest = passed.digest(_digest_tables())
    report, corpus = check_tables(project().data, passed.has_passed(tables_digest))
    report.corpus = corpus
    if not report.faults:
        passed.note([tables_digest])
    if corpus is not None:
        add_text_checks(report, corpus, passed)
        passed.write()
        if (geography := settings().geography) is not None and project().outlines.exists():
            tables = read_schema()
            outlines = load_outlines()
            report.faults += find_points_abroad(tables, corpus, outlines, geography.home)
    blocks = add_prose_checks(report, corpus if report.is_sound else None)
    if corpus is not None and not report.faults:
        report.doubtful = [short_form(corpus, blocks)]
        if figures:
            from claimbook.impact.page_values import compute_pages  # slow, and not for a build

            doubts = doubts_of_figures(compute_pages(corpus, figures_only=True), drawn=False)
            report.failed_findings = doubts[NOT_BORNE_OUT]
            report.skipped += [f"the figures of {line}" for line in doubts[NOT_COMPUTED]]
    return report


def _digest_tables() -> str:
    """Digest what the checks of the tables read: tables, schema and settings."""
    return digest_files([*source_files(project().data), project().settings], project().root)


def checks_of(report: CheckResults) -> Checks:
    """Group the lines of a report on checks by their meaning.

    Returns:
        The checks made under `checked`, the checks that were not possible under `not checked`, the
        files among the tables that nothing names under `not published`, the sources that nobody
        has begun to code under `waiting for a coder`, the failed findings under `not borne out by
        the data`, marks outside their axes under `off the axis`, and under `doubtful` what the
        tables alone show to be so. Faults are omitted.
    """
    return {
        "checked": report.done,
        "not checked": report.skipped,
        "not published": report.unpublished,
        WAITING: report.waiting,
        NOT_BORNE_OUT: report.failed_findings,
        OFF_AXIS: report.off_axis,
        DOUBTFUL: report.doubtful,
    }
