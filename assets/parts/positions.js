// A button beside each field for a point: while standing there, the device fills it in.

function offer(field, words) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet mt-1";
  button.textContent = words.here;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)} GPS`;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        button.disabled = false;
      },
      () => {
        button.textContent = words.refused;
      },
      { enableHighAccuracy: true, timeout: 20000 },
    );
  });
  field.after(button);
}

export function offerPositions() {
  if (!("geolocation" in navigator)) return;
  for (const field of document.querySelectorAll("[data-position]")) {
    offer(field, { here: field.dataset.here, refused: field.dataset.refused });
  }
}
