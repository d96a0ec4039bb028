// <time datetime data-time="relative|absolute|day"> in the reader's own words and time zone, kept true each minute.
// The page's text is the same for everyone (UTC); the title always says the whole moment.
import { each } from "./dom";
import { locale, word } from "./words";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const mine = navigator.languages.find((each) => each.split("-")[0] === locale.split("-")[0]) ?? locale;
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(mine, options);

const clockTime = format({ hour: "numeric", minute: "2-digit" });
const weekday = format({ weekday: "long" });
const shortWeekday = format({ weekday: "short" });
const dayOfYear = format({ day: "numeric", month: "short" });
const dayAndYear = format({ day: "numeric", month: "short", year: "numeric" });
const whole = format({ dateStyle: "full", timeStyle: "short" });
const ago = new Intl.RelativeTimeFormat(mine, { numeric: "auto", style: "short" });
const dayWord = new Intl.RelativeTimeFormat(mine, { numeric: "auto" });

const midnight = (when: Date): number => new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();
const day = (when: Date, now: Date): string =>
  (when.getFullYear() === now.getFullYear() ? dayOfYear : dayAndYear).format(when);

// "Thu 3:14 PM": a line of acts on a phone holds no more.
const isTight = (element: HTMLElement): boolean => window.innerWidth < 640 && element.closest(".under") !== null;

function relative(when: Date, now: Date, tight: boolean): string {
  const past = now.getTime() - when.getTime();
  const days = Math.round((midnight(now) - midnight(when)) / DAY);
  if (past < MINUTE && past > -MINUTE) return word("just-now");
  if (past > 0 && past < HOUR) return ago.format(-Math.floor(past / MINUTE), "minute");
  if (past > 0 && past < 12 * HOUR && days === 0) return ago.format(-Math.floor(past / HOUR), "hour");
  if (tight && days > 0 && days < 7) return `${days === 1 ? dayWord.format(-1, "day") : shortWeekday.format(when)} ${clockTime.format(when)}`;
  if (Math.abs(days) <= 1) return word("at", { day: dayWord.format(-days, "day"), time: clockTime.format(when) });
  if (days > 0 && days < 7) return word("at", { day: weekday.format(when), time: clockTime.format(when) });
  return day(when, now);
}

function absolute(when: Date, now: Date): string {
  return word("at", { day: day(when, now), time: clockTime.format(when) });
}

// A day without an hour is that day everywhere, so it is read as local.
const moment = (text: string): Date => new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);

function show(element: HTMLElement): void {
  const when = moment(element.getAttribute("datetime") ?? "");
  if (Number.isNaN(when.getTime())) return;
  const now = new Date();
  const style = element.dataset.time;
  const text = style === "day" ? day(when, now) : style === "absolute" ? absolute(when, now) : relative(when, now, isTight(element));
  if (element.textContent !== text) element.textContent = text;
  if (style !== "day") element.title = whole.format(when);
}

export function start(): void {
  each("time[data-time]", show);
  window.setInterval(() => document.querySelectorAll<HTMLElement>('time[data-time="relative"]').forEach(show), MINUTE);
}
