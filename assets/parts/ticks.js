// Ticks every box of the fieldset that the button stands in; once more, and none is ticked.

export function listenForTicks() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-ticks-all]");
    if (!button) return;
    const boxes = [...button.closest("fieldset").querySelectorAll("input[type=checkbox]")];
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
  });
}
