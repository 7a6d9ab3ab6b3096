// The evidence beside the grid: folded away or not, as it was left.

const NAME = "desk-side-folded";
// On a phone the rows come first; the pictures are one tap away.
const WIDE = 768;

export function listenForSide(root) {
  const toggle = root.querySelector("[data-side-toggle]");
  const show = (shown) => {
    root.classList.toggle("is-folded", !shown);
    toggle.setAttribute("aria-expanded", String(shown));
  };
  toggle.addEventListener("click", () => {
    const shown = root.classList.contains("is-folded");
    show(shown);
    localStorage.setItem(NAME, shown ? "" : "folded");
  });
  const left = localStorage.getItem(NAME);
  show(left === null ? window.innerWidth >= WIDE : left !== "folded");
}
