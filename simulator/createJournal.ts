/** A message as it is stored and sent. */
export type JournalMessage = Readonly<Record<string, unknown>> & { readonly type: 'update' | 'run' }
export type Journaled = JournalMessage & { readonly seq: number }

/** The simulator's journal; survives a simulated crash, as the node's file does. */
export interface Journal {
  readonly epoch: string
  readonly newest: number
  append(message: JournalMessage): Journaled
  after(seq: number, limit: number): readonly Journaled[]
}

export function createJournal(epoch: string): Journal {
  const messages: Journaled[] = []
  return {
    epoch,
    get newest() {
      return messages.length
    },
    append(message) {
      const journaled = { ...message, seq: messages.length + 1 }
      messages.push(journaled)
      return journaled
    },
    after: (seq, limit) => messages.slice(seq, seq + limit),
  }
}
