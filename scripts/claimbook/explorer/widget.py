"""The explorer in a live notebook, on ipywidgets; in a page that is being built, the form that works without a kernel."""

import html
import os
import re
from datetime import date
from typing import Any

import ipywidgets as widgets
import pandas as pd
from traitlets import HasTraits, Unicode, validate

from claimbook.corpus.model import Corpus
from claimbook.explorer import filters, page, records
from claimbook.explorer.filters import DATE, ONE, SEVERAL, Filter, Setting
from claimbook.figures import beeswarm, style
from claimbook.figures.queries import count_noun

PAGE = (
    "CLAIMBOOK_PAGE"  # set in the environment of kernels that run the cells of a page being built
)
STEP = 100  # claims that the list shows at first, and adds when asked for more


class Explorer(HasTraits):
    """The claims of a corpus, filtered by controls: `Explorer(load(), "#theme=pressure")`.

    `fragment` is the selection as a shared link has it; setting it moves the controls, and moving a control changes it. `selected`
    is the selection as a DataFrame with the columns of `Corpus.full_claims`. `controls` has the control of each filter by name.
    Raises FilterError where a fragment asks for what there is not.
    """

    fragment = Unicode()

    def __init__(self, corpus: Corpus, fragment: str = "") -> None:
        self.corpus = corpus
        self.filters = filters.describe_filters(corpus)
        self.records = records.claim_records(corpus)
        self._claims = corpus.full_claims()
        self._view: widgets.Widget | None = None
        self.controls: dict[str, Any] = {}
        super().__init__()
        self.fragment = fragment

    @validate("fragment")
    def _canonical(self, proposal: Any) -> str:
        return filters.write_fragment(
            self.filters, filters.parse_fragment(self.filters, proposal["value"])
        )

    @property
    def setting(self) -> Setting:
        """What the filters are set to, by name; those that ask nothing are left out."""
        return filters.parse_fragment(self.filters, self.fragment)

    @property
    def selected(self) -> pd.DataFrame:
        """The claims that fit, typed, in the order of the table."""
        return self._claims[filters.matching_claims(self.records, self.setting)]

    def to_csv(self) -> str:
        """The selection as the built page gives it for download."""
        return records.to_csv(self.selected)

    @property
    def view(self) -> widgets.Widget:
        """The controls with the count, the timeline and the list below them; made once."""
        if self._view is None:
            self._view = self._build()
        return self._view

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        if os.environ.get(PAGE):
            return page.explorer_bundle(self.corpus, self.filters, self.records, self.fragment)
        return self.view._repr_mimebundle_(**kwargs)

    def _build(self) -> widgets.Widget:
        self.controls = {name: _control(known) for name, known in self.filters.items()}
        self._count, self._timeline, self._list = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._more = widgets.Button(
            description=f"Show {STEP} more", layout=widgets.Layout(width="auto")
        )
        reset = widgets.Button(description="Reset", layout=widgets.Layout(width="auto"))
        reset.on_click(lambda _: setattr(self, "fragment", ""))
        self._more.on_click(lambda _: self._list_to(self._shown + STEP))
        self._moving = False
        self._move_controls()
        for control in self.controls.values():
            control.observe(self._read_controls, names="value")
        self.observe(lambda _: self._move_controls(), names="fragment")
        box = widgets.Layout(flex_flow="row wrap", display="flex")
        controls = widgets.Box(list(self.controls.values()), layout=box)
        listed = widgets.Box(
            [self._list], layout=widgets.Layout(max_height="30em", overflow="auto", display="block")
        )
        return widgets.VBox(
            [controls, widgets.HBox([self._count, reset]), self._timeline, listed, self._more]
        )

    def _read_controls(self, _change: Any) -> None:
        if not self._moving:
            setting = {
                name: values
                for name, control in self.controls.items()
                if (values := _values(control))
            }
            self.fragment = filters.write_fragment(self.filters, setting)

    def _move_controls(self) -> None:
        """Bring the controls, and what is shown, to the setting."""
        self._moving = True
        try:
            for name, control in self.controls.items():
                _set(control, self.setting.get(name, ()))
        finally:
            self._moving = False
        self._show()

    def _show(self) -> None:
        chosen = self.selected
        undated = filters.count_undated(self.records, self.setting)
        left = (
            f"; {count_noun(undated, 'claim')} left out: that day is not known" if undated else ""
        )
        self._count.value = f'<p role="status"><b>{len(chosen)}</b> of {count_noun(len(self.records), "claim")}{left}</p>'
        drawn = beeswarm.claims_by_day(self.corpus, "", chosen)
        picture = re.sub(r' xlink:href="claim:[^"]*"', "", style.with_plain_colours(drawn.wide))
        look = f"max-width: 48rem; background: {style.colour('paper')}"
        self._timeline.value = picture.replace(
            "<svg", f'<svg role="img" aria-label="{html.escape(drawn.alt)}" style="{look}"', 1
        )
        self._list_to(STEP)

    def _list_to(self, shown: int) -> None:
        """List the first claims of the selection, as many as asked for."""
        chosen = self.selected
        self._shown = shown
        listed = self.records.loc[chosen.index[:shown], ["who", "when"]].join(chosen["paraphrase"])
        rows = "".join(_row(claim) for claim in listed.itertuples())
        self._list.value = f"<ol>{rows}</ol>"
        self._more.layout.display = None if len(chosen) > shown else "none"


def _row(claim: Any) -> str:
    known = {
        name: html.escape(getattr(claim, name)) for name in ("Index", "paraphrase", "who", "when")
    }
    return "<li><b>{Index}</b> {paraphrase} <small>{who}; {when}</small></li>".format(**known)


def _control(known: Filter) -> Any:
    """The control of a filter."""
    shown = {"description": known.label, "tooltip": known.note or known.label}
    shown |= {"style": {"description_width": "10em"}, "layout": {"width": "26em"}}
    options = [(name, value) for value, name in known.values.items()]
    if known.control == SEVERAL:
        return widgets.SelectMultiple(options=options, rows=len(options), **shown)
    if known.control == ONE:
        free = [] if known.name == "date" else [("any", "")]
        return widgets.Dropdown(options=[*free, *options], **shown)
    if known.control == DATE:
        return widgets.DatePicker(**shown)
    return widgets.Text(continuous_update=False, **shown)


def _values(control: Any) -> tuple[str, ...]:
    """What a control is set to, as a setting has it."""
    value = control.value
    if isinstance(value, tuple):
        return value
    if isinstance(value, date):
        return (value.isoformat(),)
    return () if filters.BLANK.fullmatch(value or "") else (value,)


def _set(control: Any, values: tuple[str, ...]) -> None:
    """Set a control to the values of a setting; to rest where there are none."""
    if isinstance(control, widgets.SelectMultiple):
        control.value = values
    elif isinstance(control, widgets.DatePicker):
        control.value = date.fromisoformat(values[0]) if values else None
    else:
        resting = control.options[0][1] if isinstance(control, widgets.Dropdown) else ""
        control.value = values[0] if values else resting
