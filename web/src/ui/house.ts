/** What every page knows of the clinic it belongs to. */
import { createContext, use } from 'react'

export interface House {
  /** Empty until it is known. */
  name: string
  phone: string
  /** IANA */
  zone: string
  demo: boolean
  /** A copy to practise on: nothing in it is real. */
  practice: boolean
}

export const HouseContext = createContext<House>({ name: '', phone: '', zone: 'UTC', demo: false, practice: false })

/** The clinic of this page; its name is empty until it is known. */
export function useHouse(): House {
  return use(HouseContext)
}

/** '(555) 123-4567' for a North American number, any other as it came. */
export function sayPhone(phone: string): string {
  const [, area, exchange, line] = /^\+?1?\D*(\d{3})\D*(\d{3})\D*(\d{4})$/.exec(phone.trim()) ?? []
  return area ? `(${area}) ${exchange}-${line}` : phone
}

/** 'tel:+15551234567' */
export function phoneLink(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`
}
