/** One-letter keys for those who work here all day. They rest while somebody types, and never shadow the browser's own. */
import { useEffect, useRef } from 'react'

/** Calls the function of the key pressed; Escape works in fields too. */
export function useKeys(keys: Readonly<Record<string, () => void>>) {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, select, textarea, dialog') !== null
      const act = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!act || (typing && event.key !== 'Escape')) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
