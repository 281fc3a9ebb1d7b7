// The toolbar above a page: the menu of downloads, and the button that hides the contents.
(() => {
  // Escape and a click outside close the menu.
  const menu = document.querySelector(".cb-download-menu");
  document.addEventListener("click", (event) => { if (menu?.open && !menu.contains(event.target)) menu.open = false; });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu?.open) return;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  });

  // In a wide window the button hides and shows the contents. In a narrow one the theme's script
  // opens them as a dialog, and returns the focus to the button afterwards.
  const contents = document.getElementById("pst-primary-sidebar");
  const wideWindow = matchMedia("(min-width: 992px)");
  const button = document.querySelector(".primary-toggle");
  if (!button || !contents) return;
  const updateExpanded = () => {
    if (wideWindow.matches) button.setAttribute("aria-expanded", String(!contents.classList.contains("pst-sidebar-hidden")));
    else button.removeAttribute("aria-expanded");
  };
  button.addEventListener("click", (event) => {
    if (!wideWindow.matches) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    contents.classList.toggle("pst-sidebar-hidden");
    updateExpanded();
  }, true);
  wideWindow.addEventListener("change", updateExpanded);
  updateExpanded();
})();
