/* On every page: `/` goes to the search of the page, or else to that of the header. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-explorer] input[type=search]") || document.getElementById("site-search");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

/* Material puts the copy button of each code block into a <nav> without a name: a landmark for every block, all alike
 * (axe: landmark-unique). A button is no navigation, so the <nav> is told to be nothing. */
{
  const tell = () => {
    for (const nav of document.querySelectorAll(".md-code__nav:not([role])")) nav.setAttribute("role", "presentation");
  };
  new MutationObserver(tell).observe(document.body, { childList: true, subtree: true });
  tell();
}
