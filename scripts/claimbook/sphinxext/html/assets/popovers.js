// Popovers: the facts of a claim at its marker, and what a computed number counts
// or a term means at that number or term.
// They open on hover, on focus and on a first tap. Escape closes them; following a marker leads to
// the ledger.
(() => {
  const CLOSE_DELAY = 250; // milliseconds to move the pointer from a marker to its popover
  const MARGIN = 8; // pixels between the popover and the edges of the window
  const GAP = 6; // pixels between the popover and its marker
  const popover = document.createElement("div");
  popover.className = "cb-card-open";
  popover.setAttribute("role", "tooltip");
  popover.id = "cb-card-open";
  popover.hidden = true;
  document.body.append(popover);
  let owner = null; // the marker, number or term whose popover is open
  let timer = 0;

  const claimContent = (link) => document.getElementById("card-" + link.hash.slice(1))?.cloneNode(true);
  const explanationOf = (words) => {
    const content = document.createElement("div");
    content.className = "cb-card";
    content.textContent = words.dataset.explanation;
    return content;
  };
  const close = () => {
    clearTimeout(timer);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    popover.hidden = true;
  };
  const move = (target) => {
    const box = target.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const height = popover.offsetHeight + 2 * GAP;
    const left = Math.max(MARGIN, Math.min(box.left, width - popover.offsetWidth - MARGIN));
    const fitsBelow = box.bottom + height < window.innerHeight || box.top < height;
    const top = fitsBelow ? box.bottom + GAP : box.top - popover.offsetHeight - GAP;
    popover.style.left = left + window.scrollX + "px";
    popover.style.top = top + window.scrollY + "px";
  };
  const open = (target) => {
    clearTimeout(timer);
    const content = target.hash === undefined ? explanationOf(target) : claimContent(target);
    if (!content) return;
    close();
    owner = target;
    popover.replaceChildren(content);
    content.removeAttribute("id");
    popover.hidden = false;
    target.setAttribute("aria-describedby", popover.id);
    move(target);
  };
  const closeLater = () => { clearTimeout(timer); timer = setTimeout(close, CLOSE_DELAY); };

  /** Let the markers below an element open their popovers. */
  const attach = (root) => {
    for (const target of root.querySelectorAll(".claim a[href*='#'], abbr.cb-count, abbr.cb-term")) attachTo(target);
  };
  const attachTo = (target) => {
    target.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") open(target); });
    target.addEventListener("pointerleave", closeLater);
    target.addEventListener("focus", () => open(target));
    target.addEventListener("blur", closeLater);
    target.addEventListener("click", (event) => {
      // on a touch screen the first tap opens the popover, the second follows the link
      if (event.pointerType === "touch" && target.hash && target.dataset.tapped !== "yes") {
        event.preventDefault();
        open(target);
        target.dataset.tapped = "yes";
      }
    });
    target.addEventListener("blur", () => delete target.dataset.tapped);
  };

  // A number or term with a popover needs no title beside it, and must take the focus.
  for (const words of document.querySelectorAll("abbr.cb-count, abbr.cb-term")) {
    words.dataset.explanation = words.title;
    words.removeAttribute("title");
    words.tabIndex = 0;
  }
  attach(document);
  window.claimbook = window.claimbook || {};
  window.claimbook.attachPopovers = attach; // for markers that a script makes
  popover.addEventListener("pointerenter", () => clearTimeout(timer));
  popover.addEventListener("pointerleave", closeLater);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("pointerdown", (event) => {
    if (owner && !popover.contains(event.target) && event.target !== owner) close();
  });
})();
