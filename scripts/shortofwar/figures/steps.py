"""Event by event: when it happened, when it was said, when a source published it."""

import pandas as pd
from matplotlib.figure import Figure as Drawing

from shortofwar.corpus.tables import Corpus
from shortofwar.corpus.words import day, span
from shortofwar.figures import timeline
from shortofwar.figures.figure import Figure
from shortofwar.figures.select import count, events, listed

GIVEN = ["basing", "supply", "flight", "attack"]  # kinds of event in which Belarus, or its soil, serves Russia's war
KEY = {
    "happened": "happened",
    "certain": "over these days",
    "uncertain": "some time in these days",
    "said": "said",
    "published": "published",
}
COLUMNS = ["title", "kind", "happened", "said", "published", "sources", "claims"]


def pressure(corpus: Corpus, title: str) -> Figure:
    """The steps of Russian pressure in order of time, each with the days on which it was said and published."""
    chosen = events(corpus, ["pressure"])
    chosen = chosen[chosen["latest"] >= timeline.FIRST]
    chosen["group"] = ""
    december = chosen[chosen["earliest"] >= pd.Timestamp("2022-12-01")]
    alt = (
        f"Timeline of {count(len(chosen), 'step')} of pressure from {day(chosen['day'].min())} to {day(chosen['day'].max())}. "
        f"{len(december)} fall in December 2022: {listed([_low(title) for title in december['title']])}. "
        f"Undated and drawn as stretches: {listed([_low(title) for title in chosen[chosen['precision'] == 'vague']['title']])}."
    )
    return _figure("pressure-steps", title, "Steps of pressure by day.", alt, chosen, "figures.steps.pressure")


def held_and_given(corpus: Corpus, title: str) -> Figure:
    """What speaks for holding back, above what Belarus or its soil gave to Russia's war, in order of time."""
    chosen = events(corpus, ["resistance", "military-signal"])
    held = chosen[chosen["theme"] == "resistance"].assign(group="Held back: words and refusals")
    given = chosen[(chosen["theme"] == "military-signal") & chosen["kind"].isin(GIVEN)].assign(
        group="Given: soil, sky and arms"
    )
    both = pd.concat([held, given])
    open_ended = given[given["precision"] == "since"]
    alt = (
        f"Timeline in two parts. {count(len(held), 'refusal')} or statements of holding back: {listed([_low(title) for title in held['title']])}. "
        f"{len(given)} things given: {listed([_low(title) for title in given['title']])}. "
        f"{len(open_ended)} of the latter have a beginning and no end in the sources."
    )
    return _figure("held-and-given", title, "Events by day.", alt, both, "figures.steps.held_and_given")


def _low(title: str) -> str:
    """A title as it stands within a sentence, where its first word is no name."""
    first = title.split()[0]
    return title[0].lower() + title[1:] if first in ("Open", "Thousands", "Men", "New", "Both") else title


def _figure(name: str, title: str, subtitle: str, alt: str, chosen: pd.DataFrame, made_by: str) -> Figure:
    rows = [_row(event) for _, event in chosen.iterrows()]
    data = chosen.assign(happened=[_when(event) for _, event in chosen.iterrows()])[COLUMNS].reset_index(drop=True)
    subtitle += " The scale is stretched from 15 November on, where the ground is shaded."

    def draw(width: float) -> Drawing:
        return timeline.draw(rows, KEY, width)

    return Figure(name, title, subtitle, alt, data, f"{made_by} from claims.csv and events.csv", draw)


def _when(event: pd.Series) -> str:
    if event["precision"] == "vague":
        return f"between {span(event['earliest'], event['latest']).replace(' to ', ' and ')}"
    return span(event["start"], event["end"])


def _row(event: pd.Series) -> timeline.Row:
    theme, claims = event["theme"], event["claims"]
    stretches, marks = [], []
    if event["precision"] == "day":
        marks.append(timeline.Mark(event["start"], "happened", theme, claims[0]))
        if event["end"] != event["start"]:
            stretches.append(timeline.Stretch(event["start"], event["end"], theme, certain=True))
    elif event["precision"] == "month":
        stretches.append(timeline.Stretch(event["start"], event["end"], theme, certain=True))
    elif event["precision"] == "since":
        marks.append(timeline.Mark(event["start"], "happened", theme, claims[0]))
        stretches.append(timeline.Stretch(event["start"], event["latest"], theme, certain=True))
    else:
        stretches.append(timeline.Stretch(max(event["earliest"], timeline.FIRST), event["latest"], theme, certain=False))
    marks += [timeline.Mark(said, "said", theme) for said in event["said"]]
    marks += [timeline.Mark(published, "published", theme, claims[0]) for published in event["published"]]
    return timeline.Row(event["title"], event["group"], stretches, marks)
