// Leads the address of a claim or source on the contents of the ledger, such as ledger.html#AB-07, to its entry. Without this script
// the page scrolls to a link to the entry.
(() => {
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.matches("a.cb-entry")) location.replace(target.href);
  };
  window.addEventListener("hashchange", follow);
  follow();
})();
