"""The explorer in the built page, opened from disk with no network.

It selects what the same filters select in a notebook.
"""

import csv
import io
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from claimbook.explorer import Explorer, claim_index, filters, selection
from nbclient import NotebookClient

FOLLOW = """async (fragment) => {
  if (location.hash === fragment) return;
  const followed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
  location.hash = fragment;
  await followed;
}"""
SET = """(setting) => {
  const form = document.querySelector(".cb-explorer form");
  for (const field of form.elements) {
    if (!field.name) continue;
    const values = setting[field.name] ?? [];
    if (field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? (field.name === "date" ? "day" : "");
  }
  form.dispatchEvent(new Event("input"));
}"""
WORDS = [  # as readers type them; each on a line would make a long file
    *("havn", "INSTITUTE", "Instítute", "barrier norrland", "norrland barrier", "  Vell ", "hp-0"),
    *("DE-", "“", "’s", "'s", "iss", "протока", "ß", "%", "&", "#", "a+b", "ﬁ", "S-400", "\u00a0"),
    *(
        "ＨＡＶＮ",
        "zzz",
        "patrol boats",
        "I\u0307",
        "ΣΑΣ",
        "unlikely",
        "10",
        "=",
        ";",
        "\U0001f600",
    ),
]


def random_settings(described, index, number: int) -> list[selection.Setting]:
    """Settings of one to four filters, with days near those of claims and words as typed."""
    draw = random.Random(2031)
    days = sorted({day for column in claim_index.SPANS for day in index.days[column] if day})
    settings = []
    for _ in range(number):
        setting: selection.Setting = {}
        for name in draw.sample(list(described), draw.choice([1, 1, 2, 2, 3, 4])):
            one = described[name]
            if one.control == filters.SEVERAL:
                setting[name] = tuple(draw.sample(list(one.options), draw.randint(1, 3)))
            elif one.options:
                setting[name] = (draw.choice(list(one.options)),)
            elif one.is_day:
                shift = pd.Timedelta(days=draw.choice([-1, 0, 0, 1, 30]))
                setting[name] = (f"{pd.Timestamp(draw.choice(days)) + shift:%Y-%m-%d}",)
            else:
                setting[name] = (draw.choice(WORDS),)
        fragment = selection.write_fragment(described, setting)
        settings.append(selection.parse_fragment(described, fragment))
    return settings


def test_two_hundred_random_settings_select_the_same_claims_in_the_page_and_in_a_notebook(
    explorer_page, corpus
):
    described = filters.describe_filters(corpus)
    index = claim_index.index_claims(corpus, described)
    sizes = []
    for number, setting in enumerate(random_settings(described, index, 200)):
        fragment = selection.write_fragment(described, setting)
        if number % 2:
            explorer_page.page.evaluate(FOLLOW, fragment)
        else:
            explorer_page.page.evaluate(
                SET, {name: list(values) for name, values in setting.items()}
            )
            assert explorer_page.page.evaluate("location.hash") == fragment
        fits = selection.matching_claims(described, index, setting)
        expected = list(fits.index[fits])
        assert explorer_page.ids() == expected, fragment
        count = explorer_page.page.locator(".cb-explorer-count").inner_text().split()[0]
        assert count in (str(len(expected)), "All")
        sizes.append(len(expected))
    assert sum(0 < size < len(index) for size in sizes) > 60


def test_every_filter_has_a_control_with_a_name_in_the_page(explorer_page, corpus):
    form = explorer_page.page.locator(".cb-explorer form")
    for name, one in filters.describe_filters(corpus).items():
        fields = form.locator(f'[name="{name}"]')
        if one.control == filters.SEVERAL:
            assert fields.evaluate_all("all => all.map((field) => field.value)") == list(
                one.options
            )
            for label in one.options.values():
                assert (
                    form.get_by_role("group", name=one.label)
                    .get_by_role("checkbox", name=label, exact=True)
                    .count()
                    == 1
                )
        else:
            assert form.get_by_label(one.label, exact=True).get_attribute("name") == name
            if one.options:
                values = fields.locator("option").evaluate_all(
                    "all => all.map((option) => option.value)"
                )
                assert [value for value in values if value] == list(one.options)


def test_a_link_restores_the_selection_with_its_controls(explorer_page, corpus):
    explorer_page.page.goto("about:blank")
    explorer_page.page.goto(f"{explorer_page.address}#theme=closure&from=2031-08-01")
    assert explorer_page.ids() == list(
        Explorer(corpus, "#theme=closure&from=2031-08-01").selected.index
    )
    assert explorer_page.page.get_by_role("checkbox", name="Closure").is_checked()
    assert explorer_page.page.get_by_label("From", exact=True).input_value() == "2031-08-01"
    explorer_page.page.get_by_role("button", name="Reset").click()
    assert explorer_page.page.url == explorer_page.address
    assert explorer_page.ids() == list(corpus.claims.index)


def test_what_a_link_asks_for_in_vain_is_said_and_the_rest_holds(explorer_page, corpus):
    explorer_page.page.evaluate(
        FOLLOW, "#theme=forecast&colour=red&from=2031-99-99&place=havn&place=ostria&%zz=%ff"
    )
    assert explorer_page.ids() == list(Explorer(corpus, "#theme=forecast").selected.index)
    told = explorer_page.page.locator(".cb-explorer-note").inner_text()
    for part in ("colour", "2031-99-99", "place: 2 values"):
        assert part in told


def test_claims_left_out_for_want_of_a_day_are_counted(explorer_page, corpus):
    explorer_page.page.evaluate(FOLLOW, "#theme=closure&date=said&from=2031-01-01")
    silent = corpus.claims.loc[corpus.claims["theme"] == "closure", "stated_on"].isna().sum()
    assert (
        f"{silent} claims left out" in explorer_page.page.locator(".cb-explorer-note").inner_text()
    )


def test_a_place_in_the_page_is_no_selection(explorer_page, corpus):
    explorer_page.page.evaluate(FOLLOW, "#theme=forecast")
    explorer_page.page.evaluate(FOLLOW, "#main-content")
    assert explorer_page.ids() == list(Explorer(corpus, "#theme=forecast").selected.index)


def test_a_reader_shares_the_governments_lowering_claims_and_opens_them_live(
    explorer_page, made_up
):
    page = explorer_page.page
    page.get_by_label("Speaker or origin").select_option(label="Ministry of Trade of Ostria")
    page.get_by_role("checkbox", name="lowers").check()
    assert explorer_page.ids() == []
    note = page.locator(".cb-explorer-note").inner_text()  # says what the reader can give up
    assert "Bearing: 1, Speaker or origin: 4" in note
    page.get_by_label("Speaker or origin").select_option(label="Government of Norrland")
    assert explorer_page.ids() == ["CW-01", "DE-03"]
    page.get_by_role("button", name="Copy link").click()
    link = page.get_by_label("Link to this selection").input_value()
    assert link == page.url
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "harbour-question-selection.csv"
    downloaded = download.value.path().read_text("utf-8")
    assert downloaded.startswith("\ufeff")  # Excel tells UTF-8 by it
    chosen = [row["claim_id"] for row in csv.DictReader(io.StringIO(downloaded[1:]))]
    assert chosen == explorer_page.ids()
    live = run_live(link)
    assert live["ids"] == chosen
    assert live["csv"] == downloaded
    assert "application/vnd.jupyter.widget-view+json" in live["shown"]


def run_live(link: str) -> dict:
    """What a reader's notebook makes of a link: selected ids, their CSV, and the forms shown."""
    cells = [
        "from claimbook.corpus.model import load\nfrom claimbook.explorer import Explorer\n"
        f"explorer = Explorer(load(), {link!r})\nexplorer",
        "print(*explorer.selected.index)\nprint(explorer.to_csv(), end='')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    with ThreadPoolExecutor(1) as aside:  # the browser holds this thread's event loop
        aside.submit(NotebookClient(notebook, timeout=60, kernel_name="python3").execute).result()
    first, _, table = notebook.cells[1].outputs[0]["text"].partition("\n")
    return {"shown": set(notebook.cells[0].outputs[0]["data"]), "ids": first.split(), "csv": table}


def test_a_mark_leads_to_the_claims_entry_and_is_reached_by_keys(built_page):
    page = built_page.page
    page.evaluate(FOLLOW, "#theme=closure")
    marks = page.locator(".cb-explorer-timeline svg a")
    assert marks.count() == len(built_page.ids())
    assert page.locator(".cb-explorer-timeline svg a[tabindex='0']").count() == 1
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused == marks.nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{focused.removeprefix('../')}")
    assert page.locator(f"#{focused.split('#')[1]}").count() == 1


def test_the_count_stays_in_sight_and_is_announced(built_page, corpus):
    page = built_page.page
    count = page.locator(".cb-explorer-count")
    assert count.get_attribute("role") == "status"
    assert count.inner_text() == f"All {len(corpus.claims)} claims"
    page.locator(".cb-explorer-list li").last.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    seen = page.evaluate("""() => {
      const box = document.querySelector(".cb-explorer-count").getBoundingClientRect();
      const hit = document.elementFromPoint(box.left + 2, box.top + box.height / 2);
      return document.querySelector(".cb-explorer-bar").contains(hit);
    }""")
    assert seen


def test_without_scripts_the_page_shows_a_picture_and_every_claim_in_a_table(
    chromium, made_up_book, corpus
):
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((made_up_book / "html/chapters/explorer.html").as_uri())
    assert page.locator(".cb-explorer").is_hidden()
    assert page.locator(".cb-explorer-still svg.cb-wide").is_visible()
    context.close()
    built = BeautifulSoup(
        (made_up_book / "html/chapters/explorer.html").read_text("utf-8"), "html.parser"
    )
    assert {link.get_text() for link in built.select(".cb-explorer-still details .claim a")} == set(
        corpus.claims.index
    )


def test_no_state_of_a_widget_is_in_the_built_page(made_up_book):
    html = (made_up_book / "html/chapters/explorer.html").read_text("utf-8")
    assert "widget-state" not in html
    assert "widget-view" not in html


HOSTILE = '</script><script>window.hurt = 1</script><img src=x onerror="window.hurt = 1"><!-- =1+1'


@pytest.fixture
def hostile(corpus):
    """The corpus with markup in the words that the page shows."""
    claims, actors, places = corpus.claims.copy(), corpus.actors.copy(), corpus.places.copy()
    claims.loc["DE-04", "paraphrase"] = "=" + HOSTILE
    actors.loc["iss", "name"] = HOSTILE
    places.loc["havn", "name"] = HOSTILE
    return replace(corpus, claims=claims, actors=actors, places=places)


def test_words_of_the_corpus_cannot_run(open_explorer, hostile):
    opened = open_explorer(hostile)
    assert len(opened.ids()) == len(hostile.claims)
    opened.page.evaluate(FOLLOW, "#text=de-04")
    assert HOSTILE in opened.page.locator(".cb-explorer-list li").inner_text()
    opened.page.evaluate(FOLLOW, f"#theme={HOSTILE}&{HOSTILE}=1&text={HOSTILE}")
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("window.hurt") is None
    assert opened.page.locator(".cb-explorer img, .cb-explorer script").count() == 0


def test_a_hostile_cell_is_no_formula_in_the_download_of_page_and_notebook(open_explorer, hostile):
    opened = open_explorer(hostile)
    opened.page.evaluate(FOLLOW, "#text=de-04")
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="Download CSV").click()
    downloaded = download.value.path().read_text("utf-8")
    assert downloaded == Explorer(hostile, "#text=de-04").to_csv()
    assert next(csv.DictReader(io.StringIO(downloaded[1:])))["paraphrase"].startswith("'=")


@pytest.mark.long
def test_ten_thousand_claims_are_listed_in_steps_and_filtered_at_once(open_explorer, corpus):
    times = 10_000 // len(corpus.claims) + 1
    many = pd.concat(
        [
            corpus.claims.set_axis([f"{claim}-{copy}" for claim in corpus.claims.index])
            for copy in range(times)
        ]
    ).iloc[:10_000]
    opened = open_explorer(replace(corpus, claims=many))
    items = opened.page.locator(".cb-explorer-list li")
    assert items.count() == 100
    opened.page.locator('[data-action="more"]').click()
    assert items.count() == 200
    took = opened.page.evaluate("""() => {
      const form = document.querySelector(".cb-explorer form");
      form.elements.text.value = "barrier";
      const began = performance.now();
      form.dispatchEvent(new Event("input"));
      return performance.now() - began;
    }""")
    assert 0 < int(opened.page.locator(".cb-explorer-count").inner_text().split()[0]) < 10_000
    assert took < 500  # milliseconds for all that is shown, on a slow machine
