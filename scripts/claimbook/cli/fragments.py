"""The command `claimbook fragments`: the words by which links find claims on publishers' pages."""

import click

from claimbook.paths import project


@click.command("fragments")
def fragments_command() -> None:
    """Write the words by which a link finds a claim on its publisher's page.

    They are the first and last words of a claim, five at most, where its source has an address and
    its text is at hand. Claims of other sources keep what they have.
    """
    import pandas as pd

    from claimbook.corpus.model import load
    from claimbook.corpus.table_writer import write_tables
    from claimbook.texts.fragments import ADDRESSES, FRAGMENTS, make_fragments
    from claimbook.texts.source_texts import find_texts

    corpus = load()
    if not {ADDRESSES, FRAGMENTS} <= corpus.further.keys():
        raise click.ClickException(f"the schema has no tables {ADDRESSES} and {FRAGMENTS}")
    texts = find_texts(corpus.sources)
    made = make_fragments(corpus.claims, set(corpus.further[ADDRESSES].index), texts)
    kept = corpus.further[FRAGMENTS]
    sources = corpus.claims["source_id"].reindex(kept.index)
    kept = kept[~sources.isin([name for name, text in texts.items() if text.same])]
    rows = [(claim, one.first, one.last) for claim, one in made.items()]
    rows += list(kept.reset_index().itertuples(index=False, name=None))
    table = pd.DataFrame(rows, columns=["claim_id", "first", "last"], dtype=str)
    for file in write_tables({FRAGMENTS: table}, project().data):
        click.echo(str(file))
    click.echo(f"{len(rows):,} of {len(corpus.claims):,} claims have words that a link can find")
