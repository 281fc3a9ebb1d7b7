"""Tables of the corpus as a page shows them: Markdown, so that HTML and PDF both have them."""

from IPython.display import Markdown

from shortofwar.corpus import words
from shortofwar.corpus.tables import Corpus


def sources(corpus: Corpus) -> Markdown:
    """The sources with their dates, kinds and sizes."""
    claims = corpus.claims.groupby("source_id").size()
    table = corpus.sources.sort_values("published").assign(
        Code=lambda rows: rows["code"],
        Outlet=lambda rows: rows["outlet"].map(corpus.actors["name"]),
        Published=lambda rows: [words.published(row) for _, row in rows.iterrows()],
        Kind=lambda rows: rows["kind"],
        Words=lambda rows: rows["words"],
        Claims=lambda rows: rows.index.map(claims),
        Reliability=lambda rows: rows["reliability"],
    )
    columns = ["Code", "Outlet", "Published", "Kind", "Words", "Claims", "Reliability"]
    return Markdown(table[columns].to_markdown(index=False))


def dates(corpus: Corpus) -> Markdown:
    """The argument for each source's date and for its reliability, as a definition list."""
    entries = [
        f"{source['code']}, {corpus.actors.loc[source['outlet'], 'name']}\n"
        f": **Date.** {source['published_basis']}\n\n  **Reliability {source['reliability']}.** {source['reliability_reason']}"
        for _, source in corpus.sources.sort_values("published").iterrows()
    ]
    return Markdown("\n\n".join(entries))
