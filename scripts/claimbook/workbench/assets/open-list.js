// What is still to do, in one line that opens: faults, drafts, rows that other tables lack, passages that wait.

const WHAT = [ // the groups in order: what the line counts, for one and for several, and the heading of the rows
  ["faults", "claim with faults", "claims with faults", "To mend"],
  ["rows", "row of another table", "rows of other tables", "Rows to write"],
  ["drafts", "draft", "drafts", "Drafts to fill in"],
  ["passages", "passage without claim or reason", "passages without claim or reason",
    "Passages that wait: no claim is marked in them, and nobody has said below the text why they have none"],
];

class OpenList {
  /** `acts` lead to what a row is about: claim(key, column), side(row), todo(index), passage(passage). */
  constructor(acts) {
    this.acts = acts;
    this.line = make("summary", {});
    this.rows = make("div", { class: "cb-open-rows" });
    this.element = make("details", { class: "cb-open-list" }, this.line, this.rows);
  }

  /** Show the rows by group; each has a name, words, sentences, and what its button does. */
  show(groups) {
    const content = JSON.stringify(groups);
    if (content === this.content) return;
    this.content = content;
    const counts = WHAT.map(([group, one, several]) => [groups[group].length, one, several]).filter(([count]) => count)
      .map(([count, one, several]) => `${count} ${count === 1 ? one : several}`);
    setText(this.line, `Still to do: ${counts.join(", ")}`);
    this.element.hidden = !counts.length;
    const active = this.element.getRootNode().activeElement?.dataset?.open;
    this.rows.replaceChildren(...WHAT.filter(([group]) => groups[group].length).flatMap(([group, , , heading]) => [
      make("h3", {}, heading),
      make("ul", { "aria-label": heading }, ...groups[group].map((row) => this.build(group, row))),
    ]));
    if (active) this.rows.querySelector(`[data-open="${CSS.escape(active)}"]`)?.focus();
  }

  build(group, row) {
    const words = row.words ? make("q", {}, shorten(row.words, 80)) : null;
    return make("li", {},
      button(row.name, () => this.acts[row.act](row.target, row.column), { "data-open": `${group}-${row.target}`, title: "Go there" }),
      make("div", {}, words, ...row.says.map((sentence) => make("p", {}, sentence))));
  }

  open() { this.element.open = true; }
}
