// A button with data-copies="ID" puts the text of that field on the clipboard, and says so.

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Plain http has no clipboard of its own; the old command still works on a selection.
    document.execCommand("copy");
  }
  if (button.dataset.done) button.textContent = button.dataset.done;
}

export function listenForCopies() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copies]");
    if (button) copy(button);
  });
}
