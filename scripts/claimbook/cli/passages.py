"""The command `claimbook passages`: select passages in scope, and show those not coded."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from claimbook.errors import CorpusError, Fault
from claimbook.paths import project

if TYPE_CHECKING:
    import pandas as pd

    from claimbook.corpus.model import Corpus


@click.command("passages")
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option("--show", is_flag=True, help="Print the passages that wait for a coder.")
@click.option("--next", "only_next", is_flag=True, help="Print the first of them alone.")
def passages_command(sources: tuple[str, ...], show: bool, only_next: bool) -> None:
    """Select the passages of long texts that are to be coded.

    SOURCE is the id or code of a source; without one, all sources are taken whose scope is
    passages. The names in report.toml select whole paragraphs, which passages.csv keeps. A passage
    that is stored already keeps its number and its reason.
    """
    from claimbook.corpus.model import load
    from claimbook.texts.source_texts import find_texts

    corpus = load()
    chosen = _choose(corpus.sources, sources)
    texts = {key: text.content for key, text in find_texts(chosen).items()}
    absent = [str(source_id) for source_id in chosen.index if source_id not in texts]
    if absent and sources:
        raise CorpusError(
            Fault(_sources_file(), name, "file", chosen.loc[name, "file"], "a text at hand")
            for name in absent
        )
    if show or only_next:
        _show(corpus, texts, only_next)
    else:
        _select(corpus, texts)
    if absent:
        click.echo(f"left out, as their texts are not at hand: {len(absent)}", err=True)


def _sources_file() -> str:
    """Return the file of the table `sources`, for error lines."""
    from claimbook.corpus.schema import read_schema

    return read_schema(project().datapackage)["sources"].file


def _choose(sources: "pd.DataFrame", named: Iterable[str]) -> "pd.DataFrame":
    """Return the named sources, by default all that are coded by passages.

    Raises:
        CorpusError: There is no such source, or it is coded whole.
    """
    from claimbook.corpus.validation import suggestions
    from claimbook.texts.passages import BY_PASSAGES

    of_code = dict(zip(sources["code"], sources.index, strict=True))
    faults, chosen = [], []
    for name in named:
        source_id = of_code.get(name, name)
        if source_id not in sources.index:
            hint = suggestions.suggest_name(name, [*sources.index, *of_code])
            faults.append(Fault(_sources_file(), "", "", name, "the id or code of a source", hint))
        elif (scope := sources.loc[source_id, "scope"]) != BY_PASSAGES:
            allowed = f"{BY_PASSAGES}; a source that is coded whole has none to select"
            faults.append(Fault(_sources_file(), source_id, "scope", scope, allowed))
        else:
            chosen.append(source_id)
    if faults:
        raise CorpusError(faults)
    return sources.loc[chosen] if chosen else sources[sources["scope"] == BY_PASSAGES]


def _select(corpus: "Corpus", texts: dict[str, str]) -> None:
    """Write the passages of texts, and print what is new or gone."""
    import pandas as pd

    from claimbook.corpus.model import read_tables
    from claimbook.corpus.table_writer import write_tables
    from claimbook.corpus.validation.passage_rules import coded_passages
    from claimbook.language.words import count_noun
    from claimbook.settings import load_settings
    from claimbook.texts.passages import compare_passages

    file = project().settings
    if (rule := load_settings(file).passages) is None:
        allowed = 'a section [passages] with the names that select passages: names = ["Name*"]'
        raise CorpusError([Fault(file.name, "passages", "", "", allowed)])
    raw = read_tables().raw["passages"]
    of_source = dict(iter(raw.groupby("source_id")))
    parts = [raw[~raw["source_id"].isin(list(texts))]]
    for source_id, text in texts.items():
        found = compare_passages(of_source.get(source_id, raw[:0]), text, rule)
        parts.append(found.rows.assign(source_id=source_id))
        for numbers, what in ((found.new, "new"), (found.moved, "moved"), (found.gone, "gone")):
            if numbers:
                click.echo(f"{source_id}: {what}: {_join_numbers(numbers)}")
    rows = pd.concat(parts)[raw.columns].astype(str)
    write_tables({"passages": rows})
    here = rows[rows["source_id"].isin(list(texts))].astype({"start": int, "end": int})
    waiting = ~coded_passages(here, corpus.claims) & (here["reason"] == "")
    number, in_texts = count_noun(len(here), "passage"), here["source_id"].nunique()
    of_texts = count_noun(len(texts), "text")
    click.echo(f"{number} in {in_texts} of {of_texts}; waiting for a coder: {int(waiting.sum())}")


def _join_numbers(numbers: list[int]) -> str:
    """Join ascending numbers, runs of them as `1 to 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join(" to ".join(map(str, run)) for run in runs)


def _show(corpus: "Corpus", texts: dict[str, str], only_next: bool) -> None:
    """Print the passages that have neither a claim nor a reason."""
    from claimbook.corpus.validation.passage_rules import coded_passages

    rows = corpus.passages.reset_index()
    rows = rows[rows["source_id"].isin(list(texts)) & rows["reason"].isna()]
    waiting = rows[~coded_passages(rows, corpus.claims)]
    for row in waiting.head(1 if only_next else len(waiting)).itertuples():
        code = corpus.sources.loc[row.source_id, "code"]
        click.echo(f"{row.source_id} ({code}), passage {row.number}, {row.start} to {row.end}")
        click.echo(f"\n{texts[row.source_id][row.start : row.end]}\n")
    if waiting.empty:
        click.echo("no passage waits for a coder")
    elif only_next:
        click.echo(f"waiting after it: {len(waiting) - 1}")
