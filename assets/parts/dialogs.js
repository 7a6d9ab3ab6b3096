// Native dialogs: data-opens="ID" opens one, data-closes closes the one around the button.

function open(dialog) {
  if (dialog.open) return;
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
  const first = dialog.querySelector("[autofocus], textarea, input:not([type=hidden]), select");
  if (first) first.focus();
}

function close(dialog) {
  if (dialog.close) dialog.close();
  else dialog.removeAttribute("open");
}

export function listenForDialogs() {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      if (dialog) {
        event.preventDefault();
        open(dialog);
      }
      return;
    }
    const closer = event.target.closest("[data-closes]");
    if (closer) close(closer.closest("dialog"));
  });
}
