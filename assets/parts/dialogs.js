// Native dialogs: data-opens="ID" opens one, data-closes closes the one around the button,
// data-fills="ID" puts the button's words into a field. Fields marked data-dialog-field take part
// in their form only while the dialog is open.

function setFields(dialog, enabled) {
  dialog.querySelectorAll("[data-dialog-field]").forEach((field) => {
    field.disabled = !enabled;
  });
}

function open(dialog) {
  if (dialog.open) return;
  setFields(dialog, true);
  dialog.addEventListener("close", () => setFields(dialog, false), { once: true });
  dialog.showModal();
  const first = dialog.querySelector("textarea, input:not([type=hidden]), select");
  if (first) first.focus();
}

function fill(button) {
  const field = document.getElementById(button.dataset.fills);
  if (!field) return;
  field.value = button.textContent.trim();
  field.focus();
}

export function listenForDialogs() {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest("[data-opens], [data-closes], [data-fills]");
    if (!button) return;
    if (button.dataset.fills !== undefined) fill(button);
    else if (button.dataset.closes !== undefined) button.closest("dialog").close();
    else open(document.getElementById(button.dataset.opens));
  });
}
