import { expect, type Locator, type Page } from "@playwright/test";

/** Of each of hundreds of keys a trace would keep the page before and after: most of the time would be spent on that. */
export const traceOfKeys = { mode: "retain-on-failure", snapshots: false } as const;

/** What has the focus, as a person sees and hears it. */
export interface Focused {
  /** Enough to find it in a report. */
  tag: string;
  id: string;
  name: string;
  /** A fold that is closed. */
  closed: boolean;
  /** The container whose card it is in, by its place; -1 outside of the cards. */
  container: number;
  /** The part of the page whose order it belongs to. */
  part: string;
  /** Its place in the page, in CSS pixels. */
  top: number;
  bottom: number;
  left: number;
  right: number;
  /** What keeps it from being seen; empty when nothing does. */
  hidden: string;
}

/** Looks at what has the focus. Nothing has it when the browser's own bars would. */
export async function focused(page: Page): Promise<Focused | undefined> {
  return page.evaluate(() => {
    const focus = document.activeElement;
    if (!focus || focus === document.body) return undefined;
    const words = (element: Element | null) => element?.textContent?.trim() ?? "";
    const named = (focus.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => words(document.getElementById(id)));
    const labels = [...((focus as HTMLInputElement).labels ?? [])].map(words);
    const inner = focus.matches("input, select, textarea") ? "" : words(focus);
    const legend = focus.matches("fieldset") ? words(focus.querySelector("legend")) : "";
    const name = [focus.getAttribute("aria-label") ?? "", ...named, ...labels, legend, inner, focus.getAttribute("title") ?? ""].find((said) => said !== "");

    // What is painted for somebody who sees is the label, where the control itself is for listeners.
    const seen = focus.matches(".visually-hidden") ? (focus.closest("label") ?? focus) : focus;
    const box = seen.getBoundingClientRect();
    // Of what is taller than the screen, the part that is on it counts.
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const whole = box.height <= innerHeight / 2 && box.width <= innerWidth;
    const inside = bottom - top > 2 && right - left > 2 && (!whole || (top === box.top && bottom === box.bottom && left === box.left && right === box.right));
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const points = whole ? [[x, y], [left + 2, y], [right - 2, y], [x, top + 2], [x, bottom - 2]] : [[x, y]];
    // A button inside a field stands beside its control.
    const own = (hit: Element) => seen.contains(hit) || hit.contains(seen) || (seen.matches("input") && seen.parentElement?.contains(hit));
    const cover = points.map(([x, y]) => document.elementFromPoint(x ?? 0, y ?? 0)).find((hit) => !hit || !own(hit));
    let hidden = "";
    if (!inside) hidden = `out of the window: ${Math.round(box.left)}, ${Math.round(box.top)} to ${Math.round(box.right)}, ${Math.round(box.bottom)} of ${innerWidth}, ${innerHeight}`;
    else if (cover !== undefined) hidden = `covered by ${cover ? `${cover.tagName}.${cover.className}` : "nothing"}`;
    const part = ["dialog[open]", ".form-foot", ".beside", ".container-index", ".form"].find((part) => focus.closest(part)) ?? "page";
    return {
      tag: focus.tagName.toLowerCase(),
      id: focus.id || (focus.parentElement?.id ?? ""),
      name: (name ?? "").slice(0, 80),
      container: [...document.querySelectorAll(".container-card")].findIndex((card) => card.contains(focus)),
      closed: focus.matches("details:not([open]) > summary, .fold-button[aria-expanded=false]"),
      part,
      top: box.top + scrollY,
      bottom: box.bottom + scrollY,
      left: box.left,
      right: box.right,
      hidden,
    };
  });
}

/** Presses a key that moves the focus, and finds what has it now in sight and with a name. */
export async function moveFocus(page: Page, key: "Tab" | "Shift+Tab"): Promise<Focused> {
  await page.keyboard.press(key);
  const now = await focused(page);
  expect(now, `${key} leads out of the page`).toBeDefined();
  const { tag, id, name, hidden } = now as Focused;
  expect(name, `${tag}#${id} has no name`).not.toBe("");
  expect(hidden, `${tag}#${id} "${name}" after ${key}`).toBe("");
  return now as Focused;
}

/** Whether the focus went back: up, and not to what stands further on beside it. */
export function wentBack(from: Focused, to: Focused): boolean {
  if (from.part !== to.part || from.part === ".form-foot") return false;
  return to.bottom <= from.top + 2 && to.left < from.right - 2;
}

/** Goes on by Tab until a control has the focus. */
export async function tabTo(page: Page, wanted: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const there = () => wanted.evaluate((element) => element === document.activeElement);
  for (let steps = 0; !(await there()); steps += 1) {
    expect(steps, `${key} does not lead to ${wanted}`).toBeLessThan(300);
    await moveFocus(page, key);
  }
}
