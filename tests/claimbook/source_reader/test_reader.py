"""The source reader shows a text unchanged, with each claim in its place, to its owner alone."""

import csv
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from claimbook.corpus import model, schema
from claimbook.corpus.model import Corpus
from claimbook.paths import project
from claimbook.source_reader import reader
from claimbook.texts import anchors

SOURCE, OTHER = "herald-2031-01-02", "lost-2031-01-03"
TITLE = "<b>Herald</b> \u202eof old"
ADDRESS = 'https://example.org/?a="b"&c'
STORY = (
    "The Herald\t1 < 2\n\n\n"
    "The herald rode at dawn. “No army,” he said, “has crossed the ford.” "
    "The miller heard it; the miller wept.\r\n\r\n"
    "Then <script>alert('x')</script><b onclick=\"alert(1)\">bold & brave</b> men "
    "\u202eturned about\u202c and went home.\n"
    "\u2067Right of it\u2069 stood the mill, and a caf\u00e9 with o\ufb03ce hours.\n"
)
CLAIMS = {  # overlapping, nested, over a line's end, over hostile characters
    "HE-01": ("The herald rode at dawn. “No army,” he said", "closure"),
    "HE-02": ("“No army,” he said, “has crossed the ford.”", "talks"),
    "HE-03": ("crossed the ford", "forecast"),
    "HE-04": ("the miller wept.\r\n\r\nThen", "background"),
    "HE-05": (
        "<script>alert('x')</script><b onclick=\"alert(1)\">bold & brave</b>",
        "talks",
    ),
    "HE-06": ("men \u202eturned about\u202c and went home", "forecast"),
    "HE-07": ("a caf\u00e9 with o\ufb03ce hours", "background"),
}
FINDINGS = [
    ("he said", "attribution", "A <i>herald</i> \u202eis & no source."),
    ("The miller heard it", "consistency", '"><script>alert(2)</script>'),
]


def row(table: schema.Table, **cells: object) -> list[str]:
    """A row that the schema accepts: required cells have a first value, 1 or a hyphen."""
    filled = {
        field.name: [*field.enum, "1" if field.type in schema.NUMERIC else "-"][0]
        if field.required
        else ""
        for field in table.fields
    } | cells
    return [str(filled[name]) for name in table.columns]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small invented corpus in the real schema: two sources, one without text, and `CLAIMS`."""
    folder = tmp_path / "data"
    (folder / "coding").mkdir(parents=True)
    shutil.copyfile(project().datapackage, folder / project().datapackage.name)
    tables = schema.read_schema(folder / project().datapackage.name)
    shared = dict.fromkeys(("published", "published_earliest", "published_latest"), "2031-01-02")
    shared |= {"outlet": "herald", "language": "en", "characters": len(STORY), "words": 1}
    digest = hashlib.sha256(STORY.encode()).hexdigest()
    rows = {
        "sources": [
            row(
                tables["sources"],
                **shared,
                source_id=SOURCE,
                code="HE",
                title=TITLE,
                file="he.txt",
                sha256=digest,
            ),
            row(
                tables["sources"],
                **shared,
                source_id=OTHER,
                code="LO",
                title="Lost & found",
                file="lo.txt",
                sha256="0" * 64,
            ),
        ],
        "actors": [row(tables["actors"], actor_id="herald", name="Herald <&>")],
        "claims": [],
        "criticism": [],
    }
    for claim_id, (span, theme) in CLAIMS.items():
        start = STORY.index(span)
        found = vars(anchors.make_selector(STORY, start, start + len(span)))
        paraphrase = f"</ul><script>alert(3)</script> of {claim_id}"
        about = {"source_id": SOURCE, "theme": theme, "chain": "herald", "paraphrase": paraphrase}
        rows["claims"].append(row(tables["claims"], claim_id=claim_id, **found, **about))
    for span, kind, finding in FINDINGS:
        start = STORY.index(span)
        found = anchors.make_selector(STORY, start, start + len(span))
        place = {
            "source_id": SOURCE,
            "start": start,
            "end": found.end,
            "anchor": found.anchor,
            "words": found.words,
        }
        rows["criticism"].append(
            row(tables["criticism"], **place, kind=kind, finding=finding, address=ADDRESS)
        )
    for name, table in tables.items():
        for file in table.files:
            with (folder / file).open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, lineterminator="\n").writerows([table.columns, *rows.get(name, [])])
    return folder


def unchecked(folder: Path) -> Corpus:
    """The invented corpus, loaded without the checks: the reader must not rely on them."""
    return model.to_corpus(model.read_tables(folder).raw, folder)


@pytest.fixture
def show(data, tmp_path, monkeypatch):
    """Writes the pages of the invented corpus for the text given; gives their folder."""

    def write(text: str | bytes = STORY) -> Path:
        texts = tmp_path / "texts"
        texts.mkdir(exist_ok=True)
        (texts / "he.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.setenv("CORPUS_TEXTS", str(texts))
        return reader.write_reader(unchecked(data), tmp_path / "reader").parent

    return write


def parsed(file: Path) -> BeautifulSoup:
    return BeautifulSoup(
        file.read_bytes().decode("utf-8"), "html.parser", preserve_whitespace_tags={"div"}
    )


def shown(page: BeautifulSoup) -> str:
    """The text on a page."""
    return "".join(line.get_text() for line in page.select(".line"))


def lit(page: BeautifulSoup, mark: str) -> str:
    """The characters under a mark."""
    return "".join(piece.get_text() for piece in page.select(f'.line [data-marks~="{mark}"]'))


def test_the_text_stands_to_the_character_with_every_claim_and_finding_on_its_own_characters(show):
    page = parsed(show() / f"{SOURCE}.html")
    assert shown(page) == STORY
    for claim_id, (span, _) in CLAIMS.items():
        assert lit(page, claim_id) == span
    for span, kind, _ in FINDINGS:
        start = STORY.index(span)
        assert lit(page, f"finding-{start}-{start + len(span)}-{kind}") == span
    assert not page.select(".missing")


def test_overlapping_claims_have_underlines_of_their_own(show):
    page = parsed(show() / f"{SOURCE}.html")
    both = page.select_one('[data-marks~="HE-01"][data-marks~="HE-02"]')["style"]
    alone = page.select_one('[data-marks="HE-02"]')["style"]
    assert both.count("linear-gradient") == 2
    assert "--cb-closure" in both
    place = alone.split("background-position:")[1]
    assert place in both.split("background-position:")[1].split(
        ","
    )  # the same row over all its length
    assert len(set(both.split("background-position:")[1].split(","))) == 2


def test_a_flag_stands_where_its_claim_begins_and_leads_to_its_entry_and_its_address_stays(
    show, data
):
    page = parsed(show() / f"{SOURCE}.html")
    for claim_id, (span, _) in CLAIMS.items():
        flag = page.select_one(f"#{claim_id}")
        assert flag["href"] == f"../html/ledger/{SOURCE}.html#{claim_id}"
        after = "".join(
            str(text) for text in flag.find_all_next(string=True) if text.find_parent(class_="line")
        )
        assert after.startswith(span)
        assert page.select_one(f"#{flag['aria-describedby']}")
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in page.select("a[href^='#']"):
        assert link["href"][1:] in ids
    entries = {*unchecked(data).claims.index, SOURCE}
    for link in page.select("a[href*='ledger/']"):
        assert link["href"].partition("#")[2] in entries


def test_every_page_says_that_it_is_private_and_lies_outside_the_book(show):
    pages = list(show().glob("*.html"))
    assert {page.stem for page in pages} == {"index", SOURCE}
    for page in pages:
        notice = parsed(page).select_one("body > .private").get_text()
        assert "Private copy, not for publishing" in notice
    assert project().html not in [project().reader, *project().reader.parents]
    assert project().build in project().reader.parents


def test_the_legend_counts_the_claims_of_each_theme(show):
    legend = parsed(show() / f"{SOURCE}.html").select_one(".legend").get_text(" ", strip=True)
    assert "Background 2" in legend
    assert "Closure 1" in legend
    assert "Criticism 2" in legend


def test_another_copy_shows_all_claims_at_their_new_places(show):
    copy = STORY.replace("The miller heard", "ADVERTISEMENT: buy flour! The miller heard")
    copy = copy.replace("rode at dawn", "rode  at  dawn")
    page = parsed(show(copy) / f"{SOURCE}.html")
    assert shown(page) == copy
    for claim_id, (span, _) in CLAIMS.items():
        assert [word.text for word in anchors.split_words(lit(page, claim_id))] == [
            word.text for word in anchors.split_words(span)
        ]
    assert "FLOUR" not in lit(page, "HE-04").upper()
    assert "not the one that was annotated" in page.select_one("header").get_text()
    assert (
        lit(
            page,
            next(flag["id"] for flag in page.select("a.finding") if "consistency" in flag["id"]),
        )
        == "The miller heard it"
    )
    assert not page.select(".missing")


def test_a_changed_claim_is_marked_and_a_missing_one_listed_at_the_end(show):
    copy = STORY.replace("he said, “has", "he cried aloud, “has").replace(
        "The miller heard", "They heard"
    )
    copy = copy.replace("caf\u00e9", "inn").replace("ce hours", "ce days")
    page = parsed(show(copy) / f"{SOURCE}.html")
    assert shown(page) == copy
    assert "changed" in page.select_one("a.flag#HE-02")["class"]
    assert "changed in this copy" in page.select_one("#note-HE-02").get_text()
    assert "repeating-linear-gradient" in page.select_one('[data-marks="HE-02"]')["style"]
    missing = page.select_one(".missing")
    assert [item["id"] for item in missing.select("li") if item["id"] in CLAIMS] == [
        "HE-01",
        "HE-07",
    ]
    assert missing.select_one("#HE-07 a")["href"] == f"../html/ledger/{SOURCE}.html#HE-07"
    assert "script>alert(2)" in missing.get_text()
    assert not page.select('.line [data-marks~="HE-07"]')


@pytest.mark.parametrize("text", [None, b"\xff\xfe\x00broken"])
def test_without_a_text_one_line_says_what_to_do(show, data, tmp_path, monkeypatch, text):
    if text is None:
        monkeypatch.setenv("CORPUS_TEXTS", str(tmp_path / "nowhere"))
        with pytest.raises(reader.TextsNotFoundError) as caught:
            reader.write_reader(unchecked(data), tmp_path / "reader")
    else:
        with pytest.raises(reader.TextsNotFoundError) as caught:
            show(text)
    assert "CORPUS_TEXTS" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "reader").exists()


def test_the_index_names_sources_at_hand_and_missing_and_no_old_page_stays(show, tmp_path):
    (tmp_path / "reader").mkdir()
    stale = tmp_path / "reader" / f"{OTHER}.html"
    stale.write_text("of yesterday", "utf-8")
    index = parsed(show() / "index.html")
    there, missing = index.select("main > ul")
    assert [link["href"] for link in there.select("a")] == [f"{SOURCE}.html"]
    assert "Lost & found" in missing.get_text()
    assert "lo.txt" in missing.get_text()
    assert not missing.select("a")
    assert not stale.exists()


def test_nothing_in_texts_or_tables_becomes_markup(show):
    folder = show()
    for file in folder.glob("*.html"):
        page = parsed(file)
        assert not page.select("script, b, i, [onclick]")
        assert not any(
            "\u202e" in str(text)
            for text in page.find_all(string=True)
            if not text.find_parent(class_="control")
        )
        assert "\u202e" not in page.title.get_text()
    assert (
        "<script>alert(3)</script> of HE-01"
        in parsed(folder / f"{SOURCE}.html").select_one("#note-HE-01").get_text()
    )


def test_the_texts_of_a_report_are_shown_with_every_claim_and_finding(corpus, at_hand, tmp_path):
    folder = reader.write_reader(corpus, tmp_path / "reader").parent
    seen = 0
    for source_id, text in at_hand.items():
        page = parsed(folder / f"{source_id}.html")
        assert shown(page) == text.content
        for claim_id, claim in corpus.claims[corpus.claims["source_id"] == source_id].iterrows():
            assert lit(page, claim_id) == text.content[claim["start"] : claim["end"]]
            seen += 1
        for source, start, end, kind in corpus.criticism.index:
            if source == source_id:
                assert lit(page, f"finding-{start}-{end}-{kind}") == text.content[start:end]
    assert seen == len(corpus.claims)


@pytest.fixture(params=[("light", 1280), ("dark", 360)], ids=["light-1280", "dark-360"])
def screen(request, chromium):
    scheme, width = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    page.scheme, page.width, page.asked = scheme, width, []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"the page ran {dialog.message}"))
    yield page
    context.close()


def grounds(screen, mark: str) -> set[str]:
    """The colours behind the pieces of a mark."""
    pieces = screen.locator(f'[data-marks~="{mark}"]')
    return set(pieces.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)"))


def test_in_a_browser_the_text_is_whole_and_the_page_quiet_and_in_the_readers_mode(screen, show):
    screen.goto((show() / f"{SOURCE}.html").as_uri())
    assert (
        screen.evaluate(
            "[...document.querySelectorAll('.line')].map(line => line.textContent).join('')"
        )
        == STORY
    )
    assert len(screen.asked) == 1
    assert screen.evaluate("document.scripts.length") == 0
    assert screen.evaluate("document.documentElement.scrollWidth") <= screen.width
    ink = screen.evaluate(
        "getComputedStyle(document.body).color.match(/\\d+/g)"
        ".slice(0, 3).map(Number).reduce((a, b) => a + b)"
    )
    assert (ink > 384) == (screen.scheme == "dark")


def test_a_mark_of_direction_turns_nothing_round(screen, show):
    screen.goto((show() / f"{SOURCE}.html").as_uri())
    lefts = screen.evaluate("""() => {
        const main = document.querySelector('main');
        const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
        while (!walker.nextNode().data.startsWith('turned'));
        return [0, 1, 2].map(at => {
            const range = new Range();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 1);
            return range.getBoundingClientRect().left;
        });
    }""")
    assert lefts == sorted(lefts)


def test_a_flag_reached_by_key_pointer_or_address_lights_the_whole_claim(screen, show):
    address = (show() / f"{SOURCE}.html").as_uri()
    screen.goto(address)
    before = grounds(screen, "HE-02")
    for _ in range(40):
        screen.keyboard.press("Tab")
        if screen.evaluate("document.activeElement.id") == "HE-02":
            break
    by_key = grounds(screen, "HE-02")
    assert len(by_key) == 1
    assert not by_key & before
    screen.goto("about:blank")
    screen.goto(address)
    screen.hover("a#HE-02")
    assert grounds(screen, "HE-02") == by_key
    screen.goto("about:blank")
    screen.goto(f"{address}#HE-02")
    assert grounds(screen, "HE-02") == by_key
    assert (
        0 <= screen.evaluate("document.querySelector('#HE-02').getBoundingClientRect().top") < 800
    )


def test_the_command_without_texts_ends_with_one_line_and_status_one(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "claimbook", "reader"],
        cwd=project().root,
        capture_output=True,
        text=True,
        env=os.environ | {"CORPUS_TEXTS": str(tmp_path / "nowhere")},
    )
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "Traceback" not in ran.stderr
