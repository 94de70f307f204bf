/** A document as a text, and what it is called where it comes from. */
export interface Written {
  name: string;
  text: string;
}

/** What became of a document in the form. */
export interface Fate {
  name: string;
  /** Whether the form could read it. */
  readable: boolean;
  /** The path of the field that was touched beside the family; empty where no other was there. */
  touched: string;
  /** What went wrong; empty when nothing did. */
  harm: string;
}

/**
 * Runs in the page: puts each text into the editor, touches the family and undoes it, does the same with
 * another field, in a section that it opens, and compares the text each time. In the page, because ten
 * thousand documents would otherwise be a hundred thousand messages.
 */
export async function throughTheForm(documents: Written[]): Promise<Fate[]> {
  const area = document.getElementById("document") as HTMLTextAreaElement;
  const rest = document.querySelector(".form-rest");
  const undo = [...document.querySelectorAll<HTMLButtonElement>(".history button")].find((button) =>
    button.textContent?.includes("Undo"),
  );
  if (!rest || !undo) throw new Error("there is no form");

  /** Lets everything run that waits in the page, and looks again. */
  const { port1, port2 } = new MessageChannel();
  const turn = () =>
    new Promise<void>((done) => {
      port1.onmessage = () => done();
      port2.postMessage(null);
    });
  const until = async (what: string, holds: () => boolean) => {
    for (const end = performance.now() + 5_000; !holds(); await turn()) {
      if (performance.now() > end) throw new Error(`${what} did not happen; the text begins ${area.value.slice(0, 200)}`);
    }
  };
  const write = (control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, text: string) => {
    control.focus();
    control.value = text;
    control.dispatchEvent(new Event(control instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
  };
  type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
  /** As JSON, whatever the order of the members. */
  const plain = (value: Json): string =>
    JSON.stringify(value, (_, inner: Json) =>
      inner && typeof inner === "object" && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
        : inner,
    );
  const read = (text: string): Json => {
    try {
      return JSON.parse(text) as Json;
    } catch {
      return null;
    }
  };
  const object = (value: Json | undefined) => (value && typeof value === "object" && !Array.isArray(value) ? value : undefined);
  /** The task definition in a text that may be a description of it. */
  const inner = (whole: Json) => object(object(whole)?.taskDefinition) ?? object(whole);
  const leaves = (value: Json, path: string[] = []): [string[], string | number][] => {
    if (typeof value === "string" || typeof value === "number") return [[path, value]];
    if (!value || typeof value !== "object") return [];
    return Object.entries(value).flatMap(([step, inside]) => leaves(inside, [...path, step]));
  };
  const put = (value: Json, path: string[], leaf: Json): Json => {
    const copy = structuredClone(value) as Record<string, Json>;
    let at = copy;
    for (const step of path.slice(0, -1)) at = at[step] as Record<string, Json>;
    at[path[path.length - 1] ?? ""] = leaf;
    return copy;
  };

  /** Another value for a field, and what it means in the document. */
  const another = (control: Element | null, leaf: string | number): [string, string | number] | undefined => {
    if (control instanceof HTMLSelectElement) {
      // awslogs is told the usual when it is chosen: that is more than the choice.
      const other = ({ value, disabled }: HTMLOptionElement) => !["", "awslogs", control.value].includes(value) && !disabled;
      const option = [...control.options].find(other);
      return option && [option.value, option.value];
    }
    const text = control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && control.type !== "checkbox");
    if (!text || (control as HTMLInputElement).readOnly) return undefined;
    return typeof leaf === "number" ? ["4711", 4711] : [`${control.value}x`, `${control.value}x`];
  };

  /** Changes one field, finds that and nothing else in the text, and takes it back. */
  const touch = async (text: string, whole: Json, path: string[], value: string, meant: Json) => {
    const name = path.join(".");
    const control = document.getElementById(name) as HTMLInputElement;
    write(control, value);
    await until(`the change of ${name} to ${value}`, () => area.value !== text);
    const changed = JSON.parse(area.value) as Json;
    const wanted = object(object(whole)?.taskDefinition) ? ["taskDefinition", ...path] : path;
    if (plain(changed) !== plain(put(whole, wanted, meant))) throw new Error(`${name} changed more than itself: ${area.value}`);
    undo.click();
    await until(`the undoing of ${name}`, () => area.value === text);
  };

  const one = async ({ name, text: given }: Written, at: number): Promise<Fate> => {
    // A text area holds line ends of one kind.
    const text = given.replaceAll(/\r\n?/g, "\n");
    const fate = { name, readable: true, touched: "", harm: "" };
    try {
      write(area, text);
      const whole = read(text);
      const said = inner(whole);
      if (!said) {
        await until("the form's rest", () => rest.hasAttribute("inert"));
        return { ...fate, readable: false, harm: area.value === text ? "" : "the text changed" };
      }
      const family = document.getElementById("family") as HTMLInputElement;
      const containers = Array.isArray(said.containerDefinitions) ? said.containerDefinitions.length : 0;
      await until(
        "the form's following",
        () =>
          !rest.hasAttribute("inert") &&
          family.value === (said.family ?? "") &&
          document.querySelectorAll(".container-card").length === containers,
      );
      if (area.value !== text) throw new Error(`the text changed when it was put in, to ${area.value}`);
      await touch(text, whole, ["family"], `${family.value}x`, `${family.value}x`);

      const closed = [...rest.querySelectorAll<HTMLElement>("details.section-fold:not([open]) > summary")];
      closed[(at * 7) % closed.length]?.click();
      await turn();
      const skipped = /^(family|cpu|memory)$/;
      const fields = leaves(said).flatMap(([path, leaf]) => {
        const id = path.join(".");
        const control = skipped.test(id) ? null : document.getElementById(id);
        const other = control?.checkVisibility() && !control.matches(":disabled") ? another(control, leaf) : undefined;
        return other ? [{ path, other }] : [];
      });
      const chosen = fields[(at * 31) % fields.length];
      if (chosen) {
        fate.touched = chosen.path.join(".");
        await touch(text, whole, chosen.path, ...chosen.other);
      }
      return fate;
    } catch (error) {
      return { ...fate, harm: (error as Error).message };
    }
  };
  const fates: Fate[] = [];
  for (const [at, written] of documents.entries()) fates.push(await one(written, at));
  return fates;
}
