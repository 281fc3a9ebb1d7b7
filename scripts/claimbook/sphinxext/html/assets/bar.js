// The bar above a page. Its menu closes by Escape and by a click elsewhere; on a wide window its first button folds the contents away.
// (On a narrow one the theme's script opens them as a dialog, and gives the keyboard back to the button afterwards.)
(() => {
  const menu = document.querySelector(".cb-take");
  document.addEventListener("click", (event) => { if (menu?.open && !menu.contains(event.target)) menu.open = false; });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu?.open) return;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  });
  const contents = document.getElementById("pst-primary-sidebar");
  const wide = matchMedia("(min-width: 992px)");
  const button = document.querySelector(".primary-toggle");
  const tell = () => {
    if (wide.matches) button.setAttribute("aria-expanded", String(!contents.classList.contains("pst-sidebar-hidden")));
    else button.removeAttribute("aria-expanded");
  };
  if (!button || !contents) return;
  button.addEventListener("click", (event) => {
    if (!wide.matches) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    contents.classList.toggle("pst-sidebar-hidden");
    tell();
  }, true);
  wide.addEventListener("change", tell);
  tell();
})();
