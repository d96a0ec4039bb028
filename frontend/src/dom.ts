// The few words for reaching the page that every module shares: behaviours attach to what is there and to what comes
// later (htmx, live events), events are heard once at the document.

interface Behaviour {
  selector: string;
  setup: (element: HTMLElement) => void;
  done: WeakSet<HTMLElement>;
}

const behaviours = new Set<Behaviour>();

/** Run `setup` once for each element that matches, now and whenever one is added, until the result is called. */
export function each(selector: string, setup: (element: HTMLElement) => void): () => void {
  const behaviour = { selector, setup, done: new WeakSet<HTMLElement>() };
  behaviours.add(behaviour);
  apply(document.documentElement, behaviour);
  return () => behaviours.delete(behaviour);
}

function apply(root: HTMLElement, { selector, setup, done }: Behaviour): void {
  const found = Array.from(root.querySelectorAll<HTMLElement>(selector));
  if (root.matches(selector)) found.unshift(root);
  for (const element of found.filter((each) => !done.has(each))) {
    done.add(element);
    setup(element);
  }
}

new MutationObserver((changes) => {
  for (const change of changes)
    change.addedNodes.forEach((node) => {
      if (node instanceof HTMLElement && node.isConnected) behaviours.forEach((behaviour) => apply(node, behaviour));
    });
}).observe(document.documentElement, { childList: true, subtree: true });

/** Hear an event on whatever matches the selector, through the document. */
export function on<K extends keyof DocumentEventMap>(
  type: K,
  selector: string,
  heard: (event: DocumentEventMap[K], element: HTMLElement) => void,
  options?: AddEventListenerOptions,
): void {
  document.addEventListener(
    type,
    (event) => {
      const target = event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
      if (target) heard(event, target);
    },
    options,
  );
}

/** The field in which somebody writes or chooses just now, if any: what comes late leaves them there. */
export const writingIn = (): Element | null => document.activeElement?.closest("input, textarea, select, trix-editor") ?? null;

/** A CustomEvent that bubbles from `target`; false when someone prevented it. */
export function tell(target: EventTarget, name: string, detail: unknown = {}): boolean {
  return target.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
}

type Attributes = Record<string, string | number | boolean | undefined>;

/** An element with attributes and children; text children are text, never HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined) element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the page's sprite. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function iconButton(label: string, iconName: string, pressed: () => void): HTMLButtonElement {
  const button = make("button", { type: "button", class: "button button-icon button-quiet", "aria-label": label });
  button.append(icon(iconName));
  button.addEventListener("click", pressed);
  return button;
}

export function textButton(label: string, look: string, pressed: () => void): HTMLButtonElement {
  const button = make("button", { type: "button", class: `button button-${look} button-small` }, label);
  button.addEventListener("click", pressed);
  return button;
}

export function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}
