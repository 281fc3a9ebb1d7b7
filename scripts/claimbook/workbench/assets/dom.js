// Small helpers: elements made without markup, and offsets of characters as Python counts them.

let lastId = 0;

/** Make an id that no other element has. */
function newId() {
  lastId += 1;
  return `cb-bench-${Math.random().toString(36).slice(2, 8)}-${lastId}`;
}

/** Make a key for a row. */
function newKey() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
}

/** Make an element: attributes, properties (`.name`), listeners (`onname`), and children as nodes or text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith(".")) element[name.slice(1)] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A button that does something, by pointer and by key. */
function button(label, act, attributes = {}) {
  return make("button", { type: "button", onclick: act, ...attributes }, label);
}

/** Give elements another content only where it differs, so that nothing is announced twice. */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Offsets of a text, as Python counts them (characters) and as the browser does (UTF-16). */
class Offsets {
  constructor(text) {
    this.text = text;
    this.starts = null;
    if (/[\ud800-\udbff]/.test(text)) {
      this.starts = [];
      for (let at = 0; at <= text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) this.starts.push(at);
    }
  }

  /** From Python's count to the browser's. */
  toUnits(offset) {
    return this.starts ? this.starts[Math.min(offset, this.starts.length - 1)] : offset;
  }

  /** From the browser's count to Python's. */
  toCharacters(unit) {
    if (!this.starts) return unit;
    let low = 0, high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= unit) low = middle; else high = middle - 1;
    }
    return low;
  }
}

/** Cut words off where they are too long for a list. */
function shorten(words, limit = 90) {
  return words.length <= limit ? words : `${words.slice(0, limit - 1)}…`;
}

/** The names of columns as a reader says them. */
function spoken(column) {
  return column.replaceAll("_", " ");
}

/**
 * The root of a page of ours. JupyterLab takes single letters for commands, such as C and V for a whole cell, unless
 * the very element that has the focus says that it wants its keys itself.
 */
function makeRoot() {
  const wantsKeys = (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  return make("div", { class: "cb-workbench", onfocusin: wantsKeys });
}
