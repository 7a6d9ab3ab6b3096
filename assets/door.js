// The offline page of a door, loaded on its page alone.
import { openDoor } from "./door/page.js";

const root = document.querySelector("[data-offline-door]");
if (root) openDoor(root);
