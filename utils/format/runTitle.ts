const UNNAMED = 'Prompts without a run'

/** What a run is called: by its name, or that it is of prompts that nobody made one of. */
export const runTitle = ({ runName }: { readonly runName?: string | undefined } = {}): string =>
  runName ?? UNNAMED
