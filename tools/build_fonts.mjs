// The fonts with Chinese that the portal sets in type, copied to build/fonts/: what is printed looks
// the same on every machine and needs none of its own. Noto Sans SC, SIL Open Font License 1.1.
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const OUT = join(ROOT, "build", "fonts");

mkdirSync(OUT, { recursive: true });
for (const name of ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"]) {
  copyFileSync(join(ROOT, "node_modules/@electron-fonts/noto-sans-sc/fonts", name), join(OUT, name));
}
