/* On every page: `/` goes to the search of the page, or else to that of the header. One key alone is in the way of those
 * who speak to their machine (WCAG 2.1.4), so a box at the foot of each page switches it off. */
{
  const NAME = "asgi-shortcut";
  let on = true;
  try {
    on = localStorage.getItem(NAME) !== "off";
  } catch { /* a browser that keeps nothing: the box counts until the page is left */ }

  const tell = () => {
    const boxes = document.querySelectorAll(".shortcut[hidden] input");
    for (const box of boxes) {
      box.checked = on;
      box.parentElement.hidden = false;
    }
    if (boxes.length) mark();
  };
  const mark = () => {
    const search = document.getElementById("site-search");
    if (on) search?.setAttribute("aria-keyshortcuts", "/");
    else search?.removeAttribute("aria-keyshortcuts");
  };
  document.addEventListener("change", ({ target }) => {
    if (!target.closest(".shortcut")) return;
    on = target.checked;
    mark();
    try {
      localStorage.setItem(NAME, on ? "on" : "off");
    } catch { /* as above */ }
  });

  const writes = (element) =>
    element.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (!on || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    const search = document.querySelector("[data-explorer] input[type=search]") || document.getElementById("site-search");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
  /* Material's own keys, of which nothing tells and which nothing switches off: to the next page and the one before. */
  window.addEventListener("keydown", (event) => {
    if ("pn,.fs".includes(event.key) && !writes(event.target)) event.stopImmediatePropagation();
  }, true);

  new MutationObserver(tell).observe(document.body, { childList: true, subtree: true }); // navigation.instant
  tell();
}

/* Material puts the copy button of each code block into a <nav> without a name: a landmark for every block, all alike
 * (axe: landmark-unique). A button is no navigation, so the <nav> is told to be nothing. */
{
  const tell = () => {
    for (const nav of document.querySelectorAll(".md-code__nav:not([role])")) nav.setAttribute("role", "presentation");
  };
  new MutationObserver(tell).observe(document.body, { childList: true, subtree: true });
  tell();
}
