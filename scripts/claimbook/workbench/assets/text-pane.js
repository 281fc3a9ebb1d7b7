// The text, with its passages and claims, in which stretches are marked by pointer or by key.

const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;

class TextPane {
  /** `acts`: mark(start, end), select(key), show(id of a published claim), changed(whether a stretch is marked). */
  constructor(text, acts) {
    this.text = text;
    this.acts = acts;
    this.offsets = new Offsets(text);
    this.words = [...text.matchAll(WORD)].map((match) => [match.index, match.index + match[0].length]);
    this.anchor = this.head = 0; // the words between which the keyboard marks
    this.range = null; // what is marked, in units
    const help = make("p", { class: "cb-help", id: newId() },
      "Mark words with the mouse, or by key: arrows move by words and paragraphs, Shift extends, Enter makes a claim.");
    this.element = make("div", {
      class: "cb-text", role: "textbox", "aria-multiline": "true", "aria-readonly": "true", tabindex: "0",
      "aria-label": "The text", "aria-describedby": help.id,
      onkeydown: (event) => this.onKey(event), onclick: (event) => this.onClick(event),
      onfocus: () => {
        // only by key: a pointer that comes to the text says itself where it is
        if (!this.range && this.words.length && this.element.matches(":focus-visible")) this.showWords();
      },
    });
    this.help = help;
    this.onSelection = () => this.readSelection();
    document.addEventListener("selectionchange", this.onSelection);
  }

  close() {
    document.removeEventListener("selectionchange", this.onSelection);
  }

  /** Show claims and passages: rows with start and end as Python counts them, class names, and what a click does. */
  show(marks, passages) {
    const content = JSON.stringify([marks, passages]);
    if (content === this.content) return;
    this.content = content;
    const inUnits = (row) => ({ ...row, from: this.offsets.toUnits(row.start), to: this.offsets.toUnits(row.end) });
    this.marks = marks.map(inUnits);
    const areas = passages.map(inUnits);
    const edges = new Set([0, this.text.length]);
    for (const row of [...this.marks, ...areas]) edges.add(row.from).add(row.to);
    const sorted = [...edges].sort((one, other) => one - other);
    const pieces = [];
    for (let index = 0; index + 1 < sorted.length; index += 1) {
      const [from, to] = [sorted[index], sorted[index + 1]];
      const over = this.marks.filter((mark) => mark.from <= from && mark.to >= to);
      const inside = areas.find((area) => area.from <= from && area.to >= to);
      const names = ["cb-piece", ...over.map((mark) => `cb-${mark.look}`)];
      if (inside) names.push("cb-in-scope", inside.open ? "cb-open" : "cb-done");
      const begun = over.filter((mark) => mark.from === from).map((mark) => mark.label).join(" ");
      const piece = make("span", { class: names.join(" "), "data-number": begun || null }, this.text.slice(from, to));
      piece.from = from;
      pieces.push(piece);
    }
    this.pieces = pieces;
    this.element.replaceChildren(...pieces);
    if (this.range && this.hasFocus()) this.drawSelection();
  }

  hasFocus() {
    return this.element.getRootNode().activeElement === this.element;
  }

  /** What is marked, as Python counts it; null for nothing. */
  marked() {
    return this.range && this.range.map((unit) => this.offsets.toCharacters(unit));
  }

  clear() {
    this.range = null;
    if (this.hasFocus()) getSelection().removeAllRanges();
    this.acts.changed(false);
  }

  /** The claims at an offset, the shortest first. */
  marksAt(unit) {
    return this.marks
      .filter((mark) => mark.from <= unit && unit < mark.to)
      .sort((one, other) => one.to - one.from - (other.to - other.from));
  }

  /** Bring words into sight; at the top, where what follows them is to be read. */
  reveal(start, isTop = false) {
    const unit = this.offsets.toUnits(start);
    const piece = this.pieces.find((one) => one.from >= unit) ?? this.pieces.at(-1);
    if (piece) this.scrollTo(piece.getBoundingClientRect());
    if (piece && isTop) this.element.scrollTop += piece.getBoundingClientRect().top - this.element.getBoundingClientRect().top - 20;
    const word = this.words.findIndex(([, end]) => end > unit);
    if (word >= 0) this.anchor = this.head = word;
    if (word >= 0 && isTop) {
      this.range = [...this.words[word]]; // where the keys begin
      this.drawSelection();
    }
  }

  scrollTo(box) {
    const pane = this.element.getBoundingClientRect();
    if (box.top < pane.top) this.element.scrollTop -= pane.top - box.top + 20;
    else if (box.bottom > pane.bottom) this.element.scrollTop += box.bottom - pane.bottom + 20;
  }

  readSelection() {
    const selection = getSelection();
    if (this.drawing || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!this.element.contains(range.startContainer) || !this.element.contains(range.endContainer)) return;
    const units = [this.unitOf(range.startContainer, range.startOffset), this.unitOf(range.endContainer, range.endOffset)];
    this.range = units[0] < units[1] ? units : null;
    if (this.range) {
      this.anchor = Math.max(this.words.findIndex(([, end]) => end > units[0]), 0);
      this.head = Math.max(this.words.findLastIndex(([start]) => start < units[1]), this.anchor);
    }
    this.acts.changed(this.range !== null);
  }

  unitOf(node, offset) {
    if (node === this.element) return this.pieces[offset]?.from ?? this.text.length;
    const piece = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    return piece.from + (node.nodeType === Node.TEXT_NODE ? offset : 0);
  }

  placeOf(unit) {
    const piece = this.pieces.findLast((one) => one.from <= unit) ?? this.pieces[0];
    return [piece.firstChild, Math.min(unit - piece.from, piece.firstChild.length)];
  }

  drawSelection() {
    this.drawing = true;
    getSelection().setBaseAndExtent(...this.placeOf(this.range[0]), ...this.placeOf(this.range[1]));
    setTimeout(() => { this.drawing = false; });
  }

  /** Mark the words from anchor to head. */
  showWords() {
    const [first, last] = [Math.min(this.anchor, this.head), Math.max(this.anchor, this.head)];
    this.range = [this.words[first][0], this.words[last][1]];
    this.drawSelection();
    const box = document.createRange();
    box.setStart(...this.placeOf(this.words[this.head][0]));
    box.setEnd(...this.placeOf(this.words[this.head][1]));
    this.scrollTo(box.getBoundingClientRect());
    this.acts.changed(true);
  }

  /** The first word of the paragraph before or after a word. */
  paragraphFrom(word, step) {
    const lineOf = (index) => this.text.lastIndexOf("\n", this.words[index][0] - 1);
    let at = word;
    if (step > 0) {
      while (at < this.words.length - 1 && lineOf(at) === lineOf(word)) at += 1;
      return at;
    }
    while (at > 0 && lineOf(at - 1) === lineOf(word)) at -= 1;
    if (at === word && at > 0) at = this.paragraphFrom(at - 1, -1);
    return at;
  }

  onKey(event) {
    if (!this.words.length || event.altKey) return;
    const last = this.words.length - 1;
    const whole = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowRight: () => Math.min(this.head + 1, last),
      ArrowLeft: () => Math.max(this.head - 1, 0),
      ArrowDown: () => this.paragraphFrom(this.head, 1),
      ArrowUp: () => this.paragraphFrom(this.head, -1),
      Home: () => (whole ? 0 : this.paragraphFrom(this.head, -1)),
      End: () => (whole ? last : Math.max(this.paragraphFrom(this.head, 1) - 1, this.head)),
    };
    if (event.key in moves && (!whole || ["Home", "End"].includes(event.key))) {
      this.head = moves[event.key]();
      if (!event.shiftKey) this.anchor = this.head;
      this.showWords();
    } else if (event.key === "Enter" && !whole && this.range) {
      this.acts.mark(...this.marked());
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  onClick(event) {
    if (!getSelection().isCollapsed) return;
    const piece = event.target.closest(".cb-piece");
    const [mark] = piece ? this.marksAt(piece.from) : [];
    if (mark?.key) this.acts.select(mark.key);
    else if (mark) this.acts.show(mark.id);
  }
}
