// A person as a line: number to press, name, township, age, last service.
import { shortDay } from "./moments.js";
import { tailOf } from "./view.js";
import { say } from "./words.js";

function part(text, className) {
  const element = document.createElement("span");
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** What tells two people of one name apart. */
export function detailsOf(person, today) {
  return [
    person.township,
    person.age === null || person.age === undefined ? "" : say("age", { n: person.age }),
    person.phone,
    person.last_served
      ? say("last", { day: shortDay(person.last_served, today) })
      : say("never"),
    person.visitor ? say("visitor") : "",
  ].filter(Boolean);
}

export function fillPerson(element, person, number, today) {
  element.append(
    part(String(number), "desk-digit"),
    part(person.name, "desk-name"),
    part(`·${tailOf(person)}`, "soft"),
    part(detailsOf(person, today).join(" · "), "desk-details soft"),
  );
  return element;
}
