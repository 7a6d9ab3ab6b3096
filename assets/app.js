// What every page loads. htmx itself comes before this file, from the package django-htmx.
import "bootstrap/js/src/dropdown.js";
import "bootstrap/js/src/collapse.js";
import Alpine from "@alpinejs/csp";
import { registerComponents } from "./parts/components.js";
import { listenForCopies } from "./parts/copies.js";
import { listenForDialogs } from "./parts/dialogs.js";
import { keepDrafts } from "./parts/drafts.js";
import { listenForFailures } from "./parts/failures.js";
import { focusOnLoad } from "./parts/focus.js";
import { listenForKeys } from "./parts/keys.js";
import { rememberMore } from "./parts/more.js";
import { upgradeSelects } from "./parts/selects.js";
import { listenForTicks } from "./parts/ticks.js";
import { runWall } from "./parts/wall.js";

registerComponents(Alpine);
Alpine.start();
listenForKeys();
listenForDialogs();
listenForCopies();
listenForTicks();
listenForFailures();
rememberMore();
keepDrafts();
upgradeSelects();
focusOnLoad();
runWall();

// Fetched only by the pages that have such a button or pane.
if (document.querySelector("[data-scan-into]")) {
  import("./parts/scanner.js").then(({ offerCamera }) => offerCamera());
}
const arrives = document.querySelector("[data-arrives]");
if (arrives) import("./parts/arrivals.js").then(({ askOnArrival }) => askOnArrival(arrives));

if (document.querySelector("[data-position]")) {
  import("./parts/positions.js").then(({ offerPositions }) => offerPositions());
}
if (document.querySelector("[data-evidence]")) {
  import("./parts/evidence.js").then(({ listenForEvidence }) => listenForEvidence());
}

const { pocket } = document.body.dataset;
if (pocket) {
  import("./parts/pocket.js").then(({ keepCodes }) => keepCodes(pocket));
}

const signature = document.querySelector("[data-signature]");
if (signature) {
  import("./parts/signatures.js").then(({ checkSignatures }) => checkSignatures(signature));
}
