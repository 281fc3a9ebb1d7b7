"""The built pages: whole, linked, and legible in a real browser with no network."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from claimbook.language.words import curly_apostrophes
from claimbook.paths import project

CHAPTERS = sorted(page.stem for page in project().chapters.glob("*.md"))
ARGUMENT = ["pressure", "resistance", "military-signals", "information-operations"]
BARE = {
    f"chapters/{name}"
    for name in (
        *("about", "add-a-source", "bring-the-text", "built", "codebook", "commands"),
        *("method", "people", "references", "rerun", "workbench", "your-own-report"),
    )
}  # pages that may cite no claim
PAGES = ["index", "ledger", *(f"chapters/{name}" for name in CHAPTERS)]


@pytest.fixture(scope="module")
def pages(book) -> dict[str, BeautifulSoup]:
    return {
        name: BeautifulSoup((book / "html" / f"{name}.html").read_text("utf-8"), "html.parser")
        for name in PAGES
    }


@pytest.fixture(scope="module")
def ledger(book) -> dict[str, BeautifulSoup]:
    """The pages of the ledger, by name."""
    files = sorted((book / "html/ledger").glob("*.html"))
    return {
        f"ledger/{file.stem}": BeautifulSoup(file.read_text("utf-8"), "html.parser")
        for file in files
    }


def entries_of(ledger: dict[str, BeautifulSoup]) -> list[tuple[str, Tag]]:
    """All entries of the ledger, each with the name of its page."""
    return [
        (name, entry) for name, page in ledger.items() for entry in page.select("dl.cb-ledger > dt")
    ]


def test_every_claim_has_one_entry_and_no_page_of_the_ledger_is_heavy(book, ledger, corpus):
    assert sorted(entry["id"] for _, entry in entries_of(ledger)) == sorted(corpus.claims.index)
    for name in ledger:
        assert (book / f"html/{name}.html").stat().st_size < 300_000


def test_every_claim_marker_leads_to_an_entry_of_the_ledger(pages, ledger):
    page_of_claim = {entry["id"]: name for name, entry in entries_of(ledger)}
    for name, page in (pages | ledger).items():
        links = page.select(".claim a")
        assert links or name in BARE | ledger.keys()
        for link in links:
            file, _, claim = link["href"].partition("#")
            target = (project().html / name).parent.joinpath(file).resolve() if file else None
            here = project().html / f"{name}.html"
            assert (target or here) == (project().html / f"{page_of_claim[claim]}.html").resolve()


@pytest.mark.parametrize("name", ARGUMENT)
def test_a_chapter_has_takeaways_with_claims_a_figure_and_a_judgement(pages, name):
    page = pages[f"chapters/{name}"]
    takeaways = page.select(".admonition.takeaways li")
    assert 3 <= len(takeaways) <= 5
    assert all(takeaway.select(".claim a") for takeaway in takeaways)
    assert page.select("figure.cb-figure svg.cb-wide")
    assert page.select(".admonition.judgement")
    words = len(page.select_one("article").get_text(" ").split())
    assert words > 900


def test_every_figure_has_alternate_text_data_and_downloads(pages):
    figures = [figure for page in pages.values() for figure in page.select("figure.cb-figure")]
    assert len(figures) >= 6
    for figure in figures:
        for svg in figure.select("svg"):
            assert svg["role"] == "img"
            assert len(svg["aria-label"]) > 80
        assert figure.select("details table")
        offered = {Path(link["href"]).suffix for link in figure.select("a.download")}
        assert offered - {".png"} == {".csv", ".svg"}  # not every figure has a slide


def test_every_table_has_a_number_and_a_title(pages):
    """Tables of columns follow their file's name, those of options their command.

    Those of a figure follow its caption, and a page for the web alone has no numbers.
    """
    unnumbered = {"chapters/data", "chapters/commands", "chapters/lesson"}
    captions = [
        table.caption.get_text()
        for name, page in pages.items()
        for table in page.select(".cell_output table, table:has(> caption)")
        if not table.find_parent(class_="cb-figure") and (table.caption or name not in unnumbered)
    ]
    numbers = sorted(int(re.match(r"Table\s(\d+) \S", caption)[1]) for caption in captions)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 15


def test_each_judgement_is_an_entry_with_its_evidence(pages, corpus):
    entries = {
        statement: term.find_next_sibling("dd").get_text().lstrip()
        for term in pages["chapters/weighed"].select("dl dt")
        for statement in corpus.judgements["title"]
        if curly_apostrophes(statement) in term.get_text()
    }
    assert set(entries) == set(corpus.judgements["title"])
    assert all(evidence.startswith(("For:", "Against:")) for evidence in entries.values())


def test_no_page_shows_raw_output_of_a_cell(pages):
    for name, page in pages.items():
        text = page.select_one("article").get_text(" ")
        assert not re.search(r"<Figure|<IPython|Figure\(|object at 0x|\{claim\}|\{glue", text), name


def test_the_tables_lie_beside_the_pages(book):
    for file in (
        *project().data.glob("*.csv"),
        *project().data.glob("coding/*.csv"),
        project().datapackage,
    ):
        assert (
            book / "html" / "data" / file.relative_to(project().data)
        ).read_bytes() == file.read_bytes()


@pytest.fixture(
    scope="module",
    params=[("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)],
    ids=lambda p: f"{p[0]}-{p[1]}",
)
def screen(request, chromium, book):
    scheme, width = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    page.width = width
    yield page
    context.close()


def test_a_figure_is_shown_in_the_form_that_fits_the_window(screen, book):
    screen.goto((book / "html/chapters/pressure.html").as_uri())
    wide, narrow = (
        screen.locator(f"figure.cb-figure svg.cb-{form}").first for form in ("wide", "narrow")
    )
    assert wide.is_visible() == (screen.width > 560)
    assert narrow.is_visible() == (screen.width <= 560)


def test_the_title_of_a_wide_table_can_be_read_without_moving_it(screen, book):
    screen.goto((book / "html/chapters/corpus.html").as_uri())
    ends = screen.evaluate(
        "[...document.querySelectorAll('article caption')]"
        ".map(title => title.getBoundingClientRect().right)"
    )
    assert len(ends) > 3
    assert max(ends) <= screen.width


def test_text_on_the_page_follows_its_mode(screen, book):
    screen.goto((book / "html/chapters/pressure.html").as_uri())
    screen.wait_for_timeout(200)
    mode = screen.evaluate("document.documentElement.dataset.theme")
    ink = screen.evaluate(
        "getComputedStyle(document.querySelector('figure.cb-figure svg text')).fill"
    )
    light = sum(map(int, re.findall(r"\d+", ink)[:3])) > 384
    assert light == (mode == "dark")


def test_text_is_in_the_serif_of_print_and_its_lines_can_be_followed(screen, book):
    screen.goto((book / "html/chapters/pressure.html").as_uri())
    screen.wait_for_function("document.fonts.status === 'loaded'")
    loaded = screen.evaluate(
        "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)"
    )
    assert any("Libertinus Serif" in family for family in loaded)
    letters = screen.evaluate(
        """() => {
            const text = [...document.querySelectorAll("article section > p")][2];
            const pen = document.createElement("canvas").getContext("2d");
            pen.font = getComputedStyle(text).font;
            const words = text.textContent;
            return text.clientWidth / (pen.measureText(words).width / words.length);
        }"""
    )
    assert (60 if screen.width > 560 else 30) <= letters <= 75


def test_a_marker_leads_to_its_entry(screen, book):
    screen.goto((book / "html/chapters/pressure.html").as_uri())
    screen.locator(".claim a:visible", has_text="UP221218-04").first.click()
    assert screen.url.endswith("#UP221218-04")
    entry = screen.locator("#UP221218-04")
    assert entry.evaluate("node => node.getBoundingClientRect().top") >= 0


def test_a_card_opens_on_hovering_and_on_focus_and_escape_closes_it(screen, book):
    screen.goto((book / "html/chapters/pressure.html").as_uri())
    marker = screen.locator(".claim a:visible", has_text="UP221218-04").first
    card = screen.locator(".cb-card-open")
    marker.hover()
    assert card.is_visible()
    assert "Nayev" in card.inner_text()
    screen.keyboard.press("Escape")
    assert card.is_hidden()
    marker.focus()
    assert card.is_visible()
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= screen.width


def test_a_card_says_who_when_how_sure_and_what_stands_against_it(screen, book):
    screen.goto((book / "html/chapters/pressure.html").as_uri())
    screen.locator(".claim a:visible", has_text="ISW220311-08").first.focus()
    words = screen.locator(".cb-card-open").inner_text()
    for part in (
        "Ministry of Defence of Belarus",
        "11 March 2022",
        "Published",
        "contradicting claim",
        "ISW220311-05",
    ):
        assert part in words


def test_every_sentence_that_cites_a_claim_is_led_to_from_the_ledger(pages, ledger):
    cited = 0
    for _, entry in entries_of(ledger):
        for link in entry.find_next_sibling("dd").select(".cb-cited a"):
            page, _, marker = link["href"].partition("#")
            place = pages[page.removeprefix("../").removesuffix(".html")].find(id=marker)
            assert place is not None
            assert entry["id"] in place.get_text()
            cited += 1
    assert cited > 300


def test_claims_that_no_sentence_cites_are_listed(pages, ledger):
    silent = {
        entry["id"]
        for _, entry in entries_of(ledger)
        if "No sentence cites" in entry.find_next_sibling("dd").get_text()
    }
    listed = {
        link.get_text()
        for group in pages["ledger"].select(".cb-numbers")
        if "No sentence cites" in group.get_text()
        for link in group.select("a")
    }
    assert listed == silent
    assert silent


def test_the_ledger_is_filtered_and_sorted_in_the_page(screen, book, corpus):
    screen.goto((book / "html/ledger/insight-news-2022-12.html").as_uri())
    screen.get_by_label("Theme", exact=True).select_option("outlook")
    screen.get_by_label("Bearing", exact=True).select_option("lowers")
    shown = screen.locator("dl.cb-ledger > dt:visible")
    claims = corpus.claims[corpus.claims["source_id"] == "insight-news-2022-12"]
    expected = claims[(claims["theme"] == "outlook") & (claims["bearing"] == "lowers")]
    assert len(expected) > 1
    assert shown.count() == len(expected)
    assert (
        f"{len(expected)} of {len(claims)} claims"
        in screen.locator(".cb-filter-count").inner_text()
    )
    screen.get_by_label("Order", exact=True).select_option("said")
    shown_ids = shown.evaluate_all("all => all.map(entry => entry.id)")
    days = list(corpus.full_claims()["said"][shown_ids])
    assert days == sorted(days)


def test_the_ledger_is_a_plain_list_without_scripts(chromium, book, corpus):
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((book / "html/ledger/newsweek-2022-07-12.html").as_uri())
    number = (corpus.claims["source_id"] == "newsweek-2022-07-12").sum()
    assert page.locator("dl.cb-ledger > dt:visible").count() == number
    assert page.locator("form.cb-filter").is_hidden()
    context.close()


def test_a_day_of_publication_that_is_only_supposed_is_not_listed_as_the_day(pages, corpus):
    supposed = corpus.sources[corpus.sources["precision"] == "range"].iloc[0]
    day = f"{supposed['published'].day} {supposed['published']:%B %Y}"
    for name in ("disagreements", "explorer"):
        listed = [
            entry.get_text(" ")
            for entry in pages[f"chapters/{name}"].select(
                "article dl dt, article table:not(details table) td"
            )
        ]
        assert any("4 to 12 December 2022" in entry for entry in listed), name
        assert [entry for entry in listed if re.search(rf"(?<!\d){day}", entry)] == []
