// "Near me" on the public list: asks the device where it is, and sends it to the kilometre only.
const button = document.querySelector("[data-near]");
const said = document.querySelector("[data-near-said]");

function show({ coords }) {
  const address = new URL(location.href);
  address.searchParams.set("near", `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`);
  address.searchParams.delete("after");
  location.assign(address);
}

if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      show,
      () => {
        button.disabled = false;
        said.textContent = said.dataset.refused;
      },
      { maximumAge: 600000, timeout: 15000 },
    );
  });
}
