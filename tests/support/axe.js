// Leaves out of a page what it repeats, so that axe-core reads one of each kind and not thousands.
// Two elements are of one kind if tag, role, classes without numbers and names of attributes are
// the same, both or neither have words and are seen, and so is all that they lie in. What is left
// out keeps its room if it has any, so nothing else moves.
() => {
  const KEPT = 2; // of each kind
  const WHOLE = "a, button, label, option, select, summary, th, defs"; // named by what is in them
  const REFERRING = ["aria-controls", "aria-describedby", "aria-labelledby", "aria-owns"];
  const numbers = new Map(), kinds = new Map(), met = new Map(), needed = new Set();

  const need = element => {
    for (let at = element; at; at = at.parentElement) needed.add(at);
  };
  need(document.activeElement);
  document.querySelectorAll("label, defs").forEach(need);
  for (const name of REFERRING) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      for (const id of element.getAttribute(name).split(/\s+/)) need(document.getElementById(id));
    }
  }

  // Gathers the kinds of an element and of all in it, its own first.
  const gather = (element, above) => {
    const kind = JSON.stringify([
      above, element.tagName, element.getAttribute("role"),
      (element.getAttribute("class") ?? "").replace(/\d+/g, ""),
      element.getAttributeNames().sort(), element.textContent.trim() !== "",
      element.checkVisibility({visibilityProperty: true}),
    ]);
    if (!numbers.has(kind)) numbers.set(kind, numbers.size);
    const number = numbers.get(kind), found = new Set([number]);
    for (const child of element.children) {
      for (const one of gather(child, number)) found.add(one);
    }
    kinds.set(element, found);
    return found;
  };
  gather(document.body, -1);

  const count = kind => met.set(kind, (met.get(kind) ?? 0) + 1);
  const left = [];
  const walk = element => {
    const all = kinds.get(element);
    if (!needed.has(element) && [...all].every(kind => met.get(kind) >= KEPT)) {
      left.push(element);
    } else if (element.matches(WHOLE)) {
      all.forEach(count);
    } else {
      count([...all][0]);
      [...element.children].forEach(walk);
    }
  };
  walk(document.body);

  const rendered = left.map(element => element.checkVisibility());
  const restored = left.map((element, at) => {
    if (!rendered[at]) {
      const place = new Comment();
      element.replaceWith(place);
      return () => place.replaceWith(element);
    }
    const before = element.style.visibility;
    element.style.visibility = "hidden";
    return () => { element.style.visibility = before; };
  });
  return () => restored.forEach(restore => restore());
}
