// The workbench: the text on the left, the claim's form on the right. The kernel decides what holds; this page shows it.

const SIDE_OF = { events: "event", actors: "actor", places: "place", terms: "term" };
const SLOW = 30000; // milliseconds after which a step that lasts says that the kernel may be gone
const STATES = { draft: "draft", faulty: "has faults", ready: "ready", added: "in the report", changed: "changed" };

/** The page on which a source is chosen. */
class Chooser {
  constructor(model) {
    this.model = model;
    const choice = model.get("choice");
    const [source, coder] = [newId(), newId()];
    this.source = make("select", { id: source }, ...choice.sources.map((one) => make("option", { value: one.code },
      `${one.code}: ${shorten(one.title, 70)} (${one.claims})`)));
    this.coder = make("input", { id: coder, type: "text", autocomplete: "off", spellcheck: "false" });
    this.error = make("p", { class: "cb-alert", role: "alert" });
    this.element = make("form", { class: "cb-chooser", onsubmit: (event) => { event.preventDefault(); this.open(); } },
      make("h2", {}, "Code a text"),
      choice.sources.length ? make("p", {}, make("label", { for: source }, "Source"), this.source)
        : make("p", {}, "No text of a source is at hand. Put the files into data/texts, or where CORPUS_TEXTS points, and run the cell again."),
      make("p", {}, make("label", { for: coder }, "Your name, for an independent pass; empty for the report’s own claims"), this.coder),
      choice.sources.length ? make("button", { type: "submit" }, "Open") : null,
      this.error);
    this.update();
  }

  open() {
    this.model.send({ do: "open", source: this.source.value, coder: this.coder.value.trim() });
  }

  update() {
    setText(this.error, this.model.get("choice").error ?? "");
  }

  close() { /* nothing runs on */ }
}

/** A source that is being coded. */
class Bench {
  constructor(model) {
    this.model = model;
    this.opened = model.get("opened");
    this.form = this.opened.form;
    this.prefix = newId();
    this.outbox = new Outbox(model, this.opened.place, () => this.showOutbox());
    this.pane = new TextPane(this.opened.text, {
      mark: (start, end) => this.mark(start, end),
      select: (key) => this.select(key, true),
      show: (id) => this.showPublished(id),
      changed: (isMarked) => this.showMarkButtons(isMarked),
    });
    this.build();
    this.onHide = () => this.flush();
    addEventListener("pagehide", this.onHide);
    this.update();
  }

  close() {
    this.flush();
    removeEventListener("pagehide", this.onHide);
    this.pane.close();
    this.outbox.close();
  }

  /** Take over another description of the form. */
  renew(opened) {
    this.opened = opened;
    this.form = opened.form;
    this.shape = null;
    this.update();
  }

  get state() { return this.model.get("state"); }
  get claims() { return this.state.claims ?? []; }
  get selected() { return this.claims.find((claim) => claim.key === this.state.selected); }

  build() {
    this.buttons = {
      mark: button("Mark a claim", () => this.pane.marked() && this.mark(...this.pane.marked()), { disabled: true }),
      move: button("New span for this claim", () => this.moveSpan(), { disabled: true }),
      undo: button("Undo", () => this.step({ do: "undo" }, false)),
      redo: button("Redo", () => this.step({ do: "redo" }, false)),
      check: button("Check", () => this.work("check", "Checking", {}), { class: "cb-check" }),
      add: button(this.opened.coder ? "Add to the pass" : "Add to the report", () => this.add(), { class: "cb-main" }),
    };
    const why = newId();
    this.why = make("input", { id: why, type: "text", autocomplete: "off" });
    this.whyBox = make("p", { class: "cb-why", hidden: true },
      make("label", { for: why }, "Why do claims of the report change? The reason goes into corrections.csv."), this.why);
    this.status = make("p", { class: "cb-status", role: "status" });
    this.alert = make("p", { class: "cb-alert", role: "alert" });
    this.saved = make("p", { class: "cb-saved", role: "status" });
    this.conflict = make("div", { class: "cb-conflict", role: "alert", hidden: true });
    this.openList = new OpenList({
      claim: (key, column) => this.select(key, true, column),
      side: (key) => this.goToSide(key),
      todo: (index) => this.todoForms[index] ? this.todoForms[index].focus() : this.side.querySelector(`[data-todo="${index}"]`)?.focus(),
      passage: (number) => this.goToPassage(number),
    });
    this.list = make("ol", { class: "cb-claims", "aria-label": "Claims of this sheet" });
    this.passages = make("ol", { class: "cb-passages", "aria-label": "Passages in scope" });
    this.published = make("ul", { class: "cb-published-list", "aria-label": "Other claims of the report in this text" });
    this.side = make("section", { class: "cb-form", "aria-label": "The claim" });
    this.rule = make("section", { class: "cb-rule", "aria-label": "The codebook’s rule", tabindex: "0" });
    this.element = make("div", { class: "cb-bench" },
      make("div", { class: "cb-head" },
        make("h2", {}, this.opened.title),
        make("div", { class: "cb-tools", role: "group", "aria-label": "Whole sheet" },
          this.buttons.undo, this.buttons.redo, this.buttons.check, this.buttons.add,
          button("Another text", () => { this.flush(); this.step({ do: "close" }, false); }))),
      this.whyBox, this.conflict, make("div", { class: "cb-said" }, this.status, this.saved), this.alert,
      this.openList.element,
      make("div", { class: "cb-columns" },
        make("div", { class: "cb-left" },
          this.pane.help,
          this.pane.element,
          make("div", { class: "cb-tools", role: "group", "aria-label": "Marked words" }, this.buttons.mark, this.buttons.move),
          this.listBox = make("details", { open: true }, this.listTitle = make("summary", {}, "Claims"), this.list),
          this.passageBox = make("details", {}, this.passageTitle = make("summary", {}, "Passages"), this.passages),
          this.publishedBox = make("details", {}, this.publishedTitle = make("summary", {}, "In the report"), this.published)),
        make("div", { class: "cb-right" }, this.side, this.rule)));
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.showRule({ label: "Span", ...this.form.span });
  }

  step(step, kept = true) {
    this.outbox.send(step, kept);
  }

  flush() {
    for (const form of [this.claimForm, ...(this.sideForms ?? []), ...(this.todoForms ?? [])]) form?.flush();
  }

  mark(start, end) {
    this.flush();
    this.wanted = newKey(); // the form of the new claim takes the focus when it is there
    this.step({ do: "mark", key: this.wanted, start, end });
    this.pane.clear();
  }

  moveSpan() {
    const marked = this.pane.marked();
    if (!marked || !this.selected) return;
    this.step({ do: "move", key: this.selected.key, start: marked[0], end: marked[1] });
    this.pane.clear();
  }

  /** Take a step that lasts: say at once that it runs, and at its end what came of it. */
  work(what, doing, step) {
    if (this.running) return;
    this.flush();
    const pressed = this.buttons[what];
    const label = pressed.textContent;
    const end = () => {
      clearTimeout(this.running.timer);
      this.running = null;
      pressed.removeAttribute("aria-disabled");
      pressed.classList.remove("cb-busy");
      pressed.style.minWidth = "";
      setText(pressed, label);
      if (this.claims.some((claim) => claim.state === "faulty") || this.state.ahead.length || this.state.todo.length) this.openList.open();
      this.update();
    };
    this.running = { doing: `${doing}: this may take some seconds.`, timer: setTimeout(() => {
      this.running.doing = `${doing} still. If the kernel has died, restart it and run the cell again: nothing is lost.`;
      this.update();
    }, SLOW) };
    pressed.style.minWidth = `${pressed.offsetWidth}px`; // what stands beside it stays in its place
    pressed.setAttribute("aria-disabled", "true");
    pressed.classList.add("cb-busy");
    setText(pressed, `${doing}…`);
    this.update();
    this.outbox.send({ do: what, ...step }, false, end);
  }

  /** Lead to a row beside the sheet, through the claim that needs it. */
  goToSide(key) {
    const row = Object.values(this.state.side).flat().find((one) => one.key === key);
    const claim = this.claims.find((one) => this.isNeededBy(row, one));
    this.wantedSide = key;
    if (claim && claim.key !== this.state.selected) this.step({ do: "select", key: claim.key }, false);
    else this.update();
  }

  goToPassage(number) {
    this.passageBox.open = true; // there a reason can be given
    this.pane.element.focus();
    this.pane.reveal(this.state.passages.find((one) => one.number === number).start, true);
  }

  select(key, focuses = false, column = "") {
    this.flush();
    if (focuses) this.wanted = key;
    this.wantedColumn = column;
    if (key === this.state.selected && focuses) this.update();
    else this.step({ do: "select", key }, false);
  }

  add() {
    this.flush();
    const changes = this.claims.some((claim) => claim.state === "changed");
    if (changes && this.whyBox.hidden) {
      this.whyBox.hidden = false;
      this.why.focus();
      return;
    }
    this.work("add", "Adding", { why: this.why.value });
    this.why.value = "";
    this.whyBox.hidden = true;
  }

  takeAll() {
    if (!this.selected) return;
    this.flush();
    this.step({ do: "take", key: this.selected.key });
  }

  onKey(event) {
    const command = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (command && letter === "z") {
      this.flush();
      this.step({ do: event.shiftKey ? "redo" : "undo" }, false);
    } else if (command && letter === "y") {
      this.step({ do: "redo" }, false);
    } else if (command && event.key === "Enter") {
      this.takeAll();
    } else if (command && letter === "s") {
      this.flush(); // everything is saved already; the browser must not save the page instead
    } else if (event.key === "Escape" && !this.pane.hasFocus()) {
      this.pane.element.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  showMarkButtons(isMarked) {
    this.buttons.mark.disabled = !isMarked;
    this.buttons.move.disabled = !isMarked || !this.selected;
  }

  showOutbox() {
    if (!this.saved) return;
    const count = this.outbox.waiting.length;
    const changes = count === 1 ? "1 change" : `${count} changes`;
    let text = `All changes are saved in ${this.state.file ?? ""}.`;
    if (count) {
      text = this.outbox.late
        ? `The kernel does not answer. ${changes} wait in this browser: restart the kernel and run the cell again.`
        : "Saving…";
    }
    setText(this.saved, text);
    this.saved.classList.toggle("cb-late", count > 0 && this.outbox.late);
  }

  showRule(field) {
    this.rule.replaceChildren(
      make("h3", {}, field.label),
      make("p", {}, field.description),
      field.rule ? make("p", { class: "cb-rule-text" }, field.rule) : "");
  }

  /** Show the kernel's state. */
  update() {
    const state = this.state;
    if (!state.claims) return;
    const ordered = [...state.claims].sort((one, other) => (one.start ?? 1e12) - (other.start ?? 1e12));
    this.numbers = new Map(ordered.map((claim, index) => [claim.key, index + 1]));
    const marks = ordered.filter((claim) => claim.start !== null).map((claim) => ({
      key: claim.key, start: claim.start, end: claim.end, label: String(this.numbers.get(claim.key)),
      look: claim.key === state.selected ? "own cb-selected" : `own cb-${claim.state}`,
    }));
    marks.push(...state.published.map((claim) => ({ id: claim.id, start: claim.start, end: claim.end, label: claim.id, look: "published" })));
    this.pane.show(marks, state.passages.map((passage) => ({
      start: passage.start, end: passage.end, open: !passage.coded && !passage.reason })));
    this.buttons.undo.disabled = !state.undo;
    this.buttons.redo.disabled = !state.redo;
    this.buttons.undo.title = state.undo;
    this.buttons.redo.title = state.redo;
    setText(this.status, this.running?.doing ?? (state.message.kind === "status" ? state.message.text : ""));
    if (!this.running) setText(this.alert, [state.message.kind === "alert" ? state.message.text : "", ...state.general].filter(Boolean).join("\n"));
    this.showConflict();
    this.openList.show(this.findOpen(ordered));
    this.showList(ordered);
    this.showPassages();
    this.showPublishedList();
    this.showForm();
    this.showMarkButtons(this.pane.range !== null);
    this.showOutbox();
  }

  /** List what is still to do, for the line above the columns. */
  findOpen(ordered) {
    const state = this.state;
    const nameOf = (claim) => `Claim ${this.numbers.get(claim.key)}${claim.claim_id ? ` (${claim.claim_id})` : ""}`;
    const labels = new Map(Object.entries(this.form.fields).map(([table, fields]) => [table, new Map(fields.map((field) => [field.name, field.label]))]));
    const inWords = (table, fault) => [labels.get(table)?.get(fault.column) ?? (fault.column && spoken(fault.column)), fault.says].filter(Boolean).join(": ");
    const ofClaim = (claim, says, column = "") => ({ name: nameOf(claim), words: claim.cells.span, act: "claim", target: claim.key, column, says });
    const sides = Object.entries(state.side).flatMap(([table, rows]) => rows.filter((row) => row.faults.length).map((row) => ({
      name: `New ${SIDE_OF[table]}`, words: row.cells.title ?? row.cells.name ?? row.cells.term ?? "", act: "side", target: row.key,
      says: row.faults.map((fault) => inWords(table, fault)) })));
    const byKey = new Map(ordered.map((claim) => [claim.key, claim]));
    return {
      faults: ordered.filter((claim) => claim.faults.length)
        .map((claim) => ofClaim(claim, claim.faults.map((fault) => inWords("rows", fault)), claim.faults[0].column)),
      rows: [
        ...sides,
        ...state.ahead.filter((one) => byKey.has(one.key)).map((one) => ofClaim(byKey.get(one.key), [one.says])),
        ...state.todo.map((one, index) => ({ name: one.claim, words: one.words, act: "todo", target: index, says: [one.says] })),
      ],
      drafts: ordered.filter((claim) => claim.state === "draft" && !claim.faults.length)
        .map((claim) => ofClaim(claim, [`Still empty: ${claim.lacking.map((column) => labels.get("rows").get(column) ?? spoken(column)).join(", ")}.`], claim.lacking[0])),
      passages: state.passages.filter((passage) => !passage.coded && !passage.reason)
        .map((passage) => ({ name: `Passage ${passage.number}`, words: passage.words, act: "passage", target: passage.number,
          says: [] })),
    };
  }

  showConflict() {
    const place = this.state.conflict;
    if (place === this.shownConflict) return;
    this.shownConflict = place;
    this.conflict.hidden = !place;
    this.conflict.replaceChildren(
      make("p", {}, `Another program has changed ${this.state.file}. Your claims are kept in ${place}. Which version holds?`),
      button("Mine", () => this.step({ do: "mine" }, false)), button("Theirs", () => this.step({ do: "theirs" }, false)));
  }

  showList(ordered) {
    const content = JSON.stringify([ordered.map((claim) => [claim.key, claim.state, claim.claim_id, claim.cells.span, claim.cells.paraphrase]), this.state.selected]);
    if (content === this.shownList) return;
    this.shownList = content;
    setText(this.listTitle, `Claims of this sheet: ${ordered.length}`);
    const active = this.element.getRootNode().activeElement?.dataset?.key;
    this.list.replaceChildren(...ordered.map((claim) => make("li", {}, button("", () => this.select(claim.key, true), {
      "data-key": claim.key, "aria-current": claim.key === this.state.selected ? "true" : null, class: `cb-item cb-${claim.state}`,
    }))));
    ordered.forEach((claim, index) => this.list.children[index].firstChild.append(
      make("b", {}, `${index + 1} `), make("i", {}, `${claim.claim_id || STATES[claim.state]}`),
      claim.claim_id && claim.state !== "added" ? make("i", {}, ` ${STATES[claim.state]}`) : "",
      ` ${shorten(claim.cells.paraphrase || `‘${claim.cells.span}’`)}`));
    if (active) this.list.querySelector(`[data-key="${active}"]`)?.focus();
  }

  showPassages() {
    const passages = this.state.passages;
    this.passageBox.hidden = !passages.length;
    const content = JSON.stringify(passages);
    if (!passages.length || content === this.shownPassages) return;
    this.shownPassages = content;
    const open = passages.filter((passage) => !passage.coded && !passage.reason).length;
    setText(this.passageTitle, `Passages in scope: ${passages.length}, waiting: ${open}`);
    const active = this.element.getRootNode().activeElement?.id;
    this.passages.replaceChildren(...passages.map((passage) => {
      const [reason, repeats] = [`${this.prefix}-reason-${passage.number}`, `${this.prefix}-repeats-${passage.number}`];
      const choose = make("select", { id: reason }, make("option", { value: "" }, "choose"),
        ...this.form.reasons.map((one) => make("option", { value: one, selected: one === passage.reason }, one)));
      const which = make("input", { id: repeats, type: "text", size: "4", inputmode: "numeric", ".value": passage.repeats });
      const send = () => this.step({ do: "omit", number: passage.number, reason: choose.value, repeats: which.value.trim() });
      choose.addEventListener("change", send);
      which.addEventListener("change", send);
      return make("li", { value: passage.number },
        button(`${passage.number}: ${passage.coded ? "has claims" : passage.reason || "waits"} – ${passage.words}`, () => { this.pane.reveal(passage.start); this.pane.element.focus(); },
          { title: "Show in the text" }),
        ...(passage.coded ? [] : [
          make("label", { for: reason }, `no claim in ${passage.number}, because`), choose,
          ...(passage.reason === "repeats" ? [make("label", { for: repeats }, " passage "), which] : [])]));
    }));
    if (active) this.element.querySelector(`#${CSS.escape(active)}`)?.focus();
  }

  showPublishedList() {
    const claims = this.state.published;
    this.publishedBox.hidden = !claims.length;
    const content = JSON.stringify(claims);
    if (!claims.length || content === this.shownPublished) return;
    this.shownPublished = content;
    setText(this.publishedTitle, `Other claims of the report in this text: ${claims.length}`);
    this.published.replaceChildren(...claims.map((claim) => make("li", { "data-claim": claim.id },
      button(claim.id, () => this.pane.reveal(claim.start), { "aria-label": `Show ${claim.id} in the text` }), ` ${claim.paraphrase} `,
      button("Change", () => this.adopt(claim.id), { "aria-label": `Change ${claim.id}` }))));
  }

  showPublished(id) {
    this.publishedBox.open = true;
    const item = this.published.querySelector(`[data-claim="${CSS.escape(id)}"]`);
    item?.scrollIntoView({ block: "nearest" });
    item?.querySelector("button")?.focus();
  }

  adopt(claim) {
    this.wanted = newKey();
    this.step({ do: "adopt", key: this.wanted, claim });
  }

  showForm() {
    const claim = this.selected;
    const sides = Object.entries(this.state.side).flatMap(([table, rows]) => rows.map((row) => ({ table, ...row })))
      .filter((row) => this.isNeededBy(row, claim) || !this.claims.some((other) => this.isNeededBy(row, other)));
    const shape = JSON.stringify([claim?.key, sides.map((row) => [row.table, row.key]), this.state.todo.map((one) => [one.claim, one.text])]);
    if (shape !== this.shape) {
      this.flush();
      this.shape = shape;
      this.buildForm(claim, sides);
    }
    if (claim) {
      setText(this.title, `Claim ${this.numbers.get(claim.key)}: ${STATES[claim.state]}${claim.claim_id ? ` (${claim.claim_id})` : ""}`);
      setText(this.wording, claim.cells.span);
      setText(this.spanFault, claim.faults.filter((fault) => !this.claimForm.controls.has(fault.column)).map((fault) => fault.text).join("\n"));
      this.takeButton.hidden = !this.state.proposals.some((one) => one.value);
      this.claimForm.show(claim.cells, this.state.proposals, claim.faults, claim.lacking);
      this.showTermButton(claim);
    }
    sides.forEach((row, index) => this.sideForms[index].show(row.cells, [], row.faults));
    this.state.todo.forEach((one, index) => this.todoForms[index]?.show(one.cells));
    if (claim && this.wanted === claim.key) {
      this.wanted = null;
      if (claim.start !== null) this.pane.reveal(claim.start);
      this.claimForm.focus(this.wantedColumn);
      this.wantedColumn = "";
    } else if (this.wantedSide) {
      const index = sides.findIndex((row) => row.key === this.wantedSide);
      if (index >= 0) {
        this.wantedSide = null;
        this.sideForms[index].focus();
      }
    }
  }

  /** Whether a claim names a row beside the sheet. */
  isNeededBy(row, claim) {
    const id = Object.values(row.cells)[0];
    return Boolean(claim) && Object.values(claim.cells).some((cell) => cell.split(";").includes(id));
  }

  buildForm(claim, sides) {
    const parts = [];
    this.claimForm = null;
    if (claim) {
      this.title = make("h3", {});
      this.wording = make("blockquote", {});
      this.spanFault = make("div", { class: "cb-faults" });
      this.takeButton = button("Take all proposals (Ctrl+Enter)", () => this.takeAll());
      this.claimForm = new RowForm(this.form.fields.rows, this.form.names, {
        set: (column, value) => this.step({ do: "set", table: "rows", key: claim.key, column, value }),
        take: (columns) => this.step({ do: "take", key: claim.key, columns }),
        help: (field) => this.showRule(field),
        options: (field) => this.optionsOf(field),
        canCreate: (field) => field.from in SIDE_OF && field.from in this.state.side,
        create: (field, words) => this.create(field, words, claim.key),
      }, "Fields of the claim");
      parts.push(this.title, this.wording, this.spanFault,
        make("div", { class: "cb-tools", role: "group", "aria-label": "This claim" }, this.takeButton,
          button("Delete", () => this.remove("rows", claim.key))),
        this.claimForm.element);
    } else {
      parts.push(make("p", {}, this.claims.length ? "Choose a claim in the text or in the list, or mark another." : "Mark the words of the first claim in the text."));
    }
    this.sideForms = sides.map((row) => {
      const form = new RowForm(this.form.fields[row.table], this.form.names, {
        set: (column, value) => this.step({ do: "set", table: row.table, key: row.key, column, value }),
        help: (field) => this.showRule(field),
        options: (field) => this.optionsOf(field),
      }, `Fields of the new ${SIDE_OF[row.table]}`);
      parts.push(make("section", { class: "cb-side", "aria-label": `A new ${SIDE_OF[row.table]}` },
        make("h3", {}, `A new ${SIDE_OF[row.table]}`), form.element,
        button(`Delete this ${SIDE_OF[row.table]}`, () => this.remove(row.table, row.key))));
      return form;
    });
    this.todoForms = this.state.todo.map((one, index) => {
      const fields = this.form.todo[one.table];
      const form = fields && new RowForm(fields, this.form.names, {
        set: (column, value) => this.step({ do: "todo", claim: one.claim, text: one.text, column, value }),
        help: (field) => this.showRule(field),
        options: (field) => this.optionsOf(field),
      }, `Row of ${one.claim} in ${one.table}`);
      parts.push(make("section", { class: "cb-side", "aria-label": `Still lacking for ${one.claim}`, "data-todo": index, tabindex: "-1" },
        make("h3", {}, `Still lacking for ${one.claim}`), one.words ? make("blockquote", {}, shorten(one.words, 80)) : "", make("p", {}, one.says),
        form ? form.element : "",
        form ? button(`Write the row of ${one.table}`, () => { form.flush(); this.step({ do: "complete", claim: one.claim, text: one.text }, false); }) : ""));
      return form;
    });
    this.side.replaceChildren(...parts);
  }

  /** Offer to describe a word of likelihood that the tables do not have. */
  showTermButton(claim) {
    const control = this.claimForm.controls.get("term");
    if (!control || !this.state.side.terms) return;
    const term = claim.cells.term;
    control.describe ??= control.block.appendChild(button("Give its range in terms.csv", () => {
      this.create({ name: "", from: "terms" }, this.selected.cells.term, claim.key);
    }, { hidden: true }));
    const isKnown = control.field.values.includes(term) && !claim.faults.some((fault) => fault.column === "term");
    control.describe.hidden = !term || isKnown || this.state.side.terms.some((row) => row.cells.term === term);
  }

  optionsOf(field) {
    if (!field.from) {
      const names = this.form.names[field.name === "also" ? "theme" : field.name] ?? {};
      return field.values.map((value) => [value, names[value] ?? value, ""]);
    }
    const own = (this.state.side[field.from] ?? []).map(({ cells }) => [
      cells[`${SIDE_OF[field.from]}_id`], `${cells.title ?? cells.name} (new)`, ""]);
    return [...own, ...this.form.lists[field.from]];
  }

  create(field, words, claim) {
    this.wantedSide = newKey();
    this.step({ do: "create", table: field.from, key: this.wantedSide, name: words, claim, into: field.name, several: field.control === "several" });
  }

  remove(table, key) {
    this.flush();
    this.step({ do: "delete", table, key });
    this.pane.element.focus();
  }
}

function render({ model, el }) {
  const root = makeRoot();
  el.append(root);
  let shown = null;
  const rebuild = () => {
    const opened = model.get("opened");
    if (shown instanceof Bench && shown.opened.place === opened.place) {
      shown.renew(opened); // the same sheet, after the tables have changed
      return;
    }
    shown?.close();
    shown = opened.text === undefined ? new Chooser(model) : new Bench(model);
    root.replaceChildren(shown.element);
  };
  const update = () => shown.update();
  model.on("change:opened", rebuild);
  model.on("change:state change:choice", update);
  rebuild();
  return () => {
    shown?.close();
    model.off("change:opened", rebuild);
    model.off("change:state change:choice", update);
  };
}
