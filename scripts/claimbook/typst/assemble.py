"""The whole book as one document tree, in the order of its contents."""

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util.nodes import inline_all_toctrees


class part(nodes.Part, nodes.TextElement):
    """The title of a part: the caption of a toctree in the root document."""


def _file(docname: str, children: list[nodes.Node]) -> addnodes.start_of_file:
    """Return the node that says which document its children come from."""
    opened = addnodes.start_of_file(docname=docname)
    opened.extend(children)
    return opened


def assemble(builder: Builder) -> nodes.document:
    """Return the book from the root document down, chapters on the level of the root's own title, references resolved."""
    env, root = builder.env, builder.config.root_doc
    book = env.get_doctree(root)
    book["docname"] = root
    chapters: list[nodes.Node] = []
    traversed = [root]
    for toctree in list(book.findall(addnodes.toctree)):
        if toctree.get("caption"):
            title = part("", toctree["caption"])
            title.source, title.line = toctree.source, toctree.line
            chapters.append(title)
        for docname in map(str, toctree["includefiles"]):
            if docname in traversed:
                continue
            traversed.append(docname)
            tree = env.get_doctree(
                docname
            )  # read from the disk for us alone; Sphinx would copy it first, which takes longer than reading
            if docname in env.toctree_includes:
                tree = inline_all_toctrees(builder, set(), docname, tree, str, traversed)
            chapters.append(_file(docname, tree.children))
        toctree.parent.remove(toctree)
    own = book.children
    book.children = []
    book.extend([_file(root, own), *chapters])
    env.resolve_references(book, root, builder)
    return book
