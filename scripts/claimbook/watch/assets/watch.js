// Listens for news of the watched book: opens the page again when it is new, and shows faults over it.

(() => {
  const state = document.currentScript.dataset.state;
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `
    <style>
      :host { all: initial; }
      section {
        position: fixed; inset: auto 0 0; z-index: 2147483647; box-sizing: border-box;
        max-height: 50vh; overflow: auto; padding: 0.75rem 1rem;
        font: 0.9rem/1.45 "DejaVu Sans", sans-serif; overflow-wrap: anywhere;
      }
      section[hidden] { display: none; }
      .faults { background: #8b1a1a; color: #fff; border-top: 3px solid #fff; }
      .working { background: #222; color: #fff; }
      h2, p { font-size: inherit; margin: 0; }
      ul { margin: 0.4rem 0 0; padding-left: 1.2rem; }
      @media print { section { display: none; } }
    </style>
    <section class="faults" role="alert" hidden><h2></h2><ul></ul></section>
    <section class="working" role="status" hidden><p></p></section>`;
  document.body.append(host);
  const [faults, working] = root.querySelectorAll("section");

  const address = `?page=${encodeURIComponent(decodeURIComponent(location.pathname))}&state=${state}`;
  const source = new EventSource(`/.watch/news${address}`);
  let opening = false;

  source.onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (news.is_new) {
      if (!opening) location.reload();
      opening = true;
      return;
    }
    faults.hidden = !news.faults.length;
    const count = news.faults.length === 1 ? "One fault" : `${news.faults.length} faults`;
    faults.querySelector("h2").textContent = `${count}: the last good page stays`;
    faults.querySelector("ul").replaceChildren(
      ...news.faults.map((fault) => Object.assign(document.createElement("li"), { textContent: fault })),
    );
    working.hidden = !news.working || !faults.hidden;
    working.querySelector("p").textContent = news.working;
  };
  source.onerror = () => {
    if (opening) return;
    working.hidden = !faults.hidden;
    working.querySelector("p").textContent = "make watch has stopped: this page no longer follows the book";
  };
  addEventListener("pagehide", () => source.close());
})();
