// The hour grid, loaded on its page alone.
import { openDesk } from "./desk/desk.js";

const root = document.querySelector("[data-desk]");
if (root) openDesk(root);
