// Material puts the copy button of each code block into a <nav> without a name: a landmark for every block, all alike
// (axe: landmark-unique). A button is no navigation, so the <nav> is told to be nothing.
const tell = () => {
  for (const nav of document.querySelectorAll(".md-code__nav:not([role])")) nav.setAttribute("role", "presentation");
};

new MutationObserver(tell).observe(document.body, { childList: true, subtree: true });
tell();
