/** Walks a grid of buttons by arrow keys: sideways to the next cell of the row, up and down through its column. */
import type { KeyboardEvent } from 'react'

/** Each button of the grid says where it stands: `data-at="row column item"`. */
export const standing = (row: number, column: number, item: number) => `${row} ${column} ${item}`

export function walkGrid(event: KeyboardEvent<HTMLElement>) {
  const here = placeOf(event.currentTarget)
  const grid = event.currentTarget.closest('table')
  if (!here || !grid) return
  const all = [...grid.querySelectorAll<HTMLElement>('[data-at]')].flatMap((element) => {
    const at = placeOf(element)
    return at ? [{ element, ...at }] : []
  })
  const next = goal(all, here, event.key)
  if (!next) return
  event.preventDefault()
  next.element.focus()
}

interface Standing {
  row: number
  column: number
  item: number
}

function goal<T extends Standing>(all: readonly T[], { row, column, item }: Standing, key: string): T | undefined {
  const side = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
  if (side) {
    const cell = all.filter((one) => one.row === row && one.column === column + side)
    return cell.findLast((one) => one.item <= item) ?? cell[0]
  }
  const inColumn = all.filter((one) => one.column === column)
  const at = inColumn.findIndex((one) => one.row === row && one.item === item)
  if (key === 'ArrowDown') return inColumn[at + 1]
  if (key === 'ArrowUp') return inColumn[at - 1]
  return undefined
}

function placeOf(element: HTMLElement): Standing | undefined {
  const [row, column, item] = (element.dataset['at'] ?? '').split(' ').map(Number)
  return row === undefined || column === undefined || item === undefined ? undefined : { row, column, item }
}
