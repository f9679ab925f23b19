// Something that lies over the whole page: while it is open nothing behind it can be reached.
export class Overlay {
  constructor(
    protected readonly root: HTMLElement,
    protected readonly live: HTMLElement,
  ) {}

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  protected setOpen(open: boolean): void {
    this.root.hidden = !open;
    for (const sibling of this.root.parentElement!.children) {
      if (sibling !== this.root && sibling !== this.live) sibling.toggleAttribute("inert", open);
    }
  }
}
