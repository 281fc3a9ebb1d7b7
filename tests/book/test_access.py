"""Everyone can use the built pages.

They meet WCAG 2.2 A and AA as axe-core checks it, and work by keyboard, on a phone, without motion
and on paper.
"""

import io

import pytest
from pypdf import PdfReader
from support.axe import violations

SETTINGS = [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]


@pytest.fixture(scope="module")
def pages(page_files) -> dict[str, str]:
    """The address on disk of every page of the book, by its name."""
    return {name: file.as_uri() for name, file in page_files.items()}


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


def test_a_fault_is_found_among_many_of_its_kind_and_the_page_stays_as_it_was(browse):
    page = browse("light", 1280)
    rows = "<p class=row><img src=x alt=x><a href=x>word</a></p>" * 50
    page.set_content(
        f"""<html lang=en><title>x</title><style>.faint, .frame {{color: #aaa}}</style>
        <main>{rows}<p class=row><img src=x></p><p class=row><a href=x></a></p>
        <p class="row faint">word</p><div class=frame><p class=row>word</p></div>{rows}
        <label for=at>name</label><label for=by>name</label><label for=to>name</label>
        <input id=at><input id=by><input id=to></main>"""
    )
    for whole in (True, False):
        rules = sorted(found.partition(":")[0] for found in violations(page, whole=whole))
        assert rules == ["color-contrast", "color-contrast", "image-alt", "link-name"]
        assert page.locator("p:visible").count() == 102  # two have no words to show


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
        found[name] = violations(page, whole=True)
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
