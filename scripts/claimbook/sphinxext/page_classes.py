"""The classes that a page gives itself by `class:` at its head."""

from sphinx.environment import BuildEnvironment

INDEX = "index"
WEB_ONLY = "web-only"  # of a page that retells what others argue, and so is not printed


def page_classes(env: BuildEnvironment, docname: str) -> list[str]:
    """Return the classes of a page, in their order.

    Args:
        env: The environment of the build, in which the page was read.
        docname: The name of the page.
    """
    return str(env.metadata.get(docname, {}).get("class", "")).split()


def is_web_only(env: BuildEnvironment, docname: str) -> bool:
    """Check whether a page is for the web alone: not printed, not counted as citing."""
    return WEB_ONLY in page_classes(env, docname)
