"""Any table may have no rows: the check says what that breaks, and every page still computes."""

import pytest
from claimbook.corpus.model import load
from claimbook.corpus.schema import read_schema
from claimbook.impact.page_values import compute_pages
from claimbook.paths import project
from claimbook.pipeline.checks import check_report
from support.made_up_report import derive_datapackage

pytestmark = pytest.mark.whole  # seconds, together

TABLES = [table["name"] for table in derive_datapackage()["resources"]]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_may_be_empty(made_up_copy, name):
    table = read_schema(project().datapackage)[name]
    for file in table.files:
        path = project().data / file
        path.write_text(path.read_text("utf-8").split("\n", 1)[0] + "\n", "utf-8")
    report = check_report()
    assert all(fault.file for fault in report.faults)
    if not report.faults:
        assert name in report.done[0].partition("without rows: ")[2]
        problems = {page: values.problem for page, values in compute_pages(load()).items()}
        assert {page: problem for page, problem in problems.items() if problem} == {}
