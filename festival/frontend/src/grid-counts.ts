// The grid of who reads what: loads and readers are counted while boxes are ticked, and what is not saved is said.

/** Count in a form of the grid: what each juror would read, how many jurors each project has, how many boxes differ. */
export function connectGrid(form: HTMLFormElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[data-juror]")];
  const said = form.querySelector<HTMLElement>("[data-changes]");
  for (const button of form.querySelectorAll<HTMLElement>("[data-without-script]")) button.hidden = true;

  const show = () => {
    const changed = boxes.filter((box) => box.checked !== box.hasAttribute("data-given")).length;
    for (const box of boxes) box.closest("td")?.classList.toggle("changed", box.checked !== box.hasAttribute("data-given"));
    if (!said) return;
    const { none = "", one = "{count}", many = "{count}" } = said.dataset;
    const words = changed === 0 ? none : changed === 1 ? one : many;
    said.textContent = words.replace("{count}", String(changed));
  };

  form.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.dataset["juror"] === undefined) return;
    const step = box.checked ? 1 : -1;
    add(form.querySelector<HTMLElement>(`[data-load="${CSS.escape(box.dataset["juror"])}"]`), step);
    const readers = box.closest("[data-line]")?.querySelector<HTMLElement>("[data-readers]");
    const count = add(readers, step);
    readers?.closest("td")?.classList.toggle("lacks", count < Number(readers.dataset["wanted"]));
    show();
  });
  // A browser that comes back by its button keeps ticks that the page's numbers do not know.
  form.reset();
  show();
}

function add(place: HTMLElement | null | undefined, step: number): number {
  if (!place) return 0;
  const count = Number(place.textContent) + step;
  place.textContent = String(count);
  return count;
}
