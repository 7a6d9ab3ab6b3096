// The evidence beside the grid: folded away or not, as it was left.

const NAME = "desk-side-folded";

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
  show(localStorage.getItem(NAME) !== "folded");
}
