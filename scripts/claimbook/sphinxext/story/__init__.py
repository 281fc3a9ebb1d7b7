"""A story: a page whose sections are steps, with pictures that follow the reading.

The directive `story-step`, under the heading of a section, makes it a step, and says what of a map
and of a strip of days the step sets off. Every step has its own pictures in the page, so that it
is whole without a script and in print. Where there is a script and room, the pictures of all steps
lie upon one another beside the text, and those of the step that is read are shown.
"""

from itertools import groupby
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from claimbook.errors import Fault
from claimbook.figures.place_layout import MapGround
from claimbook.figures.scenes import DAYS, DIRECTIVE, PLACES, WAYS, Scene, read_scene
from claimbook.figures.story import StoryPictures
from claimbook.sphinxext.corpus_cache import cached_corpus
from claimbook.sphinxext.nodes import claim_ref, story_scene
from claimbook.sphinxext.page_form import register_form

ASSETS = Path(__file__).parent / "assets"
SCRIPTS = ("story.js",)
STYLESHEET = "story.css"
STORY = "cb-story"  # class of the steps that follow one another, and beginning of ids


class StoryError(SphinxError):
    """An error for steps that set off what they may not.

    The message has a line for each fault.
    """

    category = "Story"


class StepDirective(SphinxDirective):
    """The directive `story-step`, which makes its section a step of a story."""

    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        (PLACES, WAYS, DAYS), directives.unchanged
    )

    def run(self) -> list[nodes.Node]:
        """Return the node of the step's pictures, which are drawn when the page is read."""
        scene = story_scene(options=dict(self.options))
        self.set_source_info(scene)
        return [scene]


def draw_scenes(app: Sphinx, doctree: nodes.document) -> None:
    """Draw the pictures of the steps of a page that has been read.

    Args:
        app: The Sphinx application.
        doctree: The page.

    Raises:
        StoryError: A step names what there is not, or what no claim that it cites names.
    """
    found = list(doctree.findall(story_scene))
    if not found:
        return
    corpus = cached_corpus()
    try:
        ground = MapGround.load()
    except ValueError as error:
        raise StoryError(f"{_place(found[0], app.srcdir)}: {error}") from error
    scenes, faults = _read_scenes(found, ground, app.srcdir)
    if faults:
        raise StoryError("\n".join(map(str, faults)))
    pictures = StoryPictures(corpus, ground)
    common = pictures.ground(f"{STORY}-ground")
    for number, (node, scene) in enumerate(zip(found, scenes, strict=True), start=1):
        node["ground"] = common.inner if number == 1 else ""
        node["view_box"] = common.view_box
        node["set_off"] = pictures.scene(scene, f"{STORY}-{number}").inner
        node["alt"], node["caption"] = pictures.words(scene)


def _read_scenes(
    found: list[story_scene], ground: MapGround, root: Path
) -> tuple[list[Scene], list[Fault]]:
    """Read what the steps of a page set off, and collect the faults of all of them.

    Args:
        found: The steps of the page.
        ground: The base map.
        root: The folder of the book.
    """
    scenes, faults = [], []
    for node in found:
        place = _place(node, root)
        section = node.parent
        own = [child for child in section.children if isinstance(child, story_scene)]
        if not isinstance(section, nodes.section) or own != [node]:
            rule = "one for each section, right in it"
            faults.append(Fault(place, "", "", DIRECTIVE, rule))
            continue
        cited = [claim for marker in section.findall(claim_ref) for claim in marker["claims"]]
        scene, of_step = read_scene(node["options"], cited, cached_corpus(), ground, place)
        faults += of_step
        scenes += [scene] if scene else []
    return scenes, faults


def _place(node: story_scene, root: Path) -> str:
    """Return the file, as seen from the folder of the book, and the line of a step."""
    return f"{Path(node.source).relative_to(root).as_posix()}:{node.line}"


class GatherSteps(SphinxPostTransform):
    """A transform that puts steps that follow one another into one element."""

    default_priority = 40  # after paragraphs have been numbered, as children of sections
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Wrap the sections of the steps of a document."""
        parents = {id(node.parent.parent): node.parent.parent for node in self._scenes()}
        for parent in parents.values():
            children = []
            for is_step, group in groupby(parent.children, _is_step):
                members = list(group)
                children += [nodes.container("", *members, classes=[STORY])] if is_step else members
            parent.children = []
            parent.extend(children)

    def _scenes(self) -> list[story_scene]:
        return list(self.document.findall(story_scene))


def _is_step(node: nodes.Node) -> bool:
    """Check whether a node is a section with the pictures of a step."""
    return isinstance(node, nodes.section) and any(
        isinstance(child, story_scene) for child in node.children
    )


def visit_scene_html(self: HTML5Translator, node: story_scene) -> None:
    """Write the pictures of a step, before the first their common ground."""
    alt, ground_id = self.attval(node["alt"]), f"{STORY}-ground"
    if node["ground"]:
        self.body.append(
            f'<svg class="{ground_id}" width="0" height="0" aria-hidden="true" focusable="false">'
            f'<defs><g id="{ground_id}">{node["ground"]}</g></defs></svg>\n'
        )
    self.body.append(
        f'<div class="cb-scene"><figure>'
        f'<svg viewBox="{node["view_box"]}" role="img" aria-label="{alt}">'
        f'<use href="#{ground_id}"></use><g class="cb-set-off">{node["set_off"]}</g></svg>'
        f"<figcaption>{self.encode(node['caption'])}</figcaption></figure></div>\n"
    )
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the directive, the pictures with their assets, and the layout of steps."""
    app.add_directive(DIRECTIVE, StepDirective)
    register_form(app, story_scene, visit_scene_html, ASSETS, SCRIPTS, STYLESHEET)
    app.connect("doctree-read", draw_scenes)
    app.add_post_transform(GatherSteps)
