// Who agrees to say whether they are at the place: the device is asked once, as the button is pressed.

const WAIT_MS = 8000;

function position() {
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(`${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`),
      () => resolve(""),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 30000 },
    );
  });
}

/** Before the framework's own listener, which marks the form as sent. */
export function askOnArrival(form) {
  let asked = false;
  form.addEventListener(
    "submit",
    async (event) => {
      if (asked || !form.elements.tells_place.checked || !("geolocation" in navigator)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      form.querySelector("button[type=submit]").disabled = true;
      form.elements.position.value = await position();
      asked = true;
      form.requestSubmit();
    },
    { capture: true },
  );
}
