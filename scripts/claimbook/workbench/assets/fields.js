// The controls of a form, one for each kind of column: a list to choose from, one that filters as one types, a text.

const PAUSE = 250; // milliseconds without a letter after which a text is sent
const SHOWN = 12; // values that a list shows at once

/** A list that filters as one types, for one value or several. */
class Picker {
  /** `options()` gives [value, name, what else it is called]; `create(words)` begins a new one, where there is such. */
  constructor(field, id, options, changed, create) {
    Object.assign(this, { field, options, changed, create, values: [], at: -1 });
    this.several = field.control === "several";
    this.list = make("ul", { role: "listbox", id: newId(), class: "cb-options", "aria-label": field.label, hidden: true });
    this.input = make("input", {
      id, type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": this.list.id, spellcheck: "false",
      oninput: () => this.open(), onkeydown: (event) => this.onKey(event), onclick: () => this.open(),
      onblur: () => { this.close(); this.input.value = ""; },
    });
    this.chips = make("ul", { class: "cb-chips", "aria-label": `${field.label}: chosen` });
    this.element = make("div", { class: "cb-picker" }, this.chips, this.input, this.list);
  }

  nameOf(value) {
    return this.options().find(([key]) => key === value)?.[1] ?? value;
  }

  set(cell) {
    const values = (this.several ? cell.split(";") : [cell]).map((one) => one.trim()).filter(Boolean);
    this.values = values;
    this.chips.hidden = !values.length;
    this.chips.replaceChildren(...values.map((value, index) => make("li", {},
      make("span", { title: value }, this.nameOf(value)),
      this.several && index > 0
        ? button("←", () => this.swap(index), { "aria-label": `Move ${this.nameOf(value)} forward`, title: "Move forward" })
        : null,
      button("×", () => this.remove(value), { "aria-label": `Remove ${this.nameOf(value)}`, title: "Remove" }))));
  }

  swap(index) {
    const values = [...this.values];
    [values[index - 1], values[index]] = [values[index], values[index - 1]];
    this.give(values);
  }

  remove(value) {
    this.give(this.values.filter((one) => one !== value));
    this.input.focus();
  }

  give(values) {
    this.set(values.join(";"));
    this.changed(values.join(";"));
  }

  choose(option) {
    this.input.value = "";
    this.close();
    if (option.isNew) this.create(option.words);
    else this.give(this.several ? [...this.values.filter((one) => one !== option.value), option.value] : [option.value]);
  }

  open() {
    const words = this.input.value.trim().toLocaleLowerCase();
    const fits = (texts) => words.split(/\s+/).every((word) => texts.join(" ").toLocaleLowerCase().includes(word));
    const begins = ([value, name]) => (name.toLocaleLowerCase().startsWith(words) || value.startsWith(words) ? 0 : 1);
    const found = this.options().filter((option) => !this.values.includes(option[0]) && fits(option));
    found.sort((one, other) => begins(one) - begins(other));
    this.shown = found.slice(0, words ? SHOWN : SHOWN * 2).map(([value, name]) => ({ value, name }));
    if (this.create && words) {
      this.shown.push({ isNew: true, words: this.input.value.trim(), name: `New: ${this.input.value.trim()}` });
    }
    this.list.replaceChildren(...this.shown.map((option, index) => make("li", {
      role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false",
      onmousedown: (event) => { event.preventDefault(); this.choose(option); },
    }, option.name, option.value && option.value !== option.name ? make("small", {}, ` ${option.value}`) : null)));
    if (!this.shown.length) {
      this.list.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "nothing fits"));
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(words && this.shown.length ? 0 : -1);
    this.list.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.at = -1;
  }

  point(index) {
    this.at = index;
    this.list.childNodes.forEach((item, number) => item.setAttribute("aria-selected", String(number === index)));
    if (index >= 0) {
      this.input.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
      this.list.childNodes[index].scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen) this.open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (this.shown.length) this.point((this.at + step + this.shown.length) % this.shown.length);
    } else if (event.key === "Enter") {
      if (!isOpen) this.open();
      else if (this.at >= 0) this.choose(this.shown[this.at]);
    } else if (event.key === "Escape" && isOpen) {
      this.close();
    } else if (event.key === "Backspace" && !this.input.value && this.values.length) {
      this.give(this.values.slice(0, -1));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  flush() { /* a choice is sent at once */ }
}

/** A control of the browser's own: a list, a line, or several lines. */
class PlainControl {
  constructor(field, id, names, changed) {
    Object.assign(this, { field, changed, sent: "" });
    if (field.control === "choice") {
      const empty = make("option", { value: "" }, field.required ? "choose" : "none");
      const options = field.values.map((value) => make("option", { value },
        names[value] && names[value] !== value ? `${names[value]} (${value})` : value));
      this.input = make("select", { id, onchange: () => this.flush() }, empty, ...options);
      this.element = this.input;
      return;
    }
    const shared = {
      id, autocomplete: "off", onchange: () => this.flush(), onblur: () => this.flush(),
      oninput: () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.flush(), PAUSE); this.count(); },
    };
    if (field.control === "long") {
      this.input = make("textarea", { rows: "3", ...shared });
    } else {
      const kinds = { day: { placeholder: "YYYY-MM-DD", size: "12" }, number: { inputmode: "decimal", size: "12" } };
      this.input = make("input", { type: "text", spellcheck: field.control === "text", ...kinds[field.control], ...shared });
    }
    this.element = make("div", {}, this.input);
    if (field.values.length) {
      const offered = make("datalist", { id: newId() }, ...field.values.map((value) => make("option", { value })));
      this.input.setAttribute("list", offered.id);
      this.element.append(offered);
    }
    if (field.max_words) {
      this.counter = make("small", { class: "cb-count" });
      this.element.append(this.counter);
    }
  }

  count() {
    if (!this.counter) return;
    const words = this.input.value.split(/\s+/).filter(Boolean).length;
    setText(this.counter, `${words} of ${this.field.max_words} words`);
    this.counter.classList.toggle("cb-over", words > this.field.max_words);
  }

  /** Show a cell, but never over letters that are being typed. */
  set(cell) {
    const typed = this.input.value.trim().split(/\s+/).join(" ");
    const isTyping = typed !== this.sent && this.input.getRootNode().activeElement === this.input;
    this.sent = cell;
    if (!isTyping && typed !== cell) {
      if (this.field.control === "choice" && ![...this.input.options].some((option) => option.value === cell)) {
        this.input.append(make("option", { value: cell }, cell));
      }
      this.input.value = cell;
    }
    this.count();
  }

  flush() {
    clearTimeout(this.timer);
    const value = this.input.value.trim().split(/\s+/).join(" ");
    if (value !== this.sent) {
      this.sent = value;
      this.changed(value);
    }
  }
}

/** The fields of one row: labels, controls, proposals, faults. */
class RowForm {
  /** `acts`: set(column, value), take(columns), help(field), options(field), create(field, words). */
  constructor(fields, names, acts, name) {
    this.controls = new Map();
    this.element = make("div", { class: "cb-fields", role: "group", "aria-label": name });
    for (const field of fields) {
      const [id, hint, faults] = [newId(), newId(), newId()];
      const changed = (value) => acts.set(field.name, value);
      const isPicker = field.control === "one" || field.control === "several";
      const create = acts.canCreate?.(field) ? (words) => acts.create(field, words) : null;
      const control = isPicker
        ? new Picker(field, id, () => acts.options(field), changed, create)
        : new PlainControl(field, id, names[field.name] ?? {}, changed);
      control.proposal = make("div", { class: "cb-proposal", hidden: true });
      control.faults = make("div", { class: "cb-faults", id: faults });
      control.input.setAttribute("aria-describedby", `${hint} ${faults}`);
      if (field.required) control.input.setAttribute("aria-required", "true");
      control.input.addEventListener("focus", () => acts.help(field));
      const label = make("label", { for: id }, field.label, field.required ? make("span", { class: "cb-needed" }, " needed") : null);
      control.block = make("div", { class: `cb-field cb-kind-${field.control}`, "data-column": field.name },
        label, control.element, make("span", { id: hint, hidden: true }, field.description), control.proposal, control.faults);
      this.controls.set(field.name, control);
      this.element.append(control.block);
    }
    this.acts = acts;
  }

  /** Show cells, what is proposed for them, what is wrong with them, and what is still empty. */
  show(cells, proposals = [], faults = [], lacking = []) {
    for (const [column, control] of this.controls) {
      control.set(cells[column] ?? "");
      const own = faults.filter((fault) => fault.column === column);
      setText(control.faults, own.map((fault) => fault.text).join("\n"));
      control.input.setAttribute("aria-invalid", String(own.length > 0));
      control.block.classList.toggle("cb-lacking", lacking.includes(column));
      const proposal = proposals.find((one) => one.column === column);
      control.proposal.hidden = !proposal;
      const content = JSON.stringify(proposal ?? null);
      if (content === control.proposed) continue;
      control.proposed = content;
      if (!proposal) continue;
      if (!proposal.value) {
        control.proposal.replaceChildren(make("span", {}, proposal.why)); // only known to be needed
        continue;
      }
      const shown = control instanceof Picker
        ? proposal.value.split(";").map((value) => control.nameOf(value)).join(" → ") : proposal.value;
      control.proposal.replaceChildren(
        make("span", {}, "Proposed: ", make("b", {}, shown), make("small", {}, ` ${proposal.why}`)),
        button("Take", () => { this.acts.take([column]); control.input.focus(); }, { "aria-label": `Take ${shown} for ${control.field.label}` }));
    }
  }

  focus(column = "") {
    const control = this.controls.get(column) ?? this.controls.values().next().value;
    control?.input.focus();
    if (column) control?.block.scrollIntoView({ block: "nearest" }); // with what is wrong below it
  }

  flush() {
    for (const control of this.controls.values()) control.flush();
  }
}
