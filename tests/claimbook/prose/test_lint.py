"""The checks on prose: what may not be said without evidence is named with its file and line, and what may be said passes."""

import dataclasses
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claimbook.paths import project
from claimbook.prose import lint, parser
from claimbook.corpus.validation.report import Report

HEAD = "---\nkernelspec:\n  name: python3\n---\n# A title\n\n"  # prose begins on line 7
UNKNOWN, TAKEAWAY = "a claim of data/claims.csv", "a takeaway cites a claim"
PARAGRAPH, LONG = "a paragraph cites", "at most 60 words"
NUMBER, DATE = "a computed number", "a day that a claim"


@pytest.fixture
def faults(tmp_path: Path, corpus):
    """Checks one page of invented prose, as `page: text`; gives its faults as (line, value, what is allowed)."""

    def check(**pages: str) -> list[tuple[int, str, str]]:
        root = write(tmp_path, pages)
        return [
            (int(fault.file.rsplit(":", 1)[1]), str(fault.value), fault.allowed)
            for fault in lint.check_prose(corpus, root)
        ]

    return check


def write(root: Path, pages: dict[str, str]) -> Path:
    """A book that has only the given pages and the project's own settings."""
    shutil.copy(project().config, root)
    (root / "chapters").mkdir(exist_ok=True)
    for name, text in pages.items():
        (root / "chapters" / f"{name}.md").write_text(HEAD + text, "utf-8")
    return root


def frame(kind: str, text: str) -> str:
    return f":::{{admonition}} A frame\n:class: {kind}\n\n{text}\n:::\n"


FAULTY = {
    "a claim that is not there": ("He came {claim}`IN-02, NW-99`.", 7, "NW-99", UNKNOWN),
    "an unknown claim on the next line": (
        "He came {claim}`IN-02`.\nHe left {claim}`NW-99`.",
        8,
        "NW-99",
        UNKNOWN,
    ),
    "an unknown claim in a takeaway": (
        frame("takeaways", "- He came {claim}`IN-02`.\n- Or {claim}`XX-1`."),
        11,
        "XX-1",
        UNKNOWN,
    ),
    "an empty citation": ("He came {claim}`IN-02, `.", 7, "", UNKNOWN),
    "a paragraph without a claim": (
        "He came {claim}`IN-02`.\n\nHe wished for war.",
        9,
        "He wished for war.",
        PARAGRAPH,
    ),
    "an item without a claim": ("- He came {claim}`IN-02`.\n- He left.", 8, "He left.", PARAGRAPH),
    "a paragraph in a frame of another kind": (
        frame("note", "He wished for war."),
        10,
        "He wished for war.",
        PARAGRAPH,
    ),
    "a paragraph that only has a computed number": (
        "There are {glue:}`claims`.",
        7,
        "There are .",
        PARAGRAPH,
    ),
    "a link to an address that the tables do not have": (
        "See [this](https://example.org).",
        7,
        "See this.",
        PARAGRAPH,
    ),
    "a marked paragraph that runs on": ("{.method}\n" + "word " * 61, 8, "61 words", LONG),
    "a takeaway without a claim": (
        frame("takeaways", "- He came {claim}`IN-02`.\n- He left."),
        11,
        "He left.",
        TAKEAWAY,
    ),
    "a takeaway marked as method": (
        frame("takeaways", "{.method}\n- He left."),
        11,
        "He left.",
        TAKEAWAY,
    ),
    "a number": ("He sent 98 tanks.\nAnd more {claim}`+IN-61`.", 7, "98", NUMBER),
    "a number that the claim does not give": ("He sent 99 tanks {claim}`+IN-61`.", 7, "99", NUMBER),
    "a number with a thousand's comma": (
        "Perhaps\n15,001 would fight {claim}`+IN-51`.",
        8,
        "15,001",
        NUMBER,
    ),
    "a number that looks like a type": ("He sent T-73A tanks {claim}`+IN-61`.", 7, "T-73A", NUMBER),
    "a share": ("It is 12% {claim}`+IN-61`.", 7, "12", NUMBER),
    "a number beside a month": ("In October 98 and 40 {claim}`+IN-61`.", 7, "40", NUMBER),
    "a number in a heading": ("## The 7 meetings", 7, "7", NUMBER),
    "a number in a judgement": (
        frame("judgement", "It is likely, say 60 per cent."),
        10,
        "60",
        NUMBER,
    ),
    "another claim's day": ("On 3 December\nhe called {claim}`IN-01`.", 7, "3 December", DATE),
    "a day whose claim stands in the next sentence": (
        "He came on 3 December. It was so {claim}`IN-02`.",
        7,
        "3 December",
        DATE,
    ),
    "a day of another year": (
        "He came on 3 December 2021 {claim}`IN-02`.",
        7,
        "3 December 2021",
        DATE,
    ),
    "one of two days": (
        "Between 3 and 9 December {claim}`IN-02`.",
        7,
        "9 December in 3 and 9 December",
        DATE,
    ),
    "a day in the American order": (
        "On December 9, 2022 he came {claim}`IN-02`.",
        7,
        "9 December in December 9, 2022",
        DATE,
    ),
    "a day in digits": (
        "On 2022-12-09 he came {claim}`IN-02`.",
        7,
        "9 December in 2022-12-09",
        DATE,
    ),
    "a claim of another theme": (
        "He sent tanks {claim}`IN-02, IN-24`.",
        7,
        "IN-24",
        "a claim of the chapter's theme, or +IN-24",
    ),
    "a claim of the chapter's theme marked as another's": (
        "He came {claim}`+IN-02`.",
        7,
        "+IN-02",
        "IN-02: + marks",
    ),
    "a day within a vague event's bounds": ("On 2 May he held {claim}`+NW-10`.", 7, "2 May", DATE),
}


@pytest.mark.parametrize("case", FAULTY)
def test_what_has_no_evidence_is_named_with_its_line(faults, case):
    text, line, value, allowed = FAULTY[case]
    found = faults(pressure=text)
    assert len(found) == 1
    assert found[0][0] == line
    assert value in found[0][1]
    assert found[0][2].startswith(allowed)


SOUND = {
    "a claim": "He came {claim}`IN-02`.",
    "a remark beside a claim": "He came {claim}`IN-02`. That is all.",
    "a judgement": frame("judgement", "It is likely that he wished for war."),
    "a remark on method": "{.method}\nThe figure sets the two side by side.",
    "the record outside the corpus": "ISW judged so on 1 March 2022 ([a copy](https://github.com/agorahub/pen0)).",
    "an image alone": "![](map.png)",
    "code": "```{code-cell} python\nprint(98)\n```\n\n`x = 98` is code {claim}`IN-02`.",
    "a quantity in digits": "Perhaps 15,000 would fight {claim}`+IN-51`, and 98 tanks went {claim}`+IN-61`.",
    "a computed number": "Of {glue:}`claims` one says so {claim}`IN-02`.",
    "a bound of a claim's range": "That is 20 per cent at most {claim}`+PR-15`.",
    "the numbers of a work": "*Likely* is 55 to 80 {cite:p}`icd203` on any day {claim}`IN-02`.",
    "names with digits": "By ICD\n203, the S-400 and the T-72A of UA-11 {claim}`UA-11`.",
    "years and days of a month": "In 2020, in July 2022, on the 2nd or the 19th {claim}`IN-02`.",
    "the day it happened": "On Saturday, 3 December 2022, he came {claim}`IN-02`.",
    "the day it was said, and a day within it": "On 11 July it told of the first since 4 April {claim}`+NW-14`.",
    "the day it was published": "The report of 7 December puts it so {claim}`+RW-22`.",
    "a day within a span": "On 9 October tanks went {claim}`+IN-61`.",
    "a day of its event": "Putin came on 19 December {claim}`UA-04`.",
    "the last day of the corpus": "So it stood on 20 December 2022 {claim}`IN-02`.",
    "a name with a full stop": "On 25 June he met Putin in St. Petersburg {claim}`PR-02`.",
}


@pytest.mark.parametrize("case", SOUND)
def test_what_has_evidence_passes(faults, case):
    assert faults(pressure=SOUND[case]) == []


def test_pages_about_the_corpus_may_rest_on_numbers_works_and_the_days_of_their_sources(faults):
    sound = (
        "There are {glue:}`claims`, since 12 December.\n\nIt is alpha {cite:p}`krippendorff`.\n\n"
    )
    sound += "{.method}\n" + "word " * 61
    assert faults(corpus=sound) == []
    assert [found[1] for found in faults(corpus=sound, method="They are all good.")] == [
        "They are all good."
    ]


def test_pages_for_reference_answer_only_for_the_claims_they_cite(faults):
    assert [
        found[1] for found in faults(codebook="Copy 30 words on 3 May. So {claim}`NW-99`.")
    ] == ["NW-99"]


def test_the_book_has_no_fault_and_is_checked_in_a_moment(corpus):
    began = time.process_time()
    found = lint.check_prose(corpus)
    lint.coverage(corpus)
    assert time.process_time() - began < 2
    assert not found, "\n".join(map(str, found))


def test_a_chapter_stripped_of_its_claims_and_links_is_reported_paragraph_by_paragraph(
    project_copy, corpus
):
    page = project_copy / "chapters" / "military-signals.md"
    page.write_text(
        re.sub(r"\s*\{claim\}`[^`]*`|\]\(https:[^)]*\)", "", page.read_text("utf-8")), "utf-8"
    )
    blocks = [
        block
        for block in parser.read_blocks(project_copy)
        if block.page == "military-signals" and block.kind != "label"
    ]
    asked = {
        f"{block.file}:{block.line}"
        for block in blocks
        if "judgement" not in block.frames and not block.method
    }
    found = lint.check_prose(corpus, project_copy)
    reported = {
        fault.file
        for fault in found
        if "cites a claim" in fault.allowed and "military-signals" in fault.file
    }
    assert len(asked) > 10
    assert reported == asked


def test_coverage_counts_each_sentence_once(tmp_path, corpus):
    text = "He came {claim}`IN-02`. Of {glue:}`claims` some are so. That is all.\n\n{.method}\nSee below.\n\n"
    text += frame("judgement", "It is likely. So it says {claim}`+NW-19`.") + "\n## No sentence\n"
    table = lint.coverage(corpus, write(tmp_path, {"pressure": text, "codebook": "Left out."}))
    assert table.loc["pressure"].to_dict() == {
        "sentences": 6,
        "evidence": 2,
        "judgement": 1,
        "computed": 1,
        "method": 1,
        "neither": 1,
        "citations": 2,
        "elsewhere": 1,
    }
    assert list(table.index) == ["pressure"]
    assert "6 sentences: 33 % with evidence" in lint.summarize_coverage(table)


def test_the_report_has_the_coverage_in_a_line_and_leaves_the_prose_where_the_tables_are_broken(
    project_copy,
):
    (project_copy / "chapters" / "pressure.md").write_text(HEAD + "He wished for war.", "utf-8")
    report = lint.add_prose_checks(Report(), project_copy)
    assert [str(fault).split(": ")[0] for fault in report.faults] == ["chapters/pressure.md:7"]
    assert "sentences: " in report.done[0]
    (project_copy / "data" / "claims.csv").write_text("claim_id\n", "utf-8")
    report = lint.add_prose_checks(Report(), project_copy)
    assert (report.faults, report.done) == ([], [])
    assert report.left == ["the prose: the tables must be mended first"]


def test_a_mark_is_carried_by_the_page_and_not_shown():
    """The extension that reads `{.method}` is one that the build enables."""
    blocks = parser.read_blocks()
    assert any(block.method for block in blocks)
    assert all("{." not in sentence.text for block in blocks for sentence in block.sentences)


def test_prose_is_read_without_a_page_being_built():
    """Nothing is run: reading loads neither Sphinx nor a kernel."""
    code = "import sys; import shortofwar.book.prose as p; print(sorted({'sphinx', 'nbclient', 'myst_nb'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_finding_may_name_a_day_that_there_is_not(corpus):
    changed = corpus.criticism.assign(finding="It prints 30 February and 31.", dated="2022-02-30")
    assert lint.check_prose(dataclasses.replace(corpus, criticism=changed)) != []
