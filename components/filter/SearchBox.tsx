import { useId, useLayoutEffect, useRef, type ReactElement } from 'react'
import type { QueryError } from '../../types'
import type { Completion, CompletionSources } from '../../utils/filter/completions'
import { useDelayed, useShortcuts } from '../../utils/hooks'
import { QueryProblem } from './QueryProblem'
import { useSuggestions, type Suggestions } from './useSuggestions'
import './SearchBox.css'

/** Nobody is told of a problem in the middle of a word. */
const TELL_AFTER_MS = 600

export interface SearchBoxProps {
  readonly value: string
  /** Why the value cannot be read. */
  readonly error: QueryError | null
  /** Keep it the same while it is the same. */
  readonly sources: CompletionSources
  readonly onChange: (text: string) => void
  /** Enter, or a whole search was chosen. */
  readonly onSubmit: (text: string) => void
  /** Somebody came to it. */
  readonly onUse?: () => void
  /** Escape, with no list open; default: the focus goes elsewhere. */
  readonly onLeave?: (() => void) | undefined
}

/**
 * A query as one writes it: a combobox whose list goes on with fields, values, recent searches and saved views. `/` comes here from
 * anywhere on the page; the arrows go through the list, Enter takes from it, Esc closes it, then leaves.
 */
export function SearchBox(props: SearchBoxProps): ReactElement {
  const { value, error, sources, onChange, onSubmit, onUse, onLeave } = props
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const caret = useRef<number | null>(null)
  const isWrong = useDelayed(error !== null, TELL_AFTER_MS, value)
  useSlash(field)
  const list = useSuggestions(value, sources)
  const pick = (completion: Completion): void => {
    caret.current = completion.caret
    list.setCaret(completion.caret)
    onChange(completion.text)
    if (completion.kind === 'field') return list.open()
    list.close()
    onSubmit(completion.text)
  }
  const onEnter = (): void => {
    if (list.chosen) return pick(list.chosen)
    list.close()
    onSubmit(value)
  }
  useLayoutEffect(() => {
    if (caret.current !== null) field.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  }, [value])
  return (
    <div className="tele-search" role="search">
      <input
        ref={field}
        type="text"
        role="combobox"
        className="tele-search-field"
        aria-label="Search runs"
        aria-expanded={list.isOpen}
        aria-controls={`${id}.list`}
        aria-autocomplete="list"
        aria-activedescendant={list.active < 0 ? undefined : `${id}.${list.active}`}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? `${id}.problem` : undefined}
        placeholder="Search, or status:failed gpu:…"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        value={value}
        onChange={({ target }) => {
          list.setCaret(target.selectionStart ?? target.value.length)
          list.open()
          onChange(target.value)
        }}
        onSelect={({ currentTarget }) => list.setCaret(currentTarget.selectionStart ?? value.length)}
        onClick={list.open}
        onFocus={onUse}
        onBlur={list.close}
        onKeyDown={(event) => {
          if (list.onKey(event)) return event.preventDefault()
          if (event.key === 'Escape') return onLeave ? onLeave() : field.current?.blur()
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          // It is pressed on what has the focus afterwards, else.
          event.preventDefault()
          onEnter()
        }}
      />
      <kbd className="tele-search-key" aria-hidden="true">
        /
      </kbd>
      <SuggestionList id={id} list={list} onPick={pick} />
      {isWrong && error && !list.isOpen && <QueryProblem id={`${id}.problem`} query={value} error={error} />}
    </div>
  )
}

function SuggestionList(props: {
  readonly id: string
  readonly list: Suggestions
  readonly onPick: (completion: Completion) => void
}): ReactElement {
  const { id, list, onPick } = props
  return (
    <div
      id={`${id}.list`}
      role="listbox"
      aria-label="Suggestions"
      className="tele-search-list"
      hidden={!list.isOpen}
    >
      {list.items.map((item, index) => (
        // The keys of the list are the field's: an option is never focused.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={`${item.kind} ${item.label}`}
          id={`${id}.${index}`}
          role="option"
          aria-selected={index === list.active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(item)}
        >
          <span className="tele-search-label">{item.label}</span>
          <span className="tele-search-detail">{item.detail}</span>
          {item.kind === 'preset' && <span className="tele-search-kind">saved view</span>}
        </div>
      ))}
    </div>
  )
}

function useSlash(field: { readonly current: HTMLInputElement | null }): void {
  useShortcuts({
    '/': () => {
      field.current?.focus()
      // What is typed next is another search; an arrow key goes on with this one.
      field.current?.select()
    },
  })
}
