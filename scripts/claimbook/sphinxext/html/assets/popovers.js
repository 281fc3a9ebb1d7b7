// Opens a card: at a claim's marker with the claim, at a computed number with what it counts. On hovering, on focus, on a tap.
// Escape closes it; following a marker goes to the ledger.
(() => {
  const card = document.createElement("div");
  card.className = "cb-card-open";
  card.setAttribute("role", "tooltip");
  card.id = "cb-card-open";
  card.hidden = true;
  document.body.append(card);
  let owner = null;
  let timer = 0;

  const ofClaim = (link) => document.getElementById("card-" + link.hash.slice(1))?.cloneNode(true);
  const ofCount = (number) => {
    const note = document.createElement("div");
    note.className = "cb-card";
    note.textContent = number.dataset.counts;
    return note;
  };
  const close = () => {
    clearTimeout(timer);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    card.hidden = true;
  };
  const open = (link) => {
    clearTimeout(timer);
    const held = link.hash === undefined ? ofCount(link) : ofClaim(link);
    if (!held) return;
    close();
    owner = link;
    card.replaceChildren(held);
    held.removeAttribute("id");
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    const at = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(at.left, room - card.offsetWidth - 8));
    const below = at.bottom + card.offsetHeight + 12 < window.innerHeight || at.top < card.offsetHeight + 12;
    card.style.left = left + window.scrollX + "px";
    card.style.top = (below ? at.bottom + 6 : at.top - card.offsetHeight - 6) + window.scrollY + "px";
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(close, 250); };

  for (const number of document.querySelectorAll("abbr.cb-count")) {
    number.dataset.counts = number.title;
    number.removeAttribute("title");
    number.tabIndex = 0;
  }
  for (const link of document.querySelectorAll(".claim a[href*='#'], abbr.cb-count")) {
    link.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") open(link); });
    link.addEventListener("pointerleave", later);
    link.addEventListener("focus", () => open(link));
    link.addEventListener("blur", later);
    link.addEventListener("click", (event) => {
      // the first tap on a touch screen opens the card, the second follows the link
      if (event.pointerType === "touch" && link.hash && link.dataset.tapped !== "yes") {
        event.preventDefault();
        open(link);
        link.dataset.tapped = "yes";
      }
    });
    link.addEventListener("blur", () => delete link.dataset.tapped);
  }
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", later);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("pointerdown", (event) => {
    if (owner && !card.contains(event.target) && event.target !== owner) close();
  });
})();
