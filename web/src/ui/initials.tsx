/** Stands where a photo would: a person's initials on their own colour. Their name is beside it, so it says nothing aloud. */
import { faceOf } from './initials.ts'
import css from './initials.module.css'

/** `size` in px. */
export function Initials({ id, initials, size = 56 }: { id: string; initials: string; size?: number }) {
  const { ink, ground } = faceOf(id)
  const look = { color: ink, background: ground, inlineSize: size, blockSize: size, fontSize: size * 0.36 }
  return (
    <span className={css.initials} style={look} aria-hidden="true">
      {initials}
    </span>
  )
}
