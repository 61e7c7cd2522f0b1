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

/* What a tile of the landscape is, when it is pointed at or focused. Material would make a tooltip for each of a thousand
 * tiles and spend seconds on it; this is one for all. It stays while the pointer is on it, and Escape closes it
 * (WCAG 1.4.13). */
{
  let tip = null;
  let owner = null;
  let closing = 0;

  const close = () => {
    clearTimeout(closing);
    owner?.removeAttribute("aria-describedby");
    owner = null;
    tip?.remove();
  };
  const closeSoon = () => {
    clearTimeout(closing);
    closing = setTimeout(close, 150); // time for the way from the tile to the tip
  };
  const open = (target) => {
    clearTimeout(closing);
    if (owner === target) return;
    close();
    owner = target;
    if (!tip) {
      tip = document.createElement("div");
      tip.id = "tile-tip";
      tip.className = "tip";
      tip.setAttribute("role", "tooltip");
      tip.addEventListener("pointerenter", () => clearTimeout(closing));
      tip.addEventListener("pointerleave", closeSoon);
    }
    tip.textContent = target.dataset.tip;
    document.body.append(tip);
    target.setAttribute("aria-describedby", tip.id);
    place();
  };
  const place = () => {
    if (!owner) return;
    const box = owner.getBoundingClientRect();
    const own = tip.getBoundingClientRect();
    const below = box.bottom + own.height + 8 < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - own.width - 8))}px`;
    tip.style.top = `${below ? box.bottom + 4 : box.top - own.height - 4}px`;
  };
  const tile = ({ target }) => target.closest?.("[data-tip]");

  document.addEventListener("pointerover", (event) => {
    if (tile(event)) open(tile(event));
    else if (owner && event.target !== tip) closeSoon();
  });
  document.addEventListener("focusin", (event) => (tile(event) ? open(tile(event)) : close()));
  document.addEventListener("focusout", close);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") close();
  });
  addEventListener("scroll", place, { passive: true }); // focus scrolls, too
}
