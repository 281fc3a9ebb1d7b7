"""A page that is opened and saved in a real JupyterLab changes where it was changed."""

from pathlib import Path

import pytest
from support.lab import Lab, running_lab
from support.made_up_report import lay_out

PAGE = "chapters/closure.md"


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    return lay_out(tmp_path_factory.mktemp("saved") / "made-up")


@pytest.fixture(scope="module")
def lab(report, tmp_path_factory):
    with running_lab(report, tmp_path_factory.mktemp("home")) as running:
        yield running


def test_only_the_cell_that_was_edited_changes_and_the_settings_of_the_page_stay(
    lab: Lab, report, chromium
):
    file = report / PAGE
    with_setting = file.read_text("utf-8").replace("---\n", "---\nclass: index\n", 1)
    file.write_text(with_setting, "utf-8")
    page = chromium.new_page()
    lab.open(page, PAGE)
    lab.run(page)
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("  # looked at")
    page.keyboard.press("Control+s")
    for _ in range(100):
        if (saved := file.read_text("utf-8")) != with_setting:
            break
        page.wait_for_timeout(100)
    page.close()
    assert saved.replace("  # looked at", "") == with_setting
    assert saved.count("  # looked at") == 1
