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
