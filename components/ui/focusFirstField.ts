/** Puts the focus into the first field of a panel that something is written in; where it has none the focus stays. */
export function focusFirstField(panel: Element | null): void {
  panel?.querySelector<HTMLElement>(FIELD)?.focus()
}

const FIELD = 'input:not([type=checkbox], [type=radio], [type=file], [hidden]), textarea'
