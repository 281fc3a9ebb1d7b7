"""The checks on prose: statements without evidence are reported with file and line."""

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest
from claimbook.corpus.validation.table_checks import CheckResults
from claimbook.figures.finding import Finding
from claimbook.prose import coverage, lint, page_kinds, parser, titles
from claimbook.prose.evidence_index import EvidenceIndex

HEAD = "---\nkernelspec:\n  name: python3\n---\n# A title\n\n"  # prose begins on line 7
UNKNOWN, TAKEAWAY = "a claim of data/claims.csv", "a takeaway cites a claim"
PARAGRAPH, LONG = "a paragraph cites", "at most 60 words"
NUMBER, DATE = "a computed number", "a day that a claim"


@pytest.fixture
def faults(made_up_copy: Path, corpus):
    """Checks invented prose, as `page=text`; returns faults as (line, value, what is allowed)."""

    def check(**pages: str) -> list[tuple[int, str, str]]:
        write(made_up_copy, pages)
        return [
            (int(fault.file.rsplit(":", 1)[1]), str(fault.value), fault.allowed)
            for fault in lint.check_prose(corpus)
        ]

    return check


def write(root: Path, pages: dict[str, str]) -> None:
    """Leave a report no pages but the given ones."""
    for path in parser.prose_files(root):
        path.unlink()
    for name, text in pages.items():
        (root / "chapters" / f"{name}.md").write_text(HEAD + text, "utf-8")


def frame(kind: str, text: str) -> str:
    return f":::{{admonition}} A frame\n:class: {kind}\n\n{text}\n:::\n"


FAULTY = {  # on the chapter `closure`
    "a claim that is not there": ("It is shut {claim}`DE-04, HP-99`.", 7, "HP-99", UNKNOWN),
    "an unknown claim on the next line": (
        "It is shut {claim}`DE-04`.\nIt is open {claim}`HP-99`.",
        8,
        "HP-99",
        UNKNOWN,
    ),
    "an unknown claim in a takeaway": (
        frame("takeaways", "- It is shut {claim}`DE-04`.\n- Or {claim}`XX-1`."),
        11,
        "XX-1",
        UNKNOWN,
    ),
    "a claim in some forms alone": (
        "```{only} html\nIt is shut {claim}`DE-04`.\n```",
        8,
        "DE-04",
        "a claim is cited outside the directive `only`",
    ),
    "an empty citation": ("It is shut {claim}`DE-04, `.", 7, "", UNKNOWN),
    "a paragraph without a claim": (
        "It is shut {claim}`DE-04`.\n\nHe wished it shut.",
        9,
        "He wished it shut.",
        PARAGRAPH,
    ),
    "an item without a claim": (
        "- It is shut {claim}`DE-04`.\n- He left.",
        8,
        "He left.",
        PARAGRAPH,
    ),
    "a paragraph in a frame of another kind": (
        frame("note", "He wished it shut."),
        10,
        "He wished it shut.",
        PARAGRAPH,
    ),
    "a paragraph that only has a computed number": (
        "There are {glue:}`claims`.",
        7,
        "There are .",
        PARAGRAPH,
    ),
    "a paragraph that only cites a work": ("So it is {cite:p}`vell`.", 7, "So it is.", PARAGRAPH),
    "a link to an address that the tables do not have": (
        "See [this](https://example.org).",
        7,
        "See this.",
        PARAGRAPH,
    ),
    "a marked paragraph that runs on": ("{.method}\n" + "word " * 61, 8, "61 words", LONG),
    "a takeaway without a claim": (
        frame("takeaways", "- It is shut {claim}`DE-04`.\n- He left."),
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
    "a number": ("There were 2 boats.\nAnd more {claim}`DE-04`.", 7, "2", NUMBER),
    "a number that the claim does not give": ("There were 3 boats {claim}`DE-04`.", 7, "3", NUMBER),
    "a number with a thousand's comma": (
        "Perhaps\n15,001 boats {claim}`DE-04`.",
        8,
        "15,001",
        NUMBER,
    ),
    "a number that looks like a type": ("He sent T-73A boats {claim}`DE-04`.", 7, "T-73A", NUMBER),
    "a share": ("It is 12% {claim}`DE-04`.", 7, "12", NUMBER),
    "a number beside a month": ("In October 45 and 40 {claim}`+DE-02`.", 7, "40", NUMBER),
    "a number in a heading": ("## The 7 meetings", 7, "7", NUMBER),
    "a number in a judgement": (
        frame("judgement", "It is likely, say 60 per cent."),
        10,
        "60",
        NUMBER,
    ),
    "another claim's day": ("On 2 June\nbuoys were laid {claim}`HP-02`.", 7, "2 June", DATE),
    "a day whose claim stands in the next sentence": (
        "They came on 2 June. It was so {claim}`DE-04`.",
        7,
        "2 June",
        DATE,
    ),
    "a day of another year": ("They came on 2 June 2030 {claim}`DE-04`.", 7, "2 June 2030", DATE),
    "one of two days": ("Between 2 and 9 June {claim}`DE-04`.", 7, "9 June in 2 and 9 June", DATE),
    "a day in the American order": (
        "On June 9, 2031 they came {claim}`DE-04`.",
        7,
        "9 June in June 9, 2031",
        DATE,
    ),
    "a day in digits": ("On 2031-06-09 they came {claim}`DE-04`.", 7, "9 June in 2031-06-09", DATE),
    "a claim of another theme": (
        "It is shut {claim}`DE-04, HP-03`.",
        7,
        "HP-03",
        "a claim of the chapter's theme, or +HP-03",
    ),
    "a claim of the chapter's theme marked as another's": (
        "It is shut {claim}`+DE-04`.",
        7,
        "+DE-04",
        "DE-04: + marks",
    ),
    "a day within a vague event's bounds": (
        "On 2 July they ended {claim}`+HP-01`.",
        7,
        "2 July",
        DATE,
    ),
}


@pytest.mark.parametrize("case", FAULTY)
def test_what_has_no_evidence_is_named_with_its_line(faults, case):
    text, line, value, allowed = FAULTY[case]
    found = faults(closure=text)
    assert len(found) == 1
    assert found[0][0] == line
    assert value in found[0][1]
    assert found[0][2].startswith(allowed)


SOUND = {
    "a claim": "It is shut {claim}`DE-04`.",
    "a remark beside a claim": "It is shut {claim}`DE-04`. That is all.",
    "a judgement": frame("judgement", "It is likely that he wished it shut."),
    "a remark on method": "{.method}\nThe figure sets the two side by side.",
    "outside evidence and its day": "It held so on 1 April 2031 ([a paper](https://example.org/iss/april)).",
    "the day and year of a finding": "It spoke on 1 September ([it](https://example.org/norrland/statement)).",
    "an image alone": "![](map.png)",
    "code": "```{code-cell} python\nprint(98)\n```\n\n`x = 98` is code {claim}`DE-04`.",
    "a quantity in digits": (
        "There were 2 boats {claim}`DE-04`, and it was shut for 6 weeks {claim}`+HP-04`."
    ),
    "a computed number": "Of {glue:}`claims` one says so {claim}`DE-04`.",
    "a bound of a claim's range": "That is 45 per cent at most {claim}`+DE-02`.",
    "the numbers of a work": "*Likely* is 55 to 80 {cite:p}`icd203` on any day {claim}`DE-04`.",
    "names with digits": "By Rule\n90, it is as in DE-01 {claim}`+DE-01`.",
    "years and days of a month": "In 2020, in July 2031, on the 2nd or the 19th {claim}`DE-04`.",
    "the day it happened": "On Monday, 2 June 2031, they came {claim}`DE-04`.",
    "the day it was said": "On 1 September it denied this {claim}`CW-01`.",
    "the day it was published": "The report of 14 June puts it so {claim}`DE-04`.",
    "a day within a span": "It was shut on 9 October 1987 {claim}`+HP-04`.",
    "a bound of its event": "They ended on 18 August, or as early as 10 June {claim}`+HP-01`.",
    "the day as of which the report judges": "So it stood on 2 September 2031 {claim}`DE-04`.",
}


@pytest.mark.parametrize("case", SOUND)
def test_what_has_evidence_passes(faults, case):
    assert faults(closure=SOUND[case]) == []


ABOUT_CORPUS = (
    "There are {glue:}`claims`, since 14 June.\n\nIt is so {cite:p}`vell`.\n\n"
    "{.method}\n" + "word " * 61
)


def test_pages_listed_as_about_the_corpus_may_rest_on_numbers_works_and_days_of_sources(faults):
    assert faults(corpus=ABOUT_CORPUS) == []
    assert [fault[1] for fault in faults(corpus=ABOUT_CORPUS, method="All are good.")] == [
        "All are good."
    ]


def test_a_page_that_is_listed_nowhere_is_checked_as_strictly_as_a_chapter_of_a_theme(faults):
    assert len(faults(newcomer=ABOUT_CORPUS)) == 4
    assert faults(newcomer="It is shut {claim}`DE-04, HP-03`.") == []


def test_pages_for_reference_answer_only_for_the_claims_they_cite(faults):
    assert [
        fault[1] for fault in faults(codebook="Copy 30 words on 3 May. So {claim}`HP-99`.")
    ] == ["HP-99"]


def test_a_chapter_of_a_theme_that_has_no_file_is_a_fault(made_up_copy):
    assert list(page_kinds.check_pages()) == []
    (made_up_copy / "chapters" / "talks.md").unlink()
    [fault] = page_kinds.check_pages()
    assert (fault.file, fault.value) == ("report.toml", "talks")


def test_a_page_cannot_be_listed_that_is_not_there_or_is_a_chapter_of_a_theme(made_up_copy):
    file = made_up_copy / "report.toml"
    listed = file.read_text("utf-8").replace('"corpus", "method"', '"corpus", "gone", "closure"')
    file.write_text(listed, "utf-8")
    assert [fault.value for fault in page_kinds.check_pages()] == ["gone", "closure"]


TITLES = {  # each with the value of its fault; none where it has none
    "The institute saw boats from 2 June to 2 September 2031": None,
    "In 2031 Rule 90 held": None,
    "Most claims were made by 9 of 10 September": "9 of 10 September",
    "The straits are open until 3 September": "3 September",
    "It is as on 2 June 1987": "2 June 1987",
    "It is as in 1987": "1987",
    "Of 12 claims most are denials": "12",
    "A third is 33% of them": "33",
    "Norrland's claims": "Norrland's claims",
    "Norrland’s claims.": "Norrland’s claims.",
    "word " * 31: "31 words",
}


@pytest.mark.parametrize("title", TITLES)
def test_the_title_of_a_figure_is_checked_as_prose_without_claims(corpus, title):
    findings = {"figure": Finding(title, lambda data: True, "A neutral title")}
    found = list(titles.check_titles(findings, EvidenceIndex.from_corpus(corpus)))
    if TITLES[title] is None:
        assert found == []
    else:
        assert found
        assert (found[0].key, found[0].column) == ("figure", "sentence")
        assert str(found[0].value) in TITLES[title] or TITLES[title] in str(found[0].value)


def test_the_titles_of_the_reports_own_package_are_among_what_is_checked(
    made_up_copy, corpus, monkeypatch
):
    package = made_up_copy / "scripts" / "harbour"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "findings.py").write_text(
        "from claimbook.figures.finding import Finding\n"
        "FINDINGS = {'boats': Finding('There were 3 boats', lambda data: True, 'Boats')}\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(package.parent)
    assert lint.check_prose(corpus) == []
    file = made_up_copy / "report.toml"
    file.write_text(file.read_text("utf-8").replace('package = ""', 'package = "harbour"'), "utf-8")
    [fault] = lint.check_prose(corpus)
    assert str(fault).startswith("harbour/findings.py boats sentence: '3'")


def test_the_made_up_report_has_no_fault(corpus):
    assert lint.check_prose(corpus) == []


def test_a_chapter_stripped_of_its_claims_and_links_is_reported_paragraph_by_paragraph(
    made_up_copy, corpus
):
    page = made_up_copy / "chapters" / "closure.md"
    stripped = re.sub(r"\s*\{claim\}`[^`]*`|\]\(https:[^)]*\)", "", page.read_text("utf-8"))
    page.write_text(stripped, "utf-8")
    asked = {
        f"{block.file}:{block.line}"
        for block in parser.read_blocks()
        if block.page == "closure" and block.kind != "label"
        if "judgement" not in block.frames and not block.is_method
    }
    reported = {
        fault.file
        for fault in lint.check_prose(corpus)
        if "cites a claim" in fault.allowed and "closure" in fault.file
    }
    assert len(asked) > 2
    assert reported == asked


def test_coverage_counts_each_sentence_once(made_up_copy, corpus):
    text = (
        "It is shut {claim}`DE-04`. Of {glue:}`claims` some are so. That is all.\n\n"
        "{.method}\nSee below.\n\n"
    )
    text += frame("judgement", "It is likely. So it says {claim}`+HP-03`.") + "\n## No sentence\n"
    write(made_up_copy, {"closure": text, "codebook": "Left out."})
    table = coverage.coverage_table(corpus)
    assert table.loc["closure"].to_dict() == {
        "sentences": 6,
        "evidence": 2,
        "judgement": 1,
        "computed": 1,
        "method": 1,
        "neither": 1,
        "citations": 2,
        "elsewhere": 1,
    }
    assert list(table.index) == ["closure"]
    assert "6 sentences: 33 % with evidence" in coverage.summarize_coverage(table)


def test_the_report_has_the_coverage_in_a_line_and_leaves_the_prose_where_the_tables_are_broken(
    made_up_copy,
):
    (made_up_copy / "chapters" / "closure.md").write_text(HEAD + "He wished it shut.", "utf-8")
    report = CheckResults()
    lint.add_prose_checks(report)
    assert [str(fault).split(": ")[0] for fault in report.faults] == ["chapters/closure.md:7"]
    assert "sentences: " in report.done[0]
    (made_up_copy / "data" / "claims.csv").write_text("claim_id\n", "utf-8")
    report = CheckResults()
    lint.add_prose_checks(report)
    assert (report.faults, report.done) == ([], [])
    assert report.skipped == ["the prose: the tables must be mended first"]


def test_a_mark_is_carried_by_the_page_and_not_shown():
    """The extension that reads `{.method}` is one that the build enables."""
    blocks = parser.read_blocks()
    assert any(block.is_method for block in blocks)
    assert all("{." not in sentence.text for block in blocks for sentence in block.sentences)


def test_prose_is_read_without_a_page_being_built():
    """Nothing is run or drawn: reading loads neither Sphinx nor a kernel nor matplotlib."""
    code = (
        "import sys; import claimbook.prose.lint; "
        "print(sorted({'sphinx', 'nbclient', 'matplotlib'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_finding_may_name_a_day_that_there_is_not(corpus):
    changed = corpus.criticism.assign(finding="It prints 30 February and 31.", dated="2031-02-30")
    evidence = EvidenceIndex.from_corpus(dataclasses.replace(corpus, criticism=changed))
    address = "https://example.org/norrland/statement"
    assert (evidence.outside_days[address], evidence.outside_numbers[address]) == ([], {30, 31})
