// Keyboard: "/" goes to the search box.

const isTyping = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

export function listenForKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const search = document.querySelector("[data-search-box]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}
