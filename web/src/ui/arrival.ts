/** Arriving at a page: the document is named after it, and the focus goes to its title, so that it is read out. */
import { useEffect, useRef } from 'react'
import { useHouse } from './house.ts'

let shownBefore = false

/** Give the ref to the page's only `h1` with `tabIndex={-1}`. A changed title counts as a new page. */
export function useArrival(title: string) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { name } = useHouse()
  useEffect(() => {
    document.title = name ? `${title} · ${name}` : title
  }, [title, name])
  useEffect(() => {
    // On the first page the browser's own start, at the top, is what people expect.
    if (shownBefore) heading.current?.focus({ preventScroll: true })
    shownBefore = true
  }, [title])
  return heading
}
