"""The workbench in a real JupyterLab in a real browser, by keyboard: nothing is lost."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest
from claimbook.scaffold.template_files import render_file
from support.lab import Lab, running_lab
from support.made_up_report import lay_out, skeleton_values

PAGE, COMPARED = "chapters/workbench.md", "chapters/compared.md"
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RUN_AXE = """async () => (await axe.run(document.querySelector(".cb-workbench")))
  .violations.flatMap(found => found.nodes.map(node => `${found.id}: ${node.target}`))"""
CELLS = {  # what a coder types, by column; one letter each is a command of JupyterLab
    "theme": "Clo",
    "kind": "event",
    "verification": "none",
    "paraphrase": "Ferries keep to their times.",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    """A made-up report with the page of the workbench that every new report has."""
    folder = lay_out(tmp_path_factory.mktemp("lab") / "made-up")
    content = render_file(PAGE, skeleton_values())
    (folder / PAGE).write_bytes(content)
    comparison = content.replace(b"Workbench()", b'Comparison("DE", "one", "two")')
    (folder / COMPARED).write_bytes(comparison.replace(b"import Workbench", b"import Comparison"))
    return folder


@pytest.fixture(scope="module")
def lab(report, tmp_path_factory):
    with running_lab(report, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def page(chromium):
    """A page of a browser that reaches this machine alone."""
    context = chromium.new_context(viewport={"width": 1500, "height": 1000})
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    context.close()
    local = ("http://127.0.0.1", "data:", "blob:", "ws://127.0.0.1")
    assert [url for url in asked if not url.startswith(local)] == []


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def field(page, column: str):
    return page.locator(f".cb-form [data-column={column}] :is(input, select, textarea)").first


def type_into(page, column: str, words: str) -> None:
    field(page, column).focus()
    page.keyboard.type(words)


def wait_until_saved(page) -> None:
    page.locator(".cb-saved", has_text="All changes are saved").wait_for()


def open_source(page, lab: Lab, code: str) -> None:
    """Run the cell of the page, and choose a source by keyboard."""
    lab.run(page)
    page.locator(".cb-chooser select").focus()
    page.keyboard.type(code)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".cb-text").wait_for()


def test_a_claim_is_coded_by_keyboard_outlives_its_kernel_and_is_added(lab, report, page):
    sheet = report / "coding" / "CW.csv"
    lab.open(page, PAGE)
    open_source(page, lab, "CW")
    cells = page.locator(".jp-Cell").count()

    page.get_by_role("textbox", name="The text").focus()
    page.keyboard.press("Control+End")
    for _ in range(22):  # back from the last word to “ran”
        page.keyboard.press("ArrowLeft")
    for key in ["Shift+ArrowLeft"] * 2 + ["Shift+ArrowRight"] * 4:
        page.keyboard.press(key)
    marked = page.evaluate("getSelection().toString()")
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Fields of the claim").wait_for()
    page.wait_for_function("document.activeElement.closest('.cb-fields') !== null")
    wait_until_saved(page)
    assert marked.rstrip(".") in " ".join(row["span"] for row in rows_of(sheet))
    assert {row["chain"] for row in rows_of(sheet)} == {""}  # proposed, and not taken
    assert page.locator(".cb-proposal:visible").count() > 1
    page.keyboard.press("Control+Enter")
    page.locator(".cb-status", has_text="Taken").wait_for()
    for column, words in list(CELLS.items())[:-1]:
        type_into(page, column, words)
    wait_until_saved(page)
    assert rows_of(sheet)[0]["chain"].startswith("coast-wire")
    assert page.locator(".jp-Cell").count() == cells  # no letter was a command to JupyterLab
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []

    lab.kill_kernel()
    # JupyterLab says so in a dialog, which would take the letters that are typed just then
    page.locator(".jp-Dialog", has_text="appears to have died").get_by_role("button").click()
    type_into(page, "paraphrase", CELLS["paraphrase"])
    page.keyboard.press("Tab")
    page.locator(".cb-saved", has_text="wait in this browser").wait_for()
    assert rows_of(sheet)[0]["paraphrase"] == ""

    lab.open(page, PAGE)
    open_source(page, lab, "CW")
    wait_until_saved(page)
    page.locator(".cb-claims button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('.cb-fields') !== null")
    assert field(page, "paraphrase").input_value() == CELLS["paraphrase"]
    assert field(page, "kind").input_value() == "event"
    assert rows_of(sheet)[0]["paraphrase"] == CELLS["paraphrase"]
    page.keyboard.press("Control+z")
    page.locator(".cb-status", has_text="Undone: change paraphrase").wait_for()
    page.keyboard.press("Control+Shift+z")
    page.locator(".cb-status", has_text="Done again").wait_for()

    page.get_by_role("button", name="Add to the report").focus()
    page.keyboard.press("Enter")
    page.locator(".cb-status", has_text="Added: CW-03").wait_for()
    claims = rows_of(report / "data" / "claims.csv")
    [added] = [row for row in claims if row["claim_id"] == "CW-03"]
    assert added["paraphrase"] == CELLS["paraphrase"]
    assert added["theme"] == "closure"


# Presses a button, and reads before the kernel can have answered.
PRESS_CHECK = """() => {
  const buttons = [...document.querySelectorAll(".cb-head button")];
  const button = buttons.find((one) => one.textContent === "Check");
  button.click();
  const said = document.querySelector(".cb-status").textContent;
  return [button.textContent, button.ariaDisabled, said];
}"""


def test_a_check_says_that_it_runs_then_names_each_fault_and_leads_to_it(lab, page):
    lab.open(page, PAGE)
    lab.run(page)
    page.locator(".cb-chooser select").focus()
    for key in ("HP", "Tab", "three", "Tab"):
        page.keyboard.press(key) if key == "Tab" else page.keyboard.type(key)
    page.keyboard.press("Enter")
    line = page.locator(".cb-open-list summary")
    line.get_by_text("Still to do: 2 passages without claim or reason").wait_for()
    line.focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")  # to the second passage
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.ariaLabel === 'The text'")
    assert page.evaluate("getSelection().toString()") == "A"  # where the passage begins
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('.cb-fields') !== null")
    type_into(page, "event_start", "tomorrow")
    page.keyboard.press("Tab")
    line.get_by_text("1 claim with faults, 1 passage without claim or reason").wait_for()
    page.locator(".cb-open-list").evaluate("(list) => { list.open = false; }")
    text, is_disabled, said = page.evaluate(PRESS_CHECK)
    assert (text, is_disabled) == ("Checking…", "true")
    assert said.startswith("Checking")
    page.locator(".cb-status", has_text="Checked: 1 claim with faults").wait_for()
    check = page.get_by_role("button", name="Check", exact=True)
    assert check.get_attribute("aria-disabled") is None
    row = page.locator(".cb-open-list li", has_text="Claim 1")
    assert row.is_visible()  # the list has opened
    assert row.locator("q").inner_text() == "A"
    assert "Event start: ‘tomorrow’ does not fit." in row.inner_text()
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    row.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.activeElement.closest('[data-column]')?.dataset.column === 'event_start'"
    )


def test_a_difference_of_two_passes_is_settled_by_keyboard(lab, report, page):
    lab.open(page, COMPARED)
    lab.run(page)
    page.get_by_role("group", name="span of DE-04 (one) and DE-04 (two)").wait_for()
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    form = page.get_by_role("group", name="span of DE-04 (one) and DE-04 (two)")
    form.get_by_label("Prevailed").focus()
    page.keyboard.type("one")
    for words in ("", "7", "The day belongs to it"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.locator(".cb-status", has_text="Settled").wait_for()
    [row] = [
        row
        for row in rows_of(report / "data" / "coding" / "settlements.csv")
        if row["column"] == "span"
    ]
    assert row["settled"] == row["first"]
    assert (row["rule"], row["why"]) == ("7", "The day belongs to it")


def test_tab_leads_through_the_workbench_and_out_of_it_and_its_place_is_seen(lab, page):
    lab.open(page, PAGE)
    open_source(page, lab, "DE")
    page.get_by_role("textbox", name="The text").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Fields of the claim").wait_for()
    wait_until_saved(page)
    page.locator(".cb-workbench button:enabled").first.focus()
    stops = 0
    while page.evaluate("document.activeElement.closest('.cb-workbench') !== null"):
        outlined = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        assert page.evaluate(outlined), page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 200
    assert stops > 30
    assert page.evaluate(
        "[...document.querySelectorAll('.cb-fields :is(input, select, textarea)')]"
        ".every((control) => control.labels.length > 0)"
    )
