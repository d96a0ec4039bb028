// Days to tap beside a date field:
//   [data-days=ID]            a group of buttons; the value of each is a day, which it writes into the field with that id
// The one that stands in the field is pressed; tapped again, it takes the day away.
import { each } from "./dom";

function tie(row: HTMLElement): void {
  const field = document.getElementById(row.dataset.days ?? "");
  if (!(field instanceof HTMLInputElement)) return;
  const days = Array.from(row.querySelectorAll("button"));
  const show = () => days.forEach((day) => day.setAttribute("aria-pressed", String(day.value === field.value)));
  for (const day of days)
    day.addEventListener("click", () => {
      field.value = day.value === field.value ? "" : day.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  field.addEventListener("input", show);
  field.form?.addEventListener("fields:written", show);
  show();
}

export const start = () => each("[data-days]", tie);
