"""The whole book as one document tree, in the order of its table of contents."""

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util.nodes import inline_all_toctrees

from claimbook.sphinxext.page_classes import is_web_only


class part(nodes.Part, nodes.TextElement):  # type: ignore[misc]  # docutils has no types
    """The title of a part of the book: the caption of a toctree in the root document."""


def _file(docname: str, children: list[nodes.Node]) -> addnodes.start_of_file:
    """Wrap nodes in a node with the name of the document that they come from."""
    wrapper = addnodes.start_of_file(docname=docname)
    wrapper.extend(children)
    return wrapper


def assemble(builder: Builder) -> nodes.document:
    """Join all printed documents of the book into one tree, with resolved references.

    Where one of them refers to a page that is for the web alone, it names that page without a link.

    Returns:
        A document whose children are the text of the root document, then the titles of parts and
        the chapters, all on the same level.
    """
    env, root = builder.env, builder.config.root_doc
    book = env.get_doctree(root)
    book["docname"] = root
    chapters: list[nodes.Node] = []
    traversed = [root]
    for toctree in list(book.findall(addnodes.toctree)):
        printed = [name for name in map(str, toctree["includefiles"]) if not is_web_only(env, name)]
        if toctree.get("caption") and printed:
            title = part("", toctree["caption"])
            title.source, title.line = toctree.source, toctree.line
            chapters.append(title)
        for docname in printed:
            if docname in traversed:
                continue
            traversed.append(docname)
            # Read again from the disk: the copy that Sphinx would make of a tree takes longer.
            tree = env.get_doctree(docname)
            if docname in env.toctree_includes:
                tree = inline_all_toctrees(builder, set(), docname, tree, str, traversed)
            chapters.append(_file(docname, tree.children))
        toctree.parent.remove(toctree)
    root_children = book.children
    book.children = []
    book.extend([_file(root, root_children), *chapters])
    env.resolve_references(book, root, builder)
    _unlink_unprinted(book, builder)
    return book


def assemble_page(builder: Builder, docname: str) -> nodes.document:
    """Read one page of the book, printed or not, as a tree with resolved references.

    Args:
        builder: The builder of the book.
        docname: The name of the page.

    Returns:
        A document whose only child is the page, as in the tree of the whole book.
    """
    page = builder.env.get_doctree(docname)
    page["docname"] = docname
    children = page.children
    page.children = []
    page += _file(docname, children)
    builder.env.resolve_references(page, docname, builder)
    return page


def _unlink_unprinted(book: nodes.document, builder: Builder) -> None:
    """Replace each link to a page that is not printed by its words in italics."""
    unprinted = {
        builder.get_target_uri(name)
        for name in builder.env.found_docs
        if is_web_only(builder.env, name)
    }
    for link in list(book.findall(nodes.reference)):
        if link.get("refuri", "").partition("#")[0] in unprinted:
            link.parent.replace(link, nodes.emphasis("", link.astext()))
