/** Keeps what a person typed in this tab: Back, reload and a second tab lose nothing and never mix. */
import { useState } from 'react'

/** `name` says what it is a draft of. `put` merges, `clear` forgets it on this device: call it once the deed is done. */
export function useDraft<T extends object>(name: string, empty: T) {
  const [draft, set] = useState<T>(() => ({ ...empty, ...readDraft(name) }))
  return {
    draft,
    put(part: Partial<T>): void {
      set((was) => {
        const now = { ...was, ...part }
        keepDraft(name, now)
        return now
      })
    },
    clear(): void {
      dropDraft(name)
      set(empty)
    },
  }
}

const prefix = 'draft:'

function readDraft(name: string): object {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(prefix + name) ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}

// A browser may forbid storage: the draft then lasts as long as the page.
function keepDraft(name: string, draft: object): void {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(draft))
  } catch {
    return
  }
}

function dropDraft(name: string): void {
  try {
    sessionStorage.removeItem(prefix + name)
  } catch {
    return
  }
}
