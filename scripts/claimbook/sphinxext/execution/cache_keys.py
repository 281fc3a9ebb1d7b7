"""Cache keys for pages and cell outputs, so that a build never shows anything out of date."""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

from claimbook.digests import execution_digest, page_digest
from claimbook.sphinxext import glossary

CACHE_FOLDER = ".jupyter_cache"
PAGE_DIGESTS = "claimbook_page_digests"  # attribute of the environment
SHARED_DIGEST = "claimbook_shared_digest"  # attribute of the environment
COMMON_FILES = {"_static", ".buildinfo"}  # written before pages are read, the same by every build


def set_cache_keys(app: Sphinx, config: Config) -> None:
    """Set the keys of the caches of pages and of cell outputs.

    The keys are digests of what pages and cells depend on. When the digest of pages changes, Sphinx
    reads every page again. When the digest of cell outputs changes, all cells run again, and the
    outputs under older digests are deleted.
    """
    config.claimbook_digest = page_digest()
    caches = Path(app.outdir).parent / CACHE_FOLDER
    current = caches / execution_digest()
    config.nb_execution_cache_path = str(current)
    for cache in caches.glob("*") if caches.is_dir() else []:
        if cache != current:
            shutil.rmtree(cache, ignore_errors=True)


def store_page_digest(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Store the digest of a page's source in Sphinx's environment, as it is read."""
    _page_digests(app.env)[docname] = _source_digest(app.env, docname)


def changed_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Return the pages whose source has changed since they were read.

    Sphinx itself compares only the times of files, which a checkout or a copy may not change.
    """
    digests = _page_digests(env)
    return [
        docname
        for docname in env.found_docs - added
        if digests.get(docname) != _source_digest(env, docname)
    ]


def _page_digests(env: BuildEnvironment) -> dict[str, str]:
    """Return the stored digests of the pages' sources, by page name.

    They are of the sources as they were when Sphinx last read them. The mapping is stored in the
    environment, so changes to it last.
    """
    digests: dict[str, str] = env.__dict__.setdefault(PAGE_DIGESTS, {})
    return digests


def _source_digest(env: BuildEnvironment, docname: str) -> str:
    return hashlib.sha256(Path(env.doc2path(docname)).read_bytes()).hexdigest()


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages if any content that pages share has changed, else none.

    Sphinx writes the returned pages again. Pages share titles, the contents, the targets of links,
    the bibliography, the names of images and downloads, and the glossary. Before a full rewrite the
    HTML output folder is emptied, so that it has only what a build from nothing would have.
    """
    shared = _shared_digest(app, env)
    if getattr(env, SHARED_DIGEST, "") == shared:
        return []
    setattr(env, SHARED_DIGEST, shared)
    if app.builder.format == "html":
        for outdated in Path(app.outdir).glob("*"):
            if outdated.name not in COMMON_FILES:
                shutil.rmtree(outdated) if outdated.is_dir() else outdated.unlink()
    return sorted(env.found_docs)


def _shared_digest(app: Sphinx, env: BuildEnvironment) -> str:
    """Digest the content that pages share, such as titles and targets of links."""
    standard = env.get_domain("std")
    assert isinstance(standard, StandardDomain)
    images = {uri: name for uri, (_, name) in env.images.items()}
    downloads = {uri: name for uri, (_, name) in env.dlfiles.items()}
    citations = env.get_domain("cite").citations  # type: ignore[attr-defined]  # sphinxcontrib-bibtex's domain
    shared = [
        app.config.claimbook_digest,
        sorted((docname, title.astext()) for docname, title in env.titles.items()),
        sorted(env.toctree_includes.items()),
        sorted((standard.data["labels"] | standard.data["anonlabels"]).items()),
        sorted(
            (citation.key, citation.citation_id, citation.formatted_entry.label)
            for citation in citations
        ),
        sorted((images | downloads).items()),
        sorted(glossary.definitions(env).items()),
    ]
    return hashlib.sha256(repr(shared).encode()).hexdigest()


def forget_pages(app: Sphinx, docnames: Iterable[str] | None = None) -> None:
    """Have the next build read some pages again, and write all.

    Args:
        app: The application, whose last build failed.
        docnames: The names of the pages; by default all.
    """
    digests = _page_digests(app.env)
    for docname in list(digests) if docnames is None else docnames:
        digests.pop(docname, None)
    app.env.__dict__.pop(SHARED_DIGEST, None)
    (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)


def delete_environment_after_failure(app: Sphinx, exception: Exception | None) -> None:
    """Delete Sphinx's stored environment after a build with errors or warnings.

    The next build then reads every page again. Otherwise it would skip the pages that caused the
    warnings, and succeed. Warnings count only where they are treated as errors.
    """
    # Where Sphinx is to go on after a warning, it turns off `warningiserror` itself. It counts
    # warnings in this private attribute only.
    if exception is not None or ((app.warningiserror or app.keep_going) and app._warncount):
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Register the digest of pages, and the handlers that keep the caches valid.

    The digest is the setting `claimbook_digest`. When a setting changes, Sphinx reads all pages
    again.
    """
    app.add_config_value("claimbook_digest", "", "env", str)
    app.connect("config-inited", set_cache_keys, priority=100)
    app.connect("source-read", store_page_digest)
    app.connect("env-get-outdated", changed_pages)
    # after the bibliography's extension, which lists the works cited at the same event
    app.connect("env-updated", pages_to_rewrite, priority=900)
    app.connect("build-finished", delete_environment_after_failure)
