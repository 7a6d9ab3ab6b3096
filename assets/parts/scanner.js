// Reads a QR code with the camera into a field and sends its form, where the browser can.

const LOOK_MS = 250;

/** Opens the camera, and waits until something is read or the page is left. */
async function scanInto(field, view) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  view.srcObject = stream;
  view.hidden = false;
  await view.play();
  const timer = setInterval(async () => {
    const [found] = await detector.detect(view).catch(() => []);
    if (!found) return;
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
    view.hidden = true;
    field.value = found.rawValue;
    field.form.requestSubmit();
  }, LOOK_MS);
}

/** Shows the buttons that open the camera. Elsewhere the digits are typed. */
export function offerCamera() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  for (const button of document.querySelectorAll("[data-scan-into]")) {
    const field = document.getElementById(button.dataset.scanInto);
    const view = document.querySelector("[data-scan-view]");
    button.hidden = false;
    button.addEventListener("click", () => {
      scanInto(field, view).catch((error) => {
        console.warn("the camera was not opened; type the digits", error);
        field.focus();
      });
    });
  }
}
