// Two passes side by side: each difference is settled where it stands, and written as soon as it is whole.

class Comparison {
  constructor(model) {
    this.model = model;
    this.opened = model.get("opened");
    this.cards = new Map();
    this.status = make("p", { class: "cb-status", role: "status" });
    this.alert = make("p", { class: "cb-alert", role: "alert" });
    this.saved = make("p", { class: "cb-saved", role: "status" });
    this.count = make("p", {});
    this.groups = make("div", {});
    this.element = make("div", { class: "cb-comparison" },
      make("div", { class: "cb-head" }, make("h2", {}, this.opened.title)),
      this.count, this.status, this.alert, this.groups, this.saved);
    this.outbox = new Outbox(model, this.opened.place, () => this.showOutbox());
    this.update();
  }

  close() {
    for (const { form } of this.cards.values()) form.flush();
    this.outbox.close();
  }

  showOutbox() {
    const count = this.outbox?.waiting.length ?? 0;
    setText(this.saved, !count ? "What is settled stands in settlements.csv; what is begun is kept, too."
      : this.outbox.late ? `The kernel does not answer. ${count} changes wait in this browser: restart the kernel and run the cell again.`
        : "Saving…");
    this.saved.classList.toggle("cb-late", count > 0 && this.outbox.late);
  }

  update() {
    const { groups, message } = this.model.get("state");
    const all = groups.flatMap((group) => group.differences);
    const open = all.filter((one) => !one.cells.number).length;
    setText(this.count, all.length ? `${all.length} differences, ${open} of them open.` : "The two passes do not differ on this text.");
    setText(this.status, message.kind === "status" ? message.text : "");
    setText(this.alert, message.kind === "alert" ? message.text : "");
    if (!this.cards.size) this.groups.replaceChildren(...groups.map((group) => this.buildGroup(group)));
    for (const one of all) {
      const card = this.cards.get(one.key);
      card.form.show(one.cells, [], [], ["prevailed", "rule", "why"].filter((name) => !one.cells[name]));
      setText(card.mark, one.cells.number ? `settled as ${one.cells.number}` : "open");
      card.row.classList.toggle("cb-differs", !one.cells.number);
      card.withdraw.hidden = !one.cells.number;
    }
    this.showOutbox();
  }

  buildGroup(group) {
    const { one, two } = this.opened;
    const [first, second] = group.ids;
    const name = first && second ? `${first} (${one}) and ${second} (${two})` : `${first || second}, only in ${first ? one : two}`;
    const title = newId();
    const words = first && second && group.words[0] !== group.words[1] ? group.words : [group.words[0] || group.words[1]];
    return make("section", { class: "cb-pair", "aria-labelledby": title },
      make("h3", { id: title }, name),
      ...words.filter(Boolean).map((wording) => make("blockquote", {}, wording)),
      ...group.differences.map((difference) => this.buildCard(difference, name)),
      make("details", {}, make("summary", {}, first && second ? "What both say" : "What it says"),
        make("dl", {}, ...group.same.flatMap(([column, value]) => [make("dt", {}, spoken(column)), make("dd", {}, value)]))));
  }

  buildCard(difference, name) {
    const { one, two } = this.opened;
    const names = { prevailed: { first: one, second: two } };
    const form = new RowForm(this.opened.fields, names, {
      set: (column, value) => this.outbox.send({ do: "settle", key: difference.key, column, value }),
      help: () => {},
    }, `${spoken(difference.column)} of ${name}`);
    const mark = make("small", {});
    const withdraw = button("Take back", () => this.outbox.send({ do: "withdraw", key: difference.key }), {
      "aria-label": `Take back ${spoken(difference.column)} of ${name}` });
    const row = make("tr", {}, make("th", { scope: "row" }, `${spoken(difference.column)} `, mark),
      make("td", {}, difference.first || "–"), make("td", {}, difference.second || "–"));
    this.cards.set(difference.key, { form, mark, row, withdraw });
    return make("div", { class: "cb-difference" },
      make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Column"),
        make("th", { scope: "col" }, one), make("th", { scope: "col" }, two))), make("tbody", {}, row)),
      form.element, withdraw);
  }
}

function render({ model, el }) {
  const root = makeRoot();
  el.append(root);
  const shown = new Comparison(model);
  root.append(shown.element);
  const update = () => shown.update();
  model.on("change:state", update);
  return () => {
    shown.close();
    model.off("change:state", update);
  };
}
