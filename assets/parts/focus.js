// What needs the reader first (an error summary) gets the focus once the page is there.

function focusWithin(root) {
  const first = root.querySelector("[data-focus]");
  if (first) first.focus();
}

export function focusOnLoad() {
  focusWithin(document);
  document.body.addEventListener("htmx:load", (event) => focusWithin(event.detail.elt));
}
