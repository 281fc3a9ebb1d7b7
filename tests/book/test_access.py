"""Everyone can use the built pages.

They meet WCAG 2.2 A and AA as axe-core checks it, and work by keyboard, on a phone, without motion
and on paper.
"""

import io
from importlib.resources import files

import pytest
from pypdf import PdfReader

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RUN = """async () => (await axe.run(document, {
  runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
  resultTypes: ["violations"],
})).violations.flatMap(found => found.nodes.map(node => `${found.id}: ${node.target}`))"""
SETTINGS = [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]


@pytest.fixture(scope="module")
def pages(page_files) -> dict[str, str]:
    """The address on disk of every page of the book, by its name."""
    return {name: file.as_uri() for name, file in page_files.items()}


@pytest.fixture(scope="module")
def chosen(chosen_pages) -> dict[str, str]:
    """The same of all pages but most of the ledger's."""
    return {name: file.as_uri() for name, file in chosen_pages.items()}


@pytest.fixture(scope="module")
def browse(chromium):
    """Opens windows by colour scheme and width, each once."""
    windows = {}

    def window(scheme: str, width: int):
        if (scheme, width) not in windows:
            context = chromium.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                offline=True,
                reduced_motion="reduce",
            )
            windows[scheme, width] = context.new_page()
        return windows[scheme, width]

    yield window
    for opened in windows.values():
        opened.context.close()


def violations(page) -> list[str]:
    """What axe-core finds wrong with the page as it is shown."""
    page.evaluate(AXE)
    return page.evaluate(RUN)


def test_no_kind_of_element_breaks_wcag_in_one_setting_each(browse, pages_of_every_kind):
    found = {}
    for place, (name, file) in enumerate(pages_of_every_kind.items()):
        scheme, width = SETTINGS[place % len(SETTINGS)]
        page = browse(scheme, width)
        page.goto(file.as_uri())
        found[name, scheme, width] = violations(page)
    assert {setting: faults for setting, faults in found.items() if faults} == {}
    assert len(found) > 15


@pytest.mark.long
@pytest.mark.parametrize(("scheme", "width"), SETTINGS)
def test_no_page_breaks_wcag(browse, pages, scheme, width):
    page = browse(scheme, width)
    found = {}
    for name, address in pages.items():
        page.goto(address)
        found[name] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_a_page_in_use_breaks_nothing_either(browse, pages, scheme, width):
    page = browse(scheme, width)
    page.goto(pages["chapters/pressure"])
    page.locator(".cb-download-menu summary").click()
    assert page.locator(".cb-download-menu a").first.is_visible()
    menu = page.locator(".cb-download-menu ul").bounding_box()
    assert 0 <= menu["x"] < menu["x"] + menu["width"] <= width
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.locator(".cb-download-menu a").first.is_hidden()
    page.locator("details.hide summary").first.click()
    page.locator("details.cb-data summary").first.click()
    page.locator(".claim a").first.focus()
    page.locator(".cb-card-open").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog input").wait_for()
    assert violations(page) == []
    page.keyboard.type("Khrenin\n")
    page.locator("#search-results .search li").first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize(("scheme", "width"), SETTINGS)
def test_the_explorer_in_use_breaks_nothing_either(browse, pages, scheme, width):
    page = browse(scheme, width)
    page.goto(pages["chapters/explorer"] + "#theme=pressure&bearing=raises")
    page.locator("[role=status]", has_text="claims").first.wait_for()
    assert violations(page) == []


def test_a_page_names_itself_and_its_parts(browse, chosen, page_files):
    page = browse("light", 1280)
    for name, address in chosen.items():
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.get_by_role("main").count() == 1, name
        assert page.get_by_role("heading", level=1).count() == 1, name
        assert page.get_by_role("navigation", name="Main").count() == 1, name
    heads = [file.read_text("utf-8").partition("</title>")[0] for file in page_files.values()]
    titles = [head.rpartition("<title>")[2] for head in heads]
    assert all("Short of War" in title for title in titles)
    assert len(set(titles)) == len(titles)


def test_the_first_stop_of_the_keyboard_skips_to_the_article(browse, pages):
    page = browse("light", 1280)
    page.goto(pages["chapters/pressure"])
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Skip to main content"
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("#main-content :focus").count() == 1


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_keyboard_s_place_is_always_seen(browse, pages, scheme, width):
    page = browse(scheme, width)
    page.goto(pages["chapters/pressure"])
    seen = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        stop = page.evaluate("""() => {
          const at = document.activeElement, style = getComputedStyle(at);
          const box = at.getBoundingClientRect();
          const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
          const shown = box.width > 0 && box.right > 0 && box.left < innerWidth;
          return {name: at.outerHTML.slice(0, 90), body: at === document.body, marked, shown};
        }""")
        if not stop["body"]:
            assert stop["marked"], stop["name"]
            assert stop["shown"], stop["name"]
            seen.add(stop["name"])
    assert len(seen) > 20


def test_on_a_phone_the_contents_open_and_close_by_keyboard(browse, pages):
    page = browse("light", 360)
    page.goto(pages["chapters/pressure"])
    contents = page.get_by_role("navigation", name="Main")
    assert not contents.is_visible()
    page.locator("button.primary-toggle").focus()
    page.keyboard.press("Enter")
    contents.wait_for()
    assert contents.get_by_role("link", name="Resistance").is_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not contents.is_visible()
    assert page.locator("button.primary-toggle:focus").count() == 1


def test_what_is_wider_than_a_phone_lies_in_a_box_that_scrolls(browse, chosen):
    page = browse("light", 360)
    for name, address in chosen.items():
        page.goto(address)
        wide = page.evaluate("""() => {
          const fits = element => element.getBoundingClientRect().right <= innerWidth + 1;
          const scrolls = element =>
            ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
          return [...document.querySelectorAll("#main-content *")].filter(element => {
            if (element.closest("svg, math")) return false;
            if (!element.checkVisibility({visibilityProperty: true}) || fits(element)) return false;
            for (let box = element.parentElement; box; box = box.parentElement) {
              if (scrolls(box) && fits(box)) return false;
            }
            return true;
          }).map(element => element.outerHTML.slice(0, 80));
        }""")
        assert wide == [], name


def test_on_a_phone_only_tables_code_and_drawings_scroll_sideways(browse, chosen):
    page = browse("light", 360)
    for name, address in chosen.items():
        page.goto(address)
        scrolling = page.evaluate("""() => {
          const scrolls = element =>
            ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
            && element.scrollWidth > element.clientWidth + 1;
          return [...document.querySelectorAll("#main-content *")].filter(element => {
            if (!element.matches("p, li, dt, dd, figcaption, h1, h2, h3, summary")) return false;
            if (element.closest("table, pre, svg")) return false;
            for (let box = element; box; box = box.parentElement) {
              if (scrolls(box) && element.getBoundingClientRect().right
                  > box.getBoundingClientRect().right + 1) return true;
            }
            return false;
          }).map(element => element.outerHTML.slice(0, 80));
        }""")
        assert scrolling == [], name


def test_nothing_moves_where_the_reader_asked_for_no_motion(browse, pages):
    page = browse("light", 1280)
    page.goto(pages["chapters/pressure"])
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter(element => {
      const style = getComputedStyle(element);
      return style.transitionDuration !== "0s" || style.animationName !== "none"
        || style.scrollBehavior !== "auto";
    }).map(element => element.outerHTML.slice(0, 80))""")
    assert moving == []


def test_a_printed_page_has_its_heading_and_no_controls_and_is_dark_on_light(browse, pages):
    page = browse("dark", 1280)
    page.goto(pages["chapters/pressure"])
    page.evaluate(
        "addEventListener('beforeprint', () => {"
        " window.printedAs = document.documentElement.dataset.theme; })"
    )
    printed = "\n".join(
        sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    )
    assert page.evaluate("[window.printedAs, document.documentElement.dataset.theme]") == [
        "light",
        "dark",
    ]
    assert printed.split("\n")[0].strip() == "Pressure"
    assert "Key takeaways" in printed
    for control in (
        "Download:",
        "Search",
        "On this page",
        "Back to top",
        "Skip to",
    ):
        assert control not in printed
