/** A letter as its reader's mail program shows it, in a frame where nothing can run. */
import { useEffect, useRef } from 'react'
import css from './mailbox.module.css'

/** `title` names the frame to screen readers. */
export function Letter({ html, title }: { html: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  useEffect(() => {
    if (frame.current) put(html, frame.current)
  }, [html])
  // No allow-scripts: what is inside may be looked at from here, and can do nothing itself.
  return (
    <iframe
      ref={frame}
      className={css.letter}
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
    />
  )
}

/** The page's policy refuses style elements and attributes: both go by another name until this script, which it trusts, sets them. */
function put(html: string, frame: HTMLIFrameElement) {
  const { contentDocument: there, contentWindow } = frame
  if (!there || !contentWindow) return
  const letter = new DOMParser().parseFromString(withoutStyles(html), 'text/html')
  const { CSSStyleSheet: Sheet } = contentWindow as Window & typeof globalThis
  there.adoptedStyleSheets = [...letter.querySelectorAll<HTMLTemplateElement>('template')].map(({ content }) => {
    const sheet = new Sheet()
    sheet.replaceSync(content.textContent)
    return sheet
  })
  for (const link of letter.body.querySelectorAll('a')) Object.assign(link, { target: '_blank', rel: 'noreferrer' })
  there.documentElement.lang = letter.documentElement.lang
  there.title = letter.title
  there.body.replaceWith(there.adoptNode(letter.body))
  for (const element of there.querySelectorAll<HTMLElement>('[data-style]'))
    element.style.cssText = element.dataset['style'] ?? ''
  frame.style.blockSize = `${there.documentElement.scrollHeight + 2}px`
}

const withoutStyles = (html: string) =>
  html.replace(/<(\/?)style\b/gi, '<$1template').replace(/(<[a-z][^>]*?\s)style=/gi, '$1data-style=')
