// Reads a QR code with the camera into a field and sends its form.

const LOOK_MS = 250;
// Wider pictures are read no better and take a slow phone longer.
const WIDTH = 640;

/** What reads a picture: the browser itself, or a library where it does not (Firefox, Safari). */
async function findReader() {
  if ("BarcodeDetector" in window) {
    const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (formats.includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async (view) => (await detector.detect(view).catch(() => []))[0]?.rawValue;
    }
  }
  const { default: jsQR } = await import("jsqr");
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (view) => {
    if (!view.videoWidth) return undefined;
    canvas.width = Math.min(WIDTH, view.videoWidth);
    canvas.height = Math.round((view.videoHeight * canvas.width) / view.videoWidth);
    context.drawImage(view, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return jsQR(data, canvas.width, canvas.height, { inversionAttempts: "dontInvert" })?.data;
  };
}

/** Opens the camera, and waits until something is read or the page is left. */
async function scanInto(field, view, read) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  view.srcObject = stream;
  view.hidden = false;
  await view.play();
  let text;
  while (!text && view.isConnected) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    text = await read(view);
  }
  stream.getTracks().forEach((track) => track.stop());
  view.hidden = true;
  if (!text) return;
  field.value = text;
  field.form.requestSubmit();
}

/** Shows the buttons that open the camera. Where there is none the digits are typed. */
export function offerCamera() {
  if (!navigator.mediaDevices) return;
  // Asked for at once: the offline page keeps it before the network is gone.
  const reader = findReader();
  for (const button of document.querySelectorAll("[data-scan-into]")) {
    const field = document.getElementById(button.dataset.scanInto);
    const view = document.querySelector("[data-scan-view]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await scanInto(field, view, await reader);
      } catch (error) {
        console.warn("the camera was not opened; type the digits", error);
        field.focus();
      }
    });
  }
}
