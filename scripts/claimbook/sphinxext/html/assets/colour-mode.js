// Light or dark, by the reader's choice or else the system's. It runs before the page is drawn, so
// that no page flashes, and so is no deferred script.
(() => {
  const root = document.documentElement;
  const stored = localStorage.getItem("mode");
  const mode = ["light", "dark"].includes(stored) ? stored : "auto";
  root.dataset.mode = mode;
  root.dataset.theme = mode !== "auto" ? mode : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  let themeOnScreen = "";
  addEventListener("beforeprint", () => { themeOnScreen = root.dataset.theme; root.dataset.theme = "light"; });
  addEventListener("afterprint", () => { root.dataset.theme = themeOnScreen; });
})();
